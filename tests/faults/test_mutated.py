"""Exports changed at random: whatever becomes of a file, its rows are counted or it is named with its reason.

`ENKAN_MUTATIONS=100` tries as many; a few run always.
"""

import bz2
import gzip
import io
import os
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from graph.questions.incomplete import read_refused
from ingest.language import mapping
from ingest.sources import acceptance
from ingest.sources.acceptance import FileReport

HANDMADE = Path(__file__).parents[1] / "handmade"
EXPORTS = sorted(path for path in (HANDMADE / "exports").iterdir() if path.suffix.lower() == ".csv")
MUTATIONS = int(os.environ.get("ENKAN_MUTATIONS", "14"))
READABLE = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "utf-16-le", "utf-16-be")
NOT_CSV = (lambda data: gzip.compress(data, mtime=0), bz2.compress, lambda data: zipped(data))

Chance = random.Random
Mutation = Callable[[bytes, Chance], bytes]


def zipped(data: bytes) -> bytes:
    """Put a file into a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("export.csv", data)
    return buffer.getvalue()


def text_of(data: bytes) -> str:
    """Read an export, which is in one of two encodings; one of them has a row with a broken byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", errors="ignore")


def behind_the_header(data: bytes, chance: Chance) -> int:
    """Pick a place in the rows."""
    return chance.randrange(data.index(b"\n") + 1, len(data))


def cut_off(data: bytes, chance: Chance) -> bytes:
    """Lose the end."""
    return data[: behind_the_header(data, chance)]


def nuls(data: bytes, chance: Chance) -> bytes:
    """Insert what a crashed logger leaves."""
    at = behind_the_header(data, chance)
    return data[:at] + b"\0" * chance.choice([1, 2, 200]) + data[at:]


def flipped(data: bytes, chance: Chance) -> bytes:
    """Change one byte."""
    at = behind_the_header(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def quoted(data: bytes, chance: Chance) -> bytes:
    """Open a quote that nobody closes."""
    at = behind_the_header(data, chance)
    return data[:at] + b'"' + data[at:]


def garbled(data: bytes, chance: Chance) -> bytes:
    """Insert bytes of no encoding."""
    at = behind_the_header(data, chance)
    return data[:at] + bytes([0x85, 0x81, 0xFF, 0xFE, 0xFD]) + data[at:]


def written_anew(data: bytes, chance: Chance) -> bytes:
    """Write the same text in another encoding."""
    return text_of(data).encode(chance.choice(READABLE), errors="replace")


def packed(data: bytes, chance: Chance) -> bytes:
    """Compress the file."""
    return chance.choice(NOT_CSV)(data)


def headless(data: bytes, _: Chance) -> bytes:
    """Lose the first line."""
    return data.split(b"\n", 1)[1]


def other_delimiter(data: bytes, chance: Chance) -> bytes:
    """Write semicolons or tabs for commas."""
    return data.replace(b",", chance.choice([b";", b"\t"]))


def emptied(_: bytes, chance: Chance) -> bytes:
    """Leave nothing, or nothing that can be seen."""
    return chance.choice([b"", b"\r\n", b"\xef\xbb\xbf", b"\x1a"])


# How many rows a change of the rows may cost: what it touches, and the next one where it touches a line's end.
COST: dict[Mutation, int] = {nuls: 2, flipped: 2, quoted: 2, garbled: 2, written_anew: 0}
REFUSED = (packed, headless, other_delimiter, emptied)
ALL = (cut_off, *COST, *REFUSED)


@cache
def known() -> tuple[mapping.Mapping, ...]:
    """Give the municipality's mappings."""
    return tuple(each for each in mapping.load([HANDMADE / "mappings"]) if not each.built_in)


def accept(folder: Path, workspace: Path) -> FileReport:
    """Read the one file of a folder."""
    (report,) = acceptance.accept(workspace, [folder], known()).files
    assert report.rows == report.loaded + report.quarantined + report.duplicate
    return report


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_every_row_is_counted_or_the_file_named(tmp_path, seed):
    chance, mutate = random.Random(seed), ALL[seed % len(ALL)]
    path = chance.choice(EXPORTS)
    for name in ("right", "wrong"):
        (tmp_path / name).mkdir()
    data = path.read_bytes()
    changed = mutate(data, chance)
    (tmp_path / "right" / path.name).write_bytes(data)
    (tmp_path / "wrong" / path.name).write_bytes(changed)
    right = accept(tmp_path / "right", tmp_path / "one")
    wrong = accept(tmp_path / "wrong", tmp_path / "two")
    refused = [each.file for each in read_refused(tmp_path / "two")]
    assert refused == ([path.name] if wrong.problem else []), (mutate.__name__, wrong)
    if mutate in REFUSED:
        assert wrong.problem is not None
    elif wrong.problem is None and mutate is cut_off:
        assert wrong.rows == sum(bool(line.strip()) for line in changed.splitlines()[1:])
    elif wrong.problem is None:
        assert wrong.loaded >= right.loaded - COST[mutate], mutate.__name__
