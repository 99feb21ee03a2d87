"""What a report was asked for, held against what there is: a filter that matches nothing is wrong usage, no answer."""

from datetime import date

from graph.answers.cases import Selection
from graph.answers.sections import scope
from graph.conflicts.rules import PRESETS
from graph.errors import UsageError
from graph.records.facts import Facts
from graph.records.results import Asked, Period
from graph.store.base import GraphStore
from words.nearest import nearest, unknown


def selection(store: GraphStore, facts: Facts, asked: Asked, usual: str) -> Selection:
    """Give what a report selects, with the usual preset where none was asked for.

    Raises UsageError where preset, section or period is none that there is.
    """
    preset = asked.preset or usual
    if preset not in PRESETS:
        raise UsageError(*unknown("preset", preset, nearest(preset, PRESETS) or PRESETS))
    last = _last(asked.until, asked.as_of)
    within(facts, asked.since, last)
    section = None if asked.section is None else scope(store, asked.section)
    return Selection(preset=preset, since=asked.since, until=last, scope=section)


def within(facts: Facts, since: date | None, until: date | None) -> None:
    """Raise UsageError for a period that ends before it begins, or in which no day was examined."""
    if since and until and since > until:
        raise UsageError(
            f"the period begins on {since}, after its end on {until}",
            f"期間の始まり({since})が終わり({until})より後です。",
        )
    data = span(facts)
    if data and ((since and since > data[1]) or (until and until < data[0])):
        raise UsageError(
            f"the period {since or ''}..{until or ''} lies outside what was examined, {data[0]} to {data[1]}",
            f"期間 {since or ''}〜{until or ''} は、調べた期間({data[0]}〜{data[1]})の外です。",
        )


def span(facts: Facts) -> tuple[date, date] | None:
    """Give the first and the last day on which anything was examined; None where nothing was."""
    days = [counts.day for counts in facts.days]
    return (min(days), max(days)) if days else None


def period(facts: Facts, wanted: Selection) -> Period:
    """Give the part of what was asked for that lies within what was examined."""
    data = span(facts)
    if data is None:
        return Period(since=None, until=None)
    return Period(since=max(wanted.since or data[0], data[0]), until=min(wanted.until or data[1], data[1]))


def _last(until: date | None, as_of: date | None) -> date | None:
    return min((day for day in (until, as_of) if day), default=None)
