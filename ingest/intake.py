"""One file's way into the workspace: read, settle what is repeated, write what is left, accept."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.errors import SourceError
from graph.model import record
from ingest import fileday, kept, settling, source
from ingest.kept import Kept
from ingest.mapping import Mapping
from ingest.settling import Repeated
from ingest.source import Problem, Source
from ingest.values import schema

DISAGREEING_ALLOWED = 1  # one row whose 続柄 text and codes disagree is that row's fault, in however small a file
MEMORY = "512MB"  # beyond it DuckDB sorts on disk: memory does not grow with a log
LOOKUP_ORDER = "system, CAST(time AS DATE), line"


class Disagreeing(SourceError):
    """A resident register whose 続柄 text and codes disagree too often to trust the code dictionary (Z14)."""

    def __init__(self, message: str, rows: int) -> None:
        super().__init__(message)
        self.rows = rows


@record
class Read:
    """A file's rows, typed and written to a file of the run's own, and what is wrong with the others."""

    count: int
    problems: tuple[Problem, ...]
    warnings: dict[str, int]


def take_in(workspace: Path, found: Source, sha256: str) -> Kept:
    """Accept one file; where the workspace holds it by another mapping, its rows are read anew.

    Raises SourceError where the file must be refused.
    """
    work = kept.work_folder(workspace)
    rows = work / "rows.parquet"
    read = _read(found, rows)
    _refuse_disagreeing(found, read)
    with duckdb.connect() as con:
        con.execute(f"SET temp_directory = {settling.quoted(work)}; SET memory_limit = '{MEMORY}'")
        repeated = settling.repeated(con, found.mapping, rows, _said_before(workspace, found.mapping, sha256))
        accepted = _written(workspace, found, sha256, con, rows, read, repeated)
    kept.keep(workspace, accepted)
    return accepted


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
    rows = sum(problem.reason == "inconsistent" for problem in read.problems)
    if rows > max(DISAGREEING_ALLOWED, found.mapping.relation_limit * read.count):
        first = next(problem for problem in read.problems if problem.reason == "inconsistent")
        raise Disagreeing(
            f"{found.path.name}: line {first.line}: {first.column} and the codes beside it disagree, as in {rows} of"
            f" {read.count} rows; the code dictionary of the mapping {found.mapping.id} does not fit this file",
            read.count,
        )


def _said_before(workspace: Path, mapping: Mapping, sha256: str) -> list[Path]:
    """List the typed rows of earlier files of this source; a full file repeats them on purpose."""
    if mapping.full:
        return []
    earlier = (held for held in kept.kept(workspace) if held.source == mapping.id and held.sha256 != sha256)
    return [workspace / part for held in earlier for part in held.parts]


def _written(
    workspace: Path,
    found: Source,
    sha256: str,
    con: duckdb.DuckDBPyConnection,
    rows: Path,
    read: Read,
    repeated: Repeated,
) -> Kept:
    problems = sorted((*read.problems, *_conflicting(found, repeated.conflicting)), key=lambda problem: problem.line)
    without = (*repeated.duplicate, *repeated.conflicting)
    mapping, name = found.mapping, f"{sha256}.{found.mapping.digest[:8]}"
    return Kept(
        sha256=sha256,
        file=found.path.name,
        source=mapping.id,
        digest=mapping.digest,
        table=mapping.table.name,
        full=mapping.full,
        key=mapping.key,
        day=fileday.day_of(found, con, rows),
        order=_order(workspace, sha256),
        encoding=found.encoding.name,
        rows=read.count,
        loaded=read.count - len(problems) - len(repeated.duplicate),
        duplicate=len(repeated.duplicate),
        reasons=dict(sorted(Counter(problem.reason for problem in problems).items())),
        warnings=read.warnings,
        parts=tuple(_write_rows(workspace, mapping, name, con, rows, without)),
        rejected=_write_rejected(workspace, found, sha256, problems),
    )


def _order(workspace: Path, sha256: str) -> int:
    held = kept.kept(workspace)
    again = next((source.order for source in held if source.sha256 == sha256), None)
    return again or max((source.order for source in held), default=0) + 1


def _conflicting(found: Source, lines: Sequence[int]) -> list[Problem]:
    """Make problems of the rows whose key an earlier row has used for something else."""
    if not lines:
        return []
    texts = source.raw_texts(found, set(lines))
    rules = {rule.column.name: rule for rule in found.mapping.rules}
    column = next((rules[name].names[0] for name in found.mapping.key if rules[name].names), "")
    return [Problem(line=line, column=column, reason="duplicate_key", text=texts[line]) for line in lines]


def _write_rows(
    workspace: Path, mapping: Mapping, name: str, con: duckdb.DuckDBPyConnection, rows: Path, without: Sequence[int]
) -> Iterator[str]:
    """Write a source's typed rows, those of a log one file for each system and day; give the files' paths."""
    if mapping.table.name != "lookup":
        part = f"sources/{name.split('.')[0]}/rows.{mapping.digest[:8]}.parquet"
        kept.write(workspace / part, settling.ordered(con, rows, without, "line"), schema(mapping.table))
        yield part
        return
    ordered = settling.ordered(con, rows, without, LOOKUP_ORDER)
    pieces = (piece for batch in ordered for piece in _by_day(batch))
    for (system, day), group in groupby(pieces, key=lambda piece: piece[0]):
        part = f"lookups/system={system}/day={day}/{name}.parquet"
        kept.write(workspace / part, (batch for _, batch in group), schema(mapping.table))
        yield part


def _by_day(batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    """Cut a batch ordered by system and day where either changes."""
    days = pc.cast(batch.column("time"), pa.date32())
    systems = batch.column("system").dictionary_encode()
    changed = np.diff(days.cast(pa.int32()).to_numpy()) | np.diff(systems.indices.to_numpy())
    cuts = [0, *(np.flatnonzero(changed) + 1).tolist(), len(batch)]
    for start, end in pairwise(cuts):
        yield (systems[start].as_py(), days[start].as_py().isoformat()), batch.slice(start, end - start)


def _write_rejected(workspace: Path, found: Source, sha256: str, problems: Sequence[Problem]) -> str:
    part = f"sources/{sha256}/quarantine.{found.mapping.digest[:8]}.parquet"
    columns = [
        [found.path.name] * len(problems),
        [problem.line for problem in problems],
        [problem.column for problem in problems],
        [problem.reason for problem in problems],
        [problem.text for problem in problems],
        [found.mapping.id] * len(problems),
    ]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, kept.REJECTED, strict=True)], schema=kept.REJECTED
    )
    kept.write(workspace / part, [batch], kept.REJECTED)
    return part
