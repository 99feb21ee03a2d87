"""The run: read every export, write one generation, publish it."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph import __version__
from graph.conflicts.find import find
from graph.conflicts.rules import Policy
from graph.errors import Damaged, WorkspaceError
from graph.files import seal
from graph.files.paths import KEPT_GENERATIONS, WorkspacePaths, one_run
from graph.files.whole_files import make_folder, write_text, written_whole
from graph.kinship.closure import closure
from graph.model import Generation, record
from graph.records import facts
from graph.records.facts import Facts, Given, Judged, SourceFile, UnmatchedTree
from graph.store.base import GraphStore
from graph.store.schema import FINDING_KINDS, REGISTER_KINDS
from ingest import changes
from ingest.changes import Change
from ingest.deliveries import idle
from ingest.deliveries.coverage import coverage
from ingest.deliveries.logs import log_coverage
from ingest.deliveries.unexamined import not_examined
from ingest.identity.deciding import deciding, run_id_of
from ingest.identity.link import Linking, link
from ingest.language.known_source import Mapping as SourceMapping
from ingest.personnel import kin, staff
from ingest.reading.towns import read_towns
from ingest.registers import build
from ingest.registers.genealogy import records as genealogies
from ingest.sources import acceptance, accepted, combining
from ingest.sources.acceptance import Acceptance
from ingest.sources.duplicates import quoted
from ingest.sources.effective import Manifest, effective, write_quarantine
from ingest.sources.full_files import shrinking
from japanese import names, searching
from words import Said

Progress = Callable[[float, str], None]
log = logging.getLogger(__name__)
OpenStore = Callable[[], GraphStore]


@record
class Run:
    """What one run did: the reconciliation of its files, or the sentences that say why nothing was published."""

    run_id: str
    published: bool
    accepted: Acceptance
    fatal: tuple[Said, ...]
    changes: tuple[Change, ...] = ()
    unmatched: tuple[UnmatchedTree, ...] = ()


def ingest(
    root: Path,
    folders: Sequence[Path],
    *,
    mappings: Sequence[SourceMapping],
    policy: Policy,
    open_store: OpenStore,
    progress: Progress,
    accept_shrink: Sequence[str] = (),
) -> Run:
    """Read the folders' exports into the workspace and publish one generation over everything accepted so far.

    Raises WorkspaceLocked where another run holds the workspace; what was published stays untouched until the end.
    """
    with one_run(root):
        accepted = acceptance.accept(root, folders, mappings, _part(progress, 0.0, 0.4), accept_shrink)
        if accepted.fatal:
            return Run(run_id="", published=False, accepted=accepted, fatal=accepted.fatal)
        rest = _part(progress, 0.4, 1.0)
        run_id, changed, kept = _generation(root, accepted.missing, policy, open_store, rest)
        return Run(
            run_id=run_id,
            published=True,
            accepted=acceptance.with_found(accepted, kept.sources),
            fatal=(),
            changes=changed,
            unmatched=kept.unmatched_trees,
        )


def rescore(root: Path, *, policy: Policy, open_store: OpenStore, progress: Progress) -> str:
    """Compute closure, matches and scores again on the links that the store holds; give the new run's id."""
    with one_run(root), database(root) as con:
        manifest = effective(con, root)
        store = open_store()
        try:
            before = store.current()
            if before is None:
                raise WorkspaceError(
                    "the store has no published generation to score again; run an ingest first",
                    "採点し直す公開済みの世代がありません。先に enkan ingest を実行してください",
                )
            kept = facts.read(before)
            graph = {kind: store.read(kind) for kind in REGISTER_KINDS}
            given = Given(missing=kept.missing, folds=kept.folds, links_of=kept.links_of or before.run_id)
            decided = ("from-store", _contents(graph), *manifest.identity, *deciding(policy, given))
            run_id = run_id_of(*decided)
            if run_id != before.run_id:
                trees = kept.unmatched_trees
                _publish(root, store, before, run_id, graph, con, manifest, policy, given, trees, progress)
            return run_id
        finally:
            store.close()


def _generation(
    root: Path, missing: Sequence[str], policy: Policy, open_store: OpenStore, progress: Progress
) -> tuple[str, tuple[Change, ...], Facts]:
    """Build and publish the generation that everything accepted asks for, unless it is the published one.

    Gives its id, what it changed, and what it keeps about itself.
    """
    with database(root) as con:
        manifest = effective(con, root)
        given = Given(missing=tuple(missing), folds=searching.packed(names.folds()))
        run_id = run_id_of(*manifest.identity, *deciding(policy, given))
        store = open_store()
        try:
            before = _standing(root, store)
            if before is None or before.run_id != run_id:
                progress(0.0, "links")
                linking = link(con)
                graph = links(con, linking)
                trees = genealogies.unmatched(con, graph["Person"])
                changed = _publish(root, store, before, run_id, graph, con, manifest, policy, given, trees, progress)
                published = store.current()
                assert published is not None
                return run_id, changed, facts.read(published)
            return run_id, (), facts.read(before)
        finally:
            store.close()


def _standing(root: Path, store: GraphStore) -> Generation | None:
    """Find the published generation; none where it is damaged, so that it is built anew."""
    try:
        store.check()
        found = store.current()
        if found is not None:
            WorkspacePaths(root).check(found.run_id, whole=True)
        return found
    except Damaged as error:
        log.warning("%s", error.said.en)
        store.withdraw()
        return None


