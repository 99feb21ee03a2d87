"""NUL bytes near the beginning of a file: the row they stand in is lost, and nothing else."""

from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.language import mapping
from ingest.reading import source

LOG = Path(__file__).parents[1] / "handmade" / "exports" / "jumin_log.csv"
MAPPINGS = mapping.load([LOG.parents[1] / "mappings"])


def read(path: Path) -> tuple[int, list[tuple[int, str, str]]]:
    """Count the rows that can be read, and say what is wrong with the others."""
    chunks = list(source.read(source.identify(path, MAPPINGS)))
    problems = [(found.line, found.reason, found.text) for chunk in chunks for found in chunk.problems]
    return sum(len(chunk.rows) for chunk in chunks), problems


@pytest.mark.parametrize("nuls", [1, 200])
@pytest.mark.parametrize("row", [3, 4])
def test_the_row_goes_to_the_quarantine_and_the_rest_is_loaded(tmp_path, nuls, row):
    right, problems = read(LOG)
    lines = LOG.read_bytes().splitlines(keepends=True)
    lines[row] = lines[row][:9] + b"\0" * nuls + lines[row][9:]
    (tmp_path / LOG.name).write_bytes(b"".join(lines))
    rows, found = read(tmp_path / LOG.name)
    new = [problem for problem in found if problem not in problems]
    assert (rows, [(line, reason) for line, reason, _ in new]) == (right - 1, [(row + 1, "undecodable")])
    assert "\\x00" * nuls in new[0][2]


TERMINALS = """
table = "terminal"
files = ["t.csv"]
extent = "full"
key = ["terminal_id"]
encoding = "{}"
[columns]
terminal_id = "id"
place = "p"
"""


def test_a_file_whose_mapping_states_another_encoding_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("id,p\n1,本庁舎一階\n2,支所の窓口\n", encoding="utf-8")
    known = []
    for stated in ("UTF-8", "CP932"):
        (tmp_path / "t.toml").write_text(TERMINALS.format(stated), encoding="utf-8")
        known.append(mapping.read(tmp_path / "t.toml", built_in=False))
    assert source.identify(tmp_path / "t.csv", known[:1]).encoding.name == "UTF-8"
    with pytest.raises(SourceError, match="states CP932, but the file is written in UTF-8"):
        source.identify(tmp_path / "t.csv", known[1:])
