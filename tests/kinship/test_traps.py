"""Traps that other programs fall into and the rules of the walk, each on a family as small as it can be."""

from datetime import date

import pytest

from graph.answers.ties import ties
from graph.kinship import law
from graph.model import UNKNOWN_START
from tests.kinship.conftest import Rows, closed, family, member, parent, people, spouse

D = date


def row(rows: Rows, start: str, end: str, kind: str = "blood"):
    """Give the one relation of a kind that two people have."""
    (found,) = [r for r in closed(rows, start) if (r.end, r.kind) == (end, kind)]
    return found


def dated(picture: str, **facts: dict) -> Rows:
    """Read a picture, then set facts of links by the names of their ends: `{"a_b": {"valid_to": …}}`."""
    rows = family(picture)
    for ends, changes in facts.items():
        for link in rows["PARENT_OF"] + rows["SPOUSE_OF"]:
            if f"{link['start']}_{link['end']}" == ends:
                link.update(changes)
    return rows


# Traps that other programs fall into.


def test_the_adopted_are_blood_never_step(kin):
    found = kin("grandpa>father father>>child grandpa>uncle", "child")
    assert found == {
        ("father", "blood", 1, 0, ""), ("grandpa", "blood", 2, 0, ""), ("uncle", "blood", 2, 1, ""),
    }  # fmt: skip
    assert row(family("grandpa>father father>>child grandpa>uncle"), "child", "uncle").nature == "adoptive"


def test_blood_is_mutual_through_an_adoption():
    rows = family("grandpa>father father>>child grandpa>uncle")
    there, back = row(rows, "child", "uncle"), row(rows, "uncle", "child")
    assert (there.up, there.down, there.nature) == (back.down, back.up, back.nature) == (2, 1, "adoptive")


def test_pedigree_collapse_walks_few_lines():
    """Fourteen generations of siblings who marry each other: degree bounds the lines, not depth."""
    arrows = []
    for g in range(14):
        arrows += [f"m{g}=f{g}", *(f"{p}{g}>{c}{g + 1}" for p in "mf" for c in "mf")]
    relations = closed(family(" ".join(arrows)), "m14")
    blood = [r for r in relations if r.kind == "blood"]
    assert max(r.up + r.down for r in blood) == 6
    assert len(blood) < 200


def test_siblings_without_recorded_parents_are_two_degrees_apart():
    rows = family("?anon>elder ?anon>head")
    found = row(rows, "head", "elder")
    assert (law.civil_degree(found), found.half, list(found.path)) == (2, "unknown", ["head", "?anon", "elder"])


@pytest.mark.parametrize(
    ("picture", "half"),
    [
        ("f>a m>a f>b m>b", "full"),
        ("f>a m>a f>b n>b", "half"),
        ("f>a m>a f>b", "unknown"),
        ("f>a f>b", "unknown"),
        ("f>a m>a f>b ?n>b", "unknown"),
        ("?f>a ?f>b m>a m>b", "unknown"),
        ("f>a m>a f>>b m>>b p>b q>b", "full"),
    ],
)
def test_half_is_told_from_both_known_parents(picture, half):
    found = [r for r in closed(family(picture), "a") if (r.end, r.kind, r.up, r.down) == ("b", "blood", 1, 1)]
    assert {r.half for r in found} == {half}


def test_half_follows_the_children_under_the_common_ancestor():
    found = [r for r in closed(family("f>a m>a f>b n>b b>nephew"), "a") if r.end == "nephew"]
    assert [(r.up, r.down, r.half) for r in found] == [(1, 2, "half")]


def test_parents_of_one_child_are_no_kin(kin):
    assert kin("father>child mother>child", "father") == {
        ("child", "blood", 0, 1, ""), ("mother", "tie", -1, -1, ""),
    }  # fmt: skip


def test_a_cousin_who_is_also_a_sisters_husband_is_both(kin):
    picture = "g>p g>q p>me p>sister q>cousin cousin=sister"
    assert {k for k in kin(picture, "me") if k[0] == "cousin"} == {
        ("cousin", "blood", 2, 2, ""), ("cousin", "affinity", 1, 1, "relative"),
    }  # fmt: skip


