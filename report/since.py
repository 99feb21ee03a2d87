"""What has changed since an earlier report of the same kind: new, grown, changed, gone, part by part."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.errors import ConfigError, UsageError
from graph.model import record
from graph.records.results import Report, borrowed_id, plain
from words import Message

OPEN = ("conflicts", "to_confirm")
OPTIONS = ("preset", "section", "since")

Earlier = Mapping[str, Any]
Items = dict[str, Mapping[str, Any]]


@record
class Part:
    """Ids of one part of a report by what became of them, each list sorted; the grown are among the changed."""

    new: tuple[str, ...]
    still_open: tuple[str, ...]
    grown: tuple[str, ...]  # lookups that were not there, or that nothing explains any more
    changed: tuple[str, ...]  # more or other lookups or ties, another outcome, identity or decision
    gone: tuple[str, ...]


@record
class Holes:
    """Days of a log that are absent or thin, and numbers that lack, by `SYSTEM:DAY`: since then, and no longer."""

    new: tuple[str, ...]
    gone: tuple[str, ...]


@record
class Since:
    """What became of conflicts and of cases to confirm, taken together, of each part, and of what the logs hold."""

    new: tuple[str, ...]
    still_open: tuple[str, ...]
    grown: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    parts: dict[str, Part]
    coverage: Holes | None  # None where one of the two reports does not say what its logs hold
    not_compared: tuple[Message, ...]

    def of(self, conflict_id: str) -> str:
        """Name what became of one conflict."""
        names = ("new", "grown", "changed", "still_open")
        return next((name for name in names if conflict_id in getattr(self, name)), "")

    @property
    def more(self) -> bool:
        """Say whether anything is new or has grown, in any part."""
        return any(part.new or part.grown for part in self.parts.values())


def read(path: Path) -> Earlier:
    """Read a report written with --format json. Raises ConfigError for anything else."""
    try:
        earlier: Earlier = json.loads(path.read_text(encoding="utf-8"))
        for part in (*OPEN, "borrowed"):
            _items(part, earlier[part])
        _end(earlier), earlier["policy"]["preset"]
        return earlier
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is no report written with --format json ({error!r})",
            f"{path} は --format json で書き出した報告ではありません（{error!r}）",
        ) from error


def compare(report: Report, earlier: Earlier) -> Since:
    """Set a report beside an earlier one. Raises UsageError where the two were not asked for the same."""
    now = plain(report)
    _check(now, earlier)
    then = earlier if "asked" in earlier else _of_section(earlier, now)
    parts = {name: _part(name, now, then, OPEN) for name in OPEN}
    parts["borrowed"] = _part("borrowed", now, then, ("borrowed",))
    both = {field: _union(getattr(parts[name], field) for name in OPEN) for field in Part.__annotations__}
    return Since(**both, parts=parts, coverage=holes(now, earlier), not_compared=tuple(_unsaid(now, earlier)))


def _check(now: Earlier, earlier: Earlier) -> None:
    """Refuse what cannot be compared: other options, or a report that looks further than this one."""
    for option in OPTIONS if "asked" in earlier else ("preset",):
        one, other = _asked(earlier, option), _asked(now, option)
        if one != other:
            then, here = one or "-", other or "-"
            raise UsageError(
                f"--since-report: the options differ: {option} was {then} in that report and is {here} in this one",
                f"--since-report: 前回の報告と {option} が違います(前回 {then}、今回 {here})。",
            )
    ends = _end(earlier), _end(now)
    if all(ends) and ends[0] > ends[1]:
        raise UsageError(
            f"--since-report: that report ends on {ends[0]}, after this one ({ends[1]})",
            f"--since-report: 前回の報告の終わり({ends[0]})が今回({ends[1]})より後です。",
        )


def _asked(report: Earlier, option: str) -> str | None:
    """Give an option as asked; the preset is the one in force, asked for or not."""
    found: str | None = report["policy"]["preset"] if option == "preset" else report["asked"][option]
    return found


def _end(report: Earlier) -> str:
    return min((day for day in (report["period"]["until"], report["as_of"]) if day), default="")


def _unsaid(now: Earlier, earlier: Earlier) -> Iterable[Message]:
    if "asked" not in earlier:
        yield Message("report.since_unasked")
    if "log_coverage" in now and "log_coverage" not in earlier:
        yield Message("report.since_no_coverage")


def _of_section(earlier: Earlier, now: Earlier) -> Earlier:
    """Keep of a report that does not say for whom it was the conflicts of this one's section."""
    units = (now.get("section") or {}).get("units")
    kept = {part: [case for case in earlier[part] if units is None or case["viewer_section"] in units] for part in OPEN}
    return {**earlier, **kept}


