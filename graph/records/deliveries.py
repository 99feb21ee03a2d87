"""What was not delivered of the logs, and what could therefore not be examined, as readers tell it (D1, D2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from graph.model import record
from words import Message

ENDED_DAYS = 5  # open days, a week, after a log's last row before that is a gap and no matter of the hour of an export
PLACES = 5  # of so many holes in a log's numbers it is told where


@record
class NotExamined:
    """A part of a report that lacks what it would rest on."""

    part: str
    reason: Message


def not_examined(facts: Mapping[str, Any]) -> tuple[NotExamined, ...]:
    """Name what could not be examined, and why."""
    found = facts.get("not_examined", ())
    return tuple(NotExamined(part=each["part"], reason=Message(f"delivery.lacks.{each['lacks']}")) for each in found)


def holes(facts: Mapping[str, Any], since: date | None, until: date | None) -> tuple[dict[str, Any], ...]:
    """Give the systems that have holes between two days, both inclusive, with these holes only."""
    found = (_within(entry, str(since or date.min), str(until or date.max)) for entry in facts.get("log_coverage", ()))
    return tuple(entry for entry in found if any(entry[kind] for kind in ("absent", "thin", "serial_gaps", "ended")))


def whole(entries: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether no day of these logs is absent or thin."""
    return not any(entry[kind] for entry in entries for kind in ("absent", "thin", "ended"))


def spans(facts: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """Give the first and last day of each system's log."""
    entries = facts.get("log_coverage", ())
    return tuple({name: entry[name] for name in ("system", "first", "last")} for entry in entries)


def plain_map(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the whole map without the counts of each day."""
    return [{key: each for key, each in entry.items() if key != "rows"} for entry in facts.get("log_coverage", ())]


def absent(facts: Mapping[str, Any]) -> tuple[tuple[str, Message], ...]:
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


def absent_words(system: str, run: Sequence[str]) -> Message:
    """Say which days of a log are absent."""
    figures = {"system": system, "count": len(run), "first": run[0], "last": run[-1]}
    return Message("delivery.absent_day" if len(run) == 1 else "delivery.absent_days", figures)


def told(entry: Mapping[str, Any]) -> list[Message]:
    """Say what one system's log lacks, a sentence each kind."""
    runs_of_days = runs(entry, [*entry["absent"], *entry["ended"]])
    return [*(absent_words(entry["system"], run) for run in runs_of_days), *_thin(entry), *_serials(entry)]


def _thin(entry: Mapping[str, Any]) -> Iterator[Message]:
    thin = entry["thin"]
    if thin:
        days = [Message("delivery.thin_day", each) for each in thin]
        yield Message("delivery.thin", {"system": entry["system"], "count": len(thin), "days": days})


def _serials(entry: Mapping[str, Any]) -> Iterator[Message]:
    gaps = entry["serial_gaps"]
    if gaps:
        missing = sum(each["missing"] for each in gaps)
        places = [Message("delivery.serials_place", each) for each in gaps[:PLACES]]
        figures = {"system": entry["system"], "count": len(gaps), "missing": missing, "places": places}
        yield Message("delivery.serials" if len(gaps) <= PLACES else "delivery.serials_more", figures)


def _within(entry: Mapping[str, Any], since: str, until: str) -> dict[str, Any]:
    kept = {name: entry[name] for name in ("system", "first", "last", "days", "silences")}
    days = {name: [day for day in entry[name] if since <= day <= until] for name in ("absent", "unknown", "ended")}
    thin = [each for each in entry["thin"] if since <= each["day"] <= until]
    gaps = [each for each in entry["serial_gaps"] if each["since"] <= until and each["until"] >= since]
    return kept | days | {"thin": thin, "serial_gaps": gaps, "silent": list(entry["silent"])}
