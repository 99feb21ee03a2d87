"""Persons and kin links from 戸籍, with and without residents."""

from datetime import date

import pytest

HOME = "青原県南沢郡椋川町1番地"
AWAY = "深見市9番地"


def couple(rows, **more):
    """Give the register of 山田一郎, 花子 and their children 太郎 and 恵."""
    wed = {"entered": "1975-03-03", "entered_by": "婚姻"}
    born = {"father": "山田一郎", "mother": "山田花子", "entered_by": "出生"}
    return [
        rows.entry(
            "一郎",
            "1950-01-01",
            "山田一郎",
            HOME,
            spouse_role="夫",
            father="山田宗",
            mother="山田キク",
            prior_honseki=AWAY,
            prior_head="山田宗",
            **wed,
        ),
        rows.entry(
            "花子",
            "1952-01-01",
            "山田一郎",
            HOME,
            position=2,
            spouse_role="妻",
            father="森守",
            mother="森キヨ",
            prior_honseki=AWAY,
            prior_head="森守",
            **wed | more,
        ),
        rows.entry(
            "太郎", "1980-01-01", "山田一郎", HOME, position=3, relation_to_parents="長男", entered="1980-01-10", **born
        ),
        rows.entry(
            "恵", "1983-01-01", "山田一郎", HOME, position=4, relation_to_parents="長女", entered="1983-01-10", **born
        ),
    ]


def resident_of(rows, person, name, birth, sex="M", **more):
    """Give a resident who lives alone and whose 戸籍 is that of 山田一郎."""
    usual = {"household_id": person, "honseki": "椋川町１番地", "register_head": "山田　一郎"}
    return rows.resident(person, "世帯主", name, birth, sex, **usual | more)


def test_entries_meet_residents_by_register_given_name_and_birth(read, rows):
    people = [
        resident_of(rows, "son", "山田　太郎", "1980-01-01"),
        resident_of(rows, "sister", "鈴木　恵", "1983-01-01", "F"),
    ]
    found = read(people, couple(rows))
    father = found.named("山田一郎")
    assert father.startswith("koseki:")
    assert found.parents[father, "son"] == found.parents[father, "sister"] == ("birth", "registered")


def test_a_register_at_home_may_leave_out_the_name_of_the_town(read, rows):
    entries = [row | {"honseki": "青原県南沢郡椋川町川端町1番地"} for row in couple(rows)]
    found = read([resident_of(rows, "son", "山田　太郎", "1980-01-01", honseki="川端町１")], entries)
    assert (found.named("山田一郎"), "son") in found.parents


def test_who_left_for_a_register_elsewhere_is_met_through_the_pointer(read, rows):
    entries = couple(rows)
    entries[3] |= {"new_honseki": AWAY, "new_head": "鈴木進", "left_by": "婚姻", "left_on": date(2010, 5, 5)}
    sister = resident_of(rows, "sister", "鈴木　恵", "1983-01-01", "F", honseki=AWAY, register_head="鈴木　進")
    assert (read([sister], entries).named("山田花子"), "sister") in read([sister], entries).parents


def test_one_human_in_two_registers_is_one_person_and_the_grandparents_are_reached(read, rows):
    own = rows.entry(
        "太郎",
        "1980-01-01",
        "山田太郎",
        "椋川町7番地",
        father="山田一郎",
        mother="山田花子",
        spouse_role="夫",
        entered_by="婚姻",
        prior_honseki=HOME,
        prior_head="山田一郎",
    )
    child = rows.entry("湊", "2012-01-01", "山田太郎", "椋川町7番地", position=2, father="山田太郎", entered_by="出生")
    found = read([], [*couple(rows), own, child])
    son = found.named("山田太郎")
    assert (found.named("山田一郎"), son) in found.parents
    assert (son, found.named("山田湊")) in found.parents


def test_siblings_share_a_parent_known_by_name_only(read, rows):
    mother = {"father": "山田一郎", "mother": "早苗"}
    entries = [row | mother if row["given_name"] in ("太郎", "恵") else row for row in couple(rows)]
    found = read([], entries)
    assert {child for parent, child in found.parents if parent == found.named("早苗")} == {
        found.named("山田太郎"),
        found.named("山田恵"),
    }
    assert not next(r for r in found.rows("Person") if r["name"] == "早苗")["placeholder"]


def test_a_name_elsewhere_is_the_resident_of_that_register(read, rows):
    grandfather = resident_of(rows, "old", "山田　宗", "1920-01-01", honseki=AWAY, register_head="山田　宗")
    found = read([grandfather], couple(rows))
    assert found.parents["old", found.named("山田一郎")] == ("birth", "registered")


