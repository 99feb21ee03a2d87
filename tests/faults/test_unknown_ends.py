"""Fault 17: what 戸籍 says to have ended on a day that nobody knows, or of which year or month is known."""

import json

from tests.commands import run

SELF, WIFE = "000000000000101", "000000000000102"


def _tie(workspace, day):
    words = ("relation", SELF, WIFE, "--workspace", workspace, "--format", "json", "--as-of", day)
    (tie,) = json.loads(run(*words).out)["ties"]
    return tie["kind"], tie["tense"], tie["valid_from"], tie["valid_to"]


def test_17_a_divorce_of_an_unknown_day(faulty):
    workspace = faulty("17")
    assert _tie(workspace, "2008-01-01") == ("spouse", "uncertain", "2005-04-01", None)
    assert _tie(workspace, "2024-05-10") == ("spouse", "former", "2005-04-01", None)


def test_17_a_lookup_inside_the_span_makes_a_conflict_of_an_uncertain_tie(faulty):
    report = json.loads(run("report", "--workspace", faulty("17"), "--format", "json").out)
    assert [lookup["tense"] for each in report["conflicts"] for lookup in each["lookups"]] == ["uncertain"]
