"""The score: weights that never reward disagreement, and levels that add up (W3)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity.link import capped, posterior
from ingest.identity.parameters import read_parameters
from ingest.identity.score import _share, agreement, name_weights
from ingest.identity.tiers import SCORE_ALONE

PARAMETERS = read_parameters()
shares = st.floats(min_value=1e-6, max_value=0.5)


@given(shares, shares, st.integers(min_value=10, max_value=3_000_000), st.sampled_from(["F", "M", ""]))
def test_more_agreement_never_weighs_less(kanji, reading, residents, sex):
    for part in ("surname", "given"):
        one = (np.array([share]) for share in (kanji, reading))
        weights = name_weights(part, sex, *one, np.array([residents]), PARAMETERS)
        order = [weights[level][0] for level in sorted(weights, reverse=True)]
        kana_aside = [order[i] for i in range(len(order)) if sorted(weights, reverse=True)[i] not in (3, 7)]
        assert kana_aside == sorted(kana_aside, reverse=True)
        assert weights[7][0] >= weights[3][0] >= weights[1][0]


@pytest.mark.parametrize("part", ["surname", "given"])
@pytest.mark.parametrize("sex", ["F", "M"])
def test_the_levels_of_one_sex_sum_to_one(part, sex):
    assert sum(agreement(part, sex, PARAMETERS).values()) == pytest.approx(1)


def test_a_missing_reading_never_raises_a_score():
    share = np.array([0.001])
    weights = name_weights("given", "F", share, share, np.array([1000]), PARAMETERS)
    assert weights[5][0] <= weights[6][0]


def test_a_name_that_no_resident_bears_weighs_as_one_that_a_single_one_bears():
    columns = {"n_given": np.array([0, 1, 2]), "residents": np.array([1000, 1000, 1000])}
    assert list(_share(columns, "given")) == [0.001, 0.001, 0.002]


def test_candidates_exclude_each_other():
    p = posterior(np.array(["a", "a", "b"]), np.array([20.0, 20.0, 40.0]), np.array([1000, 1000, 1000]), PARAMETERS)
    assert p[0] == p[1] and 0.49 < p[0] < 0.5 and p[2] > 0.999999


def test_a_smaller_share_of_residents_makes_nobody_likelier():
    few = replace(PARAMETERS, resident_share=0.05)
    args = (np.array(["a"]), np.array([10.0]), np.array([1000]))
    assert posterior(*args, few)[0] < posterior(*args, PARAMETERS)[0]


@pytest.mark.parametrize(("tier", "facts", "most"), [
    (7, {}, 0.5), (8, {}, 0.98), (9, {}, 0.98), (SCORE_ALONE, {}, 0.98), (1, {"sex": "differs"}, 0.5),
    (1, {"alias_only": True}, 0.9), (1, {"turned_only": True}, 0.9), (1, {"protected": True}, 0.98), (1, {}, 1.0),
])  # fmt: skip
def test_caps_stand_above_any_score(tier, facts, most):
    plain = {"sex": "equal", "alias_only": False, "turned_only": False, "protected": False} | facts
    columns = {name: np.array([value]) for name, value in plain.items()}
    assert capped(np.array([1.0]), columns, np.array([tier]), PARAMETERS)[0] == most
