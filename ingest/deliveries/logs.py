"""The coverage map: of each log, by day, whether it was delivered (D1); kept in a generation's facts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from graph.records.deliveries import LogCoverage, SerialGap, ThinDay
from graph.steps.duckdb import DuckDB, beside
from graph.steps.runner import run
from ingest.deliveries import serials
from ingest.deliveries.calendar import Calendar, calendar
from ingest.deliveries.days import State, judge
from ingest.deliveries.rows import ROWS, TURNED_AWAY
from ingest.deliveries.silent import silent

UNCERTAIN = (State.UNKNOWN, State.DELIVERED)

Counts = dict[str, dict[date, int]]


def log_coverage(
    con: duckdb.DuckDBPyConnection,
    logs: Sequence[Path],
    turned_away: Sequence[Path],
    weekdays: Collection[int],
    graph: Mapping[str, pa.Table],
) -> tuple[LogCoverage, ...]:
    """Say of each system which days of its log are absent, thin or not to be told, and who fell silent in it."""
    with beside(con) as engine:
        engine.scan("log", logs)
        if turned_away:
            engine.scan("turned_away", turned_away)
        else:
            engine.show("turned_away", TURNED_AWAY.empty_table())
        found = maps(engine, weekdays)
        quiet = silent(engine, graph)
    return tuple(replace(log, silent=tuple(quiet.get(log.system, ()))) for log in found)


def maps(engine: DuckDB, weekdays: Collection[int], numbered: bool = True) -> list[LogCoverage]:
    """Give each system's part of the map of `log` and `turned_away`, by the numbers of its rows too if asked."""
    run(ROWS, engine)
    counts: Counts = {}
    for row in engine.read("day_count").to_pylist():
        counts.setdefault(row["system"], {})[row["day"]] = row["rows"]
    lacking = serials.gaps(engine, counts) if numbered else {}
    until = max((max(days) for days in counts.values()), default=date.min)
    return [map_of(system, days, lacking.get(system), until, weekdays) for system, days in sorted(counts.items())]


def map_of(
    system: str,
    counts: Mapping[date, int],
    gaps: Sequence[SerialGap] | None,
    until: date,
    weekdays: Collection[int],
) -> LogCoverage:
    """Give one system's part of the map; `gaps` is None where its rows bear no numbers."""
    days = calendar(min(counts), max(until, max(counts)), weekdays)
    rows = np.array([counts.get(days.day(at), 0) for at in range(len(days.kinds))])
    judged = judge(days, rows)
    states, expected = dict(enumerate(judged.states)), dict(enumerate(judged.expected.tolist()))
    if gaps is not None:
        _by_numbers(days, rows, gaps, states, expected)
    last = days.place(max(counts))
    inside = {at: state for at, state in states.items() if at <= last}
    return LogCoverage(
        system=system,
        first=min(counts),
        last=max(counts),
        days=sum(state != State.CLOSED for state in inside.values()),
        absent=_days(days, inside, State.ABSENT),
        thin=tuple(
            ThinDay(day=days.day(at), rows=int(rows[at]), expected=round(expected[at]))
            for at, state in inside.items() if state == State.THIN
        ),
        unknown=_days(days, inside, State.UNKNOWN),
        silences=_silences(days, rows, states),
        ended=_days(days, {at: state for at, state in states.items() if at > last}, State.ABSENT),
        serial_gaps=tuple(gaps or ()),
        silent=(),
        numbered=gaps is not None,
        rows=tuple(rows[: last + 1].tolist()),
    )  # fmt: skip


def _days(days: Calendar, states: Mapping[int, State], wanted: State) -> tuple[date, ...]:
    return tuple(days.day(at) for at, state in states.items() if state == wanted)


def _silences(days: Calendar, rows: np.ndarray[Any, Any], states: Mapping[int, State]) -> tuple[tuple[date, date], ...]:
    """Give first and last absent day of each stretch in which the log has no row."""
    found: list[list[int]] = []
    for at in (at for at, state in states.items() if state == State.ABSENT):
        if found and not rows[found[-1][1] : at].any():
            found[-1][1] = at
        else:
            found.append([at, at])
    return tuple((days.day(first), days.day(last)) for first, last in found)


def _by_numbers(
    days: Calendar,
    rows: np.ndarray[Any, Any],
    gaps: Sequence[SerialGap],
    states: dict[int, State],
    expected: dict[int, float],
) -> None:
    """Let row numbers speak: a day that lacks more than its share is thin, one that lacks none is whole."""
    missing: dict[int, int] = {}
    beside: set[int] = set()
    for gap in gaps:
        after, before = days.place(gap.since), days.place(gap.until)
        beside |= {after, before}
        if all(states[at] != State.ABSENT for at in range(after, before)):
            at = min(after, before, key=lambda at: rows[at] / max(expected[at], 1))
            missing[at] = missing.get(at, 0) + gap.missing
    for at, state in list(states.items()):
        lacks = missing.get(at, 0)
        if lacks > serials.LACKING * (rows[at] + lacks) and state in UNCERTAIN:
            states[at], expected[at] = State.THIN, rows[at] + lacks
        elif state in (State.UNKNOWN, State.THIN) and rows[at] and not lacks and at not in beside:
            states[at] = State.DELIVERED
