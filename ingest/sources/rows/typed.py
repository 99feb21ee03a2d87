"""One file's rows, typed and written to a file of the run's own, and why a file that was read may not be accepted."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from graph.errors import SourceError
from graph.model import Reason, record
from ingest.language.values import schema
from ingest.reading import cutoff, source
from ingest.reading.records import LONGEST_RECORD
from ingest.reading.source import Problem, Source

DISAGREEING_ALLOWED = 1  # one row whose 続柄 text and codes disagree is that row's fault, in however small a file


class Refused(SourceError):
    """A file that was read and must not be accepted; `reasons` says how many of its rows count as what."""

    def __init__(self, en: str, ja: str, reasons: dict[Reason, int]) -> None:
        super().__init__(en, ja)
        self.reasons = reasons


@record
class Read:
    """A file's rows, typed and written to a file of the run's own, and what is wrong with the others."""

    count: int
    problems: tuple[Problem, ...]
    warnings: dict[str, int]
    ended: bool  # the last line has an end
    cut: int  # the line of the last record where it is cut, else 0


def read(found: Source, rows: Path) -> Read:
    """Read a file into typed rows (Parquet) and count what could not be read."""
    count, problems, warnings = 0, list[Problem](), Counter[str]()
    tail: tuple[str, ...] = ()
    with pq.ParquetWriter(rows, schema(found.mapping.table), compression="lz4") as writer:
        for chunk in source.read(found):
            writer.write_table(chunk.rows)
            problems += chunk.problems
            warnings.update(chunk.warnings)
            count += len(chunk.rows) + len(chunk.problems)
            last, tail = chunk.last_line, (*tail, *chunk.tail)[-LONGEST_RECORD:]
    cut = _is_cut(found, tail)
    return Read(
        count=count,
        problems=tuple(problems),
        warnings=dict(sorted((warnings + Counter(cut_off=int(cut))).items())),
        ended=cutoff.ended(tail),
        cut=last if cut else 0,
    )


def _is_cut(found: Source, tail: Sequence[str]) -> bool:
    if found.mapping.format == "gedcom":
        return cutoff.cut_tree("".join(tail))
    return cutoff.cut(tail, found.mapping.delimiter, len(found.header))


def refuse_disagreeing(found: Source, read: Read) -> None:
    """Refuse a register whose 続柄 text and codes disagree too often to trust the code dictionary (Z14)."""
    rows = sum(problem.reason == Reason.INCONSISTENT for problem in read.problems)
    if rows > max(DISAGREEING_ALLOWED, found.mapping.relation_limit * read.count):
        first = next(problem for problem in read.problems if problem.reason == Reason.INCONSISTENT)
        raise Refused(
            f"{found.path.name}: line {first.line}: {first.column} and the codes beside it disagree, as in {rows} of"
            f" {read.count} rows; the code dictionary of the mapping {found.mapping.id} does not fit this file",
            f"{found.path.name}: {first.line}行目: {first.column} と横のコードが食い違います"
            f"({read.count}行のうち{rows}行)。マッピング {found.mapping.id} のコード表がこのファイルに合っていません。",
            {Reason.INCONSISTENT: read.count},
        )


def refuse_empty(found: Source, read: Read) -> None:
    """Refuse a full file without a readable row: it would end all that the files before it have.

    A reading of some of its rows only may find none.
    """
    some_only = found.mapping.beside or found.mapping.where or found.mapping.filled
    if found.mapping.full and read.count == len(read.problems) and (read.count or not some_only):
        reasons = Counter(problem.reason for problem in read.problems)
        raise Refused(
            f"{found.path.name}: line 2: no row of this full file can be read",
            f"{found.path.name}: 2行目: 全件ファイルですが、読める行がありません。",
            dict(sorted(reasons.items())),
        )
