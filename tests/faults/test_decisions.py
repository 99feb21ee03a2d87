"""A decision hides nothing it was not made on: growth, lapse, identity, haste."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.questions.ledger import verify
from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"
PAIR = ("0001802", "0000253278")  # three lookups of a former wife, all in the tax system
OTHER = ("0001802", "0000100242")
OLD = "2023-06-01T09:00:00+09:00"


def ingest(workspace, folder):
    """Read a folder in the layout of 椋川町."""
    done = run("ingest", folder, "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    assert done.status in (0, 4), done.err


def report(workspace, *options):
    """Give the report as JSON."""
    done = run("report", "--workspace", workspace, "--format", "json", *options)
    assert done.status in (0, 4), done.err
    return json.loads(done.out)


def every(found):
    """Give every case of a report by viewer and subject."""
    parts = ("conflicts", "annex", "to_confirm")
    return {(case["viewer"], case["subject"]): case for part in parts for case in found[part]}


def decide(workspace, conflict, state="cleared", *options, reason="確認した"):
    """Decide on a conflict."""
    return run("decide", conflict, state, "--reason", reason, "--workspace", workspace, *options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """椋川町, and its report."""
    workspace = tmp_path_factory.mktemp("whole")
    ingest(workspace, HANDMADE / "exports")
    return workspace, report(workspace)


@pytest.fixture
def workspace(whole, tmp_path):
    """A copy whose ledger a test may write."""
    return Path(shutil.copytree(whole[0], tmp_path / "var", ignore=shutil.ignore_patterns("ledger*")))


@pytest.fixture
def case(whole):
    """The case that is decided on."""
    return every(whole[1])[PAIR]


def taken_out(exports, lookups):
    """Take the rows of lookups out of their logs; give header and rows by file."""
    late = {}
    for lookup in sorted(lookups, key=lambda each: -each["line"]):
        path = exports / lookup["file"]
        lines = path.read_bytes().splitlines(keepends=True)
        header = late.setdefault(lookup["file"], [lines[0]])
        header.insert(1, lines.pop(lookup["line"] - 1))
        path.write_bytes(b"".join(lines))
    return late


@pytest.fixture(scope="module")
def grown(whole, tmp_path_factory):
    """Two cases cleared before one lookup each was delivered: of one the last, of the other the first."""
    base = tmp_path_factory.mktemp("grown")
    exports, late = Path(shutil.copytree(HANDMADE / "exports", base / "exports")), base / "late"
    late.mkdir()
    pairs = {key: each for key, each in every(whole[1]).items() if len(each["lookups"]) > 1}
    plain = [each for each in pairs.values() if all(x["caller"] is None for x in each["lookups"])][:2]
    missing = {plain[0]["conflict_id"]: plain[0]["lookups"][-1], plain[1]["conflict_id"]: plain[1]["lookups"][0]}
    for name, lines in taken_out(exports, missing.values()).items():
        (late / name).write_bytes(b"".join(lines))
    ingest(base / "var", exports)
    for conflict in missing:
        assert decide(base / "var", conflict).status == 0
    before = report(base / "var")
    ingest(base / "var", late)
    return before, report(base / "var"), {key: x["lookup_id"] for key, x in missing.items()}, base / "var"


def dispositions(found):
    """Give the decisions of a report by conflict."""
    return {case["conflict_id"]: case["disposition"] for case in every(found).values() if case["disposition"]}


def test_a_lookup_that_came_after_the_decision_puts_the_case_back_whatever_its_date(grown):
    before, after, missing, _ = grown
    assert {key: each["changed"] for key, each in dispositions(before).items()} == dict.fromkeys(missing)
    for key, lookup in missing.items():
        found = dispositions(after)[key]
        assert found["state"] == "cleared" and found["changed"]["lookups"] == [lookup]
        assert lookup not in found["covers"]["lookups"]


@pytest.mark.parametrize(("lang", "words"), [("ja", "判断後に変化"), ("en", "changed since the decision")])
@pytest.mark.parametrize("fmt", ["table", "csv", "html"])
def test_every_format_says_that_a_case_is_back_in_its_language(grown, fmt, lang, words):
    out = run("report", "--workspace", grown[3], "--format", fmt, "--lang", lang).out
    assert words in out
    assert {"ja": "changed since", "en": "判断後に変化"}[lang] not in out


def test_a_new_decision_covers_what_put_the_case_back(grown, tmp_path):
    workspace = Path(shutil.copytree(grown[3], tmp_path / "var"))
    key = next(iter(grown[2]))
    assert decide(workspace, key).status == 0
    assert dispositions(report(workspace))[key]["changed"] is None


def test_a_decision_lapses_when_its_last_day_has_passed(workspace, case, whole):
    last = whole[1]["as_of"]
    decide(workspace, case["conflict_id"], "cleared", "--until", last)
    assert dispositions(report(workspace))[case["conflict_id"]]["changed"] is None
    decide(workspace, case["conflict_id"], "cleared", "--until", case["last_lookup"][:10])
    found = dispositions(report(workspace))[case["conflict_id"]]
    assert found["until"] == case["last_lookup"][:10] and found["changed"]["expired"] is True
    assert found["changed"]["lookups"] == found["changed"]["ties"] == []
    earlier = dispositions(report(workspace, "--as-of", case["last_lookup"][:10]))
    assert earlier[case["conflict_id"]]["changed"] is None


def test_a_report_of_a_shorter_period_finds_nothing_new_in_it(workspace, case):
    decide(workspace, case["conflict_id"])
    for option in ("--until", "--since"):
        found = dispositions(report(workspace, option, case["first_lookup"][:10]))
        assert found[case["conflict_id"]]["changed"] is None


def test_whoever_has_not_seen_the_last_decision_is_refused(workspace, case):
    key = case["conflict_id"]
    assert decide(workspace, key, "cleared", "--expect", "0", reason="一人目").status == 0
    second = decide(workspace, key, "confirmed", "--expect", "0", reason="二人目")
    assert second.status == 1 and "一人目" in second.err
    assert decide(workspace, key, "confirmed", "--expect", "1", reason="二人目").status == 0
    done = run("decisions", key, "--workspace", workspace, "--format", "json")
    assert [each["reason"] for each in json.loads(done.out)] == ["一人目", "二人目"]
    assert verify(workspace / "ledger.sqlite")["intact"]


def test_what_is_no_decision_is_wrong_usage(workspace, case):
    assert decide(workspace, "c-000000000000").status == 2
    assert decide(workspace, case["conflict_id"], reason=" ").status == 2
    assert run("decisions", "c-000000000000", "--workspace", workspace).status == 2
    assert decide(workspace, case["conflict_id"]).status == 0


def test_an_older_ledger_is_read_and_its_decisions_cover_what_lay_before_their_day(workspace, case):
    (workspace / "ledger.sqlite").unlink(missing_ok=True)
    with closing(sqlite3.connect(workspace / "ledger.sqlite")) as con:
        con.execute(
            "CREATE TABLE disposition (seq INTEGER PRIMARY KEY, conflict_id TEXT NOT NULL, state TEXT NOT NULL, "
            "by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, until TEXT, retired_at TEXT)"
        )
        made = (case["conflict_id"], "cleared", "local", f"{case['lookups'][1]['time'][:10]}T09:00:00+09:00", "前")
        con.execute("INSERT INTO disposition (conflict_id, state, by, at, reason) VALUES (?, ?, ?, ?, ?)", made)
        con.commit()
    found = dispositions(report(workspace))[case["conflict_id"]]
    day = case["lookups"][1]["time"][:10]
    ids = [(lookup["lookup_id"], lookup["time"][:10] < day) for lookup in case["lookups"]]
    assert found["covers"]["assumed"] and found["covers"]["lookups"] == sorted(key for key, before in ids if before)
    assert found["changed"]["lookups"] == [key for key, before in ids if not before] != []
    assert "その日より前の閲覧" in run("report", "--workspace", workspace).out


def test_that_the_policy_has_changed_is_said_once_and_puts_no_case_back(workspace, case, whole):
    keys = [each["conflict_id"] for each in whole[1]["conflicts"][:3]]
    for key in keys:
        decide(workspace, key)
    with closing(sqlite3.connect(workspace / "ledger.sqlite")) as con:
        con.execute("UPDATE disposition SET policy = 'another', score = 0.001")
        con.commit()
    found = report(workspace)
    assert {key: each["changed"] for key, each in dispositions(found).items()} == dict.fromkeys(keys)
    assert found["other_policy"] == len(keys)
    assert run("report", "--workspace", workspace).out.count("3件の判断の後に変わりました") == 1
    assert json.loads(run("status", "--workspace", workspace, "--format", "json").out)["decisions"] == {
        "standing": 3, "changed": 0, "other_policy": 3, "lost": 0,
    }  # fmt: skip


def test_a_decision_on_a_pair_that_occurs_no_more_is_listed(workspace, case):
    decide(workspace, case["conflict_id"])
    with closing(sqlite3.connect(workspace / "ledger.sqlite")) as con:
        con.execute("UPDATE disposition SET conflict_id = 'c-gone'")
        con.commit()
    found = report(workspace)
    assert [each["conflict_id"] for each in found["lost_decisions"]] == ["c-gone"]
    assert "c-gone" in run("report", "--workspace", workspace).out


def test_states_are_words_of_the_reader_s_language(workspace, case):
    decide(workspace, case["conflict_id"], "needs_inquiry")
    for fmt in ("table", "csv", "html"):
        ja, en = (run("report", "--workspace", workspace, "--format", fmt, "--lang", lang).out for lang in ("ja", "en"))
        assert "要照会" in ja and "needs_inquiry" not in ja and "needs inquiry" not in ja
        assert "needs inquiry" in en and "要照会" not in en


def settle(workspace, staff, *words):
    """Decide who a member of staff is."""
    return run("identity", "--decide", staff, *words, "--workspace", workspace, "--format", "json")


def test_what_is_certain_is_overruled_only_with_a_reason(workspace):
    assert settle(workspace, PAIR[0], "--nobody").status == 2
    assert settle(workspace, PAIR[0], "--nobody", "--reason", " ").status == 2
    assert settle(workspace, PAIR[0], "--later").status == 0
    assert settle(workspace, PAIR[0], "--nobody", "--note", "別人").status == 0


def test_an_identity_decision_takes_no_decided_case_away_and_lists_what_it_took(workspace, whole, case):
    decide(workspace, case["conflict_id"], "confirmed")
    assert settle(workspace, PAIR[0], "--nobody", "--reason", "別人").status == 0
    before, after = every(whole[1]), report(workspace)
    gone = {each["conflict_id"] for key, each in before.items() if key not in every(after)}
    (listed,) = after["identity_decisions"]
    assert listed["staff"] == PAIR[0] and listed["reason"] == "別人" and listed["state"] == "nobody"
    assert set(listed["removed"]) == gone != set() and case["conflict_id"] not in gone
    kept = every(after)[PAIR]
    assert kept["disposition"]["changed"]["identity"] is True and kept["identity"]["p"] == 0
    assert kept["ties"] == case["ties"]
    for fmt in ("table", "html"):
        assert min(gone) in run("report", "--workspace", workspace, "--format", fmt).out


def test_unlinked_viewers_follow_who_was_decided_to_be_nobody_and_back(workspace, whole, case):
    looked = {x["lookup_id"] for key, each in every(whole[1]).items() if key[0] == PAIR[0] for x in each["lookups"]}
    first = whole[1]["denominators"]
    settle(workspace, PAIR[0], "--nobody", "--reason", "別人")
    then = report(workspace)["denominators"]
    assert then["unlinked_viewer"] >= first["unlinked_viewer"] + len(looked)
    assert then["joined"] == then["related"] + then["unrelated"]
    person = case["ties"][0]["path"][0]["person"]
    settle(workspace, PAIR[0], "--person", person, "--reason", "やはり本人")
    again = report(workspace)
    assert again["denominators"] == first and every(again).keys() == every(whole[1]).keys()
