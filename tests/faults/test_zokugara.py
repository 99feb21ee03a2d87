"""Words of 続柄 beside the standard's."""

import json
import shutil

from tests.commands import run
from tests.faults.conftest import FAULTS

HEAD = "000000000000101"
CODES = {
    "長男の嫁": "20,12,,",
    "弟の嫁": "74,12,,",
    "長女の婿": "20,11,,",
    "長男": "20,,,",
    "弟": "74,,,",
    "長女": "20,,,",
}


def _ties(workspace, person):
    found = run("relation", HEAD, f"000000000000{person}", "--workspace", workspace, "--format", "json")
    ties = json.loads(found.out)["ties"]
    return [(t["up"], t["down"], t["side"], t["grade"]) for t in ties if t["kind"] == "affinity"]


def test_07_the_wife_of_the_eldest_son_is_related(faulty):
    workspace = faulty("07")
    assert _ties(workspace, "103") == _ties(workspace, "107") == [(0, 1, "relative", "composed")]
    assert _ties(workspace, "105") == [(1, 1, "relative", "composed")]


def test_07_right_codes_beside_the_words_change_nothing(tmp_path):
    exports = tmp_path / "exports"
    shutil.copytree(FAULTS / "07-zokugara-legacy-words-composed" / "exports", exports, copy_function=shutil.copyfile)
    register = exports / "juki_rireki_20240531.csv"
    text = register.read_text(encoding="utf-8")
    for word, codes in CODES.items():
        text = text.replace(f",,,,,{word},", f",{codes},{word},")
    register.write_text(text, encoding="utf-8")
    done = run("ingest", exports, "--workspace", tmp_path / "w", "--format", "json")
    assert json.loads(done.out)["totals"]["quarantined"] == 0
    assert _ties(tmp_path / "w", "103") == [(0, 1, "relative", "composed")]


def test_r18_words_have_terms_and_an_empty_text_has_a_problem():
    words = ["曾祖父", "義兄", "事実上の妻", "婿養子", "娘婿", "入夫"]
    found = json.loads(run("zokugara", *words, "", "--format", "json").out)
    assert all(row["term_ja"] and row["problem"] is None for row in found[:-1])
    assert [(row["kind"], row["degree"]) for row in found[:2]] == [("blood", 3), ("affinity", 2)]
    assert found[-1]["problem"]
