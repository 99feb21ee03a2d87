"""One export file → typed rows and problems, some thousand rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from graph.errors import ConfigError, SourceError
from graph.model import Reason, record
from ingest.language import values
from ingest.language.known_source import Mapping
from ingest.reading import disagreeing, encodings, file_date, foreign
from ingest.reading.columns import ColumnReader, Typed, failing_check_digits, filled
from ingest.reading.encodings import Encoding
from ingest.reading.gedcom import encoding as gedcom_encoding
from ingest.reading.gedcom import records
from ingest.reading.records import LONGEST_RECORD, Batch, Cells, Lines, Record, batches, header, take_apart
from ingest.reading.selected import selected
from japanese.invisible import count_strange

TREE_TAIL = 40  # characters


@record
class Problem:
    """One row that could not be read: where, which column, why, and its raw text."""

    line: int
    column: str
    reason: Reason
    text: str


@record
class Source:
    """A file whose mapping, encoding and header are known."""

    path: Path
    mapping: Mapping
    encoding: Encoding
    header: tuple[str, ...]


@record
class Chunk:
    """Some rows of a file: those that could be read, what is wrong with the others, and its last records as written."""

    rows: pa.Table
    problems: tuple[Problem, ...]
    warnings: dict[str, int]
    tail: tuple[str, ...]
    last_line: int


def identify(path: Path, mappings: Sequence[Mapping], encoding: str = "") -> Source:
    """Find the mapping that reads a file, by its name or its header; a municipality's own go before the built-in ones.

    Raises SourceError with one sentence where the file is no CSV export or nothing fits, ConfigError where two of the
    municipality's own fit.
    """
    foreign.refuse_others(path)
    trees = [mapping for mapping in mappings if mapping.format == "gedcom" and mapping.named_like(path.name)]
    if trees:
        _refuse_rivals(path, trees)
        return _tree(path, trees[0])
    found = encodings.named(encoding) if encoding not in ("", "UTF-16") else encodings.detect(path)
    finding = [mapping for mapping in mappings if mapping.format == "csv" and not mapping.beside]
    sources = [_source(path, mapping, found) for mapping in finding]
    matching = [source for source in sources if source.mapping.matches(path.name, source.header)]
    fitting = [source for source in matching if not source.mapping.lacking(source.header)]
    if not fitting:
        raise _unfit(path, matching)
    _refuse_rivals(path, [source.mapping for source in fitting])
    chosen = min(fitting, key=_rank)
    _refuse_other_encoding(chosen, found)
    return chosen


def readings(first: Source, mappings: Sequence[Mapping]) -> tuple[Source, ...]:
    """Give every reading of a file: the one that found it, and those that mappings beside it make of it.

    Raises SourceError where the header lacks what one of them needs.
    """
    beside = [replace(first, mapping=mapping) for mapping in mappings if mapping.beside == first.mapping.id]
    lacking = [source for source in beside if source.mapping.lacking(source.header)]
    if lacking:
        raise _unfit(first.path, lacking)
    return first, *beside


def _refuse_rivals(path: Path, fitting: Sequence[Mapping]) -> None:
    """Let nobody guess which of two mappings of one's own was meant."""
    own = [mapping.file for mapping in fitting if not mapping.built_in]
    if len(own) > 1:
        both = ", ".join(own)
        raise ConfigError(
            f"{both}: files: more than one of your mappings fits {path.name}; narrow `files` or `header` of the others",
            f"{both}: files: {path.name} に当てはまるマッピングが複数あります。files か header を絞ってください",
        )


def _rank(source: Source) -> tuple[bool, bool, int]:
    mapping = source.mapping
    return mapping.built_in, not mapping.named_like(source.path.name), -len(mapping.rules)


def read(source: Source) -> Iterator[Chunk]:
    """Read a file's rows; memory does not grow with the file, but for a genealogy."""
    if source.mapping.format == "gedcom":
        yield _records(source)
        return
    columns = [ColumnReader(rule, source.header) for rule in source.mapping.rules]
    for batch in _batches(source):
        cells = take_apart(batch, source.mapping.delimiter, len(source.header))
        taken = selected(source.mapping, source.header, cells)
        rows, problems, warnings = _typed(source, columns, taken.cells)
        problems = (*problems, *_astray(source, cells, taken.astray))
        warnings |= {"passed_over": taken.passed_over} if taken.passed_over else {}
        tail = tuple(batch.texts[-LONGEST_RECORD:])
        yield Chunk(rows=rows, problems=problems, warnings=warnings, tail=tail, last_line=batch.lines[-1])


