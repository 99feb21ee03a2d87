"""The commands on the municipality written by hand: shapes, exit status, files written whole."""

import csv
import io
import json
import re
from datetime import datetime

import pytest


def loads(done):
    """Read a command's JSON; it must have worked."""
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_the_reconciliation_adds_up(enkan, ingest, tmp_path):
    found = loads(ingest(tmp_path))
    assert found["published"] and found["missing"] == []
    assert found["totals"] == {"rows": 1053, "loaded": 1048, "quarantined": 4, "duplicate": 1}
    for file in found["files"]:
        assert file["rows"] == file["loaded"] + file["quarantined"] + file["duplicate"]
        assert sum(file["reasons"].values()) == file["quarantined"]


def test_the_same_files_again_change_nothing(ingest, tmp_path):
    first, second = loads(ingest(tmp_path)), loads(ingest(tmp_path))
    assert second["run_id"] == first["run_id"]
    assert second["totals"] == {"rows": 1053, "loaded": 0, "quarantined": 4, "duplicate": 1049}
    assert len(list((tmp_path / "generations").glob("*/graph.duckdb"))) == 1


def test_two_reports_are_the_same_bytes(enkan, handmade):
    for fmt in ("json", "csv", "html", "table"):
        reports = [enkan("report", "--workspace", handmade, "--format", fmt).out for _ in range(2)]
        assert reports[0] == reports[1] != ""


def test_the_denominators_hold_their_sums(enkan, handmade):
    for options in (
        [],
        ["--preset", "core"],
        ["--preset", "725"],
        ["--until", "2023-12-31"],
        ["--since", "2024-03-01"],
    ):
        found = loads(enkan("report", "--workspace", handmade, "--format", "json", *options))["denominators"]
        assert found["rows"] == found["lookups"] + found["relayed_merged"]
        assert found["lookups"] == found["joined"] + found["search_only"] + sum(found["unjoinable"].values())
        assert found["joined"] == found["related"] + found["unrelated"]
        assert found["related"] == found["related_explained"] + found["related_suspicious"]
        assert found["unrelated"] == found["unrelated_explained"] + found["unrelated_unexplained"]
        assert found["unlinked_viewer"] <= found["unrelated"]


def test_conflicts_come_highest_score_first_with_their_evidence(enkan, handmade):
    found = loads(enkan("report", "--workspace", handmade, "--format", "json"))
    scores = [(-case["score"], case["conflict_id"]) for case in found["conflicts"]]
    assert scores == sorted(scores) and scores
    for case in found["conflicts"] + found["annex"]:
        product = 1.0
        for factor in case["factors"]:
            product *= factor["value"]
        assert product == pytest.approx(case["score"], rel=1e-4)
        for tie in case["ties"]:
            assert [step["person"] for step in tie["path"]][-1] == case["subject"]
            assert len(tie["edges"]) == max(len(tie["path"]) - 1, 0)
            assert all(edge["file"] and edge["line"] > 1 for edge in tie["edges"])
        assert all(datetime.fromisoformat(lookup["time"]).utcoffset() for lookup in case["lookups"])


def test_as_of_leaves_out_later_lookups(enkan, handmade):
    found = loads(enkan("report", "--workspace", handmade, "--format", "json", "--as-of", "2023-09-30"))
    assert found["as_of"] == "2023-09-30"
    assert max(case["last_lookup"] for case in found["conflicts"]) < "2023-10-01"
    everything = loads(enkan("report", "--workspace", handmade, "--format", "json"))
    assert len(found["conflicts"]) < len(everything["conflicts"])


def test_fail_on_new_speaks_only_of_what_an_earlier_report_lacks(enkan, handmade, tmp_path):
    early, late = tmp_path / "early.json", tmp_path / "late.json"
    common = ("report", "--workspace", handmade, "--format", "json")
    assert enkan(*common, "--until", "2023-09-30", "--out", early).status == 0
    assert enkan(*common, "--out", late).status == 0
    assert enkan(*common, "--since-report", early, "--fail-on-new").status == 3
    assert enkan(*common, "--since-report", late, "--fail-on-new").status == 0