def _part(name: str, now: Earlier, then: Earlier, together: Collection[str]) -> Part:
    """Compare one part; what has moved here from one that is looked at together with it is not new."""
    here, before = _items(name, now[name]), _items(name, then[name])
    known: Items = {key: item for part in together for key, item in _items(part, then[part]).items()}
    listed = {key for part in together for key in _items(part, now[part])}
    both = sorted(here.keys() & known.keys())
    changed = [key for key in both if _said(here[key]) != _said(known[key])]
    return Part(
        new=tuple(sorted(here.keys() - known.keys())),
        still_open=tuple(key for key in both if key not in changed),
        grown=tuple(key for key in changed if _grown(here[key], known[key])),
        changed=tuple(changed),
        gone=tuple(sorted(before.keys() - listed)),
    )


def _items(part: str, listed: Iterable[Mapping[str, Any]]) -> Items:
    if part == "borrowed":
        return {borrowed_id(group["subject"], group["holder"]): group for group in listed}
    return {case["conflict_id"]: case for case in listed}


def _grown(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    return bool(_ids(now) - _ids(then) or _ids(now, "suspicious") - _ids(then, "suspicious"))


def _ids(item: Mapping[str, Any], outcome: str = "") -> set[str]:
    return {x["lookup_id"] for x in item["lookups"] if outcome in ("", x["outcome"])}


def _said(item: Mapping[str, Any]) -> list[Any]:
    lookups = sorted((lookup["lookup_id"], lookup["outcome"]) for lookup in item["lookups"])
    if "holder" in item:
        return [lookups, [(each["viewer"], _ties(each)) for each in item["candidates"]]]
    identity = [item["identity"].get(name) or "" for name in ("p", "tier", "decided_by")]
    return [lookups, item["outcome"], identity, _decision(item["disposition"]), _ties(item)]


def _decision(found: Mapping[str, Any] | None) -> list[Any]:
    """Give a decision as it stands; what puts its case back counts as the fact that it is back."""
    if found is None:
        return []
    return [*(found[name] for name in ("state", "by", "at", "reason", "until")), bool(found.get("changed"))]


def _ties(item: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    names = ("kind", "up", "down", "side", "nature")
    return sorted({tuple(str(tie[name]) for name in names) for tie in item["ties"]})


def holes(now: Earlier, earlier: Earlier) -> Holes | None:
    """Compare what two reports say that the logs lack; None where one of them does not say it."""
    if "log_coverage" not in now or "log_coverage" not in earlier:
        return None
    here, before = (set(_lacking(report["log_coverage"])) for report in (now, earlier))
    return Holes(new=tuple(sorted(here - before)), gone=tuple(sorted(before - here)))


def _lacking(coverage: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for log in coverage:
        yield from (f"{log['system']}:{day}" for day in log.get("absent", ()))
        yield from (f"{log['system']}:{thin['day']}" for thin in log.get("thin", ()))
        yield from (f"{log['system']}:{gap['after']}..{gap['before']}" for gap in log.get("serial_gaps", ()))


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({key for each in lists for key in each}))