def raw_texts(source: Source, wanted: set[int]) -> dict[int, str]:
    """Give the raw text of the records that begin on these lines."""
    pairs = (pair for batch in _batches(source) for pair in zip(batch.lines, batch.texts, strict=True))
    return {line: encodings.escaped(text.rstrip("\r\n")) for line, text in pairs if line in wanted}


def _batches(source: Source) -> Iterator[Batch]:
    with encodings.open_text(source.path, source.encoding) as handle:
        lines = Lines(handle)
        header(lines, source.mapping.delimiter, source.mapping.skip)
        yield from batches(lines, source.mapping.delimiter, len(source.header))


def _tree(path: Path, mapping: Mapping) -> Source:
    """Give a genealogy as a source of its own: a later file supersedes the earlier one of its name, and no other."""
    name = gedcom_encoding.encoding_of(path.read_bytes())
    own = replace(mapping, id=f"{mapping.id}:{file_date.without(path.name)}")
    return Source(path=path, mapping=own, encoding=Encoding(name=name, codec=""), header=())


def _records(source: Source) -> Chunk:
    text = gedcom_encoding.decode(source.path.read_bytes())
    found, lines = records.read(text), records.lines_of(text)
    if not found.rows:
        raise SourceError(
            f"{source.path.name}: line 1: no INDI record; is it a GEDCOM file?",
            f"{source.path.name}: 1行目: INDI レコードがありません。GEDCOM ファイルでしょうか。",
        )
    problems = (_problem(each.number, "", each.reason, lines[each.number - 1]) for each in found.problems)
    rows = records.table(found, source.path.name, source.mapping.id)
    return Chunk(
        rows=rows, problems=tuple(problems), warnings=found.warnings, tail=(text[-TREE_TAIL:],), last_line=len(lines)
    )


def _source(path: Path, mapping: Mapping, encoding: Encoding) -> Source:
    used = encoding if mapping.encoding == "detect" else _stated(mapping, encoding)
    with encodings.open_text(path, used) as handle:
        names = header(Lines(handle), mapping.delimiter, mapping.skip)
    return Source(path=path, mapping=mapping, encoding=used, header=tuple(map(encodings.escaped, names)))


def _stated(mapping: Mapping, detected: Encoding) -> Encoding:
    """Use the encoding that the mapping states; a BOM is skipped all the same."""
    same = detected.name.startswith(mapping.encoding)
    return detected if same else encodings.named(mapping.encoding)


def _refuse_other_encoding(chosen: Source, detected: Encoding) -> None:
    """Refuse a file that the encoding its mapping states would turn into other characters, without a word."""
    name, stated = chosen.path.name, chosen.encoding.name
    if stated != detected.name and not encodings.reads(chosen.path, stated):
        raise SourceError(
            f"{name}: the mapping {chosen.mapping.id} states {stated}, but the file is written in {detected.name}",
            f"{name}: マッピング {chosen.mapping.id} は {stated} と定めていますが、ファイルは {detected.name} です。",
        )


def _unfit(path: Path, matching: Sequence[Source]) -> SourceError:
    if not matching:
        return SourceError(
            f"{path.name}: line 1: neither its name nor its header fits any mapping",
            f"{path.name}: 1行目: ファイル名も見出しも、どのマッピングにも合いません。",
        )
    nearest = min(matching, key=_rank)
    lacking = "、".join(nearest.mapping.lacking(nearest.header))
    id_, encoding = nearest.mapping.id, nearest.encoding.name
    return SourceError(
        f"{path.name}: line 1: read as {encoding}, the header lacks {lacking}, which the mapping {id_} needs",
        f"{path.name}: 1行目: {encoding} として読むと、マッピング {id_} に必要な見出し {lacking} がありません。",
    )


