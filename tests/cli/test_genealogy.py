"""`enkan genealogy` as a genealogist runs it."""

import json
import shutil

import pytest

TREE = "0 HEAD\n0 @I1@ INDI\n0 @I2@ INDI\nno line\n0 @F@ FAM\n1 HUSB @I1@\n1 CHIL @I2@\n0 TRLR\n"


@pytest.fixture
def tree(tmp_path):
    path = tmp_path / "tree.ged"
    path.write_text(TREE, encoding="utf-8")
    return path


def test_pairs_go_to_a_file_and_problems_to_the_reader(enkan, tree, tmp_path):
    done = enkan("genealogy", tree, "--out", tmp_path / "pairs.csv")
    assert done.status == 0 and "tree.ged 4行目:" in done.err
    head, row = (tmp_path / "pairs.csv").read_bytes().decode("utf-8").split("\n")[:2]
    assert head.startswith("person_a,person_b,kind,up,down,side,degree,nature,half,tense,term_ja,term_en,path")
    assert row == "I1,I2,blood,0,1,,1,birth,,,子,child,I1>I2"


def test_what_is_no_genealogy_is_a_sentence(enkan, tree):
    tree.write_text("id,name\n1,a\n", encoding="utf-8")
    done = enkan("genealogy", tree)
    assert done.status == 1 and "INDI レコードがありません" in done.err and "Traceback" not in done.err


AUNT = """0 HEAD
0 @I1@ INDI
1 NAME 武 /宮下/
1 BIRT
2 DATE 29 APR 1956
0 @I2@ INDI
1 NAME 芳江 /桐生/
1 SEX F
1 BIRT
2 DATE 30 SEP 1955
0 @I3@ INDI
1 NAME キヨ /宮下/
1 SEX F
0 @F1@ FAM
1 WIFE @I3@
1 CHIL @I1@
1 CHIL @I2@
0 TRLR
"""


def test_a_tree_beside_the_exports_ties_residents(enkan, ingest, exports, tmp_path):
    """宮下剛's father and 桐生芳江 have one mother, says the tree alone; its file and line are the evidence."""
    folder, workspace = tmp_path / "exports", tmp_path / "workspace"
    shutil.copytree(exports, folder)
    assert ingest(workspace, folder).status == 0
    asked = ("relation", "0000100455", "0000100536", "--workspace", workspace, "--format", "json")
    assert json.loads(enkan(*asked).out)["ties"] == []
    (folder / "miyashita.ged").write_text(AUNT, encoding="utf-8")
    done = json.loads(ingest(workspace, folder).out)
    (file,) = [file for file in done["files"] if file["file"] == "miyashita.ged"]
    assert (file["rows"], file["loaded"], file["quarantined"]) == (4, 4, 0)
    (tie,) = json.loads(enkan(*asked).out)["ties"]
    assert (tie["kind"], tie["up"], tie["down"], tie["half"], tie["term_ja"]) == (
        "blood",
        2,
        1,
        "half",
        "父方の伯母",
    )
    assert [step["person"] for step in tie["path"]][1:3] == ["0000100420", "ged:miyashita:I3"]
    assert {("miyashita.ged", 16), ("miyashita.ged", 17)} <= {(edge["file"], edge["line"]) for edge in tie["edges"]}
