"""Whether a full file may stand for its register: not where it lacks what the one it follows still has (D3)."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from graph.model import record
from graph.records.facts import DoubtedFile
from ingest.language.known_source import Mapping
from ingest.language.tables import CanonicalTable
from ingest.sources.accepted import Kept
from ingest.sources.duplicates import key_of, quoted
from ingest.sources.full_files import snapshots
from words import Said

LEAST = 3  # fewer keys or rows never speak against a file: registers of small places lose one or two
SPOILED = 0.1  # of the rows of a table without a limit of its own

# What only the older files have ends. A key does not count as gone where the newer ones have another of the same
# subject that is new: the next posting, the next state.
COMPARED = """
WITH older AS (
    SELECT hash({key}) AS k, hash({subject}) AS s, {valid} AS valid,
        row_number() OVER (PARTITION BY filename ORDER BY line DESC) = 1 AS last
    FROM read_parquet([{before}], filename = true, hive_partitioning = false)
), newer AS (
    SELECT hash({key}) AS k, hash({subject}) AS s FROM read_parquet([{now}], hive_partitioning = false)
), judged AS (
    SELECT *, k NOT IN (SELECT k FROM newer) AS gone,
        s IN (SELECT s FROM newer WHERE k NOT IN (SELECT k FROM older)) AS replaced
    FROM older
)
SELECT count(DISTINCT k) FILTER (valid), count(DISTINCT k) FILTER (valid AND gone AND NOT replaced),
    coalesce(bool_or(last AND gone AND NOT replaced), false)
FROM judged
"""


@record
class Shrunk:
    """How many of the valid keys of the files before the newer ones lack, and whether the last is among them."""

    keys: int
    gone: int
    tail: bool


def compared(
    con: duckdb.DuckDBPyConnection, root: Path, mapping: Mapping, before: Sequence[Kept], now: Sequence[Kept]
) -> Shrunk:
    """Compare the snapshot that new files make with the one it follows."""
    query = COMPARED.format(
        key=", ".join(key_of(mapping)),
        subject=", ".join(mapping.table.subject or key_of(mapping)),
        valid=_valid(mapping.table, now[0]),
        before=_parts(root, before),
        now=_parts(root, now),
    )
    keys, gone, tail = con.execute(query).fetchall()[0]
    return Shrunk(keys=keys, gone=gone, tail=tail)


def objection(limit: float | None, before: Sequence[Kept], now: Sequence[Kept], found: Shrunk) -> Said | None:
    """Say why a snapshot must not follow the one before; nothing where it may."""
    if limit is None:
        return None
    file, older = (", ".join(sorted(source.file for source in files)) for files in (now, before))
    if found.gone >= LEAST and found.gone > limit * found.keys:
        figures = f"{found.gone:,} of {found.keys:,}", f"{found.gone / found.keys:.1%}", f"{limit * 100:g}%"
        return Said(
            en=f"{file}: {figures[0]} keys that {older} has and that are still valid are not in it ({figures[1]},"
            f" the limit is {figures[2]})",
            ja=f"{file}: {older} にあって今も有効なキー{found.keys:,}件のうち{found.gone:,}件がありません"
            f"({figures[1]}、上限 {figures[2]})",
        )
    if found.tail and not all(source.ended for source in now) and all(source.ended for source in before):
        return Said(
            en=f"{file}: the last line has no end, and what stood last in {older} is not in it",
            ja=f"{file}: 最後の行が改行で終わらず、{older} の末尾にあった行がありません",
        )
    return None


def spoiled(file: str, limit: float | None, rows: int, quarantined: int) -> Said | None:
    """Say why a full file of whose rows too many cannot be read must not be taken; nothing where it may."""
    limit = SPOILED if limit is None else limit
    if quarantined < LEAST or quarantined <= limit * rows:
        return None
    share = f"{quarantined / rows:.1%}"
    return Said(
        en=f"{file}: {quarantined:,} of its {rows:,} rows cannot be read ({share}, the limit is {limit * 100:g}%)",
        ja=f"{file}: {rows:,}行のうち{quarantined:,}行が読めません({share}、上限 {limit * 100:g}%)",
    )


def cut_off(file: str, line: int) -> Said:
    """Say that a full file's last record is cut."""
    return Said(
        en=f"{file}: line {line}: the last record is cut off",
        ja=f"{file}: {line}行目: 最後の行が途中で切れています",
    )


def not_taken(said: Said) -> Said:
    """Word what speaks against a file as the reason why it is not taken."""
    return Said(
        en=f"{said.en}; it is not taken, what was before stays in force (right all the same: --accept-shrink FILE)",
        ja=f"{said.ja}。受け入れず、前のものを有効とします(正しい場合は --accept-shrink ファイル名)。",
    )


def taken_all_the_same(held: Sequence[Kept]) -> tuple[DoubtedFile, ...]:
    """List the files that a person took though something speaks against them, until a newer one follows each."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for source in {each.source for each in held if each.full}:
        files = snapshots.deliveries(each for each in held if each.full and each.source == source)
        last = snapshots.in_force(snapshots.grouped(files)[-1])
        found |= {(file.file, file.sha256): file.despite for file in last if file.despite}
    doubted = sorted(found.items())
    return tuple(DoubtedFile(file=name, sha256=sha256, reason=Said(**why)) for (name, sha256), why in doubted)


def _valid(table: CanonicalTable, now: Kept) -> str:
    """Say in SQL which rows still hold on the day of the newer files."""
    dated = any(column.name == "valid_to" for column in table.columns)
    return f"coalesce(valid_to > DATE '{now.seen_on.isoformat()}', true)" if dated else "true"


def _parts(root: Path, sources: Sequence[Kept]) -> str:
    return ", ".join(quoted(root / part) for source in sources for part in source.parts)
