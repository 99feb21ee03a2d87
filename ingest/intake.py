"""One file's way into the workspace: read, settle what is repeated, write what is left, accept."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.errors import SourceError
from graph.model import record
from ingest import account_holders, fileday, kept, settling, source
from ingest.kept import Copy, Kept
from ingest.mapping import Mapping
from ingest.settling import Repeated
from ingest.source import Problem, Source
from ingest.values import schema

DISAGREEING_ALLOWED = 1  # one row whose 続柄 text and codes disagree is that row's fault, in however small a file
MEMORY = "256MB"  # beyond it DuckDB sorts on disk: memory does not grow with a log
LONGEST_FOLDER = 40  # letters; a file system counts bytes
NO_LETTER = re.compile(r"[^\w-]")
LOOKUP_ORDER = "system, CAST(time AS DATE), line"


class Refused(SourceError):
    """A file that was read and must not be accepted; `reasons` says how many of its rows count as what."""

    def __init__(self, en: str, ja: str, reasons: dict[str, int]) -> None:
        super().__init__(en, ja)
        self.reasons = reasons


@record
class Read:
    """A file's rows, typed and written to a file of the run's own, and what is wrong with the others."""

    count: int
    problems: tuple[Problem, ...]
    warnings: dict[str, int]


class Intake:
    """The workspace's side of one run: what it holds so far, and the database that compares rows with it."""

    def __init__(self, workspace: Path, work: Path, con: duckdb.DuckDBPyConnection) -> None:
        self.workspace = workspace
        self.work = work
        self.con = con
        self.held = {source.reading: source for source in kept.kept(workspace)}
        con.execute(f"SET temp_directory = {settling.quoted(work)}; SET memory_limit = '{MEMORY}'")

    def with_bytes(self, sha256: str) -> tuple[Kept, ...]:
        """List what was read from these very bytes, into whichever tables."""
        return tuple(source for source in self.held.values() if source.sha256 == sha256)

    def read_before(self, found: Source, sha256: str) -> Kept | None:
        """Give the accepted source that a file is once more; none where a changed mapping reads its rows anew."""
        before = self.held.get((sha256, found.mapping.table.name))
        if before is None or before.digest == found.mapping.digest:
            return before
        other_mapping = found.path.name != before.file and found.mapping.id != before.source
        return before if other_mapping else None

    def given_again(self, before: Kept, name: str) -> None:
        """Remember another name of an accepted file; of a full one it may tell that nothing changed until its day."""
        if name in before.names:
            return
        day = fileday.in_name(name)
        copy = Copy(file=name, day=day.isoformat() if day else before.day, dated=day is not None, order=self._next())
        self._keep(replace(before, copies=(*before.copies, copy)))

    def take_in(self, found: Source, sha256: str) -> Kept:
        """Accept one file; where the workspace holds it by another mapping, its rows are read anew.

        Raises SourceError where the file must be refused.
        """
        rows = self.work / "rows.parquet"
        read = _read(found, rows)
        _refuse_disagreeing(found, read)
        _refuse_empty(found, read)
        repeated = settling.repeated(self.con, found.mapping, rows, self._said_before(found.mapping, sha256, rows))
        accepted = self._written(found, sha256, rows, read, repeated)
        self._keep(accepted)
        return accepted

    def _keep(self, accepted: Kept) -> None:
        """Accept a source; the reading of the same file into another table, by an earlier mapping, counts no more."""
        kept.keep(self.workspace, accepted)
        self.held[accepted.reading] = accepted
        for other in self.with_bytes(accepted.sha256):
            if other.names == (accepted.file,) and other.table != accepted.table:
                kept.let_go(self.workspace, other)
                del self.held[other.reading]

    def _said_before(self, mapping: Mapping, sha256: str, rows: Path) -> list[Path]:
        """List the typed rows of those earlier files of this source that share a key with the new ones.

        A full file repeats the earlier ones on purpose.
        """
        if mapping.full:
            return []
        same = [s for s in self.held.values() if s.source == mapping.id and s.sha256 != sha256 and s.key == mapping.key]
        keys = {str(self.workspace / source.keys): source for source in same if source.keys}
        shared = settling.sharing(self.con, mapping, rows, sorted(keys))
        return [self.workspace / part for path in shared for part in keys[path].parts]

    def _written(self, found: Source, sha256: str, rows: Path, read: Read, repeated: Repeated) -> Kept:
        problems = sorted(
            (*read.problems, *_conflicting(found, repeated.conflicting)), key=lambda problem: problem.line
        )
        without = (*repeated.duplicate, *repeated.conflicting)
        mapping = found.mapping
        day, dated = fileday.day_of(found.path.name, mapping, self.con, rows)
        again = self.held.get((sha256, mapping.table.name))
        return Kept(
            sha256=sha256,
            file=found.path.name,
            source=mapping.id,
            digest=mapping.digest,
            table=mapping.table.name,
            full=mapping.full,
            key=mapping.key,
            day=day,
            dated=dated,
            order=again.order if again else self._next(),
            copies=again.copies if again else (),
            encoding=found.encoding.name,
            rows=read.count,
            loaded=read.count - len(problems) - len(repeated.duplicate),
            duplicate=len(repeated.duplicate),
            reasons=dict(sorted(Counter(problem.reason for problem in problems).items())),
            warnings=read.warnings | account_holders.warnings(self.con, mapping, rows),
            parts=tuple(self._write_rows(mapping, sha256, rows, without)),
            keys="" if mapping.full else self._write_keys(mapping, sha256, rows, without),
            rejected=self._write_rejected(found, sha256, problems),
        )

    def _next(self) -> int:
        orders = (order for s in self.held.values() for order in (s.order, *(copy.order for copy in s.copies)))
        return max(orders, default=0) + 1

    def _write_rows(self, mapping: Mapping, sha256: str, rows: Path, without: Sequence[int]) -> Iterator[str]:
        """Write a source's typed rows, those of a log one file for each system and day; give the files' paths."""
        if mapping.table.name != "lookup":
            part = _beside(mapping, sha256, "rows")
            ordered = settling.ordered(self.con, rows, without, "line")
            kept.write(self.workspace / part, ordered, schema(mapping.table))
            yield part
            return
        ordered = settling.ordered(self.con, rows, without, LOOKUP_ORDER)
        pieces = (piece for batch in ordered for piece in _by_day(batch))
        for (system, day), group in groupby(pieces, key=lambda piece: piece[0]):
            part = f"lookups/system={_folder(system)}/day={day}/{sha256}.{mapping.digest[:8]}.parquet"
            kept.write(self.workspace / part, (batch for _, batch in group), schema(mapping.table))
            yield part

    def _write_keys(self, mapping: Mapping, sha256: str, rows: Path, without: Sequence[int]) -> str:
        """Write the keys once more, in one file: later files are compared with them first."""
        part = _beside(mapping, sha256, "keys")
        names = settling.key_of(mapping)
        columns = pa.schema([schema(mapping.table).field(name) for name in names])
        ordered = settling.ordered(self.con, rows, without, "line", ", ".join(names))
        kept.write(self.workspace / part, ordered, columns)
        return part

    def _write_rejected(self, found: Source, sha256: str, problems: Sequence[Problem]) -> str:
        part = _beside(found.mapping, sha256, "quarantine")
        kept.write(self.workspace / part, [_rejected(found, problems)], kept.REJECTED)
        return part


