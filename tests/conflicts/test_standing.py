"""What puts a decided case back, field by field, and what does not."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from graph.answers.standing import Ground, beside, covered, tie_key, tie_keys
from graph.model import Relation
from graph.records.decisions import Disposition
from graph.records.results import LookupEntry

DAY = date(2018, 3, 31)


def lookup(key, day):
    """A lookup of which only id and day count."""
    empty = dict.fromkeys(("system", "via", "account", "terminal", "operation", "view", "attribution", "tense"), "")
    return LookupEntry(
        lookup_id=key, time=datetime(2018, 3, day), outcome="suspicious", explanation=None, file="", line=2,
        caller=None, **empty,
    )  # fmt: skip


def relation(kind="blood", up=2, down=1, **other):
    """A relation of which only what names its tie counts."""
    fields = {"start": "a", "end": "b", "side": "", "nature": "birth", "half": "full", "grade": "registered",
              "valid_from": date(1990, 1, 1), "valid_to": None, "label": "", "path": (), "links": ()}  # fmt: skip
    return Relation(kind=kind, up=up, down=down, **(fields | other))


THEN = Ground(
    lookups=(lookup("1", 2), lookup("3", 9)), ties=("blood:2:1::birth",), score=2.0, policy="p", identified=True
)


def decided(until=None, at="2018-03-10T09:00:00+09:00"):
    """A decision on what was there then."""
    return Disposition(state="cleared", by="a", at=at, reason="r", until=until, covers=covered(THEN))


def changed(now, found=None):
    """Give what puts the case back."""
    return beside(found or decided(), now, DAY).changed


def test_what_was_decided_on_puts_nothing_back():
    assert changed(THEN) is None
    assert changed(replace(THEN, lookups=THEN.lookups[:1], ties=(), score=0.5)) is None


def test_another_lookup_does_whatever_its_date():
    for late in (lookup("0", 1), lookup("2", 5), lookup("4", 30)):
        assert changed(replace(THEN, lookups=(*THEN.lookups, late))).lookups == (late.lookup_id,)


def test_a_new_tie_does():
    assert changed(replace(THEN, ties=(*THEN.ties, "spouse::::"))).ties == ("spouse::::",)


@pytest.mark.parametrize(("score", "back"), [(2.19, False), (2.2, True), (1.0, False), (None, False)])
def test_a_score_higher_by_a_tenth_does_under_the_same_policy(score, back):
    assert (changed(replace(THEN, score=score)) is not None) is back
    assert changed(replace(THEN, score=score, policy="other")) is None


@pytest.mark.parametrize(("until", "back"), [("2018-03-30", True), ("2018-03-31", False), (None, False)])
def test_a_last_day_that_has_passed_does(until, back):
    assert (changed(THEN, decided(until)) is not None) is back


def test_that_the_viewer_is_somebody_else_does_once():
    other = replace(THEN, identified=False)
    assert changed(other).identity
    assert changed(other, replace(decided(), covers=covered(other))) is None


def test_an_older_decision_covers_the_lookups_before_its_day_in_japan():
    old = replace(decided(at="2018-03-08T20:00:00+00:00"), covers=None)  # the ninth in Japan
    found = beside(old, replace(THEN, ties=("spouse::::",), score=9.0), DAY)
    assert found.covers.assumed and found.covers.lookups == ("1",)
    assert found.changed.lookups == ("3",) and not found.changed.ties and found.changed.score is None


def test_a_tie_is_named_by_kind_steps_side_and_nature_and_ending_makes_no_new_one():
    assert tie_key(relation()) == "blood:2:1::birth"
    assert tie_key(relation("spouse", -1, -1, nature="")) == "spouse::::"
    assert tie_key(relation("affinity", 1, 1, side="spouse", nature="adoptive")) == "affinity:1:1:spouse:adoptive"
    ended = relation("spouse", -1, -1, nature="", valid_to=date(2018, 1, 1))
    begins = relation(valid_from=date(2019, 1, 1))
    assert tie_keys([ended, begins], DAY) == ("spouse::::",)
