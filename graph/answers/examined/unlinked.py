"""Lookups by staff who are linked to no resident, as the run has it and as people have decided since: kin unknown."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from graph.answers.cases import Selection
from graph.answers.history import there
from graph.answers.identities import settled
from graph.model import record
from graph.records.certainty import is_certain
from graph.records.decisions import IdentityDecision
from graph.store.base import GraphStore

JOINED = """
SELECT DISTINCT viewer, lookup_id, terminal_id, CAST(time AS DATE) FROM read_parquet($path)
WHERE class = 'joined' AND viewer IN (SELECT unnest($viewers))
"""


@record
class Shift:
    """What decisions change: staff who were linked and no longer are, and who are linked since."""

    lost: frozenset[str]
    won: frozenset[str]
    linked: frozenset[str]  # of the staff asked about, as decided


def shift(store: GraphStore, decisions: Mapping[str, IdentityDecision], viewers: Iterable[str]) -> Shift:
    """Say for some viewers, and for everybody decided on, who is linked to a resident."""
    decided = {staff: each for staff, each in decisions.items() if settled(each)}
    links = [x for x in store.select("IDENTIFIED_AS", {"start": sorted({*viewers, *decided})}) if x.resident]
    scored = {link.start for link in links if is_certain(link.p)}
    resident = {link.start for link in links if link.start in decided and link.end == decided[link.start].person}
    lost = frozenset(decided.keys() & scored - resident)
    won = frozenset(resident - scored)
    return Shift(lost=lost, won=won, linked=frozenset(scored - lost | won))


def joined(path: Path, viewers: Iterable[str], wanted: Selection) -> int:
    """Count the lookups of some viewers, with a known subject, that a report selects."""
    asked = sorted(viewers)
    if not asked:
        return 0
    with duckdb.connect() as con:
        found = con.execute(JOINED, {"path": there(path), "viewers": asked}).fetchall()
    return sum(wanted.holds(viewer, terminal, day) for viewer, _, terminal, day in found)
