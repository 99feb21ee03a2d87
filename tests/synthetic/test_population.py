"""The simulated people: nothing impossible happens to them, and together they look like a Japanese city."""

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from synthetic.population import curves
from synthetic.population.city import RATES_DOC, REGISTER_START, City, Rates
from synthetic.population.simulate import simulate
from synthetic.population.tables import numbered

RESIDENTS = 6_000
FAR = pd.Timestamp("2200-01-01")


def _simulate(residents: int, seed: int, rates: Rates) -> City:
    return simulate(residents, seed, rates, lambda done, text: None)


@pytest.fixture(scope="module")
def city() -> City:
    return _simulate(RESIDENTS, 11, Rates())


def _years(later: pd.Series | np.ndarray, earlier: pd.Series | np.ndarray) -> np.ndarray:
    return (np.asarray(later) - np.asarray(earlier)) / np.timedelta64(1, "D") / 365.25


def _tables(city: City) -> Iterator[tuple[str, pd.DataFrame]]:
    values = ((field.name, getattr(city, field.name)) for field in fields(city))
    return ((name, value) for name, value in values if isinstance(value, pd.DataFrame))


def _residents(city: City) -> pd.DataFrame:
    return city.people[city.people["resident"]]


def _age(people: pd.DataFrame, city: City) -> np.ndarray:
    return _years(np.datetime64(city.today, "s"), people["birth"])


def test_the_same_seed_gives_the_same_city() -> None:
    one, two = (_simulate(800, 5, Rates()) for _ in range(2))
    for (name, table), (_, other) in zip(_tables(one), _tables(two), strict=True):
        pd.testing.assert_frame_equal(table, other, obj=name)


def test_another_seed_gives_another_city() -> None:
    one, two = (_simulate(800, seed, Rates()) for seed in (5, 6))
    assert not one.people["given"].equals(two.people["given"])


@pytest.mark.parametrize("residents", [800, 2_000])
def test_the_city_has_the_size_asked_for(residents: int) -> None:
    assert _simulate(residents, 3, Rates()).residents == pytest.approx(residents, rel=0.05)


def test_children_are_younger_than_their_parents(city: City) -> None:
    people = city.people
    for side, least in (("mother", 13), ("father", 16)):
        born = people[people[side] >= 0]
        assert _years(born["birth"], people["birth"].loc[born[side]]).min() > least


def test_mothers_are_alive_and_here_at_a_birth_here(city: City) -> None:
    stays = city.stays.drop_duplicates("pid").merge(city.people, left_on="pid", right_index=True)
    born = stays[(stays["start"] == stays["birth"]) & (stays["mother"] >= 0)]
    at_home = born.merge(
        city.stays, left_on=["mother", "household"], right_on=["pid", "household"], suffixes=("", "_m")
    )
    there = at_home[(at_home["start_m"] <= at_home["birth"]) & ~(at_home["end_m"] <= at_home["birth"])]
    assert len(born) > 1_000
    assert len(there) == len(born)


