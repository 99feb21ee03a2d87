"""What chance would give (X6): lookups of one's own kin, observed and expected for one's workload.

Of each system, expected are one's lookups in it times the share that one's kin have in all lookups by others there; a
household view counts once for each person it showed. The interval is Byar's for a Poisson count, 95 % (Breslow & Day
1987, Statistical Methods in Cancer Research II, p. 69).
"""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from graph.answers.history import there

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
KIN = ("blood", "spouse", "affinity", "de_facto")
Z = 1.96  # of the normal distribution, for 95 %


def observed(path: Path, viewer: str, kin: Iterable[str]) -> dict[str, Any]:
    """Hold a member of staff's lookups of their kin against chance; `ratio` is null where chance gives nothing."""
    params = {"path": there(path), "viewer": viewer, "kin": sorted(set(kin))}
    with duckdb.connect() as con:
        rows = [_system(*row) for row in con.execute(WORKLOAD, params).fetchall()]
    count, expected = sum(row["observed"] for row in rows), sum(row["expected"] for row in rows)
    low, high = interval(count)
    ratios = {"ratio": count / expected, "interval": [low / expected, high / expected]} if expected else {}
    return {"observed": count, "explained": sum(row["explained"] for row in rows), "expected": expected,
            "ratio": None, "interval": None} | ratios | {"systems": rows}  # fmt: skip


def unknown(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out of an observation what rests on one's kin, where nobody knows who these are: null is not 0."""
    rows = [row | dict.fromkeys(("observed", "explained", "expected")) for row in found["systems"]]
    return found | dict.fromkeys(("observed", "explained", "expected", "ratio", "interval")) | {"systems": rows}


def interval(count: int) -> tuple[float, float]:
    """Give the bounds within which the mean of a Poisson count lies, 95 %.

    >>> [round(bound, 2) for bound in interval(10)]
    [4.79, 18.39]
    """
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3


def _system(system: str, shown: int, of_kin: int, explained: int, others_of_kin: int, others: int) -> dict[str, Any]:
    expected = shown * others_of_kin / others if others else 0.0
    told = {"system": system, "persons_shown": shown, "observed": of_kin, "explained": explained}
    return told | {"expected": expected}