def test_the_probable_mother_gives_way_to_the_registered_one(read, rows):
    entries = couple(rows)
    entries[2] |= {"mother": "早苗"}
    home = {"honseki": HOME, "register_head": "山田　一郎"}
    found = read(
        [
            rows.resident("head", "世帯主", "山田　一郎", "1950-01-01", **home),
            rows.resident("wife", "妻", "山田　花子", "1952-01-01", "F", **home),
            rows.resident("son", "子", "山田　太郎", "1980-01-01", **home),
        ],
        entries,
    )
    assert {parent for parent, child in found.parents if child == "son"} == {"head", found.named("早苗")}


def test_a_child_stated_by_juki_only_is_an_adopted_one(read, rows):
    found = read(
        [
            rows.resident("head", "世帯主", "佐野　進", "1955-01-01", honseki=AWAY, register_head="佐野　進"),
            rows.resident(
                "son", "子", "佐野　太郎", "1980-01-01", honseki=HOME, register_head="山田　一郎", event="1999-01-01"
            ),
        ],
        couple(rows),
    )
    assert found.parents["head", "son"] == ("adoptive", "stated")


def test_marriage_and_divorce_are_two_dates_of_one_link(read, rows):
    left = {"left_by": "離婚", "left_on": "2000-05-01", "new_honseki": AWAY, "new_head": "森花子"}
    found = read([], couple(rows, **left))
    assert [pair[2:] for pair in found.spouses] == [("legal", "registered", "1975-03-03", "2000-05-01", "divorce")]


def test_a_divorce_that_only_a_superseded_register_carries(read, rows):
    left = {"left_by": "離婚", "left_on": "2000-05-01"}
    old = [
        row | {"version": "superseded", "made": date(1975, 3, 3), "made_text": "1975"} for row in couple(rows, **left)
    ]
    now = [row for row in couple(rows) if row["given_name"] != "花子"]
    now[0] |= {"spouse_role": ""}
    assert [pair[4:] for pair in read([], [*old, *now]).spouses] == [("1975-03-03", "2000-05-01", "divorce")]


def test_remarriage_is_a_second_link(read, rows):
    entries = couple(rows, left_by="離婚", left_on="2000-05-01")
    again = entries[1] | {"entered": date(2005, 6, 6), "left_by": "", "left_on": None, "position": 9}
    assert [pair[4:] for pair in read([], [*entries, again]).spouses] == [
        ("1975-03-03", "2000-05-01", "divorce"),
        ("2005-06-06", "", ""),
    ]


def test_death_ends_the_marriage(read, rows):
    entries = couple(rows, left_by="死亡", left_on="2011-07-01")
    assert [pair[4:] for pair in read([], entries).spouses] == [("1975-03-03", "2011-07-01", "death")]


def test_affinity_ended_by_declaration(read, rows):
    events = [rows.event("一郎", "affinity_end", "2012-01-01", "山田一郎", HOME, counterpart="山田花子")]
    found = read([], couple(rows, left_by="死亡", left_on="2011-07-01"), events)
    assert [pair[4:] for pair in found.spouses] == [("1975-03-03", "2012-01-01", "termination")]


def adopted(rows):
    """Give the entry of 結, child of 小寺勝 and adopted by 山田一郎."""
    return rows.entry(
        "結",
        "2001-12-12",
        "山田一郎",
        HOME,
        position=5,
        father="小寺勝",
        mother="山田花子",
        adoptive_father="山田一郎",
        entered="2007-06-26",
        entered_by="養子縁組",
        prior_honseki=AWAY,
        prior_head="小寺勝",
    )


def link(found, parent, child):
    """Give (nature, from, to, ended by) of every link of a pair."""
    kept = ("nature", "valid_from", "valid_to", "ended_by")
    pair = (found.named(parent), found.named(child))
    return [tuple(str(r[c] or "") for c in kept) for r in found.rows("PARENT_OF") if (r["start"], r["end"]) == pair]


def test_adoption_and_its_dissolution(read, rows):
    events = [
        rows.event("結", "adoption", "2007-06-26", "山田一郎", HOME, counterpart="山田一郎"),
        rows.event("結", "dissolution", "2015-02-02", "山田一郎", HOME, counterpart="山田一郎"),
    ]
    found = read([], [*couple(rows), adopted(rows)], events)
    assert link(found, "山田一郎", "山田結") == [("adoptive", "2007-06-26", "2015-02-02", "dissolution")]
    assert link(found, "小寺勝", "山田結") == [("birth", "2001-12-12", "", "")]


