"""True kin of small families drawn by hand."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from synthetic.kin.kin import true_kin
from synthetic.population.city import City, Rates
from synthetic.population.simulate import simulate

Row = tuple[object, ...]


def _frame(rows: Sequence[Row], columns: str) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=columns.split())
    for day in {"birth", "start", "end", "terminated", "date"} & set(frame.columns):
        frame[day] = np.array([np.datetime64(text or "NaT", "s") for text in frame[day]], "datetime64[s]")
    return frame


def _city(
    people: Sequence[Row],
    marriages: Sequence[Row] = (),
    adoptions: Sequence[Row] = (),
    recognitions: Sequence[Row] = (),
    partnerships: Sequence[Row] = (),
    stays: Sequence[Row] = (),
    institutions: Sequence[int] = (),
) -> City:
    """Draw a city: people are (birth, mother, father), the others as their tables, with empty text for no day."""
    nothing = pd.DataFrame()
    return City(
        seed=0,
        size="",
        residents=0,
        today=np.datetime64("2018-07-31"),
        people=_frame(people, "birth mother father"),
        marriages=_frame(marriages, "husband wife start end ended_by terminated"),
        adoptions=_frame(adoptions, "child parent start end kind"),
        recognitions=_frame(recognitions, "child father date"),
        partnerships=_frame(partnerships, "a b start end"),
        stays=_frame(stays, "pid household start end"),
        institutions=np.array(institutions, int),
        names=nothing,
        heads=nothing,
        places=nothing,
        outside=nothing,
        household_ids=np.array([]),
    )


def _ties(city: City, a: int, b: int) -> list[Row]:
    """Give the distinct (kind, up, down, side, nature, half, from, to) of a pair."""
    kin = true_kin(city, [a])
    columns = ["kind", "up", "down", "side", "nature", "half"]
    rows = [
        (*key, _text(start), _text(end))
        for *key, start, end in kin.loc[kin["b"] == b, [*columns, "valid_from", "valid_to"]].itertuples(index=False)
    ]
    return sorted(set(rows))


def _text(day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else str(day.date())


NOBODY = -1
# 0 grandmother, 1 grandfather; their children 2 (mother of 4) and 3 (mother of 5); 6 father of 4 and of half-brother 7
COUSINS = (
    ("1920-01-01", NOBODY, NOBODY),
    ("1918-01-01", NOBODY, NOBODY),
    ("1945-01-01", 0, 1),
    ("1948-01-01", 0, 1),
    ("1970-01-01", 2, 6),
    ("1975-01-01", 3, NOBODY),
    ("1943-01-01", NOBODY, NOBODY),
    ("1980-01-01", 8, 6),
    ("1950-01-01", NOBODY, NOBODY),
)
MARRIED = ((6, 2, "1968-05-05", "1978-03-03", "divorce", ""), (6, 8, "1979-01-01", "", "", ""))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (4, 2, ("blood", 1, 0, "", "birth", "", "1970-01-01", "")),
        (2, 4, ("blood", 0, 1, "", "birth", "", "1970-01-01", "")),
        (4, 0, ("blood", 2, 0, "", "birth", "", "1970-01-01", "")),
        (4, 3, ("blood", 2, 1, "", "birth", "full", "1970-01-01", "")),
        (3, 4, ("blood", 1, 2, "", "birth", "full", "1970-01-01", "")),
        (4, 5, ("blood", 2, 2, "", "birth", "full", "1975-01-01", "")),
        (4, 7, ("blood", 1, 1, "", "birth", "half", "1980-01-01", "")),
        (4, 8, ("affinity", 1, 0, "relative", "birth", "", "1979-01-01", "")),
        (8, 4, ("affinity", 0, 1, "spouse", "birth", "", "1979-01-01", "")),
        (6, 3, ("affinity", 1, 1, "spouse", "birth", "", "1968-05-05", "1978-03-03")),
        (2, 6, ("spouse", -1, -1, "", "", "", "1968-05-05", "1978-03-03")),
    ],
)
def test_relatives_by_law(a: int, b: int, expected: Row) -> None:
    assert _ties(_city(COUSINS, MARRIED), a, b) == [expected]


def test_both_lines_of_a_sibling_are_told() -> None:
    kin = true_kin(_city(COUSINS), [2])
    lines = kin.loc[kin["b"] == 3, "line"].tolist()
    assert lines == [(("parent", 0, 2), ("parent", 0, 3)), (("parent", 1, 2), ("parent", 1, 3))]


def test_parents_of_one_child_are_no_kin() -> None:
    assert _ties(_city(COUSINS), 2, 6) == []


def test_a_new_wife_is_no_kin_of_the_old_ones_family() -> None:
    assert _ties(_city(COUSINS, MARRIED), 8, 3) == []


def test_one_parent_known_on_each_side_leaves_half_open() -> None:
    city = _city([("1950-01-01", -1, -1), ("1975-01-01", 0, -1), ("1977-01-01", 0, -1)])
    assert _ties(city, 1, 2) == [("blood", 1, 1, "", "birth", "unknown", "1977-01-01", "")]


def test_death_ends_the_marriage_but_not_affinity() -> None:
    people = (("1920-01-01", -1, -1), ("1945-01-01", 0, -1), ("1947-01-01", -1, -1))
    widowed = _city(people, [(1, 2, "1970-01-01", "2000-02-02", "death", "")])
    assert _ties(widowed, 2, 1) == [("spouse", -1, -1, "", "", "", "1970-01-01", "2000-02-02")]
    assert _ties(widowed, 2, 0) == [("affinity", 1, 0, "spouse", "birth", "", "1970-01-01", "")]


def test_a_declaration_ends_affinity_after_death() -> None:
    people = (("1920-01-01", -1, -1), ("1945-01-01", 0, -1), ("1947-01-01", -1, -1))
    declared = _city(people, [(1, 2, "1970-01-01", "2000-02-02", "death", "2001-03-03")])
    assert _ties(declared, 2, 0) == [("affinity", 1, 0, "spouse", "birth", "", "1970-01-01", "2001-03-03")]


def test_the_spouses_siblings_spouse_is_no_kin() -> None:
    people = (("1920-01-01", -1, -1), ("1945-01-01", 0, -1), ("1947-01-01", 0, -1), *[("1946-01-01", -1, -1)] * 2)
    married = [(1, 3, "1970-01-01", "", "", ""), (2, 4, "1971-01-01", "", "", "")]
    city = _city(people, married)
    assert _ties(city, 3, 4) == []
    assert _ties(city, 3, 2)[0][:4] == ("affinity", 1, 1, "spouse")
    assert _ties(city, 2, 3)[0][:4] == ("affinity", 1, 1, "relative")


# 0 adopter with daughter 1; 2 adopted on 1980-01-01; 3 and 4 children of 2, born before and after; 5 mother of 2
ADOPTED = (
    ("1930-01-01", -1, -1),
    ("1955-01-01", 0, -1),
    ("1950-01-01", 5, -1),
    ("1975-01-01", -1, 2),
    ("1985-01-01", -1, 2),
    ("1925-01-01", -1, -1),
)


def test_an_adopted_child_is_as_blood_from_the_day() -> None:
    city = _city(ADOPTED, adoptions=[(2, 0, "1980-01-01", "", "ordinary")])
    assert _ties(city, 2, 0) == [("blood", 1, 0, "", "adoptive", "", "1980-01-01", "")]
    assert _ties(city, 1, 2) == [("blood", 1, 1, "", "adoptive", "unknown", "1980-01-01", "")]
    assert _ties(city, 2, 5) == [("blood", 1, 0, "", "birth", "", "1950-01-01", "")]
    assert _ties(city, 0, 5) == []


def test_children_had_before_the_adoption_stay_strangers() -> None:
    city = _city(ADOPTED, adoptions=[(2, 0, "1980-01-01", "", "ordinary")])
    assert _ties(city, 0, 3) == _ties(city, 3, 0) == _ties(city, 3, 1) == []
    assert _ties(city, 0, 4) == [("blood", 0, 2, "", "adoptive", "", "1985-01-01", "")]
    assert _ties(city, 4, 0) == [("blood", 2, 0, "", "adoptive", "", "1985-01-01", "")]


def test_dissolution_ends_what_adoption_began() -> None:
    city = _city(ADOPTED, adoptions=[(2, 0, "1980-01-01", "1999-09-09", "ordinary")])
    assert _ties(city, 0, 4) == [("blood", 0, 2, "", "adoptive", "", "1985-01-01", "1999-09-09")]


def test_special_adoption_ends_the_ties_of_birth() -> None:
    city = _city(ADOPTED, adoptions=[(2, 0, "1956-06-06", "", "special")])
    assert _ties(city, 5, 2) == [("blood", 0, 1, "", "birth", "", "1950-01-01", "1956-06-06")]
    assert _ties(city, 5, 4) == []


def test_an_adopted_husband_is_husband_and_brother() -> None:
    people = (("1930-01-01", -1, -1), ("1955-01-01", 0, -1), ("1953-01-01", -1, -1))
    city = _city(people, [(2, 1, "1980-01-01", "", "", "")], [(2, 0, "1980-01-01", "", "ordinary")])
    assert [tie[:5] for tie in _ties(city, 1, 2)] == [("blood", 1, 1, "", "adoptive"), ("spouse", -1, -1, "", "")]
    assert [tie[:4] for tie in _ties(city, 2, 0)] == [("blood", 1, 0, "")]  # A4: not 妻の母 besides


def test_recognition_works_back_to_birth() -> None:
    people = (("1950-01-01", -1, -1), ("1955-01-01", -1, -1), ("1985-05-05", 1, -1))
    city = _city(people, recognitions=[(2, 0, "1990-01-01")])
    assert _ties(city, 0, 2) == [("blood", 0, 1, "", "recognised", "", "1985-05-05", "")]


def test_partners_are_de_facto_and_make_no_affinity() -> None:
    people = (("1920-01-01", -1, -1), ("1950-01-01", 0, -1), ("1955-01-01", -1, -1))
    city = _city(people, partnerships=[(1, 2, "1990-01-01", "2005-01-01")])
    assert _ties(city, 2, 1) == [("de_facto", -1, -1, "", "", "", "1990-01-01", "2005-01-01")]
    assert _ties(city, 2, 0) == []


def test_blood_reaches_the_sixth_degree_and_no_further() -> None:
    people = [("1900-01-01", -1, -1)] + [(f"{1900 + 18 * n}-01-01", n - 1, -1) for n in range(1, 8)]
    kin = true_kin(_city(people), [0])
    assert kin.loc[kin["kind"] == "blood", "b"].tolist() == [1, 2, 3, 4, 5, 6]


def test_a_shared_home_is_told_with_its_days() -> None:
    people = [("1950-01-01", -1, -1)] * 4
    stays = [
        (0, 7, "1990-01-01", "2000-01-01"),
        (1, 7, "1995-01-01", "2000-01-01"),
        (0, 8, "2000-01-01", ""),
        (1, 8, "2000-01-01", "2010-01-01"),
        (2, 8, "2015-01-01", ""),
        (3, 9, "1990-01-01", ""),
    ]
    city = _city(people, stays=stays)
    assert _ties(city, 0, 1) == [("household", -1, -1, "", "", "", "1995-01-01", "2010-01-01")]
    assert _ties(city, 0, 2) == [("household", -1, -1, "", "", "", "2015-01-01", "")]
    assert _ties(city, 1, 2) == _ties(city, 0, 3) == []


def test_inmates_of_an_institution_share_no_home() -> None:
    stays = [(0, 7, "1990-01-01", ""), (1, 7, "1995-01-01", "")]
    assert _ties(_city([("1920-01-01", -1, -1)] * 2, stays=stays, institutions=[7]), 0, 1) == []


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    city = simulate(1_500, 8, Rates(), lambda done, text: None)
    return true_kin(city, city.people.index[-2_500:].to_numpy())


def test_kinship_is_mutual(simulated: pd.DataFrame) -> None:
    asked = set(simulated["a"])
    blood = simulated[(simulated["kind"] == "blood") & simulated["b"].isin(asked)]
    seen = set(blood[["a", "b", "up", "down", "nature", "half"]].itertuples(index=False, name=None))
    assert len(seen) > 2_000
    assert seen == {(b, a, down, up, nature, half) for a, b, up, down, nature, half in seen}


def test_everybody_is_oneself(simulated: pd.DataFrame) -> None:
    own = simulated[simulated["kind"] == "self"]
    assert (own["a"] == own["b"]).all()
    assert sorted(own["a"]) == sorted(set(simulated["a"]))