# The rules of the walk.


def test_marriages_stand_at_one_end_of_a_line_only(kin):
    found = kin("p>wife p>brother me=wife brother=his_wife g>his_wife", "me")
    assert ("brother", "affinity", 1, 1, "spouse") in found
    assert {k for k in found if k[0] == "his_wife"} == {("his_wife", "tie", -1, -1, "spouse")}
    assert not {k for k in found if k[0] == "g"}


def test_the_law_ends_at_six_and_three(kin):
    line = " ".join(f"p{i}>p{i + 1}" for i in range(8))
    assert ("p6", "blood", 0, 6, "") in kin(line, "p0")
    assert not {k for k in kin(line, "p0") if k[0] == "p7"}
    found = kin(f"{line} me=p0 w=p4 v=p3", "me")
    assert ("p3", "affinity", 0, 3, "spouse") in found
    assert not {k for k in found if k[0] in ("p4", "v", "w")}
    assert ("v", "affinity", 0, 3, "relative") in kin(f"{line} v=p3 w=p4", "p0")
    assert not {k for k in kin(f"{line} v=p3 w=p4", "p0") if k[0] == "w"}


def test_ones_own_mother_is_no_affine(kin):
    assert kin("f>me m>me f=m", "me") == {("f", "blood", 1, 0, ""), ("m", "blood", 1, 0, "")}
    assert ("me", "blood", 0, 1, "") in kin("f>me m>me f=m", "f")
    assert not {k for k in kin("f>me m>me f=m", "f") if k[1] == "affinity"}


def test_a_dissolved_adoption_hides_no_stepchild():
    rows = dated("mother>child step>>child mother=step", step_child={"valid_to": D(2000, 1, 1)})
    found = {(r.kind, r.side, r.valid_to) for r in closed(rows, "step") if r.end == "child"}
    assert found == {("blood", "", D(2000, 1, 1)), ("affinity", "spouse", None)}


def test_a_step_parent_is_an_affine(kin):
    assert kin("mother>me mother=husband", "me") == {
        ("mother", "blood", 1, 0, ""), ("husband", "affinity", 1, 0, "relative"),
    }  # fmt: skip


def test_a_de_facto_partners_kin_are_ties_at_most(kin):
    assert kin("me~partner partner>child mother>partner", "me") == {
        ("partner", "de_facto", -1, -1, ""), ("child", "tie", 0, 1, "spouse"),
    }  # fmt: skip


def test_parents_of_a_couple_are_a_tie(kin):
    assert ("theirs", "tie", -1, -1, "") in kin("me>son theirs>bride son=bride", "me")


# Time: C3, C4, C5, A5, A6, A9


def test_divorce_ends_affinity_and_death_does_not():
    ended = {"valid_from": D(1990, 1, 1), "valid_to": D(2000, 1, 1)}
    for reason, end in (("divorce", D(2000, 1, 1)), ("termination", D(2000, 1, 1)), ("death", None)):
        rows = dated("p>wife p>sister me=wife", me_wife={**ended, "ended_by": reason})
        assert row(rows, "me", "wife", "spouse").valid_to == D(2000, 1, 1)
        assert row(rows, "me", "sister", "affinity").valid_to == end


def test_whoever_was_born_after_the_divorce_was_never_an_affine(kin):
    ended = {"valid_from": D(1990, 1, 1), "valid_to": D(2000, 1, 1), "ended_by": "divorce"}
    rows = dated("p>wife p>brother brother>late me=wife", me_wife=ended, brother_late={"valid_from": D(2005, 1, 1)})
    assert not {k for k in kin(rows, "me") if k[0] == "late"}


@pytest.mark.parametrize(("born", "related"), [(D(1989, 1, 1), False), (D(1990, 1, 1), True), (D(1995, 1, 1), True)])
def test_children_from_before_an_adoption_gain_nothing(kin, born, related):
    rows = dated("adopter>>adoptee adoptee>child", adopter_adoptee={"valid_from": D(1990, 1, 1)})
    rows["PARENT_OF"][1]["valid_from"] = born
    assert (("child", "blood", 0, 2, "") in kin(rows, "adopter")) == related
    assert (("adopter", "blood", 2, 0, "") in kin(rows, "child")) == related


