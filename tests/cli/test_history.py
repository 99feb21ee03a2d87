"""Who looked a person up, the version for that person, accounts to revoke, and the ledger's tamper evidence."""

import json
import os
import sqlite3
from dataclasses import replace

import pytest

from graph.answers import history
from graph.conflicts.rules import PACKAGED
from graph.records.answers import Unsure
from graph.workspace import open_workspace

# 生野区 2018, re-enacted in 椋川町: one clerk, two relatives, seven lookups, three under a colleague's account.
VIEWER, COLLEAGUE = "0001987", "0002210"
SUBJECTS = ("0000260266", "0000100358")


def ask(enkan, handmade, *words):
    done = enkan(*words, "--workspace", handmade, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


@pytest.fixture(scope="module")
def histories(enkan, handmade):
    return {subject: ask(enkan, handmade, "history", subject) for subject in SUBJECTS}


def test_a_history_has_every_lookup_that_a_conflict_counts(enkan, handmade, histories):
    report = ask(enkan, handmade, "report")
    for case in report["conflicts"] + report["annex"] + report["to_confirm"]:
        found = ask(enkan, handmade, "history", case["subject"])["lookups"]
        own = {each["lookup_id"]: each for each in found if each["viewer"] == case["viewer"]}
        for lookup in case["lookups"]:
            same = own[lookup["lookup_id"]]
            assert {
                key: same[key] for key in ("time", "system", "via", "account", "file", "line", "caller", "tense")
            } == {key: lookup[key] for key in ("time", "system", "via", "account", "file", "line", "caller", "tense")}
            assert same["outcome"] == lookup["outcome"] and same["explanation"] == lookup["explanation"]
            assert same["ties"] or case in report["to_confirm"]


def test_the_seven_lookups_of_2018_stand_in_the_two_histories(histories):
    seven = [each for found in histories.values() for each in found["lookups"]
             if each["viewer"] in (VIEWER, COLLEAGUE) and each["outcome"] != "explained"]  # fmt: skip
    assert len({each["lookup_id"] for each in seven}) == 7
    assert sum(each["attribution"] == "borrowed" for each in seven) == 3
    assert sorted({each["viewer_section"] for each in seven}) != [""]


def test_a_history_says_what_was_examined(histories):
    (one, other) = (found["denominators"] for found in histories.values())
    assert one == other and one["rows"] > sum(one["systems"].values()) > 0 and one["missing"] == []


def test_the_version_for_the_person_has_the_lookups_and_nobody_else(enkan, handmade, histories):
    names = {row["name"] for row in _table(handmade, "Person")} | {row["name"] for row in _table(handmade, "Staff")}
    for subject, whole in histories.items():
        found = ask(enkan, handmade, "history", subject, "--disclosure")
        assert [each["time"] for each in found["lookups"]] == [each["time"] for each in whole["lookups"]]
        assert all(each["system"] and each["viewer"] == each["viewer_section"] for each in found["lookups"])
        text = json.dumps(found, ensure_ascii=False)
        others = {row["person_id"] for row in _table(handmade, "Person")} - {subject}
        numbers = {row["staff_id"] for row in _table(handmade, "Staff")}
        assert not [word for word in (names | others | numbers) - {""} if f'"{word}"' in text]
        assert "ties" not in text and "suspicious" not in text and found["withheld"] == {}
        assert found["unknown"] == _unknown(enkan, handmade, whole) and found["complete"] is (not found["unknown"])


@pytest.mark.parametrize("fmt", ["table", "html"])
def test_the_version_for_print_has_the_seven_lookups_whether_it_is_complete_and_nobody_else(
    enkan, handmade, histories, fmt
):
    strangers = {row["name"] for row in _table(handmade, "Person")} | {
        row["staff_id"] for row in _table(handmade, "Staff")
    }
    for subject, whole in histories.items():
        told = enkan("history", subject, "--disclosure", "--workspace", handmade, "--format", fmt, "--lang", "en")
        assert told.status == 0 and "http" not in told.out
        first = "Not surely every lookup" if _unknown(enkan, handmade, whole) else "This is every lookup"
        assert first in told.out
        assert not [word for word in strangers - {""} if word in told.out]
        for each in whole["lookups"]:
            assert each["time"].replace("T", " ")[:19] in told.out and each["system"] in told.out
    assert enkan("history", SUBJECTS[0], "--workspace", handmade, "--format", "html").status == 1


def test_a_history_is_whole_where_every_log_row_was_read_and_has_a_subject_and_an_operator(handmade):
    with open_workspace(handmade) as opened:
        facts = opened._facts
    # Rows without a caller are of other people: this person's own are among their lookups.
    days = tuple(replace(day, unjoinable={"relayed_operator_unknown": 4}) for day in facts.days)
    resident, lookup = (
        replace(facts.sources[0], table=table, quarantined=rows) for table, rows in (("resident", 3), ("lookup", 0))
    )
    whole = replace(facts, days=days, sources=(resident, lookup), refused=())
    assert history.unknown(whole, []) == Unsure()
    unread = replace(whole, sources=(resident, replace(lookup, quarantined=2)))
    assert history.unknown(unread, []) == Unsure(unreadable_row=2)


def test_an_open_inquiry_is_held_back_until_it_has_ended(enkan, ingest, tmp_path):
    assert ingest(tmp_path).status == 0
    report = ask(enkan, tmp_path, "report")
    case = next(each for each in report["conflicts"] if each["subject"] == SUBJECTS[0])
    before = ask(enkan, tmp_path, "history", SUBJECTS[0], "--disclosure")
    _decide(tmp_path, case["conflict_id"], "needs_inquiry")
    held = ask(enkan, tmp_path, "history", SUBJECTS[0], "--disclosure")
    assert held["withheld"] == {"open_inquiry": len(before["lookups"]) - len(held["lookups"])}
    assert held["withheld"]["open_inquiry"] > 0 and held["complete"] is False
    _decide(tmp_path, case["conflict_id"], "cleared")
    assert ask(enkan, tmp_path, "history", SUBJECTS[0], "--disclosure") == before


def test_a_protected_section_is_not_named_and_its_lookups_are_told(enkan, handmade, tmp_path):
    """G3: that one is counselled there is nobody's to learn from a list of lookups."""
    before = ask(enkan, handmade, "history", SUBJECTS[0], "--disclosure")
    name = before["lookups"][0]["viewer_section"]
    policy = tmp_path / "policy.toml"
    text = PACKAGED.read_text(encoding="utf-8")
    policy.write_text(
        text.replace('protected_sections = ["配偶者暴力", ', f'protected_sections = ["{name[:2]}", '), "utf-8"
    )
    found = ask(enkan, handmade, "history", SUBJECTS[0], "--disclosure", "--policy", policy)
    assert [each["time"] for each in found["lookups"]] == [each["time"] for each in before["lookups"]]
    hidden = [each for each in found["lookups"] if each["viewer_section"] == ""]
    assert found["withheld"] == {"protected_section": len(hidden)} and hidden and found["complete"] is False
    assert name not in json.dumps(found, ensure_ascii=False)


def test_an_unknown_person_is_one_sentence(enkan, handmade):
    done = enkan("history", "0000000000", "--workspace", handmade)
    assert (done.status, done.err.count("\n")) == (1, 1) and "0000000000" in done.err


def test_the_revocation_list_has_every_account_of_the_person(enkan, handmade):
    found = ask(enkan, handmade, "accounts", VIEWER)["accounts"]
    uses = {row["end"] for row in _table(handmade, "USES") if row["start"] == VIEWER}
    assert {f"{row['system']}:{row['account']}" for row in found} == uses and len(uses) > 1
    assert enkan("accounts", "9999999", "--workspace", handmade).status == 1


def _table(workspace, kind):
    from graph.store.opening import open_store

    store = open_store("duckdb:", workspace)
    store.current()
    return store.read(kind).to_pylist()


def _unknown(enkan, workspace, whole):
    files = ask(enkan, workspace, "status")["files"]
    counts = {
        "unreadable_row": sum(file["quarantined"] for file in files if file["source"].endswith("_log")),
        "unknown_subject": ask(enkan, workspace, "report")["denominators"]["unjoinable"].get("unknown_subject", 0),
        "unknown_operator": sum(not each["viewer"] for each in whole["lookups"]),
    }
    return {reason: count for reason, count in counts.items() if count}


def _decide(workspace, conflict, state):
    from datetime import UTC, datetime

    from graph.questions.ledger import Ledger

    Ledger(workspace / "ledger.sqlite", "reviewer", lambda: datetime(2024, 6, 1, tzinfo=UTC)).decide(
        conflict, state, "調査"
    )


@pytest.fixture
def ledger(enkan, ingest, tmp_path):
    """A workspace whose audit log has several lines, and what `audit verify` says of it."""
    assert ingest(tmp_path).status == 0
    for subject in SUBJECTS * 2:
        ask(enkan, tmp_path, "history", subject)

    def verify():
        done = enkan("audit", "verify", "--workspace", tmp_path, "--format", "json")
        return done.status, json.loads(done.out)

    return tmp_path / "ledger.sqlite", verify


def test_an_untouched_log_is_intact(ledger):
    status, found = ledger[1]()
    assert status == 0 and found["intact"] and found["length"] == found["anchor_length"] == 4 and found["ahead"] == 0


def test_who_only_reads_does_not_set_the_anchor_back(ledger):
    from datetime import UTC, datetime

    from graph.questions.ledger import Ledger

    path, verify = ledger
    one, other = (Ledger(path, user, lambda: datetime(2024, 6, 1, tzinfo=UTC)) for user in ("one", "other"))
    one.seen("history", SUBJECTS[0])
    other.seen("history", SUBJECTS[1])
    one.dispositions()
    assert verify()[1]["ahead"] == 0 and verify()[1]["length"] == verify()[1]["anchor_length"] == 6


@pytest.mark.parametrize(("change", "problem", "at"), [
    ("UPDATE audit SET target = 'x' WHERE seq = 2", "altered", 2),
    ("DELETE FROM audit WHERE seq = 2", "altered", 2),
    ("UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE seq IN (2, 3)", "altered", 1),
    ("DELETE FROM audit WHERE seq = 4", "cut short", None),
])  # fmt: skip
def test_every_tampering_is_told_apart(ledger, change, problem, at):
    path, verify = ledger
    with sqlite3.connect(path) as con:
        con.execute(change)
    status, found = verify()
    assert (status, found["problem"], found["altered_at"]) == (1, problem, at)


def test_a_log_written_anew_does_not_fit_its_anchor(ledger, enkan, tmp_path):
    path, verify = ledger
    anchor = path.with_suffix(".head").read_bytes()
    with sqlite3.connect(path) as con:
        con.execute("DELETE FROM audit")
    for subject in SUBJECTS * 2 + SUBJECTS[:1]:
        ask(enkan, path.parent, "relatives", subject)
    path.with_suffix(".head").write_bytes(anchor)
    assert verify()[1]["problem"] == "written anew"


def test_judged_lookups_of_old_generations_are_dropped(tmp_path):
    from graph.files.paths import KEPT_GENERATIONS
    from ingest.pipeline import _forget

    for number in range(KEPT_GENERATIONS + 2):
        folder = tmp_path / "generations" / f"run{number}"
        folder.mkdir(parents=True)
        (folder / "lookups.parquet").touch()
        os.utime(folder / "lookups.parquet", (number, number))
    _forget(tmp_path)
    left = sorted(path.parent.name for path in tmp_path.glob("generations/*/lookups.parquet"))
    assert left == [f"run{number}" for number in range(2, KEPT_GENERATIONS + 2)]
