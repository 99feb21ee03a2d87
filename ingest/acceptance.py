"""Accept export files into a workspace: each row becomes a typed row, a duplicate or a problem."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb

from graph.errors import SourceError
from graph.model import record
from ingest import kept, source
from ingest.effective import Manifest, effective, write_quarantine
from ingest.intake import Intake, Refused
from ingest.kept import Kept
from ingest.mapping import Mapping
from ingest.tables import TABLES

__all__ = ["Acceptance", "FileReport", "Manifest", "accept", "effective", "write_quarantine"]

Progress = Callable[[float, str], None]
IGNORED = (".md", ".toml")


@record
class FileReport:
    """The reconciliation of one file (interface.md); `problem` says why nothing could be read from it."""

    file: str
    source: str
    encoding: str
    rows: int = 0
    loaded: int = 0
    quarantined: int = 0
    duplicate: int = 0
    reasons: dict[str, int]
    warnings: dict[str, int]
    same_as: str = ""  # the accepted file of the same bytes, where this one is only another name of it
    problem: str | None = None


@record
class Acceptance:
    """What a run read, which sources it did without, and why it may not publish."""

    files: tuple[FileReport, ...]
    missing: tuple[str, ...]
    fatal: tuple[str, ...]

    @property
    def totals(self) -> dict[str, int]:
        """Add up the counts of all files."""
        counts = ("rows", "loaded", "quarantined", "duplicate")
        return {count: sum(getattr(report, count) for report in self.files) for count in counts}


def accept(
    workspace: Path, folders: Sequence[Path], mappings: Sequence[Mapping], progress: Progress = lambda share, text: None
) -> Acceptance:
    """Read every export in these folders that the workspace does not hold yet.

    A run that dies leaves whole sources behind or none; the next run goes on from there.
    """
    paths = [path for folder in folders for path in exports(folder)]
    sizes = [path.stat().st_size + 1 for path in paths]
    reports: list[FileReport] = []
    with kept.work_folder(workspace) as work, duckdb.connect() as con:
        intake = Intake(workspace, work, con)
        for at, path in enumerate(paths):
            progress(sum(sizes[:at]) / sum(sizes), path.name)
            reports.append(_accept_one(intake, path, mappings))
    held = tuple(intake.held.values())
    return Acceptance(
        files=tuple(sorted(reports, key=lambda report: report.file)),
        missing=_missing(held, mappings),
        fatal=tuple(_fatal(held, mappings, reports)),
    )


def exports(folder: Path) -> tuple[Path, ...]:
    """List the export files of a folder: its own, not those of folders inside it, and no notes about them."""
    if not folder.is_dir():
        raise SourceError(f"{folder} is no folder; name the folder that holds the exports")
    found = [path for path in folder.iterdir() if path.is_file() and not _ignored(path)]
    return tuple(sorted(found))


def _ignored(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith((".", "readme")) or name.endswith(IGNORED)


def _accept_one(intake: Intake, path: Path, mappings: Sequence[Mapping]) -> FileReport:
    sha256 = _sha256(path)
    known = intake.with_bytes(sha256)
    try:
        found = source.identify(path, mappings, known[0].encoding if known else "")
        before = intake.read_before(found, sha256)
        if before:
            intake.given_again(before, path.name)
            return _again(before, path)
        return _first_time(intake.take_in(found, sha256))
    except SourceError as error:
        return _again(known[0], path) if known else _unread(path, error, mappings)


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


def _first_time(accepted: Kept) -> FileReport:
    return FileReport(
        file=accepted.file,
        source=accepted.source,
        encoding=accepted.encoding,
        rows=accepted.rows,
        loaded=accepted.loaded,
        quarantined=accepted.quarantined,
        duplicate=accepted.duplicate,
        reasons=accepted.reasons,
        warnings=accepted.warnings,
    )


def _unread(path: Path, error: SourceError, mappings: Sequence[Mapping]) -> FileReport:
    likely = next((mapping.id for mapping in mappings if mapping.named_like(path.name)), "")
    reasons = error.reasons if isinstance(error, Refused) else {}
    return FileReport(
        file=path.name,
        source=likely,
        encoding="",
        rows=sum(reasons.values()),
        quarantined=sum(reasons.values()),
        reasons=reasons,
        warnings={},
        problem=str(error),
    )


def _expected(mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """List the sources a run should have: for each table the town's own mappings, where it has none the built-in."""
    own = {mapping.table.name for mapping in mappings if not mapping.built_in}
    return tuple(mapping for mapping in mappings if not (mapping.built_in and mapping.table.name in own))


def _missing(held: Sequence[Kept], mappings: Sequence[Mapping]) -> tuple[str, ...]:
    have = {accepted.source for accepted in held}
    expected = (mapping for mapping in _expected(mappings) if not mapping.table.extra)
    return tuple(sorted(mapping.id for mapping in expected if mapping.id not in have))


def _fatal(held: Sequence[Kept], mappings: Sequence[Mapping], reports: Sequence[FileReport]) -> Iterator[str]:
    """Say why nothing may be published: a required source lacks, or was given and cannot be read."""
    by_id = {mapping.id: mapping for mapping in mappings}
    tables, sources = {accepted.table for accepted in held}, {accepted.source for accepted in held}
    unread = {report.source: report for report in reports if report.problem and report.source in by_id}
    for table in TABLES.values():
        refused = [report.problem for id_, report in unread.items() if by_id[id_].table == table]
        if table.required and (table.name not in tables or (refused and table.name != "lookup")):
            reason = " ".join(filter(None, refused)) or "no file of it was given."
            yield f"The source {table.name} ({_title(table.meaning)}) is required: {reason}"
    for mapping in _expected(mappings):
        if mapping.required and mapping.id not in sources and mapping.table.name in tables:
            yield f"The source {mapping.id} ({mapping.title}) is required by its mapping; no file of it could be read."


def _title(meaning: str) -> str:
    return meaning.split(":")[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