def test_the_csv_has_one_row_a_conflict_and_excel_gets_a_bom(enkan, handmade):
    cases = loads(enkan("report", "--workspace", handmade, "--format", "json"))
    text = enkan("report", "--workspace", handmade, "--format", "csv", "--excel").out
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    listed = {case["conflict_id"] for part in ("conflicts", "to_confirm", "annex") for case in cases[part]}
    assert {row["conflict_id"] for row in rows} == listed


def test_relation_gives_every_tie(enkan, handmade):
    """真一 is the sister's husband and a first cousin (A4)."""
    found = loads(enkan("relation", "staff:0001802", "0000100692", "--workspace", handmade, "--format", "json"))
    ties = [(tie["kind"], tie["up"], tie["down"], tie["degree"]) for tie in found["ties"]]
    assert ties == [("affinity", 1, 1, 2), ("blood", 2, 2, 4)]


def test_no_tie_is_an_empty_list_and_an_unknown_id_a_failure(enkan, handmade):
    common = ("--workspace", handmade, "--format", "json")
    assert loads(enkan("relation", "0000100943", "0000100811", *common))["ties"] == []
    unknown = enkan("relation", "0000100943", "9999999999", *common)
    assert unknown.status == 1 and "9999999999" in unknown.err


def test_relatives_of_a_member_of_staff(enkan, handmade):
    found = loads(enkan("relatives", "staff:0001987", "--max-degree", 2, "--workspace", handmade, "--format", "json"))
    kin = {entry["person"]: entry["ties"][0]["term_ja"] for entry in found["relatives"]}
    assert kin["0000100234"] == "父" and kin["0000100269"] == "妹"
    assert "0000248584" not in kin  # a first cousin is of degree 4


def test_a_decision_without_a_choice_says_which_there_are(enkan, handmade):
    done = enkan("identity", "--workspace", handmade, "--decide", "0001")
    assert done.status == 1 and "--person 番号、--nobody、--later のどれか" in done.err


def test_identity_lists_the_namesake_outside_the_town(enkan, handmade):
    found = loads(enkan("identity", "--workspace", handmade, "--format", "json"))
    assert [(e["staff"], e["candidates"][0]["person"], e["candidates"][0]["tier"]) for e in found] == [
        ("0002411", "0000267139", 7)
    ]


def test_status_says_what_is_loaded(enkan, handmade):
    found = loads(enkan("status", "--workspace", handmade, "--format", "json"))
    assert found["counts"]["Staff"] == 12 and found["coverage"]["staff_linked"] == 7
    assert sum(file["rows"] for file in found["files"]) == 1053


def test_a_graph_of_another_version_is_a_sentence(enkan, handmade, monkeypatch):
    monkeypatch.setattr("graph.store.schema.version", lambda: "of tomorrow")
    told = enkan("status", "--workspace", handmade)
    assert told.status == 1 and "別の版の Enkan のものです" in told.err


def test_status_compares_a_store_with_itself(enkan, handmade):
    same = enkan("status", "--workspace", handmade, "--compare", f"duckdb:{handmade}", "--format", "json")
    assert loads(same) == {"equal": True, "differences": []}


def test_the_html_page_is_self_contained_and_names_its_limits(enkan, handmade, tmp_path):
    page = tmp_path / "report.html"
    assert enkan("report", "--workspace", handmade, "--format", "html", "--out", page).status == 0
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)\s*=\s*['\"]?(?!#)\w", text) and "@import" not in text and "url(" not in text
    for words in ("確認対象", "確認者", "この資料の限界", "sha256", "元妻", "<svg"):
        assert words in text
    assert page.read_text(encoding="utf-8").count("まず本人確認が必要です") == 2  # 0002411's two conflicts
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_an_unwritable_place_is_one_sentence(enkan, handmade, tmp_path):
    done = enkan("report", "--workspace", handmade, "--out", tmp_path / "none" / "r.txt")
    assert done.status == 1 and done.err.count("\n") == 1 and "書き込めません" in done.err


def test_an_empty_workspace_is_one_sentence(enkan, tmp_path):
    done = enkan("report", "--workspace", tmp_path)
    assert done.status == 1 and "ingest" in done.err and "Traceback" not in done.err


def test_wrong_usage_is_two(enkan, capsys):
    with pytest.raises(SystemExit) as stopped:
        enkan("report", "--preset", "9")
    assert stopped.value.code == 2
