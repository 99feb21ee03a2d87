"""The policy file: what it says, and what is said when it says something else."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from graph.conflicts.rules import missing_fact, read_policy
from graph.errors import ConfigError
from graph.model import Lookup

SHIPPED = Path(__file__).parents[2] / "policy.toml"


def changed(tmp_path, old, new):
    """Write the shipped policy with one passage changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "policy.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def looked(system, via=""):
    """Make a lookup of a system."""
    return Lookup(
        lookup_id="x", time=datetime(2024, 4, 1, 10, 5), system=system, via=via, operation="", view="direct",
        attribution="own", file="", line=1, caller_file="", caller_line=0,
    )  # fmt: skip


def test_the_shipped_policy(policy):
    assert (policy.preset, policy.graph_lookups, policy.borrowed_limit) == ("4", "related", 20)
    assert [template.id for template in policy.approved] == ["assignment", "reception", "issuance"]
    assert len(policy.sha256) == 64


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('preset = "4"', 'preset = "5"', "policy.toml: preset must be one of core, 4, 725"),
        ("limit = 20", 'limit = "20"', "policy.toml: borrowed.limit must be a whole number"),
        ("limit = 20", "limit = -1", "policy.toml: borrowed.limit must be not negative"),
        ("limit = 20", "", "policy.toml: borrowed.limit must be a whole number"),
        ('opens = "08:30"', 'opens = "early"', 'policy.toml: office.opens must be a time of day like "08:30"'),
        ("spouse = 1.0", 'spouse = "much"', "policy.toml: score.closeness.spouse must be a number"),
        ('id = "reception"', 'id = "oracle"', "explanations[2].id must be one of assignment, reception, issuance"),
        ("on = 2017-04-01", "on = 1", "explanations[1].approved.on must be a day like 2024-04-01"),
        ("weekdays = [1, 2, 3, 4, 5]", "weekdays = 5", "office.weekdays must be a list of whole numbers"),
    ],
)
def test_a_wrong_key_is_named_with_what_is_expected(tmp_path, old, new, sentence):
    with pytest.raises(ConfigError, match=re.escape(sentence)):
        read_policy(changed(tmp_path, old, new))


def test_a_file_that_is_no_toml(tmp_path):
    (tmp_path / "policy.toml").write_text("preset = ", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"policy\.toml cannot be read"):
        read_policy(tmp_path / "policy.toml")


def test_the_missing_fact_fits_the_system(town, policy):
    assert "担当表" in missing_fact(policy, looked(town.WELFARE), "ja")
    assert "受付番号" in missing_fact(policy, looked(town.RESIDENT), "ja")
    assert missing_fact(policy, looked(town.RESIDENT), "en") == (
        "a request or notification for this person received by the viewer within 15 minutes before 10:05 on 2024-04-01"
        " (reception number)"
    )


def test_a_relayed_lookup_is_the_callers_work(town, policy):
    assert "担当表" in missing_fact(policy, looked(town.RESIDENT, via=town.WELFARE), "ja")
