"""What chance would give (X6): lookups of one's own kin, observed and expected for one's workload.

Of each system, expected are one's lookups in it times the share that one's kin have in all lookups by others there; a
household view counts once for each person it showed. The interval is Byar's for a Poisson count, 95 % (Breslow & Day
1987, Statistical Methods in Cancer Research II, p. 69).
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from graph.answers.history import there
from graph.model import Kind
from graph.records.kin_answers import Observed, RestsOn, SystemObserved

WORKLOAD = """
WITH seen AS (
    SELECT system, viewer = $viewer AS own, list_contains($kin::VARCHAR[], subject) AS of_kin,
        of_kin AND outcome = 'explained' AS explained
    FROM read_parquet($path) WHERE viewer <> '' AND subject <> ''
)
SELECT system, count(*) FILTER (own), count(*) FILTER (own AND of_kin), count(*) FILTER (own AND explained),
    count(*) FILTER (NOT own AND of_kin), count(*) FILTER (NOT own)
FROM seen GROUP BY system HAVING bool_or(own) ORDER BY system
"""
KIN = (Kind.BLOOD, Kind.SPOUSE, Kind.AFFINITY, Kind.DE_FACTO)
Z = 1.96  # of the normal distribution, for 95 %


def observed(path: Path, viewer: str, kin: Iterable[str]) -> Observed:
    """Hold a member of staff's lookups of their kin against chance; `ratio` is null where chance gives nothing."""
    params = {"path": there(path), "viewer": viewer, "kin": sorted(set(kin))}
    with duckdb.connect() as con:
        systems = tuple(_system(*row) for row in con.execute(WORKLOAD, params).fetchall())
    count = sum(each.observed or 0 for each in systems)
    expected = sum(each.expected or 0.0 for each in systems)
    low, high = interval(count)
    return Observed(
        staff=viewer,
        observed=count,
        explained=sum(each.explained or 0 for each in systems),
        expected=expected,
        ratio=count / expected if expected else None,
        interval=(low / expected, high / expected) if expected else None,
        systems=systems,
    )


def unknown(found: Observed, rests_on: RestsOn) -> Observed:
    """Leave out of an observation what rests on one's kin, where nobody knows who these are: null is not 0."""
    systems = tuple(replace(each, observed=None, explained=None, expected=None) for each in found.systems)
    unsaid = replace(found, observed=None, explained=None, expected=None, ratio=None, interval=None)
    return replace(unsaid, systems=systems, **rests_on)


def interval(count: int) -> tuple[float, float]:
    """Give the bounds within which the mean of a Poisson count lies, 95 %.

    >>> [round(bound, 2) for bound in interval(10)]
    [4.79, 18.39]
    """
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3


def _system(system: str, shown: int, of_kin: int, explained: int, others_of_kin: int, others: int) -> SystemObserved:
    expected = shown * others_of_kin / others if others else 0.0
    return SystemObserved(system=system, persons_shown=shown, observed=of_kin, explained=explained, expected=expected)
