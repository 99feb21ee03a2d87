"""Raw files as a municipality hands them over: CP932, CRLF, 和暦, half-width kana, and a few broken rows."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

ENCODING = "cp932"
ERAS = (("R", "5", 2019, "2019-05-01"), ("H", "4", 1989, "1989-01-08"), ("S", "3", 1926, "1926-12-25"),
        ("T", "2", 1912, "1912-07-30"), ("M", "1", 1868, "1868-01-25"))  # fmt: skip
UNDECODABLE = b"\x81\x20"  # a lead byte of CP932 whose trail byte got lost
SECONDS = np.array([f"{s // 3600:02d}:{s % 3600 // 60:02d}:{s % 60:02d}" for s in range(86400)], object)
PLAIN_SECONDS = np.array([text.replace(":", "") for text in SECONDS], object)


@dataclass(frozen=True)
class Spoil:
    """What a broken row of a file looks like: a column with an impossible date, one with an unknown code."""

    date: tuple[str, str] | None = None
    code: tuple[str, str] | None = None


def mapped(function: Callable[[object], str], values: np.ndarray) -> np.ndarray:
    """Apply a function to each distinct value once."""
    distinct, inverse = np.unique(values, return_inverse=True)
    return np.array([function(value) for value in distinct.tolist()], object)[inverse.reshape(-1)]


def on_days(function: Callable[[int, int, int], str], days: np.ndarray) -> np.ndarray:
    """Write days by year, month and day; a missing one is empty."""
    distinct, inverse = np.unique(np.asarray(days).astype("datetime64[D]"), return_inverse=True)
    texts = ["" if np.isnat(day) else function(*map(int, str(day).split("-"))) for day in distinct]
    return np.array(texts, object)[inverse]


def _era(year: int, month: int, day: int) -> tuple[str, str, int]:
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    letter, code, first, _ = next(era for era in ERAS if iso >= era[3])
    return letter, code, year - first + 1


def wareki(days: np.ndarray) -> np.ndarray:
    """Write days like S54.03.12."""
    return on_days(lambda y, m, d: "{0[0]}{0[2]:02d}.{1:02d}.{2:02d}".format(_era(y, m, d), m, d), days)


def wareki_digits(days: np.ndarray) -> np.ndarray:
    """Write days as 7 digits, era code first: 5051001."""
    return on_days(lambda y, m, d: "{0[1]}{0[2]:02d}{1:02d}{2:02d}".format(_era(y, m, d), m, d), days)


def iso(days: np.ndarray) -> np.ndarray:
    """Write days like 2018-04-01."""
    return on_days(lambda y, m, d: f"{y:04d}-{m:02d}-{d:02d}", days)


def slashed(days: np.ndarray) -> np.ndarray:
    """Write days as a spreadsheet does: 2018/4/1."""
    return on_days(lambda y, m, d: f"{y}/{m}/{d}", days)


def seconds_of_day(times: np.ndarray) -> np.ndarray:
    """Count the seconds since midnight."""
    seconds: np.ndarray = (times.astype("datetime64[s]") - times.astype("datetime64[D]")).astype(int)
    return seconds


def clock(minutes: np.ndarray) -> np.ndarray:
    """Write minutes after midnight like 8:30; negative ones are empty."""
    return mapped(lambda m: "" if int(str(m)) < 0 else f"{int(str(m)) // 60}:{int(str(m)) % 60:02d}", minutes)


SPARSE = 12  # rows for each that is broken: a file with more broken ones is not a file with slips but no use


def _half_width() -> dict[int, str]:
    singles = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF61, 0xFF9E)}
    voiced = {unicodedata.normalize("NFKC", h + mark): h + mark for h in list(singles.values()) for mark in "ﾞﾟ"}
    return {ord(full): half for full, half in (voiced | singles | {"　": " "}).items() if len(full) == 1}


HALF_WIDTH = _half_width()


def half_kana(texts: np.ndarray) -> np.ndarray:
    """Write kana in half width."""
    return mapped(lambda text: str(text).translate(HALF_WIDTH), texts.astype(object))


def write(
    path: Path,
    columns: Mapping[str, object],
    spoil: Spoil,
    broken: int,
    rng: np.random.Generator,
    quoted: bool = False,
    encoding: str = ENCODING,
    append: bool = False,
) -> np.ndarray:
    """Write one CSV file with `broken` broken copies of each sort among its rows; give the line of each row.

    With `append` the rows follow those the file has; lines then count from its first new row, as line 2.
    """
    arrays = {name: pa.array(np.asarray(values, object), pa.string()) for name, values in columns.items()}
    table = pa.table(arrays)
    options = csv.WriteOptions(include_header=True, quoting_style="all_valid" if quoted else "none")
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, options)
    lines = sink.getvalue().to_pybytes().decode().encode(encoding).split(b"\n")[:-1]
    header, rows = lines[0], lines[1:]
    if not quoted:
        header = header.replace(b'"', b"")
    after, copies = _broken_copies(rows, list(columns), spoil, broken, rng)
    body = np.insert(np.array(rows, object), after + 1, copies) if len(after) else np.array(rows, object)
    with path.open("ab" if append else "wb") as file:
        file.write(b"\r\n".join([*([] if append else [header]), *body.tolist(), b""]))
    return np.arange(len(rows)) + 2 + np.searchsorted(after, np.arange(len(rows)), side="left")


def _broken_copies(
    rows: list[bytes], names: list[str], spoil: Spoil, broken: int, rng: np.random.Generator
) -> tuple[np.ndarray, list[bytes]]:
    """Choose rows and give, to be written after each, a copy of it that something happened to."""
    sorts: list[Callable[[bytes], bytes]] = [_truncated, _undecodable, lambda row: row]
    for column in (spoil.date, spoil.code):
        if column:
            sorts.append(_replaced(names.index(column[0]), column[1]))
    n = broken * len(sorts)
    if not n or len(rows) < n * SPARSE:
        return np.zeros(0, int), []
    after = np.sort(rng.choice(len(rows), n, replace=False))
    order = rng.permutation(n)
    return after, [sorts[order[k] % len(sorts)](rows[row]) for k, row in enumerate(after)]


def _truncated(row: bytes) -> bytes:
    return row.rsplit(b",", max(2, row.count(b",") // 2))[0]


def _undecodable(row: bytes) -> bytes:
    return row[:-1] + UNDECODABLE + b'"' if row.endswith(b'"') else row + UNDECODABLE


def _replaced(column: int, text: str) -> Callable[[bytes], bytes]:
    def replaced(row: bytes) -> bytes:
        fields = row.split(b",")
        mark = b'"' if fields[column].startswith(b'"') else b""
        fields[column] = mark + text.encode(ENCODING) + mark
        return b",".join(fields)

    return replaced
