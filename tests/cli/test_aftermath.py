"""What follows from a case: who ties both sides together, notes, and observed beside chance."""

import json
import math
import random
import subprocess
import sys
from pathlib import Path

import pytest

from graph.answers.expected import interval
from graph.store.duckdb import DuckDBStore

ROOT = Path(__file__).parents[2]
VIEWER, SUBJECT = "0001802", "0000253278"  # 久我直人 and his former wife; their child ties the two


def ask(enkan, workspace, *words):
    done = enkan(*words, "--workspace", workspace, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


@pytest.fixture(scope="module")
def conflict(enkan, handmade):
    listed = ask(enkan, handmade, "report")["conflicts"]
    return next(c["conflict_id"] for c in listed if (c["viewer"], c["subject"]) == (VIEWER, SUBJECT))


def test_the_leak_view_has_exactly_the_living_kin_of_both(enkan, handmade, conflict):
    """Held against the two lists of relatives, which another command works out."""
    found = ask(enkan, handmade, "leak", conflict)
    assert (found["viewer"], found["subject"]) == (VIEWER, SUBJECT)
    sides = [
        {each["person"]: each["ties"] for each in ask(enkan, handmade, "relatives", who)["relatives"]}
        for who in (f"staff:{VIEWER}", SUBJECT)
    ]
    own = {ties[0]["path"][0]["person"] for side in sides for ties in side.values()}
    with DuckDBStore(handmade) as store:
        store.current()
        both = store.people(sorted((sides[0].keys() & sides[1].keys()) - own))
    living = {person.person_id for person in both if not person.placeholder and person.death_date is None}
    assert {each["person"] for each in found["between"]} == living != set()
    for each in found["between"]:
        assert each["to_viewer"][0]["term_ja"] in {tie["term_ja"] for tie in sides[0][each["person"]]}
        assert each["to_subject"][0]["term_ja"] in {tie["term_ja"] for tie in sides[1][each["person"]]}
    degrees = [
        sum(side[0]["degree"] or 0 for side in (each["to_viewer"], each["to_subject"]))
        for each in found["between"]
        if each["to_viewer"][0]["kind"] == each["to_subject"][0]["kind"] == "blood"
    ]
    assert degrees == sorted(degrees)


def test_an_unknown_conflict_is_a_sentence(enkan, handmade):
    for command in (("leak", "c-unknown"), ("note", "c-unknown", "text")):
        done = enkan(*command, "--workspace", handmade)
        assert done.status == 2 and "c-unknown という事案は" in done.err


def test_notes_are_kept_in_order_and_over_a_new_generation(enkan, ingest, tmp_path):
    assert ingest(tmp_path).status == 0
    conflict = ask(enkan, tmp_path, "report")["conflicts"][0]["conflict_id"]
    assert ask(enkan, tmp_path, "note", conflict) == []
    for text in ("所属長に連絡した", "回答待ち"):
        ask(enkan, tmp_path, "note", conflict, text)
    assert [(note["text"], note["by"]) for note in ask(enkan, tmp_path, "note", conflict)] == [
        ("所属長に連絡した", "local"), ("回答待ち", "local"),
    ]  # fmt: skip
    assert ask(enkan, tmp_path, "audit", "verify")["intact"]


def test_observed_is_what_the_histories_of_the_kin_say(enkan, handmade):
    """Counted once more from the histories of everyone whom the other command calls kin."""
    found = ask(enkan, handmade, "observed", VIEWER)
    kin = [each["person"] for each in ask(enkan, handmade, "relatives", f"staff:{VIEWER}")["relatives"]
           if {tie["kind"] for tie in each["ties"]} & {"blood", "spouse", "affinity", "de_facto"}]  # fmt: skip
    seen = {
        (lookup["system"], lookup["lookup_id"], person)
        for person in kin
        for lookup in ask(enkan, handmade, "history", person)["lookups"]
        if lookup["viewer"] == VIEWER
    }
    assert found["observed"] == len(seen) > 0
    assert found["expected"] == pytest.approx(sum(row["expected"] for row in found["systems"]))


@pytest.mark.parametrize("mean", [0.5, 3.0, 20.0])
def test_the_interval_holds_the_mean_as_often_as_it_says(mean):
    """Byar's interval against drawn counts: in 95 of 100 draws, give or take."""
    rng, held = random.Random(5), 0
    for _ in range(2000):
        count, left = 0, math.exp(-mean)
        product = rng.random()
        while product > left:
            count, product = count + 1, product * rng.random()
        low, high = interval(count)
        held += low <= mean <= high
    assert 0.93 <= held / 2000 <= 1.0


def test_a_reader_who_leaves_early_is_no_error():
    """`enkan … | head`: the pipe is gone before anything is written."""
    command = [sys.executable, "cli.py", "zokugara", *["妻の弟"] * 5000]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
