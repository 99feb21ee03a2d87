"""Accepted sources that are not as they were written: told apart before a run, read again where their file is given."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.errors import Damaged
from graph.files import seal
from graph.model import record
from ingest.sources import accepted
from ingest.sources.accepted import Kept
from words import Said

ASIDE = "source.damaged.json"


@record
class Lost:
    """A source that counts no more until its file is given again: what is known of it, and what of it is damaged."""

    sha256: str
    table: str  # empty where nothing tells it
    file: str
    order: int
    marker: Path


def set_aside(workspace: Path) -> tuple[Lost, ...]:
    """Let no damaged source count; give these and those of earlier runs that nobody has delivered again."""
    for path in sorted((workspace / "sources").rglob(accepted.NAME)):
        if _is_damaged(workspace, path):
            os.replace(path, path.with_name(ASIDE))
    return tuple(_lost(workspace, path) for path in sorted((workspace / "sources").rglob(ASIDE)))


def made_good(lost: Sequence[Lost], held: Sequence[Kept]) -> Iterator[Said]:
    """Forget what was read again; say of every other source that its file must be delivered again."""
    for each in lost:
        if any(source.sha256 == each.sha256 and each.table in ("", source.table) for source in held):
            each.marker.unlink()
        else:
            yield Said(
                en=f"What was kept of {each.file} is damaged; deliver this file again: nothing is published without it",
                ja=f"取り込み済みの {each.file} が壊れています。もう一度渡してください。それまで公開しません。",
            )


def _is_damaged(workspace: Path, path: Path) -> bool:
    try:
        source = accepted.read(path)
    except Damaged:
        return True
    return bool(seal.broken(workspace, source.sums or {}, whole=True))


def _lost(workspace: Path, path: Path) -> Lost:
    sha256 = path.relative_to(workspace / "sources").parts[0]
    told = _readable(path)
    file = str(told.get("file") or _in_manifests(workspace, sha256) or f"sources/{sha256}")
    order = told.get("order")
    table = str(told.get("table", ""))
    return Lost(sha256=sha256, table=table, file=file, order=order if isinstance(order, int) else 0, marker=path)


def _readable(path: Path) -> dict[str, Any]:
    """Read what can still be read."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _in_manifests(workspace: Path, sha256: str) -> str:
    """Find a file's name by its bytes in the manifests of generations."""
    for path in sorted(workspace.glob("generations/*/manifest.json")):
        sources = _readable(path).get("sources", [])
        found = next((str(source["file"]) for source in sources if source.get("sha256") == sha256), "")
        if found:
            return found
    return ""
