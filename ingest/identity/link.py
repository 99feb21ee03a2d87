"""Who is this member of staff: a probability for every resident who may be, and for nobody (W1–W5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from graph.errors import SourceError
from graph.records.certainty import CERTAIN
from graph.store.tables import arrow_schema
from ingest.identity.compare import compare
from ingest.identity.parameters import Parameters, read_parameters
from ingest.identity.score import Bits, bits
from ingest.identity.tiers import SCORE_ALONE, evidence, tiers
from ingest.reading.towns import read_towns

LEAST_STAFF = 20  # among so many somebody is expected to live here (W8)
MEMORY = "800MB"  # beyond it DuckDB joins on disk: a million residents need no more (docs/identity.md)
ELSEWHERE, WEAK = 7, (8, 9, SCORE_ALONE)


@dataclass(frozen=True, slots=True)
class Linking:
    """What linking gave: IDENTIFIED_AS with every candidate, and the probability of nobody by member of staff."""

    links: pa.Table
    p_nobody: dict[str, float]

    def linked(self, least: float) -> dict[str, str]:
        """Give the resident of every member of staff who has one with at least this probability."""
        columns = (self.links.column(name).to_pylist() for name in ("start", "end", "p"))
        return {staff: person for staff, person, p in zip(*columns, strict=True) if p >= least}


def link(con: duckdb.DuckDBPyConnection, parameters: Parameters | None = None) -> Linking:
    """Compare all staff with the residents who may be them, from the views `staff`, `dependant` and `resident`."""
    parameters = parameters or read_parameters()
    with _sparing(con):
        pairs, staff = compare(con, read_towns(con))
    columns = {name: pairs[name].to_numpy(zero_copy_only=False) for name in pairs.column_names}
    tier = tiers(columns)
    scored = posterior(columns["staff_id"], bits(pairs, parameters), columns["residents"], parameters)
    p = asked(capped(scored, columns, tier, parameters), columns, parameters)
    kept = _shown(columns["staff_id"], p, parameters)
    rows = [
        _row(pair, int(tier[at]), float(p[at]), parameters) for at, pair in zip(kept, _pairs(pairs, kept), strict=True)
    ]
    found = Linking(pa.Table.from_pylist(rows, schema=arrow_schema("IDENTIFIED_AS")), _nobody(staff, rows))
    if len(staff) >= LEAST_STAFF and not found.linked(CERTAIN):
        raise SourceError(
            f"none of {len(staff)} members of staff could be found among the residents; "
            "see whether the mappings of both read 氏名, カナ and 生年月日 (enkan ingest --explain FILE)",
            f"職員{len(staff)}人のうち住民と照合できた人がいません。"
            "両方の対応表が氏名・カナ・生年月日を読んでいるか確かめてください（enkan ingest --explain ファイル）",
        )
    return found


@contextmanager
def _sparing(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold DuckDB's memory down while pairs are compared."""
    ((before,),) = con.sql("SELECT current_setting('memory_limit')").fetchall()
    con.execute(f"SET memory_limit = '{MEMORY}'")
    try:
        yield
    finally:
        con.execute(f"SET memory_limit = '{before}'")


def posterior(staff: Any, weight: Bits, residents: Any, parameters: Parameters) -> Bits:
    """Give each candidate's share of one: they exclude each other, and nobody may be it (W1)."""
    share = parameters.resident_share
    odds = np.exp2(weight) * share / (1 - share) / np.maximum(residents, 1)
    _, group = np.unique(staff, return_inverse=True)
    return np.asarray(odds / (1 + np.bincount(group, odds)[group]) if len(odds) else odds)


def capped(p: Bits, columns: dict[str, Any], tier: Any, parameters: Parameters) -> Bits:
    """Hold what no score may decide below certainty; what is taken away goes to nobody."""
    caps = parameters.caps
    found = np.where(tier == ELSEWHERE, np.minimum(p, caps["elsewhere"]), p)
    found = np.where(np.isin(tier, WEAK), np.minimum(found, caps["weak"]), found)
    found = np.where(columns["sex"] == "differs", np.minimum(found, caps["sex"]), found)
    for name, flag in (("alias", "alias_only"), ("turned", "turned_only"), ("protected", "protected")):
        found = np.where(columns[flag].astype(bool), np.minimum(found, caps[name]), found)
    return np.asarray(found)


def asked(p: Bits, columns: dict[str, Any], parameters: Parameters) -> Bits:
    """Ask about who shares birth date, sex and dwelling, where nobody better is found: names are mistyped too."""
    alike = (columns["birth"] == "equal") & (columns["sex"] != "differs") & (columns["address"] == "dwelling")
    if not alike.any():
        return p
    _, group = np.unique(columns["staff_id"], return_inverse=True)
    missed = alike & (np.bincount(group, p)[group] < parameters.same_home)
    share = parameters.same_home / np.maximum(np.bincount(group, missed)[group], 1)
    return np.asarray(np.where(missed, np.maximum(p, share), p))


def _shown(staff: Any, p: Bits, parameters: Parameters) -> list[int]:
    """Give the places of the best few candidates of everybody."""
    found: dict[str, list[int]] = {}
    for at in np.flatnonzero(p >= parameters.shown_from):
        found.setdefault(staff[at], []).append(int(at))
    best = (sorted(places, key=lambda at: -p[at])[: parameters.most_shown] for places in found.values())
    return sorted(at for places in best for at in places)


def _pairs(pairs: pa.Table, kept: list[int]) -> list[dict[str, Any]]:
    return list(pairs.take(pa.array(kept, pa.int64())).to_pylist())


def _row(pair: dict[str, Any], tier: int, p: float, parameters: Parameters) -> dict[str, Any]:
    scored = {"p": round(p, 6), "scored_p": round(p, 6), "method": parameters.version, "decided_by": ""}
    return scored | {
        "start": pair["staff_id"],
        "end": pair["person_id"],
        "tier": tier,
        "evidence": list(evidence(pair)),
    }


def _nobody(staff: list[str], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Give what is left for nobody; candidates too unlikely to be kept count as that."""
    left = dict.fromkeys(staff, 1.0)
    for row in rows:
        left[row["start"]] -= row["p"]
    return {name: round(max(p, 0.0), 6) for name, p in left.items()}