def _typed(
    source: Source, columns: Sequence[ColumnReader], cells: Cells
) -> tuple[pa.Table, tuple[Problem, ...], dict[str, int]]:
    """Give the rows that could be read, what is wrong with the others, and what is odd."""
    rows = len(cells.whole.texts)
    read = {column.rule.column.name: column.read(cells.columns, rows) for column in columns}
    faults = _faults(columns, read) if rows else {}
    problems = [_broken(record, source.header) for record in cells.others]
    problems += [
        _problem(cells.whole.lines[at], column, why, cells.whole.texts[at]) for at, (column, why) in faults.items()
    ]
    table = _table(source, read, cells.whole.lines)
    kept = table.filter(_without(faults, rows)) if faults else table
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    return kept, ordered, _warnings(columns, cells, kept)


def _astray(source: Source, cells: Cells, places: Sequence[int]) -> Iterator[Problem]:
    """Make problems of the rows that no reading takes: what they are is a code that no mapping knows."""
    for at in places:
        yield _problem(cells.whole.lines[at], source.mapping.where[0][0], Reason.UNKNOWN_CODE, cells.whole.texts[at])


def _broken(record: Record, names: Sequence[str]) -> Problem:
    """Say what is wrong with a record that is not whole."""
    at = next((at for at, cell in enumerate(record.cells) if encodings.undecodable(cell)), None)
    if at is not None:
        return _problem(record.line, names[min(at, len(names) - 1)], Reason.UNDECODABLE, record.text)
    reason = Reason.EXTRA_COLUMNS if len(record.cells) > len(names) else Reason.TRUNCATED
    return _problem(record.line, names[min(len(record.cells), len(names)) - 1], reason, record.text)


def _problem(line: int, column: str, reason: Reason, text: str) -> Problem:
    return Problem(line=line, column=column, reason=reason, text=encodings.escaped(text.rstrip("\r\n")))


def _faults(columns: Sequence[ColumnReader], read: dict[str, Typed]) -> dict[int, tuple[str, Reason]]:
    """Find the first unreadable column of each row that has one, and the rows whose 続柄 disagree with their codes."""
    faults: dict[int, tuple[str, Reason]] = {}
    for column in columns:
        for at, reason in read[column.rule.column.name].faults.items():
            faults.setdefault(at, (column.name, reason))
    if _has_relations(columns):
        name = next(column.name for column in columns if column.rule.column.name == "relation")
        for at in disagreeing.disagreeing(read["relation"].arrays[0], read["relation_codes"].arrays[0]):
            faults.setdefault(at, (name, Reason.INCONSISTENT))
    return faults


def _without(faults: dict[int, tuple[str, Reason]], rows: int) -> pa.Array:
    mask = np.ones(rows, dtype=bool)
    mask[list(faults)] = False
    return pa.array(mask)


def _warnings(columns: Sequence[ColumnReader], cells: Cells, rows: pa.Table) -> dict[str, int]:
    """Count what is odd and no error: check digits that do not fit (J4), 続柄 texts longer than their code (Z13), cells
    with characters that show nothing."""
    checked = [column.rule.column.name for column in columns if column.rule.check]
    found = {"check_digit": sum(failing_check_digits(rows.column(name)) for name in checked)}
    found["invisible"] = sum(map(count_strange, cells.columns))
    if _has_relations(columns):
        found["relation_text"] = disagreeing.longer_texts(rows.column("relation"), rows.column("relation_codes"))
    return {word: count for word, count in found.items() if count}


def _has_relations(columns: Sequence[ColumnReader]) -> bool:
    return {"relation", "relation_codes"} <= {column.rule.column.name for column in columns}


def _table(source: Source, read: dict[str, Typed], lines: Sequence[int]) -> pa.Table:
    arrays: list[pa.Array] = []
    for column in source.mapping.table.columns:
        arrays += read[column.name].arrays if column.name in read else filled(column, values.empty(column), len(lines))
    arrays.append(pa.repeat(source.path.name, len(lines)))
    arrays.append(pa.array(lines, pa.int64()))
    arrays.append(pa.repeat(source.mapping.id, len(lines)))
    return pa.Table.from_arrays(arrays, schema=values.schema(source.mapping.table))
