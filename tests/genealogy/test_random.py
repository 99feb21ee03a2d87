"""Trees made up by chance, with every odd thing of the contract in them, against the walks of the oracle."""

import csv
import io
import random

import pytest

from ingest.reading.gedcom import pairs, reading
from tests.genealogy.oracle import rows
from tests.genealogy.random_trees import text, tree


@pytest.mark.parametrize("seed", range(120))
def test_a_random_tree_gives_the_rows_of_the_oracle(seed, tmp_path):
    rng = random.Random(seed)
    made, path = tree(rng), tmp_path / "tree.ged"
    path.write_bytes(text(made, rng).encode())
    written = pairs.write(pairs.pairs(reading.read(path), path.name, blood=6, affinity=3))
    assert [tuple(row[:10]) for row in csv.reader(io.StringIO(written))][1:] == rows(made)
