"""What was not delivered of the logs, and what could therefore not be examined, as readers tell it (D1, D2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date

from graph.model import record, where_known
from words import Message

ENDED_DAYS = 5  # open days, a week, after a log's last row before that is a gap and no matter of the hour of an export
PLACES = 5  # of so many holes in a log's numbers it is told where


@record
class Lacking:
    """A part of a report, and the source that was not delivered for it."""

    part: str
    lacks: str


@record
class NotExamined:
    """A part of a report that lacks what it would rest on."""

    part: str
    reason: Message


@record
class LogSpan:
    """First and last day of one system's log."""

    system: str
    first: date
    last: date


@record
class ThinDay:
    """A day of a log that has fewer rows than its like."""

    day: date
    expected: int
    rows: int


@record
class SerialGap:
    """Row numbers that lack between two rows, and the days of these."""

    after: str
    before: str
    missing: int
    since: date
    until: date


@record
class FellSilent:
    """An account or a section whose steady use stopped; `resumed` where it went on."""

    days: int
    id: str
    last: date
    resumed: date | None
    what: str


@record
class LogCoverage:
    """One system's part of the coverage map: which days of its log are absent, thin or not to be told.

    `silences` puts absent days together; `ended` are the days after its last row that other systems' logs have and this
    one should; `rows` counts each day from `first` on, and is left out where nobody draws it.
    """

    absent: tuple[date, ...]
    days: int
    ended: tuple[date, ...]
    first: date
    last: date
    numbered: bool | None = where_known()
    rows: tuple[int, ...] | None = where_known()
    serial_gaps: tuple[SerialGap, ...]
    silences: tuple[tuple[date, date], ...]
    silent: tuple[FellSilent, ...]
    system: str
    thin: tuple[ThinDay, ...]
    unknown: tuple[date, ...]

    @property
    def span(self) -> LogSpan:
        """Give the first and the last day."""
        return LogSpan(system=self.system, first=self.first, last=self.last)


def not_examined(lacking: Iterable[Lacking]) -> tuple[NotExamined, ...]:
    """Say what could not be examined, and why."""
    return tuple(NotExamined(part=each.part, reason=Message(f"delivery.lacks.{each.lacks}")) for each in lacking)


def holes(logs: Iterable[LogCoverage], since: date | None, until: date | None) -> tuple[LogCoverage, ...]:
    """Give the systems that have holes between two days, both inclusive, with these holes only."""
    within = (_within(log, since or date.min, until or date.max) for log in logs)
    return tuple(log for log in within if log.absent or log.thin or log.serial_gaps or log.ended)


def whole(logs: Iterable[LogCoverage]) -> bool:
    """Say whether no day of these logs is absent or thin."""
    return not any(log.absent or log.thin or log.ended for log in logs)


def without_rows(logs: Iterable[LogCoverage]) -> tuple[LogCoverage, ...]:
    """Give the whole map without the counts of each day."""
    return tuple(replace(log, rows=None) for log in logs)


def absent(logs: Iterable[LogCoverage]) -> tuple[tuple[str, Message], ...]:
    """Give every day that a log should have and has not, as SYSTEM:YYYY-MM-DD, with the sentence of its run of days."""
    days_and_words = []
    for log in logs:
        days = [*log.absent, *(log.ended if len(log.ended) >= ENDED_DAYS else ())]
        for run in runs(log, days):
            days_and_words += [(f"{log.system}:{day}", absent_words(log.system, run)) for day in run]
    return tuple(days_and_words)


def runs(log: LogCoverage, days: Sequence[date]) -> list[list[date]]:
    """Put the days of each silence of a log together."""
    stretches = [[day for day in days if first <= day <= last] for first, last in log.silences]
    return [run for run in stretches if run]


def absent_words(system: str, run: Sequence[date]) -> Message:
    """Say which days of a log are absent."""
    figures = {"system": system, "count": len(run), "first": run[0], "last": run[-1]}
    return Message("delivery.absent_day" if len(run) == 1 else "delivery.absent_days", figures)


def hole_words(log: LogCoverage) -> list[Message]:
    """Say what one system's log lacks, a sentence each kind."""
    silent = runs(log, [*log.absent, *log.ended])
    return [*(absent_words(log.system, run) for run in silent), *_thin(log), *_serials(log)]


def _thin(log: LogCoverage) -> Iterator[Message]:
    if log.thin:
        days = [Message("delivery.thin_day", asdict(each)) for each in log.thin]
        yield Message("delivery.thin", {"system": log.system, "count": len(days), "days": days})


def _serials(log: LogCoverage) -> Iterator[Message]:
    gaps = log.serial_gaps
    if gaps:
        places = [Message("delivery.serials_place", asdict(each)) for each in gaps[:PLACES]]
        missing = sum(each.missing for each in gaps)
        figures = {"system": log.system, "count": len(gaps), "missing": missing, "places": places}
        yield Message("delivery.serials" if len(gaps) <= PLACES else "delivery.serials_more", figures)


def _within(log: LogCoverage, since: date, until: date) -> LogCoverage:
    return replace(
        log,
        absent=_days(log.absent, since, until),
        ended=_days(log.ended, since, until),
        unknown=_days(log.unknown, since, until),
        thin=tuple(each for each in log.thin if since <= each.day <= until),
        serial_gaps=tuple(each for each in log.serial_gaps if each.since <= until and each.until >= since),
        numbered=None,
        rows=None,
    )


def _days(days: Iterable[date], since: date, until: date) -> tuple[date, ...]:
    return tuple(day for day in days if since <= day <= until)
