"""What was not delivered of the logs, and what could therefore not be examined, as readers tell it (D1, D2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.model import record
from words import Said

ENDED_DAYS = 5  # open days, a week, after a log's last row before that is a gap and no matter of the hour of an export


@record
class NotExamined:
    """A part of a report that lacks what it would rest on."""

    part: str
    reason: Said


@record
class LogSpan:
    """First and last day of one system's log."""

    system: str
    first: str
    last: str


def not_examined(facts: Mapping[str, Any]) -> tuple[NotExamined, ...]:
    """Name what could not be examined, and why."""
    found = facts.get("not_examined", ())
    return tuple(NotExamined(part=each["part"], reason=Said(**each["reason"])) for each in found)


def holes(facts: Mapping[str, Any], since: date | None, until: date | None) -> tuple[dict[str, Any], ...]:
    """Give the systems that have holes between two days, both inclusive, with these holes only."""
    found = (_within(entry, str(since or date.min), str(until or date.max)) for entry in facts.get("log_coverage", ()))
    return tuple(entry for entry in found if any(entry[kind] for kind in ("absent", "thin", "serial_gaps", "ended")))


def whole(entries: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether no day of these logs is absent or thin."""
    return not any(entry[kind] for entry in entries for kind in ("absent", "thin", "ended"))


def spans(facts: Mapping[str, Any]) -> tuple[LogSpan, ...]:
    """Give the first and last day of each system's log."""
    entries = facts.get("log_coverage", ())
    return tuple(LogSpan(system=each["system"], first=each["first"], last=each["last"]) for each in entries)


def plain_map(facts: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Give the whole map without the counts of each day."""
    entries = facts.get("log_coverage", ())
    return tuple({key: each for key, each in entry.items() if key != "rows"} for entry in entries)


def absent(facts: Mapping[str, Any]) -> tuple[tuple[str, Said], ...]:
    """Give every day that a log should have and has not, as SYSTEM:YYYY-MM-DD, with the sentence of its run of days."""
    found = []
    for entry in facts.get("log_coverage", ()):
        days = [*entry["absent"], *(entry["ended"] if len(entry["ended"]) >= ENDED_DAYS else ())]
        for run in runs(entry, days):
            found += [(f"{entry['system']}:{day}", absent_words(entry["system"], run)) for day in run]
    return tuple(found)


def runs(entry: Mapping[str, Any], days: Sequence[str]) -> list[list[str]]:
    """Put the days of each silence of a log together."""
    found = [[day for day in days if first <= day <= last] for first, last in entry["silences"]]
    return [run for run in found if run]


def absent_words(system: str, run: Sequence[str]) -> Said:
    """Say which days of a log are absent."""
    span = run[0] if len(run) == 1 else f"{run[0]}..{run[-1]}"
    return Said(
        en=f"The log of {system} has no row for {len(run)} open day(s): {span}. Nothing is said of these days.",
        ja=f"{system}のログに、開庁日{len(run)}日分({span.replace('..', '〜')})の行がありません。"
        "この日については何も言えません。",
    )


def told(entry: Mapping[str, Any]) -> list[Said]:
    """Say what one system's log lacks, a sentence each kind."""
    system, thin, gaps = entry["system"], entry["thin"], entry["serial_gaps"]
    said = [absent_words(system, run) for run in runs(entry, [*entry["absent"], *entry["ended"]])]
    if thin:
        days = [f"{each['day']} ({each['rows']:,}/{each['expected']:,})" for each in thin]
        said.append(
            Said(
                en=f"The log of {system} is not whole on {len(thin)} day(s), rows/expected: {', '.join(days)}.",
                ja=f"{system}のログは{len(thin)}日分が欠けているとみられます(行数/通常): {'、'.join(days)}",
            )
        )
    if gaps:
        missing = sum(each["missing"] for each in gaps)
        where = [f"{each['after']}–{each['before']} ({each['missing']:,})" for each in gaps[:5]]
        more = Said(en=" …", ja="ほか") if len(gaps) > len(where) else Said(en="", ja="")
        said.append(
            Said(
                en=f"Row numbers of {system} lack {missing:,} in {len(gaps)} place(s): {', '.join(where)}{more.en}",
                ja=f"{system}の連番が{len(gaps)}か所、計{missing:,}件欠けています: {'、'.join(where)}{more.ja}",
            )
        )
    return said


def _within(entry: Mapping[str, Any], since: str, until: str) -> dict[str, Any]:
    kept = {name: entry[name] for name in ("system", "first", "last", "days", "silences")}
    days = {name: [day for day in entry[name] if since <= day <= until] for name in ("absent", "unknown", "ended")}
    thin = [each for each in entry["thin"] if since <= each["day"] <= until]
    gaps = [each for each in entry["serial_gaps"] if each["since"] <= until and each["until"] >= since]
    return kept | days | {"thin": thin, "serial_gaps": gaps, "silent": list(entry["silent"])}
