"""The reading rules of the genealogy contract, one by one (genealogy reference, 1 to 12)."""

import pytest

from ingest.reading.gedcom import pairs
from ingest.reading.gedcom.encoding import decode
from ingest.reading.gedcom.families import genealogy
from ingest.reading.gedcom.lines import parse

PEOPLE = "0 @F@ INDI\n1 SEX M\n0 @M@ INDI\n1 SEX F\n0 @C@ INDI\n1 SEX F\n"
COUPLE = "0 @X@ FAM\n1 HUSB @F@\n1 WIFE @M@\n"


def read(text):
    return genealogy(*parse("0 HEAD\n" + text))


def parents(text):
    return {(link.parent, link.child, "adoptive" if link.adoptive else "birth") for link in read(text).parents}


def ties(text, a, b):
    """Give the ties of a pair as text: kind, up, down, nature, half and tense."""
    columns = ("kind", "up", "down", "nature", "half", "tense")
    rows = pairs.pairs(read(text), "x").to_pylist()
    return sorted(
        " ".join(row[c] for c in columns if row[c]) for row in rows if (row["person_a"], row["person_b"]) == (a, b)
    )


@pytest.mark.parametrize(
    "raw",
    [
        "0 HEAD\n1 NAME é".encode("utf-16"),
        "0 HEAD\n1 NAME é".encode("utf-16-le"),
        "0 HEAD\n1 NAME é".encode("utf-16-be"),
        "\n 0 HEAD\n1 NAME é".encode("utf-16-be"),
        "0 HEAD\n1 NAME é".encode("utf-8-sig"),
        "0 HEAD\n1 CHAR ANSEL\n1 NAME é".encode(),
    ],
)
def test_1_unicode_by_its_marks_and_by_its_bytes(raw):
    assert decode(raw).strip().endswith("NAME é")


def test_1_ansel_and_cp1252_where_named_and_not_utf_8():
    assert decode(b"0 HEAD\n1 CHAR ANSEL\n1 NAME \xe2e").endswith("NAME é")
    assert decode(b"0 HEAD\n1 char ansi\n1 NAME \xe9").endswith("NAME é")
    assert decode(b"0 HEAD\n1 NAME \xe9").endswith("NAME \ufffd")


def test_2_a_broken_line_is_reported_and_what_is_below_stands_under_the_line_before():
    found = read(PEOPLE + COUPLE + "what is this\n1 CHIL @C@\n")
    assert [(p.number, "level" in p.sentence.en) for p in found.problems] == [(11, True)]
    assert len(found.parents) == 2


@pytest.mark.parametrize("level", ["3", "9" * 5000])
def test_2_a_level_that_jumps_is_not_there(level):
    found = read(PEOPLE + COUPLE + f"{level} CHIL @C@\n")
    assert [p.number for p in found.problems] == [11] and not found.parents


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_2_three_line_ends_and_no_other(end):
    text = (PEOPLE + "1 NOTE a\u2028b\x0bc\x85d\n" + COUPLE + "\n  1 CHIL @C@\n").replace("\n", end)
    found = read(text)
    assert not found.problems and len(found.parents) == 2


def test_2_tags_and_words_in_any_case():
    assert parents(PEOPLE + COUPLE.lower().replace("@x@", "@X@").replace("@f@", "@F@").replace("@m@", "@M@")
                   + "1 chil @C@\n2 _frel ADOPTED\n") == {("F", "C", "adoptive"), ("M", "C", "birth")}  # fmt: skip


def test_3_records_with_one_xref_add_up():
    assert parents(PEOPLE + "0 @X@ FAM\n1 HUSB @F@\n0 @X@ FAM\n1 CHIL @C@\n") == {("F", "C", "birth")}


def test_3_a_person_and_a_family_may_share_an_xref():
    assert parents("0 @1@ INDI\n0 @2@ INDI\n0 @1@ FAM\n1 HUSB @1@\n1 CHIL @2@\n") == {("1", "2", "birth")}


def test_4_pointers_to_nobody_are_ignored_and_told():
    found = read(PEOPLE + "0 @X@ FAM\n1 HUSB @NO@\n1 WIFE @M@\n1 CHIL @C@\n1 CHIL C\n")
    assert {(link.parent, link.child) for link in found.parents} == {("M", "C")} and not found.marriages
    assert [p.number for p in found.problems] == [9]


def test_5_either_side_alone_makes_a_child_and_fams_makes_nothing():
    assert len(parents(PEOPLE + COUPLE + "1 CHIL @C@\n")) == 2
    assert len(parents(PEOPLE.replace("0 @C@ INDI\n", "0 @C@ INDI\n1 FAMC @X@\n2 STAT disproven\n") + COUPLE)) == 2
    found = read(PEOPLE.replace("0 @C@ INDI\n", "0 @C@ INDI\n1 FAMS @X@\n1 BIRT\n2 FAMC @X@\n") + COUPLE)
    assert not found.parents and [(m.one, m.other) for m in found.marriages] == [("F", "M")]


@pytest.mark.parametrize(
    ("word", "natures"),
    [("adopted", {"adoptive"}), ("ADOPTED", {"adoptive"}), ("birth", {"birth"}), ("other", {"birth"}), ("", {"birth"}),
     ("foster", set()), ("step", set()), ("sealing", set()), ("guardian", set()), ("related", set())],
)  # fmt: skip
def test_6_words(word, natures):
    child = PEOPLE.replace("0 @C@ INDI\n", f"0 @C@ INDI\n1 FAMC @X@\n2 PEDI {word}\n")
    assert {nature for _, _, nature in parents(child + COUPLE)} == natures


