"""Two people at one logged-in terminal, on the municipality written by hand: three lookups of 2018 are among them."""

import json

COLLEAGUE = "0002210"


def test_the_borrowed_session_of_2018_is_listed_for_its_section(enkan, handmade):
    done = enkan("report", "--kind", "unattended", "--workspace", handmade, "--format", "json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    history = json.loads(enkan("history", "0000260266", "--workspace", handmade, "--format", "json").out)["lookups"]
    history += json.loads(enkan("history", "0000100358", "--workspace", handmade, "--format", "json").out)["lookups"]
    borrowed = [each for each in history if each["attribution"] == "borrowed" and each["viewer"] == COLLEAGUE]
    assert len(borrowed) == 3
    listed = [
        session
        for session in found["sessions"]
        for lookup in borrowed
        if session["terminal"] == lookup["terminal"] and session["first"] <= lookup["time"] <= session["last"]
    ]
    assert listed and all(session["holder"] == COLLEAGUE for session in listed)
    assert sum(found["sections"].values()) == len(found["sessions"])
    assert all(session["while_away"] or session["other_accounts"] for session in found["sessions"])


def test_one_section_and_other_formats(enkan, handmade):
    common = ("report", "--kind", "unattended", "--workspace", handmade)
    everything = json.loads(enkan(*common, "--format", "json").out)
    section = next(iter(everything["sections"]))
    one = json.loads(enkan(*common, "--format", "json", "--section", section).out)
    assert one["sessions"] == [each for each in everything["sessions"] if each["section"] == section]
    assert enkan(*common, "--format", "csv").out.count("\n") == len(everything["sessions"]) + 1
    assert enkan(*common, "--format", "html").status == 1