@contextmanager
def database(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database that has a folder of the workspace to lay down what memory does not hold."""
    with accepted.work_folder(root) as work, duckdb.connect() as con:
        con.execute(f"SET temp_directory = {quoted(work)}; SET memory_limit = '50%'")  # the rest is for what we hold
        yield con


def links(con: duckdb.DuckDBPyConnection, linking: Linking) -> dict[str, pa.Table]:
    """Build what registers and personnel records say: the kinds of the graph that are read, not computed."""
    graph = build.build(con) | staff.build(con, linking.p_nobody) | {"IDENTIFIED_AS": linking.links}
    return kin.join(con, graph, read_towns(con))


def _publish(
    root: Path,
    store: GraphStore,
    before: Generation | None,
    run_id: str,
    graph: Mapping[str, pa.Table],
    con: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    policy: Policy,
    given: Given,
    trees: tuple[UnmatchedTree, ...],
    progress: Progress,
) -> tuple[Change, ...]:
    """Write one whole generation and switch readers to it last; say what it changed."""
    store.begin(run_id)
    for done, kind in enumerate(REGISTER_KINDS):
        progress(0.1 + 0.3 * done / len(REGISTER_KINDS), kind)
        store.write(kind, graph[kind])
    progress(0.4, "closure")
    held = {kind: store.read(kind, run_id) for kind in REGISTER_KINDS}
    residents = sorted(set(held["IDENTIFIED_AS"].column("end").to_pylist()))
    held["RELATED_TO"] = closure(held, residents)
    store.write("RELATED_TO", held["RELATED_TO"])
    logs = [root / path for path in manifest.lookups]
    judged = WorkspacePaths(root).judged(run_id)
    make_folder(judged.parent)
    with written_whole(judged) as judged_to:
        findings = find(held, con, logs, policy, progress=_part(progress, 0.5, 0.9), judged_to=judged_to)
    for done, kind in enumerate(FINDING_KINDS):  # nodes before what joins them
        progress(0.9 + 0.1 * done / len(FINDING_KINDS), kind)
        if kind in findings.tables:
            store.write(kind, findings.tables[kind])
    lost = [root / path for path in manifest.turned_away]
    kept = Facts(
        **{each.name: getattr(findings.facts, each.name) for each in fields(Judged)},
        missing=given.missing,
        folds=given.folds,
        links_of=given.links_of,
        unmatched_trees=trees,
        coverage=coverage(held),
        sources=_sources(root, manifest, idle.counted(con, held["BELONGS_TO"]), combining.differing(con)),
        shrunk=shrinking.taken_all_the_same(accepted.kept(root)),
        log_coverage=log_coverage(con, logs, lost, policy.office.weekdays, held),
        not_examined=not_examined(con, held),
    )
    _write_manifest(root, run_id, manifest)
    write_quarantine(root, manifest, WorkspacePaths(root).quarantine(run_id))
    _seal(root, run_id)
    changed = changes.since(con, store, before, held)  # a server forgets the generation before once this is published
    store.publish(run_id, facts.written(kept))
    _forget(root)
    progress(1.0, run_id)
    return changed


def _forget(root: Path) -> None:
    """Drop the judged lookups of generations that are behind those a store keeps."""
    found = sorted(root.glob("generations/*/lookups.parquet"), key=lambda path: path.stat().st_mtime_ns)
    for path in found[:-KEPT_GENERATIONS]:
        path.unlink()


def _sources(
    root: Path, manifest: Manifest, idling: idle.Counts, differing: Mapping[tuple[str, str], int]
) -> tuple[SourceFile, ...]:
    """Give the generation's sources with how their rows were accounted for when they were accepted."""
    counts = {found.told_as: found for found in accepted.kept(root)}
    sources: Iterator[dict[str, Any]] = (
        source
        | _accounted(counts[source["sha256"], source["table"], source["source"]], source["file"])
        | idle.figures(idling, source["file"], source["source"])
        for source in manifest.sources
    )
    return tuple(combining.warned(SourceFile(**source), differing) for source in sources)


def _accounted(found: accepted.Kept, name: str) -> dict[str, Any]:
    if name != found.file:  # its rows, those in the quarantine too, are counted under the name they were read from
        nothing = {"loaded": 0, "quarantined": 0, "reasons": {}, "warnings": {}}
        return nothing | {"rows": found.rows, "duplicate": found.rows, "same_as": found.file}
    counted = {"rows": found.rows, "loaded": found.loaded, "duplicate": found.duplicate}
    return counted | {"quarantined": found.quarantined, "reasons": found.reasons, "warnings": found.warnings}


def _write_manifest(root: Path, run_id: str, manifest: Manifest) -> None:
    path = WorkspacePaths(root).manifest(run_id)
    make_folder(path.parent)
    content = {"sources": list(manifest.sources), "lookups": list(manifest.lookups), "version": __version__}
    write_text(path, json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1))


def _seal(root: Path, run_id: str) -> None:
    paths = WorkspacePaths(root)
    files = (paths.manifest(run_id), paths.judged(run_id), paths.quarantine(run_id))
    seal.write(paths.seal(run_id), seal.sealed(root, [str(path.relative_to(root)) for path in files]))


def _contents(graph: Mapping[str, pa.Table]) -> str:
    """Hash the links that a rescoring starts from."""
    digest = hashlib.sha256()
    for kind in REGISTER_KINDS:
        for batch in graph[kind].to_batches():
            digest.update(repr(batch.to_pydict()).encode())
    return digest.hexdigest()


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Make the progress of one step of the run out of the run's own."""
    return lambda done, text: progress(start + (end - start) * done, text)
