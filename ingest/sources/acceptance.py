"""Accept export files into a workspace: each row becomes a typed row, a duplicate or a problem."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

import duckdb

from graph.errors import SourceError, UsageError, failure
from graph.model import record, where_known
from graph.records.facts import DoubtedFile, SourceFile
from ingest.language.known_source import Mapping
from ingest.language.tables import TABLES, CanonicalTable
from ingest.reading import file_date, source
from ingest.reading.source import Source
from ingest.sources import accepted, damage, listing, refusals
from ingest.sources.accepted import Kept
from ingest.sources.effective import Manifest, effective, write_quarantine
from ingest.sources.intake import Intake
from ingest.sources.rows.typed import Refused
from words import Said
from words.nearest import nearest, unknown

__all__ = ["Acceptance", "FileReport", "Manifest", "accept", "effective", "write_quarantine"]

Progress = Callable[[float, str], None]


@record
class FileReport:
    """The reconciliation of one file, row by row; `problem` says why nothing could be read from it."""

    file: str
    source: str
    encoding: str
    rows: int = 0
    loaded: int = 0
    quarantined: int = 0
    duplicate: int = 0
    reasons: dict[str, int]
    warnings: dict[str, int]
    idle: int = 0  # loaded rows that say nothing, and why
    idle_reasons: dict[str, int] = field(default_factory=dict)
    same_as: str = ""  # the accepted file of the same bytes, where this one is only another name of it
    problem: Said | None = None
    ignored: str | None = where_known()  # why the mappings say that this file is not to be read


@record
class Reconciled:
    """What became of one reading of a file, and the refusal that is remembered where it was not taken."""

    report: FileReport
    refusal: DoubtedFile | None = None


@record
class Acceptance:
    """What a run read, which sources it did without, and why it may not publish."""

    files: tuple[FileReport, ...]
    missing: tuple[str, ...]
    fatal: tuple[Said, ...]

    @property
    def totals(self) -> dict[str, int]:
        """Add up the counts of all files."""
        counts = ("rows", "loaded", "quarantined", "duplicate")
        return {count: sum(getattr(report, count) for report in self.files) for count in counts}


def accept(
    workspace: Path,
    folders: Sequence[Path],
    mappings: Sequence[Mapping],
    progress: Progress = lambda share, text: None,
    accept_shrink: Sequence[str] = (),
) -> Acceptance:
    """Read every export in these folders that the workspace does not hold yet.

    A run that dies leaves whole sources behind or none; the next run goes on from there. `accept_shrink` names full
    files that are taken although they look cut off or lack much of what is held.
    """
    paths = [path for folder in folders for path in listing.exports(folder, folders)]
    sizes = [_size(path) + 1 for path in paths]
    _refuse_unknown(accept_shrink, paths)
    found: dict[Path, list[Reconciled]] = {}
    with accepted.work_folder(workspace) as work, duckdb.connect() as con:
        lost = damage.set_aside(workspace)
        intake = Intake(workspace, work, con, accept_shrink, {each.sha256: each.order for each in lost})
        for at, path in enumerate(paths):
            progress(sum(sizes[:at]) / sum(sizes), listing.shown(path))
            found[path] = _accept_one(intake, path, mappings)
        for new, error in intake.settle():
            others = [each for each in found[new.path] if each.report.source != new.mapping.id]
            refusal = _unread(new.path, "" if new.again else new.source.sha256, error, mappings, new.mapping.id)
            found[new.path] = [*others, refusal]
    reports = [each.report for of_file in found.values() for each in of_file]
    refused = [each.refusal for of_file in found.values() for each in of_file if each.refusal]
    held = tuple(intake.held.values())
    taken = [report.file for report in reports if not report.problem]
    refusals.remember(workspace, [*taken, *(folder.name for folder in folders)], refused, held)
    return Acceptance(
        files=tuple(sorted(reports, key=lambda report: (report.file, report.source))),
        missing=_missing(held, mappings),
        fatal=(*damage.made_good(lost, held), *_fatal(held, mappings, reports)),
    )


def with_found(acceptance: Acceptance, sources: Sequence[SourceFile]) -> Acceptance:
    """Add to the files what was found when all sources were put together, as the generation's sources tell.

    Of the rows of files that were loaded, how many say nothing; of every file, how many cells another source says
    otherwise.
    """
    told = {(source.file, source.source): source for source in sources}
    files = (_with_source(report, told.get((report.file, report.source))) for report in acceptance.files)
    return replace(acceptance, files=tuple(files))


def _with_source(report: FileReport, source: SourceFile | None) -> FileReport:
    if source is None:
        return report
    warned = replace(report, warnings={**report.warnings, **source.warnings})
    if not report.loaded or not source.idle:
        return warned
    return replace(warned, idle=source.idle, idle_reasons=dict(source.idle_reasons))


def _size(path: Path) -> int:
    return path.stat().st_size if os.access(path, os.R_OK) else 0


def _refuse_unknown(names: Sequence[str], paths: Sequence[Path]) -> None:
    """Refuse the name of a file that is not among the delivered: it would be taken for accepted."""
    there = {path.name for path in paths}
    for name in names:
        if name not in there:
            raise UsageError(*unknown("file", name, nearest(name, there)))


def _accept_one(intake: Intake, path: Path, mappings: Sequence[Mapping]) -> list[Reconciled]:
    """Take one file: of each reading what became of its rows, or why it was refused; nothing of a mere folder."""
    if path.is_dir() and not listing.holds_exports(path, mappings):
        return []
    ignored = next((each for each in mappings if each.ignore and each.named_like(path.name)), None)
    if ignored:
        return [Reconciled(report=_not_to_be_read(path, ignored))]
    problem = listing.unfit(path)
    if problem:
        return [_unread(path, "", SourceError(problem.en, problem.ja), mappings)]
    try:
        sha256 = _sha256(path)
    except SourceError as error:
        return [_unread(path, "", error, mappings)]
    known = intake.with_bytes(sha256)
    try:
        first = source.identify(path, mappings, known[0].encoding if known else "")
        readings = source.readings(first, mappings)
    except SourceError as error:
        return [Reconciled(report=_again(each, path)) for each in known] or [_unread(path, sha256, error, mappings)]
    intake.expect(readings, sha256)
    return [_accept_reading(intake, found, sha256, mappings) for found in readings]


def _accept_reading(intake: Intake, found: Source, sha256: str, mappings: Sequence[Mapping]) -> Reconciled:
    try:
        return Reconciled(report=_taken(intake, found, sha256))
    except SourceError as error:
        known = intake.read_otherwise(found, sha256)
        if known:
            return Reconciled(report=_again(known, found.path))
        return _unread(found.path, sha256, error, mappings, found.mapping.id)


def _not_to_be_read(path: Path, mapping: Mapping) -> FileReport:
    return FileReport(
        file=listing.shown(path), source=mapping.id, encoding="", reasons={}, warnings={}, ignored=mapping.ignore
    )


def _taken(intake: Intake, found: Source, sha256: str) -> FileReport:
    before = intake.read_before(found, sha256)
    if before:
        intake.given_again(before, found)
        return _again(before, found.path)
    return _first_time(intake.take_in(found, sha256))


def _again(before: Kept, path: Path) -> FileReport:
    """Report a file given again: its rows are all duplicate but those quarantined."""
    return FileReport(
        file=path.name,
        source=before.source,
        encoding=before.encoding,
        rows=before.rows,
        quarantined=before.quarantined,
        duplicate=before.rows - before.quarantined,
        reasons=before.reasons,
        warnings=before.warnings,
        same_as="" if path.name == before.file else before.file,
    )


def _first_time(source: Kept) -> FileReport:
    return FileReport(
        file=source.file,
        source=source.source,
        encoding=source.encoding,
        rows=source.rows,
        loaded=source.loaded,
        quarantined=source.quarantined,
        duplicate=source.duplicate,
        reasons=source.reasons,
        warnings=source.warnings,
    )


def _unread(path: Path, sha256: str, error: SourceError, mappings: Sequence[Mapping], read_as: str = "") -> Reconciled:
    names = (path.name, f"{refusals.bare(path.name)}.csv")
    likely = read_as or next((mapping.id for name in names for mapping in mappings if mapping.named_like(name)), "")
    reasons = error.reasons if isinstance(error, Refused) else {}
    name = listing.shown(path)
    report = FileReport(
        file=name,
        source=likely,
        encoding="",
        rows=sum(reasons.values()),
        quarantined=sum(reasons.values()),
        reasons={str(reason): rows for reason, rows in reasons.items()},
        warnings={},
        problem=error.said,
    )
    return Reconciled(report=report, refusal=DoubtedFile(file=name, reason=error.said, sha256=sha256, source=likely))


def _expected(mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """List the sources a run should have: for each table the town's own mappings, where it has none the built-in."""
    own = {mapping.table.name for mapping in mappings if not mapping.built_in}
    return tuple(mapping for mapping in mappings if not (mapping.built_in and mapping.table.name in own))