def test_special_adoption_ends_the_birth_tie_but_not_to_the_adopters_wife(read, rows):
    events = [rows.event("結", "special_adoption", "2007-06-26", "山田一郎", HOME, counterpart="山田一郎")]
    found = read([], [*couple(rows), adopted(rows)], events)
    assert link(found, "山田一郎", "山田結") == [("special_adoptive", "2007-06-26", "", "")]
    assert link(found, "小寺勝", "山田結") == [("birth", "2001-12-12", "2007-06-26", "special_adoption")]
    assert link(found, "山田花子", "山田結") == [("birth", "2001-12-12", "", "")]


def test_after_special_adoption_the_register_names_the_adopters_as_parents(read, rows):
    before = rows.entry(
        "結", "2001-12-12", "小寺勝", AWAY, father="小寺勝", mother="小寺澄", entered="2001-12-20", entered_by="出生"
    )
    after = rows.entry(
        "結",
        "2001-12-12",
        "山田一郎",
        HOME,
        position=5,
        father="山田一郎",
        mother="山田花子",
        entered="2003-03-03",
        entered_by="特別養子縁組",
        prior_honseki=AWAY,
        prior_head="小寺勝",
    )
    events = [rows.event("結", "special_adoption", "2003-03-03", "山田一郎", HOME)]
    found = read([], [*couple(rows), before, after], events)
    child = next(c for p, c in found.parents if p == found.named("小寺勝"))
    natures = {parent: nature for (parent, one), (nature, _) in found.parents.items() if one == child}
    assert natures == {
        found.named("小寺勝"): "birth",
        found.named("小寺澄"): "birth",
        found.named("山田一郎"): "special_adoptive",
        found.named("山田花子"): "special_adoptive",
    }


def test_recognition_is_told_by_either_register(read, rows):
    child = rows.entry(
        "莉子", "2005-06-07", "水野香織", AWAY, position=2, father="山田太郎", mother="水野香織", entered_by="出生"
    )
    of_child = rows.event(
        "莉子",
        "recognition",
        "2005-08-20",
        "水野香織",
        AWAY,
        counterpart="山田太郎",
        counterpart_honseki=HOME,
        counterpart_head="山田一郎",
    )
    of_father = rows.event(
        "太郎",
        "recognition",
        "2005-08-20",
        "山田一郎",
        HOME,
        counterpart="水野莉子",
        counterpart_honseki=AWAY,
        counterpart_head="水野香織",
    )
    mother = rows.entry("香織", "1985-01-01", "水野香織", AWAY)
    told = read([], [*couple(rows), mother, child], [of_child])
    assert link(told, "山田太郎", "水野莉子") == [("recognised", "2005-06-07", "", "")]
    nameless = [*couple(rows), mother, child | {"father": ""}]
    assert link(read([], nameless, [of_father]), "山田太郎", "水野莉子") == [("recognised", "2005-06-07", "", "")]


def test_mother_and_daughter_of_one_name_are_told_apart(read, rows):
    wed = rows.event("花子", "marriage", "1975-03-03", "山田一郎", HOME, counterpart="山田一郎")
    daughter = couple(rows)[3] | {"given_name": "花子"}
    found = read([], [*couple(rows)[:3], daughter], [wed])
    assert [pair[4] for pair in found.spouses] == ["1975-03-03"]


def test_what_happened_after_a_namesake_had_left_was_not_hers(read, rows):
    daughter = couple(rows)[3] | {"given_name": "花子", "left_on": "2001-05-05", "left_by": "婚姻"}
    outsider = rows.entry("勝", "1990-04-04", "小寺勝", AWAY)
    adopts = rows.event("花子", "adoption", "2010-06-06", "山田一郎", HOME, counterpart="小寺勝",
                        counterpart_honseki=AWAY, counterpart_head="小寺勝")  # fmt: skip
    found = read([], [*couple(rows)[:3], daughter, outsider], [adopts])
    parents = {parent for parent, child in found.parents if child == found.named("小寺勝")}
    births = {row["person_id"]: row["birth_date"] for row in found.rows("Person")}
    assert [births[parent] for parent in parents] == [date(1952, 1, 1)]