def test_7_a_parents_own_word_outranks_pedi():
    child = PEOPLE.replace("0 @C@ INDI\n", "0 @C@ INDI\n1 FAMC @X@\n2 PEDI adopted\n2 _MREL birth\n")
    assert parents(child + COUPLE) == {("F", "C", "adoptive"), ("M", "C", "birth")}


def test_7_birth_in_one_place_and_adoption_in_another_are_both():
    child = PEOPLE.replace("0 @C@ INDI\n", "0 @C@ INDI\n1 FAMC @X@\n2 _FREL birth\n")
    text = child + COUPLE + "1 CHIL @C@\n2 _FREL adopted\n2 _MREL foster\n"
    assert parents(text) == {("F", "C", "birth"), ("F", "C", "adoptive")}
    assert ties(text, "C", "F") == ["blood 1 0 adoptive", "blood 1 0 birth"]


@pytest.mark.parametrize(
    ("adop", "expected"),
    [("", {("F", "adoptive"), ("M", "adoptive")}), ("3 ADOP BOTH\n", {("F", "adoptive"), ("M", "adoptive")}),
     ("3 ADOP husb\n", {("F", "adoptive")})],
)  # fmt: skip
def test_8_an_adoption_event_links_even_alone(adop, expected):
    child = PEOPLE.replace("0 @C@ INDI\n", f"0 @C@ INDI\n1 ADOP\n2 FAMC @X@\n{adop}")
    assert {(parent, nature) for parent, _, nature in parents(child + COUPLE)} == expected


def test_8_it_replaces_the_assumed_birth_of_that_parent_but_no_word():
    child = PEOPLE.replace("0 @C@ INDI\n", "0 @C@ INDI\n1 ADOP\n2 FAMC @X@\n3 ADOP HUSB\n1 FAMC @X@\n")
    assert parents(child + COUPLE) == {("F", "C", "adoptive"), ("M", "C", "birth")}
    worded = child.replace("1 FAMC @X@\n", "1 FAMC @X@\n2 PEDI birth\n")
    assert ("F", "C", "birth") in parents(worded + COUPLE) and ("F", "C", "adoptive") in parents(worded + COUPLE)


def test_9_two_partners_are_married_whatever_their_tags():
    assert ties(PEOPLE + "0 @X@ FAM\n1 HUSB @F@\n1 HUSB @M@\n", "F", "M") == ["spouse current"]


def test_9_of_three_every_husband_with_every_wife():
    found = read(PEOPLE + "0 @X@ FAM\n1 HUSB @F@\n1 WIFE @M@\n1 WIFE @C@\n").marriages
    assert {(m.one, m.other) for m in found} == {("F", "M"), ("C", "F")}


@pytest.mark.parametrize(
    ("event", "tense"),
    [
        ("DIV", "former"),
        ("DIV Y", "former"),
        ("ANUL", "former"),
        ("DIV n", "current"),
        ("DIVF", "current"),
        ("EVEN Divorce", "current"),
        ("_SEPR", "current"),
    ],
)
def test_10_what_ends_a_marriage(event, tense):
    assert ties(PEOPLE + COUPLE + f"1 {event}\n", "F", "M") == [f"spouse {tense}"]


def test_11_divorced_and_married_again_are_two_ties():
    again = COUPLE + "1 DIV Y\n" + COUPLE.replace("@X@", "@Y@")
    assert ties(PEOPLE + again, "F", "M") == ["spouse current", "spouse former"]


@pytest.mark.parametrize(
    ("second", "half"),
    [("1 HUSB @F@\n1 WIFE @M@\n", "full"), ("1 HUSB @F@\n1 WIFE @N@\n", "half"), ("1 HUSB @F@\n", "unknown")],
)
def test_12_half(second, half):
    more = "0 @D@ INDI\n0 @N@ INDI\n"
    text = PEOPLE + more + COUPLE + f"1 CHIL @C@\n0 @Y@ FAM\n{second}1 CHIL @D@\n"
    assert ties(text, "C", "D")[0] == f"blood 1 1 birth {half}"


def test_affinity_with_the_steps_of_a_blood_tie_is_dropped_and_nobody_is_their_own_parent():
    assert ties(PEOPLE + COUPLE + "1 CHIL @C@\n", "C", "M") == ["blood 1 0 birth"]
    assert parents(PEOPLE + COUPLE + "1 CHIL @F@\n") == {("M", "F", "birth")}


def test_a_cycle_of_parents_ends():
    text = PEOPLE + "0 @X@ FAM\n1 HUSB @F@\n1 CHIL @C@\n0 @Y@ FAM\n1 HUSB @C@\n1 CHIL @F@\n"
    assert ties(text, "C", "F") == ["blood 0 1 birth", "blood 1 0 birth"]


def test_a_file_of_people_without_kin_is_a_header():
    assert pairs.write(pairs.pairs(read(PEOPLE), "x")).splitlines() == [",".join(pairs.HEADER)]


def test_a_word_with_a_comma_is_quoted_and_nothing_else():
    text = "0 @a,b@ INDI\n0 @c@ INDI\n0 @X@ FAM\n1 HUSB @a,b@\n1 CHIL @c@\n"
    assert pairs.write(pairs.pairs(read(text), "x")).splitlines()[1] == '"a,b",c,blood,0,1,,1,birth,,,子,child,"a,b>c"'