def _missing(held: Sequence[Kept], mappings: Sequence[Mapping]) -> tuple[str, ...]:
    have = {source.source for source in held}
    expected = (mapping for mapping in _expected(mappings) if not mapping.table.extra and mapping.group < 2)
    return tuple(sorted(mapping.id for mapping in expected if mapping.id not in have))


def _fatal(held: Sequence[Kept], mappings: Sequence[Mapping], reports: Sequence[FileReport]) -> Iterator[Said]:
    """Say why nothing may be published: a required source lacks, or was given and cannot be read."""
    tables, sources = {source.table for source in held}, {source.source for source in held}
    for table in TABLES.values():
        refused = [found.problem for found in reports if found.problem and _leaves_gap(found, table, mappings, held)]
        if table.required and (table.name not in tables or refused):
            yield _lacks(table, [each for each in refused if each])
    for mapping in _expected(mappings):
        if mapping.required and mapping.id not in sources and mapping.table.name in tables:
            yield Said(
                en=f"The source {mapping.id} ({mapping.title}) is required by its mapping; no file could be read.",
                ja=f"資料 {mapping.id}({mapping.title})はマッピングで必須ですが、読めるファイルがありません。",
            )


def _leaves_gap(report: FileReport, table: CanonicalTable, mappings: Sequence[Mapping], held: Sequence[Kept]) -> bool:
    """Say whether a refused file leaves its table without what it should have: nothing before it stays in force.

    One of several logs may lack; of a register split into files none may.
    """
    of_table = any(mapping.id == report.source and mapping.table == table for mapping in mappings)
    if not of_table or table.name == "lookup":
        return of_table and not any(source.table == "lookup" for source in held)
    day = file_date.in_name(report.file)
    return not any(
        source.source == report.source and (source.file == report.file or (day and source.seen_on < day))
        for source in held
    )


def _lacks(table: CanonicalTable, refused: Sequence[Said]) -> Said:
    name = f"{table.name} ({table.meaning.split(':')[0]})"
    if not refused:
        return Said(
            en=f"The source {name} is required: no file of it was given.",
            ja=f"資料 {name} は必須ですが、そのファイルがありません。",
        )
    en, ja = " ".join(each.en for each in refused), " ".join(each.ja for each in refused)
    return Said(en=f"The source {name} is required: {en}", ja=f"資料 {name} は必須です: {ja}")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        why = failure(error)
        raise SourceError(f"{path.name} cannot be read ({why.en})", f"{path.name}: 読めません({why.ja})。") from error