def test_what_fits_two_of_one_name_is_neither_s(read, rows):
    daughter = couple(rows)[3] | {"given_name": "花子"}
    outsider = rows.entry("勝", "1990-04-04", "小寺勝", AWAY)
    adopts = rows.event("花子", "adoption", "2010-06-06", "山田一郎", HOME, counterpart="小寺勝",
                        counterpart_honseki=AWAY, counterpart_head="小寺勝")  # fmt: skip
    found = read([], [*couple(rows)[:3], daughter, outsider], [adopts])
    assert not [child for _, child in found.parents if child == found.named("小寺勝")]


def test_the_father_s_wife_of_the_mother_s_given_name_is_not_the_mother(read, rows):
    child = rows.entry("莉子", "1985-06-07", "水野花子", AWAY, father="山田一郎", mother="水野花子", entered_by="出生")
    told = rows.event("莉子", "recognition", "1985-08-20", "水野花子", AWAY, counterpart="山田一郎",
                      counterpart_honseki=HOME, counterpart_head="山田一郎")  # fmt: skip
    found = read([], [*couple(rows), child], [told])
    mothers = {p for p, c in found.parents if c == found.named("莉子")} - {found.named("山田一郎")}
    assert found.named("山田花子") not in mothers and len(mothers) == 1


def test_an_entry_without_its_head_s_is_a_person_all_the_same(read, rows):
    assert read([], [rows.entry("莉子", "1985-06-07", "水野花子", AWAY)]).named("莉子")


def test_a_head_s_wife_of_his_mother_s_name_is_not_his_mother(read, rows):
    head, wife, *_ = couple(rows)
    found = read([], [head | {"mother": "山田花子"}, wife | {"birth": "1930-01-01"}])
    (pair_of_spouses,) = ({pair[0], pair[1]} for pair in found.spouses)
    assert not [pair for pair in found.parents if set(pair) == pair_of_spouses]


def test_a_son_in_law_adopted_on_his_wedding_day_is_not_his_wife_s_child(read, rows):
    daughter = couple(rows)[3] | {"birth": "1983-01-01"}
    groom = rows.entry("勝", "1984-04-04", "小寺勝", AWAY)
    away = {"counterpart": "小寺勝", "counterpart_honseki": AWAY, "counterpart_head": "小寺勝"}
    events = [rows.event("恵", what, "2010-06-06", "山田一郎", HOME, **away) for what in ("marriage", "adoption")]
    found = read([], [*couple(rows)[:3], daughter, groom], events)
    assert (found.named("山田恵"), found.named("小寺勝")) not in found.parents


def test_a_register_without_its_view_is_no_register(rows):
    con = rows.connect([rows.resident("a", "世帯主", "山田　一郎", "1950-01-01")])
    con.execute("DROP TABLE koseki_event; DROP TABLE koseki_entry")
    from ingest.registers.build import build

    assert build(con)["Person"].num_rows == 1


def test_order_of_entries_does_not_matter(read, rows):
    entries = [row | {"line": line} for line, row in enumerate([*couple(rows), adopted(rows)], start=2)]
    forward, backward = read([], entries).registers.kinds, read([], entries[::-1]).registers.kinds
    assert all(forward[kind].equals(backward[kind]) for kind in forward)


def test_a_foreigners_wedding_and_divorce_known_by_name_are_one_marriage(read, rows):
    own = {"honseki": "椋川町１番地", "register_head": "山田　一郎"}
    people = [
        rows.resident("h", "世帯主", "山田　一郎", "1950-01-01", **own),
        rows.resident("w", "妻", "趙　智恩", "1955-01-01", "F", nationality="foreign", event="1993-04-01"),
    ]
    entries = [rows.entry("一郎", "1950-01-01", "山田一郎", HOME, spouse_role="夫")]
    events = [
        rows.event("一郎", "marriage", "1983-01-23", "山田一郎", HOME, counterpart="趙智恩"),
        rows.event("一郎", "divorce", "1996-01-12", "山田一郎", HOME, counterpart="趙智恩"),
    ]
    found = read(people, entries, events)
    assert found.spouses == [("h", "w", "legal", "registered", "1983-01-23", "1996-01-12", "divorce")]


def test_a_misspelt_given_name_is_the_one_left_over_in_the_register(read, rows):
    """One 戸籍, one birth date, nobody else of it: 太朗 of the resident register is 太郎 of the family register."""
    found = read([resident_of(rows, "son", "山田　太朗", "1980-01-01")], couple(rows))
    assert (found.named("山田一郎"), "son") in found.parents


def test_of_twins_the_misspelt_one_stays_open(read, rows):
    twin = couple(rows)[2] | {"given_name": "次郎", "position": 5}
    found = read([resident_of(rows, "son", "山田　三郎", "1980-01-01")], [*couple(rows), twin])
    assert "son" not in {child for _, child in found.parents}


