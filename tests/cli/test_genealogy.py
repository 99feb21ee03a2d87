"""`enkan genealogy` as a genealogist runs it."""

import pytest

TREE = "0 HEAD\n0 @I1@ INDI\n0 @I2@ INDI\nno line\n0 @F@ FAM\n1 HUSB @I1@\n1 CHIL @I2@\n0 TRLR\n"


@pytest.fixture
def tree(tmp_path):
    path = tmp_path / "tree.ged"
    path.write_text(TREE, encoding="utf-8")
    return path


def test_pairs_go_to_a_file_and_problems_to_the_reader(enkan, tree, tmp_path):
    done = enkan("genealogy", tree, "--out", tmp_path / "pairs.csv")
    assert done.status == 0 and "tree.ged, line 4:" in done.err
    head, row = (tmp_path / "pairs.csv").read_bytes().decode("utf-8").split("\n")[:2]
    assert head.startswith("person_a,person_b,kind,up,down,side,degree,nature,half,tense,term_ja,term_en,path")
    assert row == "I1,I2,blood,0,1,,1,birth,,,子,child,I1>I2"


def test_what_is_no_genealogy_is_a_sentence(enkan, tree):
    tree.write_text("id,name\n1,a\n", encoding="utf-8")
    done = enkan("genealogy", tree)
    assert done.status == 1 and "no INDI record" in done.err and "Traceback" not in done.err
