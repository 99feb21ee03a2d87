"""Clocks of two systems a constant apart: found, used and named; never found where times are random (L9)."""

from datetime import datetime, timedelta

import numpy as np
import pytest

START = datetime(2024, 4, 1, 10)


def relay(town, delays, start=START):
    """Log a relayed lookup of somebody else each day, read after these seconds; none for a read row of no caller."""
    for at, delay in enumerate(delays):
        person, time = f"p{at}", start + timedelta(days=at)
        town.people(person)
        read = time + timedelta(seconds=0 if delay is None else float(delay))
        if delay is not None:
            town.log(f"{time}", "0001", person, system=town.WELFARE, calls=town.RESIDENT)
        town.log(f"{read}", "FUKUREN", person, system=town.RESIDENT, via=town.WELFARE)


def found(town):
    """Give the offsets that were found, and how many relayed rows have their caller."""
    facts = town.find(relay_seconds=60).facts
    return [clock.seconds for clock in facts.clocks], sum(day.relayed_merged for day in facts.days)


@pytest.mark.parametrize("offset", [61, 75, -61, -600, 3600, 9 * 3600, -9 * 3600, 86400])
def test_a_constant_offset_is_found_used_and_named(town, offset):
    relay(town, [offset + late for late in (0, 1, 3, 2, 1, 0)])
    town.log("2024-05-01 10:00:00", "0001", "sister", system=town.WELFARE, calls=town.RESIDENT)
    read = datetime(2024, 5, 1, 10) + timedelta(seconds=offset)
    lookup = town.log(f"{read}", "FUKUREN", "sister", system=town.RESIDENT, via=town.WELFARE)
    result = town.find(relay_seconds=60)
    (clock,) = result.facts.clocks
    assert abs(clock.seconds - offset) <= 2
    assert (clock.via, clock.system, clock.rows) == (town.WELFARE, town.RESIDENT, 7)
    assert result.tables["COUNTS"].column("end").to_pylist() == [lookup]
    assert all(not day.unjoinable for day in result.facts.days)


def test_delays_about_the_end_of_the_window_are_one_offset(town):
    relay(town, [55, 65, 57, 63, 59, 61, 60, 64, 56, 62])
    assert found(town) == ([60], 10)


def test_an_offset_of_which_a_window_about_none_holds_most_is_used_for_the_rest(town):
    relay(town, [61, 60, 59, 61, 58, 60])
    assert found(town) == ([60], 6)


def test_delays_within_the_window_are_no_offset(town):
    relay(town, [2, 9, 50, 58, 4, 60, 31, 12])
    assert found(town) == ([], 8)


def test_a_clock_that_was_set_right_has_two_delays(town):
    relay(town, [75, 76, 74, 75, 76, 75, 5, 4, 6, 5, 5, 4, 6])
    assert found(town) == ([75], 13)


@pytest.mark.parametrize(("rows", "offsets"), [(3, []), (4, [75])])
def test_a_few_rows_may_be_chance(town, rows, offsets):
    relay(town, [75] * rows)
    assert found(town) == (offsets, 4 if offsets else 0)


@pytest.mark.parametrize("alone", [6, 7])
def test_an_offset_is_what_most_rows_show(town, alone):
    """Rows with callers at any other time do not hinder it while they are fewer."""
    relay(town, [75] * 6 + [100 * (2 + at) ** 2 for at in range(alone)])
    assert found(town) == (([75], 6) if alone == 6 else ([], 0))


def test_rows_without_any_caller_say_nothing(town):
    relay(town, [75] * 6 + [None] * 20)
    assert found(town) == ([75], 6)


@pytest.mark.parametrize("seed", range(10))
def test_random_times_have_no_offset(town, seed):
    rng = np.random.default_rng(seed)
    relay(town, rng.integers(-4 * 3600, 4 * 3600, 300))
    assert found(town)[0] == []


@pytest.mark.parametrize("seed", range(5))
def test_slow_rows_are_no_offset(town, seed):
    """Most of what falls out of the window lies right behind it: a tail is no peak."""
    rng = np.random.default_rng(seed)
    relay(town, rng.exponential(40, 300).round())
    assert found(town)[0] == []


def test_somebody_looked_up_all_day_shows_no_offset(town):
    rng = np.random.default_rng(1)
    for day in range(8):
        for second in sorted(rng.integers(0, 8 * 3600, 40)):
            time = START + timedelta(days=day, seconds=int(second))
            town.log(f"{time}", "0001", "stranger", system=town.WELFARE, calls=town.RESIDENT)
        for second in sorted(rng.integers(0, 8 * 3600, 40)):
            time = START + timedelta(days=day, seconds=int(second))
            town.log(f"{time}", "FUKUREN", "stranger", system=town.RESIDENT, via=town.WELFARE)
    assert found(town)[0] == []


def test_each_pair_of_systems_has_its_own_offset(town):
    relay(town, [75] * 6)
    for at in range(6):
        time = START + timedelta(days=at, hours=2)
        town.log(f"{time}", "0001", f"p{at}", system=town.TAX, calls=town.RESIDENT)
        town.log(f"{time + timedelta(seconds=3)}", "ZEIREN", f"p{at}", system=town.RESIDENT, via=town.TAX)
    assert found(town) == ([75], 12)
