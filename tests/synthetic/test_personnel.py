"""What HR has on file: every rate of error does what it says, and the key alone knows who is who."""

import csv
from pathlib import Path

import numpy as np
import pytest

import synthetic
from synthetic.personnel.personnel import personnel
from synthetic.population.city import Rates
from synthetic.population.simulate import simulate
from synthetic.settings import WorkRates, sized
from synthetic.staff.staff import hire
from synthetic.work.town import Town

CLEAN = {
    "address_old": 0.0, "address_elsewhere": 0.0, "address_outside": 0.0, "kana_slip": 0.0, "kana_missing": 0.0,
    "given_wrong": 0.0, "birth_wrong": 0.0, "birth_missing": 0.0, "variants_simplified": 0.0, "former_name_used": 0.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def town():
    return Town(simulate(3_000, 11, Rates(), lambda done, text: None))


def files(town, **rates):
    """Give the staff and what HR has of them."""
    chosen = sized(WorkRates(staff=200, **(CLEAN | rates)), "3000")
    staff = hire(town.city, chosen, np.random.default_rng(3))
    return staff, personnel(town, staff, chosen, np.random.default_rng(4))


def test_without_errors_hr_knows_everybody(town):
    staff, hr = files(town, foreign_staff=0.0)
    assert (hr["name"] == staff["surname"] + "　" + staff["given"]).all()
    assert (hr["birth"].to_numpy() == staff["birth"].to_numpy().astype("datetime64[D]")).all()


@pytest.mark.parametrize("rate", ["kana_missing", "birth_missing", "birth_wrong", "given_wrong"])
def test_an_error_rate_of_one_spoils_every_row(town, rate):
    (_, clean), (_, spoilt) = files(town), files(town, **{rate: 1.0})
    column = {"kana_missing": "kana", "given_wrong": "name"}.get(rate, "birth")
    assert (clean[column] != spoilt[column]).mean() > 0.9


def test_a_resident_may_stand_under_an_address_elsewhere(town):
    """So that tier 7 holds true ones (W5)."""
    staff, hr = files(town, address_outside=1.0)
    towns = set(town.city.places["town"])
    own = hr["address"][staff["resident"].to_numpy(bool)]
    assert not own.map(lambda text: any(name in text for name in towns)).any()


def test_hr_errors_multiplies_errors_only(town):
    normal, hard = (sized(WorkRates(hr_errors=factor), "ward") for factor in (1.0, 2.5))
    assert hard.birth_wrong == pytest.approx(2.5 * normal.birth_wrong)
    assert (hard.variants_simplified, hard.room_missing) == (normal.variants_simplified, normal.room_missing)


def test_foreign_staff_stand_in_hr_in_several_ways(town):
    staff, hr = files(town, foreign_staff=0.5)
    people = town.city.people.reindex(staff["pid"])
    foreign = people["foreign"].fillna(False).to_numpy(bool)
    assert foreign.sum() > 10
    as_registered = (hr["name"].to_numpy() == (people["surname"] + "　" + people["given"]).to_numpy())[foreign]
    assert 0 < as_registered.mean() < 1


def test_twins_and_namesakes_are_among_the_staff():
    """Planted, for by chance a ward would have none."""
    city = simulate(8_000, 11, Rates(namesakes=40.0), lambda done, text: None)
    people = city.people[city.people["resident"].astype(bool)]
    namesake = people.index[people.duplicated(["surname_kana", "given_kana", "birth"], keep=False)]
    twin = people.index[people.duplicated(["mother", "birth"], keep=False) & (people["mother"] >= 0)]
    chosen = sized(WorkRates(staff=200, resident_staff=0.9, twin_staff=0.05, namesake_staff=0.05), "8000")
    staff = hire(city, chosen, np.random.default_rng(3))
    assert staff["pid"].isin(namesake).sum() >= 5 and staff["pid"].isin(twin).sum() >= 5
    assert staff.loc[staff["pid"] >= 0, "pid"].is_unique


def test_some_staff_are_on_file_under_two_numbers_and_old_postings_bear_old_names(tmp_path: Path):
    rates = ["staff=100", "two_numbers=0.1", "names_then=1", "former_name_used=0", "broken_rows=0", "logs=0"]
    synthetic.make("3000", 3, tmp_path, rates, lambda done, text: None)
    with next((tmp_path / "exports").glob("shokuin_*.csv")).open(encoding="cp932", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with (tmp_path / "truth" / "staff.csv").open(encoding="utf-8", newline="") as lines:
        key = {row["staff_id"]: row["pid"] for row in csv.DictReader(lines)}
    assert {row["職員番号"] for row in rows} == set(key)
    again = [number for number, pid in key.items() if pid != "-1" and list(key.values()).count(pid) == 2]
    assert len(again) == 2 * 10
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row["職員番号"], set()).add(row["氏名"])
    assert any(len(found) == 2 for found in names.values())


def test_emergency_contacts_name_relatives_and_the_key_says_who(tmp_path: Path):
    synthetic.make("1000", 3, tmp_path, ["staff=40", "contacts=1", "broken_rows=0"], lambda done, text: None)
    with next((tmp_path / "exports").glob("kinkyu_*.csv")).open(encoding="cp932", newline="") as lines:
        contacts = list(csv.DictReader(lines))
    with (tmp_path / "truth" / "named.csv").open(encoding="utf-8", newline="") as lines:
        named = [row for row in csv.DictReader(lines) if row["file"].startswith("kinkyu")]
    assert len(contacts) == len(named) >= 30
    assert {(c["職員番号"], c["緊急連絡先氏名"], c["続柄"]) for c in contacts} == {
        (row["staff_id"], row["name"], row["relation"]) for row in named
    }
    assert any(row["person_id"] for row in named)
