"""The policy file: what it says, whose it is, and what is said when it says something else."""

import re
import shutil
from datetime import datetime

import pytest

from graph.conflicts.rules import PACKAGED, missing_fact, policy_for, read_policy
from graph.errors import ConfigError
from graph.model import Lookup
from words import Words


def changed(tmp_path, old, new):
    """Write the packaged policy with one passage changed."""
    text = PACKAGED.read_text(encoding="utf-8")
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


def test_the_packaged_policy(policy):
    assert (policy.preset, policy.graph_lookups, policy.borrowed_limit) == ("4", "related", 20)
    assert [template.id for template in policy.approved] == ["assignment", "reception", "issuance"]
    assert len(policy.sha256) == 64


def test_the_policy_given_goes_before_the_workspaces_own_and_that_before_the_packaged(tmp_path):
    given = tmp_path / "strict.toml"
    shutil.copy(PACKAGED, given)
    assert policy_for(tmp_path).origin == "packaged"
    shutil.copy(PACKAGED, tmp_path / "policy.toml")
    own, asked = policy_for(tmp_path), policy_for(tmp_path, given)
    assert [(found.file, found.origin) for found in (own, asked)] == [
        ("policy.toml", "workspace"),
        ("strict.toml", "given"),
    ]


WRONG = [
    ('preset = "4"', 'preset = "5"', 'preset: "5": must be one of core, 4, 725'),
    ('preset = "4"', 'preset = "cor"', 'preset: "cor": must be one of core, 4, 725; the nearest is core'),
    ("limit = 20", 'limit = "20"', 'borrowed.limit: "20": must be a whole number'),
    ("limit = 20", "limit = true", "borrowed.limit: true: must be a whole number"),
    ("limit = 20", "limit = -1", "borrowed.limit: -1: must be at least 0"),
    ("limit = 20", "limit = 9" + "9" * 99, "must be at most 1000000"),
    ("limit = 20", "", "borrowed.limit: is missing"),
    ('opens = "08:30"', 'opens = "early"', 'office.opens: "early": must be a time of day like "08:30"'),
    ('opens = "08:30"', 'opens = "18:30"', 'office.closes: "17:15": must be later than `opens`'),
    ("[disclosure]", "[disclosre]", "disclosre: unknown key; the nearest known key is disclosure"),
    ("spouse = 1.0", "spuse = 1.0", "score.closeness.spuse: 1.0: unknown key; the nearest known key is spouse"),
    ("spouse = 1.0", "", "score.closeness.spouse: is missing"),
    ("spouse = 1.0", 'spouse = "much"', 'score.closeness.spouse: "much": must be a number'),
    ("self = 0.4", "self = inf", "score.closeness.self: inf: must be a finite number"),
    ("hint = 0.4", "hint = nan", "score.grade.hint: nan: must be a finite number"),
    ("hint = 0.4", "hint = 1e308", "score.grade.hint: 1e+308: must be at most 1000"),
    ("same_day = 1.3", "same_day = -inf", "score.manner.same_day: -inf: must be a finite number"),
    ("same_day = 1.3", "sameday = 1.3", "score.manner.sameday: 1.3: unknown key; the nearest known key is same_day"),
    ('"税務事務システム" = 1.3', '"税務事務システム" = "1.3"', "score.sensitivity.税務事務システム"),
    ("[1, 2, 3, 4, 5]", "[0, 9]", "office.weekdays[1]: 0: must be at least 1"),
    ("[1, 2, 3, 4, 5]", "[1, 9]", "office.weekdays[2]: 9: must be at most 7"),
    ("[1, 2, 3, 4, 5]", "[1, 1]", "office.weekdays: [1, 1]: names 1 twice"),
    ("[1, 2, 3, 4, 5]", "[]", "office.weekdays: []: must have at least 1 entry"),
    ("[1, 2, 3, 4, 5]", "5", "office.weekdays: 5: must be a list"),
    ('id = "reception"', 'id = "oracle"', 'explanations[2].id: "oracle": must be one of assignment, reception'),
    ('id = "reception"', 'id = "assignment"', "explanations: has the template assignment twice"),
    ("on = 2017-04-01", "on = 1", "explanations[1].approved.on: 1: must be a day like 2024-04-01"),
    ("on = 2017-04-01", "on = 0001-01-01", 'approved.on: "0001-01-01": must be at least 1900-01-01'),
    (
        "expires = 2030-03-31",
        "expires = 2017-04-01",
        'explanations[1].approved.expires: "2017-04-01": must be later than `on`',
    ),
    ("{day} {time}の前", "{day} {nosuch}の前", 'explanations[2].missing_ja: "{day} {nosuch}'),
    ("{day} {time}の前", "{day.year} {time}の前", 'unknown placeholder "day.year"; known are {day}, {time}, {minutes}'),
    ("{day} {time}の前", "{day:>9999999999}の前", 'unknown placeholder "day"'),
    ("{day} {time}の前", "{day} {time!r}の前", 'unknown placeholder "time"'),
    ("{day} {time}の前", "{day} {}の前", 'unknown placeholder ""'),
    ("{day} {time}の前", "{day {time}の前", "explanations[2].missing_ja"),
    ("same_day = 1.3", '"a\\u202e\\nb" = 1.3', "score.manner.a\\u202e\\nb: 1.3: unknown key"),
    ('title_ja = "窓口受付"', 'title_ja = ""', 'explanations[2].title_ja: "": must not be empty'),
    ('["配偶者暴力", ', '["", ', 'disclosure.protected_sections[1]: "": must not be empty'),
    ('["配偶者暴力", ', '["a\\u0000", ', "has the control character U+0000"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=[new[:40] for _, new, _ in WRONG])
def test_what_is_wrong_is_named_with_what_would_be_right(tmp_path, old, new, sentence):
    """File, key, value and the nearest known key, in both languages."""
    with pytest.raises(ConfigError, match=re.escape(sentence)) as error:
        read_policy(changed(tmp_path, old, new))
    assert str(error.value).startswith("policy.toml: ") and "\n" not in str(error.value)
    assert error.value.said.ja.startswith("policy.toml: ") and error.value.said.ja != error.value.said.en


@pytest.mark.parametrize("text", [b"preset = ", b"preset = '\x83'", b"a = " + b"[" * 5000, b"a = " + b"9" * 9999])
def test_a_file_that_is_no_toml(tmp_path, text):
    (tmp_path / "policy.toml").write_bytes(text)
    with pytest.raises(ConfigError, match=r"policy\.toml: cannot be read as TOML"):
        read_policy(tmp_path / "policy.toml")


def test_a_policy_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"strict\.toml: cannot be read"):
        policy_for(tmp_path, tmp_path / "strict.toml")


def test_an_editors_byte_order_mark_is_no_error(tmp_path):
    (tmp_path / "policy.toml").write_bytes(b"\xef\xbb\xbf" + PACKAGED.read_bytes())
    assert policy_for(tmp_path).preset == "4"


def test_the_missing_fact_fits_the_system(town, policy):
    assert "担当表" in missing_fact(policy, looked(town.WELFARE), Words("ja"))
    assert "受付番号" in missing_fact(policy, looked(town.RESIDENT), Words("ja"))
    assert missing_fact(policy, looked(town.RESIDENT), Words("en")) == (
        "a request or notification for this person received by the viewer within 15 minutes before 10:05 on 2024-04-01"
        " (reception number)"
    )


def test_a_relayed_lookup_is_the_callers_work(town, policy):
    assert "担当表" in missing_fact(policy, looked(town.RESIDENT, via=town.WELFARE), Words("ja"))