def _overlaps(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    ordered = rows.sort_values([key, "start"])
    previous_end = ordered.groupby(key)["end"].shift()
    follows = ordered.groupby(key).cumcount() > 0
    return ordered[follows & (previous_end.isna() | (ordered["start"] < previous_end))]


@pytest.mark.parametrize("side", ["husband", "wife"])
def test_nobody_is_married_twice_at_a_time(city: City, side: str) -> None:
    assert _overlaps(city.marriages, side).empty


def test_marriages_begin_at_eighteen_and_end_with_death(city: City) -> None:
    marriages, people = city.marriages, city.people
    for side in ("husband", "wife"):
        person = people.loc[marriages[side]]
        assert _years(marriages["start"], person["birth"]).min() >= 18
        death = person["death"].to_numpy()
        assert not (marriages["end"].fillna(FAR).to_numpy() > death).any()


def test_a_marriage_says_why_it_ended(city: City) -> None:
    marriages = city.marriages
    assert (marriages["end"].isna() == (marriages["ended_by"] == "")).all()
    assert set(marriages["ended_by"]) == {"", "death", "divorce"}
    assert (marriages.loc[marriages["terminated"].notna(), "ended_by"] == "death").all()


def test_close_kin_do_not_marry(city: City) -> None:
    people, marriages = city.people, city.marriages
    husband, wife = people.loc[marriages["husband"]], people.loc[marriages["wife"]]
    for side in ("mother", "father"):
        known = husband[side].to_numpy() >= 0
        assert not (known & (husband[side].to_numpy() == wife[side].to_numpy())).any()
    assert not (husband["mother"].to_numpy() == marriages["wife"].to_numpy()).any()
    assert not (wife["father"].to_numpy() == marriages["husband"].to_numpy()).any()


def test_stays_never_overlap_and_end_with_death(city: City) -> None:
    stays = city.stays.merge(city.people[["birth", "death"]], left_on="pid", right_index=True)
    assert _overlaps(stays, "pid").empty
    assert (stays["start"] < stays["end"].fillna(FAR)).all()
    assert (stays["start"] >= stays["birth"]).all()
    assert (stays["end"].fillna(FAR) <= stays["death"].fillna(FAR)).all()


def test_residents_are_those_with_an_open_stay(city: City) -> None:
    here = city.stays.loc[city.stays["end"].isna(), "pid"]
    assert sorted(here) == list(_residents(city).index)


def test_heads_are_members_of_their_household(city: City) -> None:
    stays = city.stays.rename(columns={"pid": "head", "start": "came", "end": "left"})
    heads = city.heads.reset_index().merge(stays, on=["household", "head"])
    within = heads["came"] <= heads["start"]
    within &= heads["left"].fillna(FAR) >= heads["end"].fillna(FAR)
    assert set(heads.loc[within, "index"]) == set(city.heads.index)


def test_a_home_has_one_head_on_every_day(city: City) -> None:
    homes = city.stays[~city.stays["household"].isin(city.institutions)]
    lives = homes.assign(end=homes["end"].fillna(FAR)).groupby("household").agg({"start": "min", "end": "max"})
    heads = city.heads[~city.heads["household"].isin(city.institutions)]
    assert _overlaps(heads, "household").empty
    days = heads.assign(days=heads["end"].fillna(FAR) - heads["start"]).groupby("household")["days"].sum()
    assert (days == lives["end"] - lives["start"]).all()


def test_every_household_has_one_address_at_a_time(city: City) -> None:
    places = city.places
    assert _overlaps(places, "household").empty
    assert set(places["household"]) >= set(city.stays["household"])


def test_some_households_share_an_address(city: City) -> None:
    now = city.places[city.places["end"].isna()]
    shared = now.duplicated(["town", "number", "building"], keep=False)
    assert 0 < shared.mean() < 0.03


def test_names_begin_at_birth_and_end_in_the_present_one(city: City) -> None:
    first, last = (city.names.drop_duplicates("pid", keep=keep).set_index("pid") for keep in ("first", "last"))
    assert (first["start"] == city.people["birth"]).all()
    assert (last["surname"] == city.people["surname"]).all()


def test_a_couple_bears_one_name_on_the_wedding_day(city: City) -> None:
    people = city.people
    marriages = city.marriages[~people["foreign"].reindex(city.marriages["husband"]).to_numpy()]
    marriages = marriages[~people["foreign"].reindex(marriages["wife"]).to_numpy()]
    names = city.names.sort_values("start", kind="stable")
    sides = [_name_on(names, marriages[side], marriages["start"]) for side in ("husband", "wife")]
    assert (sides[0] == sides[1]).all()


def _name_on(names: pd.DataFrame, pids: pd.Series, days: pd.Series) -> np.ndarray:
    asked = pd.DataFrame({"pid": pids.to_numpy(), "start": days.to_numpy(), "row": np.arange(len(pids))})
    found = pd.merge_asof(asked.sort_values("start"), names.astype({"pid": asked["pid"].dtype}), on="start", by="pid")
    return found.sort_values("row")["surname"].to_numpy()


def test_numbers_are_given_to_all_registered_since_the_computer_came(city: City) -> None:
    stays = city.stays
    registered = set(stays.loc[~(stays["end"] <= REGISTER_START), "pid"])
    numbers = city.people["person_id"]
    assert set(numbers.index[numbers != ""]) == registered
    assert numbers[numbers != ""].is_unique


def test_check_digits_are_modulus_eleven() -> None:
    number = numbered(5, 1_000_000)[0]
    total = sum(
        int(digit) * weight for digit, weight in zip(reversed(number[:-1]), [2, 3, 4, 5, 6, 7] * 3, strict=False)
    )
    assert len(number) == 15
    assert (total + int(number[-1])) % 11 == 0


def test_all_kinds_of_families_occur(city: City) -> None:
    adoptions = city.adoptions
    assert adoptions["child"].isin(city.marriages["husband"]).any()  # 婿養子
    assert adoptions["end"].notna().any()  # 離縁
    assert len(city.recognitions) and len(city.partnerships) and len(city.institutions)
    assert _residents(city).duplicated(["mother", "birth"]).any()  # twins
    assert (city.people.loc[city.recognitions["child"], "father"] == -1).all()


def test_special_adoption_occurs_where_it_is_asked_for() -> None:
    city = _simulate(2_000, 4, replace(Rates(), special_adoption=0.5))
    special = city.adoptions[city.adoptions["kind"] == "special"]
    assert len(special) >= 2
    assert (special.groupby("child")["parent"].count() == 2).all()


def test_rates_move_what_they_name() -> None:
    none = _simulate(800, 5, replace(Rates(), foreign=0.0, divorce=0.0, de_facto=0.0))
    assert not none.people["foreign"].any()
    assert "divorce" not in set(none.marriages["ended_by"])
    assert none.partnerships.empty


def test_every_rate_is_documented() -> None:
    assert list(RATES_DOC) == [rate.name for rate in fields(Rates)]
    assert all(RATES_DOC.values())


def test_households_look_like_a_city(city: City) -> None:
    now = city.stays[city.stays["end"].isna() & ~city.stays["household"].isin(city.institutions)]
    sizes = now.groupby("household").size()
    assert 1.7 <= sizes.mean() <= 2.6
    assert 0.4 <= (sizes == 1).mean() <= 0.6


def test_ages_look_like_a_city(city: City) -> None:
    residents = _residents(city)
    age = _age(residents, city)
    assert 0.20 <= (age >= 65).mean() <= 0.32
    assert 0.09 <= (age < 15).mean() <= 0.16
    assert age.max() < 115
    assert 0.02 <= residents["foreign"].mean() <= 0.08


def test_couples_look_like_a_city(city: City) -> None:
    people, recent = city.people, city.marriages[city.marriages["start"] >= "2005-01-01"]
    husbands, wives = (_years(recent["start"], people["birth"].loc[recent[side]]) for side in ("husband", "wife"))
    assert 28 <= husbands.mean() <= 34
    assert 26.5 <= wives.mean() <= 32
    assert 0.01 <= (city.marriages["surname_of"] == "W").mean() <= 0.10


def test_fewer_children_were_born_in_the_year_of_the_fire_horse() -> None:
    before, horse, after = (curves.value(curves.FERTILITY, year) for year in (1965, 1966, 1967))
    assert horse == 1.58
    assert horse < 0.8 * min(before, after)


def test_names_can_be_written_in_cp932_and_read(city: City) -> None:
    text = city.people[["surname", "given", "surname_kana", "given_kana", "alias"]]
    assert text.map(lambda name: bool(name.encode("cp932")) or name == "").all().all()
    assert text[["surname_kana", "given_kana"]].map(lambda kana: not any("ぁ" <= c <= "ん" for c in kana)).all().all()


def test_full_names_are_as_rarely_shared_as_in_life(city: City) -> None:
    residents = _residents(city)
    assert 0.0015 < (residents["surname"].value_counts(normalize=True) ** 2).sum() < 0.006
    assert (~residents.duplicated(["surname", "given"], keep=False)).mean() > 0.9