def test_an_unknown_order_of_birth_and_adoption_keeps_the_line(kin):
    rows = dated("adopter>>adoptee adoptee>child", adopter_adoptee={"valid_from": D(1990, 1, 1)})
    rows["PARENT_OF"][1]["valid_from"] = UNKNOWN_START
    assert ("child", "blood", 0, 2, "") in kin(rows, "adopter")
    rows["Person"][2]["birth_date"] = D(1980, 1, 1)
    assert rows["Person"][2]["person_id"] == "child"
    assert ("child", "blood", 0, 2, "") not in kin(rows, "adopter")


def test_dissolution_ends_kinship_for_descendants_too():
    rows = dated(
        "adopter>>adoptee adoptee>child",
        adopter_adoptee={"valid_from": D(1980, 1, 1), "valid_to": D(2000, 1, 1)},
        adoptee_child={"valid_from": D(1990, 1, 1)},
    )
    found = row(rows, "adopter", "child")
    assert (found.valid_from, found.valid_to) == (D(1990, 1, 1), D(2000, 1, 1))


def test_special_adoption_leaves_a_former_birth_family():
    rows = dated(
        "birth>child birth>sister adopter>>child",
        birth_child={"valid_to": D(1955, 1, 1)},
        adopter_child={"nature": "special_adoptive", "valid_from": D(1955, 1, 1)},
    )
    assert row(rows, "child", "sister").valid_to == D(1955, 1, 1)
    assert law.tense(row(rows, "child", "sister"), D(2020, 1, 1)) == "former"
    assert row(rows, "child", "adopter").nature == "adoptive"


def test_a_second_marriage_of_one_couple_is_a_second_tie():
    rows = family("a=b")
    rows["SPOUSE_OF"] = [
        spouse("a", "b", valid_from=D(1980, 1, 1), valid_to=D(1990, 1, 1), ended_by="divorce"),
        spouse("a", "b", valid_from=D(1995, 1, 1)),
    ]
    found = [(r.valid_from, r.valid_to) for r in closed(rows, "a") if r.kind == "spouse"]
    assert found == [(D(1980, 1, 1), D(1990, 1, 1)), (D(1995, 1, 1), None)]


@pytest.mark.parametrize(
    ("since", "until", "tense"),
    [
        (D(2000, 1, 1), None, "current"),
        (D(2000, 1, 1), D(2010, 1, 1), "former"),
        (D(2010, 1, 1), None, "current"),
        (D(2010, 1, 2), None, "future"),
        (D(2000, 1, 1), D(2010, 1, 2), "current"),
        (UNKNOWN_START, None, "current"),
        (UNKNOWN_START, D(2011, 1, 1), "uncertain"),
        (UNKNOWN_START, D(2010, 1, 1), "former"),
    ],
)
def test_tense_is_half_open(since, until, tense):
    rows = family("a=b")
    rows["SPOUSE_OF"] = [spouse("a", "b", valid_from=since, valid_to=until, ended_by="divorce")]
    assert law.tense(row(rows, "a", "b", "spouse"), D(2010, 1, 1)) == tense


# Households, grades, bad data


def test_households_are_shared_days_never_a_way_to_kin(kin):
    assert kin("a@home b@home c>b d@!hospital a@!hospital", "a") == {("b", "household", -1, -1, "")}


def test_moving_on_together_is_one_stretch_and_coming_back_another():
    rows = family("a@one a@two b@one")
    until = {"valid_from": D(2000, 1, 1), "valid_to": D(2005, 1, 1)}
    rows["MEMBER_OF"] = [member("a", "one", **until), member("b", "one", **until)]
    for who in "ab":
        rows["MEMBER_OF"].append(member(who, "two", valid_from=D(2005, 1, 1), valid_to=D(2010, 1, 1), source_line=9))
        rows["MEMBER_OF"].append(member(who, "one", valid_from=D(2015, 1, 1)))
    found = [r for r in closed(rows, "a") if r.kind == "household"]
    stretches = [(r.valid_from, r.valid_to) for r in found]
    assert stretches == [(D(2000, 1, 1), D(2010, 1, 1)), (D(2015, 1, 1), None)]
    assert '"line":9' in found[0].links[0]


