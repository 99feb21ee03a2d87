"""Faults 03 to 06: dates, names and unions as family trees hold them, read by an ingest."""

import json
import shutil

import pytest

from tests.commands import run
from tests.faults.conftest import FAULTS

SELF, MOTHER, BROTHER = "000000000000101", "000000000000201", "000000000000301"
MARRIED = "06-gedcom-remarried-in-one-fam"
EVENTS = """1 MARR
2 DATE 1 APR 2005
1 DIV
2 DATE 2 MAY 2010
1 MARR
2 DATE 4 JUL 2012
"""


def _ties(workspace, other, day="2024-05-10"):
    words = ("relation", SELF, other, "--workspace", workspace, "--format", "json", "--as-of", day)
    return [tie for tie in json.loads(run(*words).out)["ties"] if tie["kind"] != "household"]


def _terms(workspace, other, day="2024-05-10"):
    return [tie["term_ja"] for tie in _ties(workspace, other, day)]


@pytest.mark.parametrize("fault", ["03", "04"])
def test_03_04_dates_and_names_as_trees_hold_them_are_matched(faulty, fault):
    assert (_terms(faulty(fault), MOTHER), _terms(faulty(fault), BROTHER)) == (["母"], ["弟"])


@pytest.fixture
def told(tmp_path):
    """Give the workspace of a folder's exports with a changed tree, and its reconciliation."""

    def read(folder, *changes):
        exports = tmp_path / "exports"
        shutil.copytree(FAULTS / folder / "exports", exports, copy_function=shutil.copyfile)
        tree = exports / "tree.ged"
        text = tree.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        tree.write_text(text, encoding="utf-8")
        done = run("ingest", exports, "--workspace", tmp_path / "w", "--format", "json")
        (file,) = [file for file in json.loads(done.out)["files"] if file["file"] == "tree.ged"]
        return tmp_path / "w", file

    return read


def test_03_what_cannot_be_read_is_told_with_line_and_text(told):
    _, file = told("03-gedcom-dates", ("7 July 1983", "sometime in spring"))
    assert file["rows"] == file["loaded"] + file["quarantined"] + file["duplicate"]
    assert file["warnings"] == {"date": 1, "line 22: DATE sometime in spring": 1}


def test_04_a_tree_in_which_nobody_is_matched_is_said_to_be_so(told):
    workspace, file = told("04-gedcom-names", ("太郎", "一"), ("花子", "二"), ("次郎", "三"))
    assert file["warnings"] == {"nobody_matched": 3}
    status = json.loads(run("status", "--workspace", workspace, "--format", "json").out)
    assert status["unmatched_trees"] == [{"file": "tree.ged", "people": 3}]


def test_05_who_never_married_is_no_spouse(faulty):
    assert _ties(faulty("05"), MOTHER) == []


def test_05_a_family_without_a_wedding_is_stated_at_most(told):
    workspace, _ = told("05-gedcom-not-married", ("1 NO MARR\n", ""))
    assert [(tie["kind"], tie["grade"]) for tie in _ties(workspace, MOTHER)] == [("spouse", "stated")]


def test_06_married_each_other_again(faulty):
    told = {(tie["tense"], tie["valid_from"], tie["valid_to"]) for tie in _ties(faulty("06"), MOTHER)}
    assert told == {("former", "2005-04-01", "2010-05-02"), ("current", "2012-07-04", None)}


def test_06_an_end_without_a_day_is_uncertain_and_loses_no_start(told):
    workspace, _ = told(MARRIED, (EVENTS, "1 DIV Y\n1 MARR\n2 DATE 1 APR 2005\n"))
    (tie,) = _ties(workspace, MOTHER)
    assert (tie["tense"], tie["valid_from"], tie["valid_to"]) == ("uncertain", "2005-04-01", None)
