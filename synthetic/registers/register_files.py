"""Writes a register's file part by part, so that memory does not grow with it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from synthetic.exports import Spoil, write

PART_ROWS = 50_000


def write_parts(
    path: Path,
    rows: int,
    columns: Callable[[slice], Mapping[str, object]],
    spoil: Spoil,
    broken: int,
    rng: np.random.Generator,
    encoding: str,
) -> None:
    """Write `rows` rows, each part as `columns` puts it into words; one part has the broken rows."""
    starts = range(0, max(rows, 1), PART_ROWS)
    unlucky = rng.integers(len(starts))
    for number, start in enumerate(starts):
        part = columns(slice(start, start + PART_ROWS))
        bad = broken if number == unlucky else 0
        mark = encoding if number == 0 else encoding.removesuffix("-sig")  # only a file's start bears the mark
        write(path, part, spoil, bad, rng, encoding=mark, append=number > 0)
