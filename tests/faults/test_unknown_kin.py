"""Explorer 5 and its kind: where nobody knows which resident somebody is, an answer says unknown and why, never 0."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"
OPEN, MOTHER = "0002411", "0000267120"  # one candidate of p .5, whose mother she looked up
NOBODY = "0002210"
LINKED = "0001802"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """椋川町 as it is written by hand."""
    workspace = tmp_path_factory.mktemp("unknown")
    done = run("ingest", HANDMADE / "exports", "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    assert done.status == 0, done.err
    return workspace


def _asked(workspace, *words, lang="ja"):
    done = run(*words, "--workspace", workspace, "--format", "json", "--lang", lang)
    assert done.status == 0, done.err
    return json.loads(done.out)


@pytest.mark.parametrize(("staff", "state"), [(OPEN, "open"), (NOBODY, "nobody")])
def test_observed_of_somebody_unknown_is_null_and_says_why(town, staff, state):
    found = _asked(town, "observed", staff)
    assert [found[key] for key in ("observed", "explained", "expected", "ratio", "interval")] == [None] * 5
    assert all(row["observed"] is row["expected"] is None and row["persons_shown"] > 0 for row in found["systems"])
    assert found["identity"][0]["state"] == state and "不明" in found["kin_unknown"][0]
    assert "unknown, not absent" in _asked(town, "observed", staff, lang="en")["kin_unknown"][0]
    table = run("observed", staff, "--workspace", town)
    assert "不明" in table.out and "親族は不明です" in table.err


def test_observed_of_somebody_known_says_nothing_of_it(town):
    found = _asked(town, "observed", LINKED)
    assert found["observed"] > 0 and not {"identity", "kin_unknown"} & found.keys()


def test_a_relation_does_not_contradict_the_case_whose_identity_is_open(town):
    (case,) = [c for c in _asked(town, "report")["to_confirm"] if (c["viewer"], c["subject"]) == (OPEN, MOTHER)]
    found = _asked(town, "relation", f"staff:{OPEN}", MOTHER)
    (only,) = found["conditional"]
    assert found["ties"] == [] and found["kin_unknown"]
    assert only["p"] == case["identity"]["p"]
    assert [tie["term_ja"] for tie in only["ties"]] == [tie["term_ja"] for tie in case["ties"]]
    back = _asked(town, "relation", MOTHER, f"staff:{OPEN}")
    assert [each["a"] for each in back["conditional"]] == [MOTHER] and back["kin_unknown"]


def test_relatives_of_somebody_open_are_those_of_each_candidate(town):
    found = _asked(town, "relatives", f"staff:{OPEN}")
    assert MOTHER in {each["person"] for each in found["conditional"][0]["relatives"]} and found["kin_unknown"]
    assert MOTHER not in {each["person"] for each in found["relatives"]}


def test_a_network_of_somebody_unknown_says_so(town):
    from graph.workspace import open_workspace

    with open_workspace(town) as opened:
        assert "不明" in opened.to_networkx(f"staff:{OPEN}").graph["kin_unknown"][0]["ja"]
        assert opened.to_networkx(f"staff:{LINKED}").graph["kin_unknown"] == []


def test_two_residents_are_certain_whatever_staff_may_be(town):
    found = _asked(town, "relation", "0000267139", MOTHER)
    assert found["ties"] and not {"identity", "kin_unknown", "conditional"} & found.keys()


def test_a_history_tells_no_tie_from_a_tie_nobody_knows(town):
    found = {each["viewer"]: each for each in _asked(town, "history", MOTHER)["lookups"]}
    assert [found[staff]["ties_known"] for staff in (OPEN, NOBODY)] == [False, False]
    assert any(each["ties_known"] for each in found.values())
    assert "不明(住民との照合が未了)" in run("history", MOTHER, "--workspace", town).out


def test_the_leak_view_of_an_open_case_says_what_it_rests_on(town):
    case = next(c for c in _asked(town, "report")["to_confirm"] if c["subject"] == MOTHER)
    found = _asked(town, "leak", case["conflict_id"])
    assert found["identity"][0]["candidates"][0]["p"] == case["identity"]["p"] and found["kin_unknown"]


def test_a_decision_on_who_somebody_is_reaches_every_answer(town, tmp_path):
    workspace = shutil.copytree(town, tmp_path / "decided")
    words = ("--workspace", workspace, "--decide", OPEN, "--person", "0000267139", "--note", "本人に確認した")
    assert run("identity", *words).status == 0
    assert _asked(workspace, "relation", f"staff:{OPEN}", MOTHER)["ties"]
    assert _asked(workspace, "observed", OPEN)["observed"] > 0
    (seen,) = [x for x in _asked(workspace, "history", MOTHER)["lookups"] if x["viewer"] == OPEN]
    assert seen["ties_known"] and seen["ties"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("words", "near"),
    [(("relation", "267120", MOTHER), MOTHER), (("relatives", "staff:2411"), OPEN), (("history", "267120"), MOTHER),
     (("accounts", "2411"), OPEN), (("observed", "2411"), OPEN), (("identity", "--decide", "2411", "--nobody"), OPEN)],
)  # fmt: skip
def test_s1_the_subject_of_a_question_that_is_not_there_is_an_error_with_the_nearest(town, words, near, lang):
    done = run(*words, "--workspace", town, "--lang", lang)
    assert (done.status, done.out) == (1, "") and near in done.err


def test_s1_a_filter_that_can_match_nothing_is_wrong_usage(town):
    assert run("report", "--kind", "unattended", "--section", "町民", "--workspace", town).status == 2
    for words in (("relatives", MOTHER, "--max-degree=-1"), ("genealogy", "x.ged", "--max-blood=-1")):
        with pytest.raises(SystemExit, match="2"):
            run(*words)


def test_s1_filters_of_notebooks_are_held_against_what_there_is(town):
    from datetime import date

    from graph.errors import UsageError
    from graph.workspace import open_workspace

    with open_workspace(town) as opened:
        for wrong in ({"viewer": "2411"}, {"subject": "267120"}, {"terminal": "T-none"}, {"since": date(2030, 1, 1)},
                      {"since": date(2024, 1, 2), "until": date(2024, 1, 1)}):  # fmt: skip
            with pytest.raises(UsageError):
                opened.lookups(**wrong)
        quiet = next(s.staff_id for s in opened._store.select("Staff") if not opened.looked(viewer=s.staff_id))
        assert opened.lookups(viewer=quiet).empty
