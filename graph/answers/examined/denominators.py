"""What a report examined, in disjoint classes (L8), and the borrowed sessions it lists, for any preset and period."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graph.answers.cases import CaseFile, Selection
from graph.answers.ties import people_on, ties
from graph.conflicts.borrowed import sentences
from graph.kinship import law
from graph.model import Attribution, Outcome, Tense, Unjoinable
from graph.records.certainty import is_certain
from graph.records.facts import BorrowedGroup, DayCounts, Facts
from graph.records.results import Borrowed, BorrowedCandidate, ConflictCase, Denominators, LookupEntry, borrowed_id
from graph.store.base import GraphStore


def denominators(
    days: Iterable[DayCounts],
    found: Sequence[ConflictCase],
    wanted: Selection,
    shifted: int,
    linked: Container[str],
) -> Denominators:
    """Add up the days of a period and set the related lookups of the given conflicts apart from the rest.

    `shifted` is by how many lookups of unlinked viewers decisions changed what the run counted; `linked` are those of
    the viewers who are linked now.

    A lookup in several conflicts counts once, with its worst outcome. Conflicts that wait for an identity to be
    confirmed are not among `found`: their lookups are unrelated ones of a viewer who is not linked.
    """
    covered = [day for day in days if wanted.covers(day.day)]
    total = {key: sum(getattr(day, key) for day in covered) for key in TOTALS}
    unjoinable: Counter[Unjoinable] = Counter()
    for day in covered:
        unjoinable.update(day.unjoinable)
    suspicious, every = _related(found)
    explained = len(every) - len(suspicious)
    unrelated = total["joined"] - len(every)
    unrelated_explained = total["explained"] - explained
    return Denominators(
        rows=total["rows"],
        relayed_merged=total["relayed_merged"],
        lookups=total["rows"] - total["relayed_merged"],
        joined=total["joined"],
        search_only=total["search_only"],
        unjoinable={reason: unjoinable[reason] for reason in sorted(Unjoinable)},
        related=len(every),
        unrelated=unrelated,
        related_explained=explained,
        related_suspicious=len(suspicious),
        unrelated_explained=unrelated_explained,
        unrelated_unexplained=unrelated - unrelated_explained,
        unlinked_viewer=total["unlinked_viewer"] + shifted - len(_unlinked(found, linked)),
    )


TOTALS = ("rows", "relayed_merged", "joined", "search_only", "explained", "unlinked_viewer")


def _unlinked(found: Iterable[ConflictCase], linked: Container[str]) -> set[str]:
    """Give the related lookups of viewers who are linked to no resident: they are not unrelated ones."""
    return {lookup.lookup_id for case in found if case.viewer not in linked for lookup in case.lookups}


def _related(found: Iterable[ConflictCase]) -> tuple[set[str], set[str]]:
    pairs = [(lookup.lookup_id, lookup.outcome) for case in found for lookup in case.lookups]
    return {key for key, outcome in pairs if outcome == Outcome.SUSPICIOUS}, {key for key, _ in pairs}


def borrowed(
    store: GraphStore, facts: Facts, days: Iterable[DayCounts], file: CaseFile, wanted: Selection
) -> dict[str, Any]:
    """Give the report's `borrowed` and `borrowed_not_listed` for a preset, a period and perhaps a section."""
    groups = [group for raw in facts.borrowed for group in _group(store, raw, file, wanted)]
    listed = sum(len(group.lookups) for group in groups)
    covered = (day for day in days if wanted.covers(day.day))
    return {
        "borrowed": tuple(groups),
        "borrowed_not_listed": max(sum(day.borrowed for day in covered) - listed, 0),
    }


def _group(store: GraphStore, raw: BorrowedGroup, file: CaseFile, wanted: Selection) -> Iterable[Borrowed]:
    entries = (file.lookups[key] for key in raw.lookups)
    taken = (x for x in entries if wanted.takes(raw.holder, x))  # a candidate is on duty where the terminal stands
    lookups = tuple(sorted(taken, key=lambda x: (x.time, x.lookup_id)))
    if not lookups:
        return
    candidates = tuple(_candidates(store, raw, lookups[-1].time.date(), wanted))
    if candidates:
        yield Borrowed(
            borrowed_id=borrowed_id(raw.subject, raw.holder),
            subject=raw.subject,
            holder=raw.holder,
            candidates=candidates,
            lookups=tuple(_borrowed(lookup) for lookup in lookups),
            sentences=sentences(raw),
        )


def _candidates(store: GraphStore, raw: BorrowedGroup, on: date, wanted: Selection) -> Iterable[BorrowedCandidate]:
    viewers = [candidate.viewer for candidate in raw.candidates]
    links = store.select("IDENTIFIED_AS", {"start": viewers})
    persons = {link.start: link.end for link in links if is_certain(link.p)}
    for viewer in viewers:
        relations = store.select("RELATED_TO", {"start": [persons[viewer]], "end": [raw.subject]})
        found = ties(relations, people_on(store, relations), on, future=False)
        if any(law.in_preset(wanted.preset, tie.kind, tie.up, tie.down) for tie in found):
            yield BorrowedCandidate(viewer=viewer, p=None, ties=found)


def _borrowed(lookup: LookupEntry) -> LookupEntry:
    """Tell a lookup as borrowed; what nobody holds alone stays shared."""
    attribution = Attribution.SHARED if lookup.attribution == Attribution.SHARED else Attribution.BORROWED
    return replace(lookup, attribution=attribution, tense=Tense.CURRENT)
