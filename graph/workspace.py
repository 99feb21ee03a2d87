"""The only way in which pages, notebooks and commands read data: each question is logged before it is answered."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from graph.answers import existing, sections
from graph.answers.cases import CaseFile, Decided, Selection, cases, parted, to_confirm
from graph.answers.examined import unlinked
from graph.answers.examined.denominators import borrowed, denominators
from graph.answers.identities import identities, under_every_name
from graph.answers.overruled import identity_effects, lost, other_policy
from graph.conflicts.rules import Policy, missing_fact, policy_for
from graph.errors import EnkanError, NothingPublished
from graph.files.paths import WorkspacePaths
from graph.model import Generation, Reason
from graph.questions import asking
from graph.questions.access import Access, Action
from graph.questions.drawing import drawing
from graph.questions.incomplete import Gap, gaps, named, read_refused, refused_files, shrunk_files, shrunk_names
from graph.questions.ledger import Ledger
from graph.questions.people import Inquiries
from graph.questions.reviews import Reviews
from graph.records import deliveries, facts
from graph.records.answers import Quarantined, Status
from graph.records.deliveries import LogCoverage
from graph.records.facts import DayCounts
from graph.records.reader import Reader
from graph.records.results import (
    Asked,
    ConflictCase,
    Denominators,
    LookupEntry,
    PolicyStamp,
    Report,
    SourceStamp,
    plain,
)
from graph.store.base import GraphStore
from graph.store.opening import credentials, open_store
from words import JAPANESE, Words

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


NOTEBOOK = Reader(name="notebook")


class Workspace(Inquiries, Reviews):
    """One workspace's published generation as one reader sees it."""

    def __init__(
        self, root: Path, store: GraphStore, policy: Policy, reader: Reader, clock: Callable[[], datetime]
    ) -> None:
        """Open the published generation for a reader; `clock` gives the time of what is written down.

        Raises NothingPublished where nothing is published.
        """
        self._paths = WorkspacePaths(root)
        self._store = store
        self.policy = policy
        self._generation: Generation | None = None
        self._file: CaseFile | None = None
        try:
            self.refresh()
            self._ledger = Ledger(self._paths.ledger, reader.name, clock)
            self._access = Access(
                reader,
                self._ledger,
                conflict=lambda conflict_id: existing.of_conflict(store, conflict_id),
                names=lambda barred: under_every_name(store, barred),
            )
        except EnkanError:
            store.close()
            raise

    def __enter__(self) -> "Workspace":
        """Use the workspace for as long as a block lasts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the store."""
        self._store.close()

    def refresh(self) -> None:
        """Follow the workspace to the generation that is published now."""
        current = self._store.current()
        if current is None:
            raise NothingPublished(
                f"nothing is published in {self._paths.root}; run an ingest (or the demo) first",
                f"{self._paths.root} には公開されたデータがありません。先に enkan ingest か demo を実行してください",
            )
        if self._generation is None or current.run_id != self._generation.run_id:
            self._paths.check(current.run_id)
            self._generation, self._file = current, None
            self._facts = facts.read(current)
        self._facts = replace(self._facts, refused=read_refused(self._paths.root))

    def log_coverage(self) -> tuple[LogCoverage, ...]:
        """Give the coverage map of the logs, day by day."""
        self._access.ask(Action.COVERAGE, self.run_id)
        return self._facts.log_coverage

    def gaps(self) -> tuple[Gap, ...]:
        """List refused files and missing days of logs, with who accepted them; it names nobody and is not logged."""
        return gaps(self._facts, self._ledger.accepted())

    def accept(self, names: Iterable[str], shrunk: Iterable[str] = ()) -> tuple[Gap, ...]:
        """Record that somebody knows of these refused files and missing days.

        `shrunk` names files that this run was told to take although they are smaller than the ones before them. Raises
        UsageError for a name in `names` under which nothing is refused or missing.
        """
        names = (*names, *shrunk_names(self._facts, shrunk))
        self._access.allow(Action.ACCEPT, json.dumps(names, ensure_ascii=False))
        for name, content in named(names, gaps(self._facts, before := self._ledger.accepted()), before):
            self._ledger.accept(name, content)
        return self.gaps()

    def report(
        self,
        *,
        preset: str | None = None,
        section: str | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
    ) -> Report:
        """Give the report on conflicts, of one section or of all; `as_of` leaves out later lookups.

        Raises UsageError for a preset, a section or a period that does not exist.
        """
        asked = Asked(preset=preset, section=section, since=since, until=until, as_of=as_of)
        self._access.ask(Action.REPORT, json.dumps(plain(asked)))
        wanted = asking.selection(self._store, self._facts, asked, self.policy.preset)
        days, decided = self._days(wanted), self._decided(as_of)
        found = cases(self._case_file(), wanted, decided)
        effects = identity_effects(self._case_file(), wanted, decided, found)
        logs = self._facts.log_coverage
        shown = self._access.shown(found, lambda case: [f"staff:{case.viewer}", case.subject])
        parts, whole = parted(shown), asking.period(self._facts, Selection(preset=wanted.preset))
        return Report(
            as_of=as_of or whole.until,
            asked=asked,
            period=asking.period(self._facts, wanted),
            section=wanted.scope.told if wanted.scope else None,
            span=whole,
            policy=self._stamp(wanted.preset),
            sources=tuple(SourceStamp(file=source.file, sha256=source.sha256) for source in self._facts.sources),
            missing=self._facts.missing,
            denominators=self._denominators(days, found, wanted, decided),
            conflicts=parts["conflicts"],
            annex=parts["annex"],
            to_confirm=parts["to_confirm"],
            refused=refused_files(self._facts, self._ledger.accepted()),
            shrunk=shrunk_files(self._facts, self._ledger.accepted()),
            log_coverage=deliveries.holes(logs, since, min(filter(None, (until, as_of)), default=None)),
            not_examined=deliveries.not_examined(self._facts.not_examined),
            clocks=self._facts.clocks,
            identity_decisions=tuple(self._access.shown(effects, lambda each: [f"staff:{each.staff}"])),
            lost_decisions=lost(self._case_file(), decided) if section is None else (),
            other_policy=other_policy(decided, found),
            **self._borrowed(days, wanted),
        )

    def _borrowed(self, days: Iterable[DayCounts], wanted: Selection) -> dict[str, Any]:
        """Give the report's borrowed sessions; a candidate of whom the reader is not told is none to them."""
        told = borrowed(self._store, self._facts, days, self._case_file(), wanted)
        groups = self._access.shown(told["borrowed"], lambda group: [f"staff:{group.holder}", group.subject])
        candidates = (self._access.shown(group.candidates, lambda each: [f"staff:{each.viewer}"]) for group in groups)
        pairs = zip(groups, candidates, strict=True)
        return told | {"borrowed": tuple(replace(group, candidates=tuple(kept)) for group, kept in pairs if kept)}

    def _denominators(
        self, days: Iterable[DayCounts], found: Iterable[ConflictCase], wanted: Selection, decided: Decided
    ) -> Denominators:
        sure = [case for case in found if not to_confirm(case)]
        shift = unlinked.shift(self._store, decided.identities, {case.viewer for case in sure})
        judged = self._paths.judged(self.run_id)
        shifted = unlinked.joined(judged, shift.lost, wanted) - unlinked.joined(judged, shift.won, wanted)
        return denominators(days, sure, wanted, shifted, shift.linked)

    def conflicts(self, **wanted: Any) -> "pd.DataFrame":
        """Give every conflict of `report(…)` as a DataFrame: columns and dtypes of `frames.CONFLICTS`."""
        from graph.questions import dataframes

        return dataframes.conflicts(self.report(**wanted))

    def lookups(self, **wanted: Any) -> "pd.DataFrame":
        """Give what `looked(…)` finds as a DataFrame: columns and dtypes of `frames.LOOKUPS`."""
        from graph.questions import dataframes

        return dataframes.lookups(self.looked(**wanted))

    def to_networkx(self, person: str, max_degree: int = 6) -> "nx.MultiDiGraph":
        """Give one person's kin within a degree as a networkx graph, with the register entry behind every edge."""
        from graph.questions import dataframes

        return dataframes.network(self.relatives(person, max_degree))

    def status(self) -> Status:
        """Say what is loaded, file by file and kind by kind, what is missing, and which questions are open."""
        self._access.ask(Action.STATUS, self.run_id)
        return Status(
            clocks=self._facts.clocks,
            counts=self._store.counts(),
            coverage=self._facts.coverage,
            decisions=self._standing(),
            files=self._facts.sources,
            identity_open=len(identities(self._store, self._ledger.identities())),
            log_coverage=deliveries.without_rows(self._facts.log_coverage),
            missing=self._facts.missing,
            refused=refused_files(self._facts, self._ledger.accepted()),
            run_id=self.run_id,
            shrunk=shrunk_files(self._facts, self._ledger.accepted()),
            unmatched_trees=self._facts.unmatched_trees,
        )

    def quarantine(self) -> list[Quarantined]:
        """List the rejected rows of this generation's sources: where and why, not what they said."""
        self._access.ask(Action.QUARANTINE, self.run_id)
        query = 'SELECT file, line, "column", reason FROM read_parquet(?) ORDER BY file, line, "column"'
        with duckdb.connect() as con:
            rows = con.execute(query, [str(self._paths.quarantine(self.run_id))]).fetchall()
        return [
            Quarantined(file=file, line=line, column=column, reason=Reason(why)) for file, line, column, why in rows
        ]

    def picture(self, case: ConflictCase, words: Words = JAPANESE) -> str:
        """Draw the pedigree around a conflict's lines as SVG."""
        self._access.allow(Action.REPORT, case.conflict_id, [f"staff:{case.viewer}", case.subject])
        return drawing(self._store, [[step.person for step in tie.path] for tie in case.ties], words)

    def clears(self, lookup: LookupEntry, words: Words = JAPANESE) -> str:
        """Name the one record that would clear an unexplained lookup (X4)."""
        return missing_fact(self.policy, lookup, words)

    def exported(self, name: str) -> None:
        """Record that a file was taken out of the explorer; its name bears ids, never a person's name."""
        self._access.ask(Action.EXPORT, name)

    def _stamp(self, preset: str) -> PolicyStamp:
        scored = self._facts.policy.sha256
        return PolicyStamp(
            preset=preset,
            sha256=self.policy.sha256,
            file=self.policy.file,
            origin=self.policy.origin,
            scored_by=scored if scored != self.policy.sha256 else None,
        )

    def _days(self, wanted: Selection) -> Sequence[DayCounts]:
        """Give the lookups counted by day, of the whole municipality or of one section."""
        if wanted.scope is None:
            return self._facts.days
        return sections.days(self._paths.judged(self.run_id), wanted.scope)


def open_workspace(
    root: Path, store: str = "duckdb:", reader: Reader = NOTEBOOK, policy: Path | None = None
) -> Workspace:
    """Open a workspace for a reader, under the policy given, else under its own, else under the packaged one.

    Neo4j's user and password are those that the commands use. Raises NothingPublished where nothing is published.
    """
    opened = open_store(store, root, **credentials())
    return Workspace(root, opened, policy_for(root, policy), reader, lambda: datetime.now().astimezone())
