"""What has changed since an earlier report: conflicts that are new, still open, changed, or gone."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from graph.errors import ConfigError
from graph.model import record
from graph.views import Report, plain

PARTS = ("conflicts", "to_confirm")

Earlier = Mapping[str, Mapping[str, Any]]


@record
class Since:
    """Conflict ids by what became of them since the report before, each list sorted."""

    new: tuple[str, ...]
    still_open: tuple[str, ...]
    changed: tuple[str, ...]  # more or other lookups, another outcome, identity or decision
    gone: tuple[str, ...]

    def of(self, conflict_id: str) -> str:
        """Name what became of one conflict."""
        return next((name for name in ("new", "changed", "still_open") if conflict_id in getattr(self, name)), "")


def read(path: Path) -> Earlier:
    """Read the conflicts of a report written with --format json. Raises ConfigError for anything else."""
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        return {case["conflict_id"]: case for part in PARTS for case in earlier[part]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is no report written with --format json ({error!r})",
            f"{path} は --format json で書き出した報告ではありません（{error!r}）",
        ) from error


def of_section(earlier: Earlier, units: Collection[str]) -> Earlier:
    """Keep the conflicts of the staff of a section's units."""
    return {key: case for key, case in earlier.items() if case["viewer_section"] in units}


def compare(report: Report, earlier: Earlier) -> Since:
    """Set a report beside an earlier one."""
    now = {case.conflict_id: plain(case) for part in PARTS for case in getattr(report, part)}
    both = sorted(now.keys() & earlier.keys())
    changed = tuple(key for key in both if _said(now[key]) != _said(earlier[key]))
    return Since(
        new=tuple(sorted(now.keys() - earlier.keys())),
        still_open=tuple(key for key in both if key not in changed),
        changed=changed,
        gone=tuple(sorted(earlier.keys() - now.keys())),
    )


def _said(case: Mapping[str, Any]) -> list[Any]:
    lookups = sorted((lookup["lookup_id"], lookup["outcome"]) for lookup in case["lookups"])
    return [case["outcome"], case["identity"], case["disposition"], lookups]
