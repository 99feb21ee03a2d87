"""The only way in which pages, notebooks and commands read data: each question is logged before it is answered."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from graph.answers import sections
from graph.answers.cases import CaseFile, Decided, Selection, cases, parted, to_confirm
from graph.answers.examined import unlinked
from graph.answers.examined.denominators import borrowed, denominators
from graph.answers.identities import identities
from graph.answers.overruled import identity_effects, lost, other_policy
from graph.conflicts.rules import Policy, missing_fact, policy_for
from graph.errors import EnkanError, NothingPublished, WorkspaceError
from graph.files.paths import WorkspacePaths
from graph.model import Generation
from graph.questions import asking
from graph.questions.drawing import drawing
from graph.questions.incomplete import Gap, gaps, named, read_refused, refused_files, shrunk_files, shrunk_names
from graph.questions.ledger import Ledger
from graph.questions.people import Inquiries
from graph.questions.reviews import Reviews
from graph.records import deliveries
from graph.records.clocks import clocks
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
from graph.store import schema
from graph.store.base import GraphStore
from graph.store.opening import credentials, open_store
from words import JAPANESE, Words

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


class Workspace(Inquiries, Reviews):
    """One workspace's published generation as one user sees it."""

    def __init__(
        self, root: Path, store: GraphStore, policy: Policy, *, user: str, clock: Callable[[], datetime]
    ) -> None:
        """Open the published generation. Raises NothingPublished where there is none."""
        self.paths = WorkspacePaths(root)
        self.store = store
        self.policy = policy
        self._generation: Generation | None = None
        self._file: CaseFile | None = None
        self._facts: dict[str, Any] = {}
        try:
            self.refresh()
            self.ledger = Ledger(self.paths.ledger, user, clock)
        except EnkanError:
            store.close()
            raise

    def __enter__(self) -> "Workspace":
        """Use the workspace for as long as a block lasts."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the store."""
        self.store.close()

    def refresh(self) -> None:
        """Follow the workspace to the generation that is published now."""
        current = self.store.current()
        if current is None:
            raise NothingPublished(
                f"nothing is published in {self.paths.root}; run an ingest (or the demo) first",
                f"{self.paths.root} には公開されたデータがありません。先に enkan ingest か demo を実行してください",
            )
        if self._generation is None or current.run_id != self._generation.run_id:
            self.paths.check(current.run_id)
            self._generation, self._file = current, None
            self._facts = read_facts(current)
        self._facts["refused"] = read_refused(self.paths.root)

    def log_coverage(self) -> list[dict[str, Any]]:
        """Give the coverage map of the logs, day by day."""
        self.ledger.seen("log coverage", self.run_id)
        return list(self._facts.get("log_coverage", ()))

    def gaps(self) -> tuple[Gap, ...]:
        """List refused files and missing days of logs, with who accepted them; it names nobody and is not logged."""
        return gaps(self._facts, self.ledger.accepted())

    def accept(self, names: Iterable[str], shrunk: Iterable[str] = ()) -> tuple[Gap, ...]:
        """Record that somebody knows of these refused files and missing days.

        `shrunk` names files that this run was told to take although they are smaller than the ones before them. Raises
        UsageError for a name in `names` under which nothing is refused or missing.
        """
        names = (*names, *shrunk_names(self._facts, shrunk))
        for name, content in named(names, gaps(self._facts, before := self.ledger.accepted()), before):
            self.ledger.accept(name, content)
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
        self.ledger.seen("report", json.dumps(plain(asked)))
        wanted = asking.selection(self.store, self._facts, asked, self.policy.preset)
        days, decided = self._days(wanted), self._decided(as_of)
        found = cases(self._case_file(), wanted, decided)
        parts, whole = parted(found), asking.period(self._facts, Selection(preset=wanted.preset))
        return Report(
            as_of=as_of or whole.until,
            asked=asked,
            period=asking.period(self._facts, wanted),
            section=wanted.scope.told if wanted.scope else None,
            span=whole,
            policy=self._stamp(wanted.preset),
            sources=tuple(SourceStamp(file=s["file"], sha256=s["sha256"]) for s in self._facts["sources"]),
            missing=tuple(self._facts["missing"]),
            denominators=self._denominators(days, found, wanted, decided),
            conflicts=parts["conflicts"],
            annex=parts["annex"],
            to_confirm=parts["to_confirm"],
            refused=refused_files(self._facts, self.ledger.accepted()),
            shrunk=shrunk_files(self._facts, self.ledger.accepted()),
            log_coverage=deliveries.holes(self._facts, since, min(filter(None, (until, as_of)), default=None)),
            not_examined=deliveries.not_examined(self._facts),
            clocks=clocks(self._facts),
            identity_decisions=identity_effects(self._case_file(), wanted, decided, found),
            lost_decisions=lost(self._case_file(), decided) if section is None else (),
            other_policy=other_policy(decided, found),
            **borrowed(self.store, self._facts, days, self._case_file(), wanted),
        )

    def _denominators(
        self, days: Iterable[Mapping[str, Any]], found: Iterable[ConflictCase], wanted: Selection, decided: Decided
    ) -> Denominators:
        sure = [case for case in found if not to_confirm(case)]
        shift = unlinked.shift(self.store, decided.identities, {case.viewer for case in sure})
        judged = self.paths.judged(self.run_id)
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

    def status(self) -> dict[str, Any]:
        """Say what is loaded, file by file and kind by kind, what is missing, and which questions are open."""
        self.ledger.seen("status", self.run_id)
        return {
            "run_id": self.run_id,
            "files": self._facts["sources"],
            "missing": self._facts["missing"],
            "refused": refused_files(self._facts, self.ledger.accepted()),
            "shrunk": shrunk_files(self._facts, self.ledger.accepted()),
            "counts": self.store.counts(),
            "coverage": self._facts["coverage"],
            "unmatched_trees": self._facts["unmatched_trees"],
            "log_coverage": deliveries.plain_map(self._facts),
            "clocks": plain(clocks(self._facts)),
            "identity_open": len(identities(self.store, self.ledger.identities())),
            "decisions": self._standing(),
        }

    def quarantine(self) -> list[dict[str, Any]]:
        """List the rejected rows of this generation's sources: where and why, not what they said."""
        self.ledger.seen("quarantine", self.run_id)
        query = 'SELECT file, line, "column", reason FROM read_parquet(?) ORDER BY file, line, "column"'
        with duckdb.connect() as con:
            found = con.execute(query, [str(self.paths.quarantine(self.run_id))]).fetchall()
        return [dict(zip(("file", "line", "column", "reason"), row, strict=True)) for row in found]

    def picture(self, case: ConflictCase, words: Words = JAPANESE) -> str:
        """Draw the pedigree around a conflict's lines as SVG."""
        return drawing(self.store, [[step.person for step in tie.path] for tie in case.ties], words)

    def clears(self, lookup: LookupEntry, words: Words = JAPANESE) -> str:
        """Name the one record that would clear an unexplained lookup (X4)."""
        return missing_fact(self.policy, lookup, words)

    def exported(self, name: str) -> None:
        """Record that a file was taken out of the explorer; its name bears ids, never a person's name."""
        self.ledger.seen("export", name)

    def _stamp(self, preset: str) -> PolicyStamp:
        scored = self._facts["policy"]["sha256"]
        return PolicyStamp(
            preset=preset,
            sha256=self.policy.sha256,
            file=self.policy.file,
            origin=self.policy.origin,
            scored_by=scored if scored != self.policy.sha256 else None,
        )

    def _days(self, wanted: Selection) -> list[dict[str, Any]]:
        """Give the lookups counted by day, of the whole municipality or of one section."""
        if wanted.scope is None:
            return list(self._facts["days"])
        return sections.days(self.paths.judged(self.run_id), wanted.scope)


def open_workspace(root: Path, store: str = "duckdb:", user: str = "notebook", policy: Path | None = None) -> Workspace:
    """Open a workspace under the policy given, else under its own, else under the packaged one.

    Neo4j's user and password are those that the commands use. Raises NothingPublished where nothing is published.
    """
    opened = open_store(store, root, **credentials())
    return Workspace(root, opened, policy_for(root, policy), user=user, clock=lambda: datetime.now().astimezone())


def read_facts(generation: Generation) -> dict[str, Any]:
    """Give what a run wrote down about itself. Raises WorkspaceError where another version of Enkan wrote the graph."""
    facts: dict[str, Any] = json.loads(generation.facts)
    if facts.get("version") != schema.version():
        raise WorkspaceError(
            f"generation {generation.run_id} is of another version of Enkan; run an ingest again",
            f"世代 {generation.run_id} は別の版の Enkan のものです。もう一度 enkan ingest を実行してください",
        )
    return facts
