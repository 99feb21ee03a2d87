"""Real genealogies, held row for row against what an independent program worked out."""

import csv
import gzip
import io
import random
from pathlib import Path

import pytest

from ingest.reading.gedcom import pairs, reading

TREES = sorted((Path(__file__).parent / "trees").glob("*.ged"))
TEN = 10


def rows(text):
    return [row[:TEN] for row in csv.reader(io.StringIO(text))]


def shuffled(tree: Path, folder: Path) -> Path:
    """Write the tree's records in another order; head and trailer stay where they are."""
    records: list[list[str]] = []
    for line in tree.read_text(encoding="utf-8-sig").splitlines(keepends=True):
        if line.startswith("0 "):
            records.append([])
        records[-1].append(line)
    middle = records[1:-1]
    random.Random(7).shuffle(middle)
    path = folder / tree.name
    path.write_text("".join(line for record in [records[0], *middle, records[-1]] for line in record), encoding="utf-8")
    return path


def test_the_trees_are_there():
    assert len(TREES) == 6


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.stem)
def test_a_tree_gives_the_independent_rows(tree):
    expected = rows(gzip.decompress(tree.with_suffix(".csv.gz").read_bytes()).decode())
    assert rows(pairs.write(pairs.pairs(reading.read(tree), tree.name))) == expected


@pytest.mark.parametrize("tree", TREES[:3], ids=lambda tree: tree.stem)
def test_the_order_of_records_changes_no_byte(tree, tmp_path):
    other = shuffled(tree, tmp_path)
    assert other.read_bytes() != tree.read_bytes()
    assert pairs.write(pairs.pairs(reading.read(other), "x")) == pairs.write(pairs.pairs(reading.read(tree), "x"))


def test_further_kin_where_it_is_asked_for():
    tree = reading.read(TREES[0])
    near, far = (pairs.pairs(tree, "x", blood=blood, affinity=2)["degree"].to_pylist() for blood in (4, 9))
    assert max(near) == "4" and max(far) == "9"