def test_a_line_is_as_good_as_its_weakest_link_and_the_best_line_witnesses():
    rows = dated(
        "f>me m>me f>sister m>sister",
        f_sister={"grade": "probable"}, m_sister={"grade": "composed"}, m_me={"grade": "stated"},
    )  # fmt: skip
    found = row(rows, "me", "sister")
    assert (found.grade, tuple(found.path)) == ("composed", ("me", "m", "sister"))
    assert [link.split('"grade":"')[1].split('"')[0] for link in found.links] == ["stated", "composed"]


def test_a_line_that_holds_witnesses_before_a_better_founded_one_that_ended():
    rows = dated("f>me m>me f>sister m>sister", f_sister={"valid_to": D(2000, 1, 1)}, m_sister={"grade": "hint"})
    found = row(rows, "me", "sister")
    assert (found.valid_to, found.grade) == (None, "hint")


def test_links_are_told_in_walking_order():
    found = row(family("p>me p>brother brother=wife"), "me", "wife", "affinity")
    assert list(found.links) == [
        '{"from":"me","to":"p","type":"parent","grade":"registered","file":"k.csv","line":2}',
        '{"from":"p","to":"brother","type":"parent","grade":"registered","file":"k.csv","line":2}',
        '{"from":"brother","to":"wife","type":"spouse","grade":"registered","file":"k.csv","line":3}',
    ]


def test_ancestors_of_themselves_and_two_mothers_end_no_walk(kin):
    assert kin("a>b b>a a>a", "a") == {("b", "blood", 0, 1, ""), ("b", "blood", 1, 0, "")}
    assert {k[0] for k in kin("m>me n>me o>me", "me")} == {"m", "n", "o"}


def test_placeholders_are_passed_through_and_never_told_of(kin):
    assert kin("?p>me ?p>brother brother=wife", "me") == {
        ("brother", "blood", 1, 1, ""), ("wife", "affinity", 1, 1, "relative"),
    }  # fmt: skip


def test_a_person_missing_from_the_register_has_no_relations():
    assert closed(family("a>b"), "stranger") == []


def test_a_birth_and_an_adoptive_link_are_two_readings():
    rows = family("p>child")
    rows["PARENT_OF"].append(parent("p", "child", nature="adoptive", valid_from=D(1960, 1, 1)))
    found = {(r.nature, r.valid_from) for r in closed(rows, "p") if r.kind == "blood"}
    assert found == {("birth", D(1950, 1, 1)), ("adoptive", D(1960, 1, 1))}


STEPS_OF_A_LIFE = (date(2004, 1, 1), date(2007, 1, 1), date(2012, 1, 1))


def test_before_a_stepchilds_adoption_the_affinity_of_that_day_stands():
    rows = family("mum>kid mum=man man>>kid")
    rows["SPOUSE_OF"][0]["valid_from"] = date(2005, 6, 1)
    rows["PARENT_OF"][1]["valid_from"] = date(2010, 4, 1)
    relations = [r for r in closed(rows, "man") if r.end == "kid"]
    told = {
        day: [(t.kind, t.tense) for t in ties(relations, people(rows), day, future=False)] for day in STEPS_OF_A_LIFE
    }
    assert told == {
        date(2004, 1, 1): [],
        date(2007, 1, 1): [("affinity", "current")],
        date(2012, 1, 1): [("blood", "current")],
    }


def test_after_the_dissolution_of_a_stepchilds_adoption_the_affinity_stands_again():
    rows = family("mum>kid mum=man man>>kid")
    rows["SPOUSE_OF"][0]["valid_from"] = date(2005, 6, 1)
    rows["PARENT_OF"][1] |= {"valid_from": date(2010, 4, 1), "valid_to": date(2015, 4, 1), "ended_by": "dissolution"}
    relations = [r for r in closed(rows, "man") if r.end == "kid"]
    told = [(t.kind, t.tense) for t in ties(relations, people(rows), date(2020, 1, 1))]
    assert told == [("affinity", "current"), ("blood", "former")]
