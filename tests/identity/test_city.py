"""The linker on a whole synthetic ward, held against its answer key, and on a very small municipality."""

import json
from collections import Counter
from itertools import pairwise
from math import comb

import pytest

from benchmarks.identity import ACCEPTED, BINS, one
from cli import main


def _at_least(hits: int, trials: int, p: float) -> float:
    """Give the chance of so many hits or more, were each as likely as p."""
    p = min(p, 1.0)
    return sum(comb(trials, n) * p**n * (1 - p) ** (trials - n) for n in range(hits, trials + 1))


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    return one("ward", (), 21, tmp_path_factory.mktemp("ward"))


def test_no_resident_of_a_ward_is_taken_for_another(ward):
    assert ward.staff >= 450 and ward.precision[f"{ACCEPTED:g}"] == 1.0


def test_hardly_anybody_of_a_ward_is_missed(ward):
    assert ward.recall[f"{ACCEPTED:g}"] >= 0.98 and ward.queue <= 0.03


def test_an_outside_address_of_a_ward_is_linked_by_nobody_but_people(ward):
    assert ward.elsewhere_linked == 0


def test_a_probability_of_a_ward_is_what_it_says(ward):
    for (count, true), (low, high) in zip(ward.bins, pairwise(BINS), strict=True):
        assert _at_least(true, count, high) > 0.001 and _at_least(count - true, count, 1 - low) > 0.001
    assert ward.bins[-1][0] > 100


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    town = str(tmp_path_factory.mktemp("town"))
    assert main(["generate", "--size", "2000", "--seed", "3", "--set", "staff=60", "--out", town, "--quiet"]) == 0
    return f"{town}/exports"


def test_sixty_staff_of_two_thousand_residents_are_linked_without_training(exports, tmp_path, capsys):
    work = ["--workspace", str(tmp_path / "work")]
    assert main(["ingest", exports, *work, "--quiet"]) == 0
    capsys.readouterr()
    assert main(["identity", "--all", *work, "--format", "json"]) == 0
    outcomes = Counter(each["outcome"] for each in json.loads(capsys.readouterr().out))
    assert outcomes["linked"] >= 5 and outcomes.total() >= 60
