"""Folder 08: an operator id that was handed over, or never taken from its first holder."""

import json

from tests.commands import run
from tests.faults.conftest import FAULTS

WIFE, MOTHER = "000000000000102", "000000000000104"


def test_an_account_with_two_holders_is_shared_on_the_days_of_both(faulty):
    """Folder 08."""
    report = _json("report", "--preset", "725", "--workspace", faulty("08"))
    assert report["denominators"]["unjoinable"]["shared_account"] == 3
    asked = {(group["subject"], group["holder"], group["candidates"][0]["viewer"]) for group in report["borrowed"]}
    assert asked == {(WIFE, "0000103", "0000101"), (MOTHER, "0000101", "0000103")}
    assert {entry["attribution"] for group in report["borrowed"] for entry in group["lookups"]} == {"shared"}


def test_the_accounts_file_is_warned_of(tmp_path):
    (folder,) = FAULTS.glob("08-*")
    done = run("ingest", folder / "exports", "--workspace", tmp_path, "--format", "json")
    warnings = {each["file"]: each["warnings"] for each in json.loads(done.out)["files"]}
    assert warnings["sosasha_20240531.csv"] == {"two_holders": 2}
    assert "sosasha_20240531.csv" in done.err


def _json(*words):
    return json.loads(run(*words, "--format", "json").out)
