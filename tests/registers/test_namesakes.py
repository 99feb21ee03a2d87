"""Who bears a parent's full name is the parent only where age and place allow it."""

import pytest

OLD, NEW = "本町1番", "本町2番"
WED = {"entered": "2005-04-01", "entered_by": "婚姻"}
PARENTS = {"father": "山田一", "mother": "山田花子", "prior_honseki": OLD, "prior_head": "山田一"}


def _husband(rows, **more):
    return rows.entry("太郎", "1980-05-05", "山田太郎", NEW, spouse_role="夫", **PARENTS | WED | more)


def _wife(rows, birth="1979-04-04", **more):
    return rows.entry("花子", birth, "山田太郎", NEW, position=2, spouse_role="妻", **WED | more)


def _wedding(rows, **register):
    return rows.event("太郎", "marriage", "2005-04-01", "山田太郎", NEW, counterpart="山田花子", **register)


def _couple(found):
    (pair,) = found.spouses
    return set(pair[:2])


@pytest.mark.parametrize("register", [{}, {"counterpart_honseki": OLD, "counterpart_head": "山田一"}])
def test_the_wife_of_the_mothers_name_is_another_person(read, rows, register):
    """Both known by name only, from one register or without any."""
    found = read([], [_husband(rows)], [_wedding(rows, **register)])
    mothers = {parent for parent, child in found.parents}
    assert len(mothers) == 2 and len(_couple(found) - mothers) == 2


def test_the_wife_is_no_mother_whether_her_birth_is_known_or_not(read, rows):
    at_home = {"honseki": NEW, "register_head": "山田太郎"}
    for birth in ("1979-04-04", None):
        home = [
            rows.resident("t", "世帯主", "山田　太郎", "1980-05-05", **at_home),
            rows.resident("h", "妻", "山田　花子", birth, "F", **at_home),
        ]
        found = read(home, [_husband(rows)], [_wedding(rows)])
        assert ("h", "t") not in found.parents and _couple(found) == {"h", "t"}
        assert len([parent for parent, child in found.parents if child == "t"]) == 2


def test_the_mothers_own_record_is_found_beside_the_wifes(read, rows):
    old = [
        rows.entry("一", "1950-01-01", "山田一", OLD, spouse_role="夫"),
        rows.entry("花子", "1955-02-02", "山田一", OLD, position=2, spouse_role="妻"),
    ]
    found = read([], [*old, _husband(rows), _wife(rows)])
    born = {row["person_id"]: str(row["birth_date"]) for row in found.rows("Person")}
    assert sorted(born[parent] for parent, _ in found.parents) == ["1950-01-01", "1955-02-02"]


@pytest.mark.parametrize(("birth", "kept"), [("1969-05-06", False), ("1967-01-01", True)])
def test_nobody_is_a_parent_before_twelve(read, rows, birth, kept):
    home = [
        rows.resident("t", "世帯主", "山田　太郎", "1980-05-05"),
        rows.resident("m", "母", "山田　花子", birth, "F"),
    ]
    assert (("m", "t") in read(home).parents) is kept
