"""A .ged among the exports: every record loaded, quarantined or duplicate, whatever its encoding."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from graph.errors import SourceError
from ingest.language import mapping
from ingest.reading.source import identify
from ingest.sources import acceptance

TREE = """0 HEAD
1 DATE 31 MAY 2024
0 @I1@ INDI
1 NAME 一郎 /山田/
0 @I2@ INDI
1 NAME 花子 /森/
0 @I2@ INDI
1 NAME 花子 /森/
0 INDI
no line
0 @F1@ FAM
1 HUSB @I1@
1 CHIL @I9@
0 TRLR
"""


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def accept(workspace: Path, path: Path):
    (report,) = acceptance.accept(workspace, [path.parent], mapping.load()).files
    assert report.rows == report.loaded + report.quarantined + report.duplicate
    return report


def standing(workspace: Path):
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        query = "SELECT source, xref, what, line, written FROM genealogy WHERE seen_until IS NULL ORDER BY ALL"
        return con.execute(query).fetchall()


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with BOM"), ("utf-16", "UTF-16")]
)
def test_every_record_is_a_row_and_what_is_none_is_quarantined(export, workspace, encoding, told):
    report = accept(workspace, export(TREE, "yamada_20240531.ged", encoding))
    assert (report.source, report.encoding) == ("kakeizu:yamada", told)
    assert (report.rows, report.loaded, report.quarantined, report.duplicate) == (6, 3, 2, 1)
    assert report.reasons == {"no_key": 1, "truncated": 1}
    assert report.warnings == {"dangling": 1}
    day = date(2024, 5, 31)
    assert standing(workspace) == [
        ("kakeizu:yamada", "F1", "family", 11, day),
        ("kakeizu:yamada", "I1", "person", 3, day),
        ("kakeizu:yamada", "I2", "person", 5, day),
    ]


def test_a_japanese_encoding_is_read_where_the_file_names_it(export, workspace):
    text = TREE.replace("0 HEAD", "0 HEAD\n1 CHAR SHIFT_JIS")
    assert accept(workspace, export(text, "yamada.ged", "cp932")).encoding == "CP932"
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        assert con.execute("SELECT count(*) FROM genealogy WHERE text LIKE '%山田%'").fetchall() == [(1,)]


def test_the_file_again_is_all_duplicate_and_a_newer_one_replaces_it(export, workspace):
    first = export(TREE, "yamada_20240531.ged")
    accept(workspace, first)
    again = accept(workspace, first)
    assert (again.loaded, again.quarantined, again.duplicate) == (0, 2, 4)
    first.unlink()
    newer = TREE.replace("31 MAY", "30 JUN").replace("0 @I2@ INDI\n1 NAME 花子 /森/\n", "")
    accept(workspace, export(newer, "yamada_20240630.ged"))
    assert [row[1] for row in standing(workspace)] == ["F1", "I1"]


def test_another_tree_replaces_nothing(export, workspace):
    first = export(TREE, "yamada_20240531.ged")
    accept(workspace, first)
    first.unlink()
    accept(workspace, export(TREE.replace("山田", "森"), "mori_20240630.ged"))
    assert {row[0] for row in standing(workspace)} == {"kakeizu:mori", "kakeizu:yamada"}


def test_what_is_no_genealogy_is_refused_with_a_sentence(export, workspace):
    report = accept(workspace, export("id,name\n1,a\n", "yamada.ged"))
    assert report.problem and report.problem.en == "yamada.ged: line 1: no INDI record; is it a GEDCOM file?"
    with pytest.raises(SourceError, match="the file is empty"):
        identify(export("", "empty.ged"), mapping.load())
