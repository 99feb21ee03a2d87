"""python -m benchmarks.deliveries WORKSPACE…: how many of a hundred incomplete deliveries the coverage map names (D1).

Each is a workspace's logs with one system's day, drawn between its first and last, removed or cut to a quarter;
with row numbers and without. Told as well: what is named beside that day, and what of the untouched logs.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from graph.conflicts.rules import read_policy
from graph.records.deliveries import LogCoverage
from graph.steps.duckdb import beside
from ingest.deliveries.logs import maps
from ingest.deliveries.rows import TURNED_AWAY

DELIVERIES = 100
FEW = 20  # rows of a Saturday counter's day: it may be unknown when it lacks, never delivered
DAYS = "SELECT system, CAST(time AS DATE) AS day, count(*) FROM whole GROUP BY ALL ORDER BY ALL"
CUT = """
SELECT * FROM whole WHERE NOT (system = $system AND CAST(time AS DATE) = $day AND hash(line, row_key) % 4 >= $kept)
"""
Map = dict[str, LogCoverage]


def named(found: Map) -> set[tuple[str, str]]:
    """Give system and day of all that is named as lacking."""
    return {
        (system, str(day))
        for system, entry in found.items()
        for day in (*entry.absent, *entry.ended, *(thin.day for thin in entry.thin))
    }


def deliveries(con: duckdb.DuckDBPyConnection, seed: int, numbered: bool) -> Iterable[str]:
    """Say of each delivery what became of the day that lacks."""
    rng, days = np.random.default_rng(seed), con.execute(DAYS).fetchall()
    ends = {(system, edge) for system in {row[0] for row in days} for edge in _edges(days, system)}
    inside = [row for row in days if (row[0], row[1]) not in ends]
    before = named(_cut(con, ("", None), 0, numbered))
    for at in rng.integers(0, len(inside), DELIVERIES).tolist():
        system, day, rows = inside[at]
        found = _cut(con, (system, day), int(rng.integers(0, 2)), numbered)
        said = named(found) - before
        yield _outcome(said, (system, day.isoformat()), day in found[system].unknown, day.weekday(), rows)
        yield from ("something else named" for _ in said - {(system, day.isoformat())})


def _edges(days: Sequence[Any], system: str) -> tuple[Any, Any]:
    mine = [day for name, day, _ in days if name == system]
    return mine[0], mine[-1]


def _cut(con: duckdb.DuckDBPyConnection, place: tuple[str, Any], kept: int, numbered: bool) -> Map:
    rest = con.sql(CUT, params={"system": place[0], "day": place[1], "kept": kept}).to_arrow_table()
    with beside(con) as engine:
        engine.keep("log", rest)
        engine.show("turned_away", TURNED_AWAY.empty_table())
        return {entry.system: entry for entry in maps(engine, read_policy().office.weekdays, numbered)}


def _outcome(said: set[tuple[str, str]], place: tuple[str, str], unknown: bool, weekday: int, rows: int) -> str:
    few = f", {'Saturday' if weekday > 4 else 'weekday'} of {'under' if rows < FEW else 'at least'} {FEW} rows"
    return "named" if place in said else ("unknown" if unknown else "MISSED") + few


def main(words: Sequence[str] | None = None) -> None:
    """Print the figures of each workspace."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    for workspace in asked.workspace:
        with duckdb.connect() as con:
            logs = [str(path) for path in sorted(workspace.glob("lookups/**/*.parquet"))]
            con.read_parquet(logs, hive_partitioning=False).create("whole")
            _print(con, workspace.name, asked.seed)


def _print(con: duckdb.DuckDBPyConnection, name: str, seed: int) -> None:
    for numbered in (True, False):
        began = time.process_time()
        untouched = _cut(con, ("", None), 0, numbered)
        seconds = time.process_time() - began
        alarms, days = sorted(named(untouched)), max(len(entry.rows or ()) for entry in untouched.values())
        kind = "with row numbers" if numbered else "without"
        print(f"{name}, {kind}: {seconds:.1f} CPU s; untouched: {len(alarms)} named in {days / 365:.1f} years {alarms}")
        print("  ", dict(sorted(Counter(deliveries(con, seed, numbered)).items())), flush=True)


if __name__ == "__main__":
    main()