def _read(found: Source, rows: Path) -> Read:
    count, problems, warnings = 0, list[Problem](), Counter[str]()
    with pq.ParquetWriter(rows, schema(found.mapping.table), compression="lz4") as writer:
        for chunk in source.read(found):
            writer.write_table(chunk.rows)
            problems += chunk.problems
            warnings.update(chunk.warnings)
            count += len(chunk.rows) + len(chunk.problems)
    return Read(count=count, problems=tuple(problems), warnings=dict(sorted(warnings.items())))


def _refuse_disagreeing(found: Source, read: Read) -> None:
    """Refuse a register whose 続柄 text and codes disagree too often to trust the code dictionary (Z14)."""
    rows = sum(problem.reason == "inconsistent" for problem in read.problems)
    if rows > max(DISAGREEING_ALLOWED, found.mapping.relation_limit * read.count):
        first = next(problem for problem in read.problems if problem.reason == "inconsistent")
        raise Refused(
            f"{found.path.name}: line {first.line}: {first.column} and the codes beside it disagree, as in {rows} of"
            f" {read.count} rows; the code dictionary of the mapping {found.mapping.id} does not fit this file",
            f"{found.path.name}: {first.line}行目: {first.column} と横のコードが食い違います"
            f"({read.count}行のうち{rows}行)。マッピング {found.mapping.id} のコード表がこのファイルに合っていません。",
            {"inconsistent": read.count},
        )


def _refuse_empty(found: Source, read: Read) -> None:
    """Refuse a full file without a readable row: it would end all that the files before it have."""
    if found.mapping.full and read.count == len(read.problems):
        reasons = Counter(problem.reason for problem in read.problems)
        raise Refused(
            f"{found.path.name}: line 2: no row of this full file can be read",
            f"{found.path.name}: 2行目: 全件ファイルですが、読める行がありません。",
            dict(sorted(reasons.items())),
        )


def _conflicting(found: Source, lines: Sequence[int]) -> list[Problem]:
    """Make problems of the rows whose key an earlier row has used for something else."""
    if not lines:
        return []
    texts = source.raw_texts(found, set(lines))
    rules = {rule.column.name: rule for rule in found.mapping.rules}
    column = next((rules[name].names[0] for name in found.mapping.key if rules[name].names), "")
    return [Problem(line=line, column=column, reason="duplicate_key", text=texts[line]) for line in lines]


def _folder(name: str) -> str:
    """Give a folder's name for a name that is data: itself where it is plain, else what is plain of it and its hash."""
    plain = NO_LETTER.sub("_", name)[:LONGEST_FOLDER]
    return plain if plain == name else f"{plain}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _beside(mapping: Mapping, sha256: str, what: str) -> str:
    """Give the path of a source's own file; another mapping of the same bytes has another."""
    return f"sources/{sha256}/{what}.{mapping.digest[:8]}.parquet"


def _by_day(batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    """Cut a batch ordered by system and day where either changes."""
    days = pc.cast(batch.column("time"), pa.date32())
    systems = batch.column("system").dictionary_encode()
    changed = np.diff(days.cast(pa.int32()).to_numpy()) | np.diff(systems.indices.to_numpy())
    cuts = [0, *(np.flatnonzero(changed) + 1).tolist(), len(batch)]
    for start, end in pairwise(cuts):
        yield (systems[start].as_py(), days[start].as_py().isoformat()), batch.slice(start, end - start)


def _rejected(found: Source, problems: Sequence[Problem]) -> pa.RecordBatch:
    columns = [
        [found.path.name] * len(problems),
        [problem.line for problem in problems],
        [problem.column for problem in problems],
        [problem.reason for problem in problems],
        [problem.text for problem in problems],
        [found.mapping.id] * len(problems),
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, kept.REJECTED, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=kept.REJECTED)