def test_a_twin_who_left_for_a_register_elsewhere_is_not_the_one_who_stayed_nowhere(read, rows):
    """The register that 太郎 came from is not loaded and may name a twin: a pointer to it is not enough."""
    own = rows.entry("太郎", "1980-01-01", "山田太郎", "椋川町7番地", prior_honseki=AWAY, prior_head="山田宗")
    twin = resident_of(rows, "twin", "山田　次郎", "1980-01-01", honseki=AWAY, register_head="山田　宗")
    found = read([twin], [own])
    assert found.named("山田太郎").startswith("koseki:")


def test_two_events_of_one_day_that_name_each_other_are_one_wedding(read, rows):
    """Neither register points to the other, and the new one is elsewhere: day and both full names tell."""
    bride = rows.entry("愛", "1985-02-02", "森守", "椋川町8番地", sex="F", position=2)
    father = rows.entry("守", "1950-02-02", "森守", "椋川町8番地")
    events = [
        rows.event("太郎", "marriage", "2010-05-05", "山田一郎", HOME, counterpart="森愛"),
        rows.event("愛", "marriage", "2010-05-05", "森守", "椋川町8番地", counterpart="山田太郎"),
    ]
    found = read([], [*couple(rows), father, bride], events)
    wed = [pair[:2] for pair in found.spouses if pair[4] == "2010-05-05"]
    assert wed == [tuple(sorted((found.named("山田太郎"), found.named("森愛"))))]


def test_an_adoptive_father_of_the_childs_own_given_name_is_no_brother(read, rows):
    """The 縁組 of 結's adoptive father 一郎 stands in the register of both 一郎, his and the child's brother's."""
    brother = adopted(rows) | {"given_name": "一郎", "birth": "2003-01-01", "position": 6}
    events = [
        rows.event("一郎", "adoption", "2007-06-26", "山田一郎", HOME, counterpart="小寺結",
                   counterpart_honseki=HOME, counterpart_head="山田一郎"),
    ]  # fmt: skip
    found = read([], [*couple(rows), adopted(rows), brother], events)
    ids = {row["birth_date"]: row["person_id"] for row in found.rows("Person")}
    child, other = found.named("山田結"), ids[date(2003, 1, 1)]
    assert not {(child, other), (other, child)} & found.parents.keys()
    assert (ids[date(1950, 1, 1)], child) in found.parents


def address(given, where, since):
    """Give one line of the 附票 of the register of 山田一郎."""
    key = {"honseki": HOME, "register_head": "山田一郎", "version": "current", "given_name": given}
    return key | {"address": where, "since": since}


def apart(rows, name, birth, **more):
    """Give a resident whom nothing but an address can lead to a register of this municipality."""
    usual = {"town": "川端町", "number": "8番地", "event": "2001-04-01", "honseki": "", "register_head": ""}
    return rows.resident("son", "世帯主", name, birth, **usual | more)


@pytest.mark.parametrize(
    ("name", "birth", "since", "where", "met"),
    [
        ("鈴木　太郎", "1980-01-01", "1999-09-09", "青原県南沢郡椋川町川端町８番地", True),  # name and birth
        ("鈴木　太郎", "1980-10-01", "2001-04-01", "椋川町川端町8番地", True),  # name and day
        ("鈴木　太朗", "1980-01-01", "2001-04-01", "椋川町川端町8番地", True),  # birth and day
        ("鈴木　太朗", "1980-01-01", "1999-09-09", "椋川町川端町8番地", False),
        ("鈴木　太郎", "1980-10-01", "1999-09-09", "椋川町川端町8番地", False),
        ("鈴木　太郎", "1980-01-01", "2001-04-01", "椋川町川端町9番地", False),
    ],
)
def test_the_address_history_of_a_register_is_the_bridge_to_residents(read, rows, name, birth, since, where, met):
    """K9: the same address, and two of given name, birth date and day agree."""
    found = read([apart(rows, name, birth)], couple(rows), [], [], [address("太郎", where, since)])
    assert ("son" in {child for _, child in found.parents}) is met


def test_two_at_one_address_are_nobody(read, rows):
    other = apart(rows, "鈴木　太郎", "1980-01-01") | {"person_id": "other"}
    told = [address("太郎", "椋川町川端町8番地", "2001-04-01")]
    found = read([apart(rows, "鈴木　太郎", "1980-01-01"), other], couple(rows), [], [], told)
    assert not {"son", "other"} & {child for _, child in found.parents}
