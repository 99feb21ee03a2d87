"""Whether files are still as they were written: their size and checksum are kept beside them and held against them."""

import json
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from graph.errors import Damaged
from graph.files.whole_files import write_text

PIECE = 1 << 20
QUICK = 64 << 20  # bytes; of a longer file only the size is compared each time it is opened

Seal = Mapping[str, tuple[int, int]]  # by path: size and CRC-32


def sealed(root: Path, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Give size and checksum of files, by their paths under a root; those that are not there are left out."""
    there = ((path, root / path) for path in paths if path)
    return {path: (file.stat().st_size, _sum(file)) for path, file in there if file.exists()}


def broken(root: Path, seal: Seal, *, whole: bool) -> str:
    """Name the first file that is not as it was sealed, empty where all are; with `whole` long ones are read too."""
    return next((path for path, size_and_sum in sorted(seal.items()) if not _is(root / path, size_and_sum, whole)), "")


def write(path: Path, seal: Seal) -> None:
    """Keep a seal."""
    write_text(path, json.dumps(seal, sort_keys=True))


def check(root: Path, path: Path, *, whole: bool = False) -> None:
    """Hold the files under a root against the seal at a path, if there is one. Raises Damaged, which names the file."""
    if not path.exists():
        return
    try:
        seal = {name: (int(size), int(sum_)) for name, (size, sum_) in json.loads(path.read_bytes()).items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise damaged(path.name) from error
    damaged_path = broken(root, seal, whole=whole)
    if damaged_path:
        raise damaged(damaged_path)


def damaged(what: str) -> Damaged:
    """Say of a published generation what of it is damaged."""
    return Damaged(
        f"the published generation is damaged ({what}); run an ingest again, it is built anew",
        f"公開済みの世代が壊れています({what})。enkan ingest をもう一度実行すると作り直されます。",
    )


def _is(path: Path, size_and_sum: tuple[int, int], whole: bool) -> bool:
    size, sum_ = size_and_sum
    try:
        return path.stat().st_size == size and ((size > QUICK and not whole) or _sum(path) == sum_)
    except OSError:
        return False


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as handle:
        while piece := handle.read(PIECE):
            total = zlib.crc32(piece, total)
    return total
