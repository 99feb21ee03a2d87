"""Chains of 続柄 are walked through the household's own members (E1), never to a wrong person."""

from datetime import date

import pytest

OLD = {"honseki": "椋川町1番地", "register_head": "山田　一郎"}
NEW = {"honseki": "椋川町2番地", "register_head": "山田　太郎"}


def household(rows, *, brother=True):
    """Give a head with one or two sons."""
    found = [
        rows.resident("head", "世帯主", "山田　一郎", "1950-01-01", **OLD),
        rows.resident("son", "子", "山田　太郎", "1980-01-01", **NEW),
    ]
    return [*found, rows.resident("brother", "子", "山田　次郎", "1983-01-01", **OLD)] if brother else found


def test_the_register_tells_which_son_is_meant(read, rows):
    wife = rows.resident("wife", "子の妻", "山田　愛", "1982-01-01", "F", event="2010-05-01", **NEW)
    child = rows.resident("child", "子の子", "山田　湊", "2012-01-01", event="2012-01-01", **NEW)
    found = read([*household(rows), wife, child])
    assert ("son", "wife", "legal", "composed") in [pair[:4] for pair in found.spouses]
    assert {pair: link for pair, link in found.parents.items() if pair[1] == "child"} == {
        ("son", "child"): ("birth", "composed"),
        ("wife", "child"): ("birth", "probable"),
    }


def test_the_only_son_is_meant_without_registers(read, rows):
    bare = [row | {"honseki": "", "register_head": ""} for row in household(rows, brother=False)]
    found = read([*bare, rows.resident("child", "子の子", "山田　湊", "2012-01-01")])
    assert found.parents["son", "child"] == ("birth", "composed")


def test_two_sons_that_fit_alike_are_only_probable(read, rows):
    bare = [row | {"honseki": "", "register_head": ""} for row in household(rows)]
    found = read([*bare, rows.resident("child", "子の子", "山田　湊", "2012-01-01")])
    assert found.parents["son", "child"] == found.parents["brother", "child"] == ("birth", "probable")


def test_a_son_too_young_is_not_meant(read, rows):
    people = household(rows)
    people[2] |= {"birth": date(2005, 1, 1), "birth_earliest": date(2005, 1, 1), "birth_latest": date(2005, 1, 1)}
    bare = [row | {"honseki": "", "register_head": ""} for row in people]
    found = read([*bare, rows.resident("child", "子の子", "山田　湊", "2012-01-01")])
    assert found.parents["son", "child"] == ("birth", "composed")
    assert ("brother", "child") not in found.parents


def test_who_left_is_meant_where_the_register_says_so(read, rows):
    left = rows.resident(
        "son", "世帯主", "山田　太郎", "1980-01-01", household_id="h2", history_no=2, event="2011-01-01", **NEW
    )
    child = rows.resident("child", "子の子", "山田　湊", "2012-01-01", event="2012-01-01", **NEW)
    found = read([*household(rows), left, child])
    assert found.parents["son", "child"] == ("birth", "composed")
    assert ("brother", "child") not in found.parents


def test_nobody_fits_so_somebody_unnamed_stands_between(read, rows):
    wife = rows.resident("wife", "子の妻", "山田　愛", "1982-01-01", "F", **NEW)
    child = rows.resident("child", "子の子", "山田　湊", "2012-01-01", event="2012-01-01", **NEW)
    found = read([household(rows)[0], wife, child])
    (between,) = {parent for parent, one in found.parents if one == "child" and parent.startswith("anon:")}
    assert found.parents["head", between] == found.parents[between, "child"] == ("birth", "composed")
    assert [pair[:2] for pair in found.spouses] == [(between, "wife")]


def test_the_wifes_child_is_not_the_heads(read, rows):
    head = rows.resident("head", "世帯主", "山田　一郎", "1970-01-01")
    wife = rows.resident("wife", "妻", "山田　愛", "1972-01-01", "F")
    found = read([head, wife, rows.resident("child", "妻の子", "山田　湊", "1995-01-01", event="2000-01-01")])
    assert found.parents == {("wife", "child"): ("birth", "composed")}


def test_the_wifes_child_becomes_the_heads_by_adoption(read, rows):
    head = rows.resident("head", "世帯主", "山田　一郎", "1970-01-01")
    wife = rows.resident("wife", "妻", "山田　愛", "1972-01-01", "F")
    before = rows.resident("child", "妻の子", "山田　湊", "1995-01-01", event="2000-01-01")
    after = rows.resident("child", "子", "山田　湊", "1995-01-01", event="2001-05-01", history_no=2)
    found = read([head, wife, before, after])
    assert found.parents == {("wife", "child"): ("birth", "composed"), ("head", "child"): ("adoptive", "stated")}
    adopted = next(r for r in found.rows("PARENT_OF") if r["start"] == "head")
    assert adopted["valid_from"] == date(2001, 5, 1)


def test_the_fathers_wife_is_not_the_mother(read, rows):
    before = [
        rows.resident("father", "世帯主", "山田　一郎", "1950-01-01"),
        rows.resident("wife", "妻", "山田　静", "1954-01-01", "F"),
        rows.resident("son", "子", "山田　太郎", "1980-01-01"),
    ]
    after = [
        rows.resident("father", "父", "山田　一郎", "1950-01-01", history_no=2, event="2010-01-01"),
        rows.resident("wife", "父の妻", "山田　静", "1954-01-01", "F", history_no=2, event="2010-01-01"),
        rows.resident("son", "世帯主", "山田　太郎", "1980-01-01", history_no=2, event="2010-01-01"),
    ]
    assert ("wife", "son") in read(before).parents
    assert read(before + after).parents == {("father", "son"): ("birth", "stated")}


def test_the_mother_of_a_husband_who_died(read, rows):
    found = read(
        [
            rows.resident("husband", "世帯主", "山田　一郎", "1968-01-01"),
            rows.resident("wife", "妻", "山田　千秋", "1970-01-01", "F"),
            rows.resident(
                "husband", "世帯主", "山田　一郎", "1968-01-01", history_no=2, event="2018-12-03", status="dead"
            ),
            rows.resident("wife", "世帯主", "山田　千秋", "1970-01-01", "F", history_no=2, event="2018-12-03"),
            rows.resident("mother", "夫の母", "山田　ハル", "1942-01-01", "F", event="2019-04-01"),
        ]
    )
    assert found.parents == {("mother", "husband"): ("birth", "composed")}


def test_the_partners_child_and_the_recognised_one(read, rows):
    hers = {"honseki": "深見市5番地", "register_head": "片桐　奈々"}
    found = read(
        [
            rows.resident("head", "世帯主", "有馬　翔太", "1990-01-01", **OLD),
            rows.resident("partner", "妻(未届)", "片桐　奈々", "1992-01-01", "F", event="2020-10-10", **hers),
            rows.resident("older", "妻(未届)の子", "片桐　颯", "2019-01-01", event="2020-10-10", **hers),
            rows.resident("younger", "子", "片桐　凛", "2022-01-01", event="2022-01-01", **hers),
        ]
    )
    assert found.spouses == [("head", "partner", "de_facto", "stated", "2020-10-10", "", "")]
    assert found.parents == {
        ("partner", "older"): ("birth", "composed"),
        ("head", "younger"): ("recognised", "stated"),
        ("partner", "younger"): ("birth", "probable"),
    }


def test_an_adopted_son_in_law(read, rows):
    found = read([*household(rows, brother=False), rows.resident("in_law", "子（子の夫）", "山田　進", "1979-01-01")])
    assert found.parents["head", "in_law"] == ("adoptive", "stated")


@pytest.mark.parametrize("relation", ["兄の子", "甥"])
def test_a_nephew_without_his_father(read, rows, relation):
    found = read([household(rows)[0], rows.resident("nephew", relation, "山田　湊", "1990-01-01")])
    (between,) = {parent for parent, child in found.parents if child == "nephew"}
    (above,) = {parent for parent, child in found.parents if child == "head"}
    assert found.parents[above, between] == ("birth", "stated")


def test_divorce_shows_as_a_new_register_and_a_lodger(read, rows):
    found = read(
        [
            rows.resident(
                "head", "世帯主", "久我　直人", "1975-01-01", honseki="椋川町40番地", register_head="久我　誠一"
            ),
            rows.resident(
                "head",
                "世帯主",
                "久我　直人",
                "1975-01-01",
                history_no=2,
                event="2004-02-14",
                reason="correction",
                **NEW,
            ),
            rows.resident("wife", "妻", "久我　裕子", "1977-01-01", "F", event="2004-02-21", reason="move_in", **NEW),
            rows.resident(
                "wife",
                "同居人",
                "田所　裕子",
                "1977-01-01",
                "F",
                history_no=2,
                event="2012-03-15",
                reason="correction",
                honseki="椋川町6番地",
                register_head="田所　裕子",
            ),
        ]
    )
    assert found.spouses == [("head", "wife", "legal", "stated", "2004-02-14", "2012-03-15", "divorce")]


def test_a_second_marriage_ends_the_first(read, rows):
    found = read(
        [
            rows.resident("head", "世帯主", "久我　直人", "1975-01-01", **NEW),
            rows.resident("first", "妻", "久我　裕子", "1977-01-01", "F", **NEW),
            rows.resident(
                "first", "妻", "久我　裕子", "1977-01-01", "F", history_no=2, event="2010-01-01", status="moved", **NEW
            ),
            rows.resident(
                "second",
                "妻",
                "小寺　明日香",
                "1982-01-01",
                "F",
                event="2015-01-01",
                honseki="椋川町9番地",
                register_head="小寺　勝",
            ),
            rows.resident(
                "second",
                "妻",
                "久我　明日香",
                "1982-01-01",
                "F",
                history_no=2,
                event="2016-11-22",
                reason="correction",
                **NEW,
            ),
        ]
    )
    assert found.spouses == [
        ("first", "head", "legal", "stated", "0001-01-01", "2016-11-22", "divorce"),
        ("head", "second", "legal", "stated", "2016-11-22", "", ""),
    ]


def test_a_daughter_in_law_too_many_tells_that_a_son_lives_elsewhere(read, rows):
    bare = [row | {"honseki": "", "register_head": ""} for row in household(rows, brother=False)]
    wives = [rows.resident(f"wife{n}", "子の妻", f"山田　愛{n}", f"198{n}-01-01", "F") for n in (1, 2)]
    found = read([*bare, *wives, rows.resident("child", "子の子", "山田　湊", "2012-01-01")])
    assert found.parents["son", "child"] == ("birth", "probable")


def test_a_daughter_in_law_of_another_register_is_no_wife_of_the_son_who_is_there(read, rows):
    wife = rows.resident(
        "wife", "子の妻", "山田　愛", "1982-01-01", "F", honseki="椋川町3番地", register_head="山田　三郎"
    )
    grandchild = rows.resident(
        "child", "子の子", "山田　湊", "2012-01-01", honseki="釧路町9番地", register_head="山田　湊"
    )
    found = read([*household(rows, brother=False), wife, grandchild])
    assert found.parents["son", "child"] == ("birth", "probable")
    assert ("son", "wife") not in [pair[:2] for pair in found.spouses]


def test_a_son_in_his_parents_register_who_never_married_is_hardly_the_father(read, rows):
    child = rows.resident("child", "子の子", "山田　湊", "2012-01-01")
    at_home = household(rows, brother=False)
    at_home[1] |= OLD
    assert read([*at_home, child]).parents["son", "child"] == ("birth", "probable")
    assert read([*household(rows, brother=False), child]).parents["son", "child"] == ("birth", "composed")


def test_a_later_head_who_calls_them_nephew_is_not_the_father(read, rows):
    child = rows.resident("child", "子の子", "山田　湊", "2012-01-01", event="2012-01-01")
    later = {"history_no": 2, "event": "2020-01-01"}
    after = [
        rows.resident("head", "父", "山田　一郎", "1950-01-01", **later, **OLD),
        rows.resident("son", "世帯主", "山田　太郎", "1980-01-01", **later, **NEW),
        rows.resident("child", "兄の子", "山田　湊", "2012-01-01", **later),
    ]
    found = read([*household(rows, brother=False), child, *after])
    assert ("son", "child") not in found.parents


def test_who_left_since_it_was_first_said_is_still_meant(read, rows):
    bare = [row | {"honseki": "", "register_head": ""} for row in household(rows)]
    again = {"history_no": 2, "event": "2015-01-01"}
    moved = rows.resident("son", "世帯主", "山田　太郎", "1980-01-01", household_id="h2", **again)
    child = [
        rows.resident("child", "子の子", "山田　湊", "2012-01-01", event="2012-01-01"),
        rows.resident("child", "子の子", "山田　湊", "2012-01-01", history_no=2, event="2016-01-01"),
    ]
    found = read([*bare, moved, *child])
    assert found.parents["son", "child"] == found.parents["brother", "child"] == ("birth", "probable")


def test_a_father_once_stated_is_meant_by_the_chain_of_his_brother(read, rows):
    later = {"history_no": 2, "event": "2012-01-01"}
    found = read([
        rows.resident("father", "世帯主", "山田　一郎", "1920-01-01"),
        rows.resident("father", "世帯主", "山田　一郎", "1920-01-01", status="dead", reason="death", **later),
        rows.resident("uncle", "弟", "山田　次郎", "1924-01-01"),
        rows.resident("uncle", "兄", "山田　次郎", "1924-01-01", **later),
        rows.resident("other", "弟", "山田　三郎", "1928-01-01"),
        rows.resident("other", "世帯主", "山田　三郎", "1928-01-01", **later),
        rows.resident("child", "子", "山田　湊", "1950-01-01"),
        rows.resident("child", "兄の子", "山田　湊", "1950-01-01", **later),
    ])  # fmt: skip
    assert {pair: link for pair, link in found.parents.items() if pair[1] == "child"} == {
        ("father", "child"): ("birth", "stated")
    }


def test_who_heads_a_register_of_their_own_may_be_another_brother_s_child(read, rows):
    """One brother lives there; that the nephew is his, nothing tells but that (E1)."""
    people = [
        rows.resident("head", "世帯主", "山田　一郎", "1950-01-01", **OLD),
        rows.resident("brother", "兄", "山田　太郎", "1940-01-01", **NEW),
    ]
    own = {"honseki": "釧路町9番地", "register_head": "山田　湊"}
    nephew = rows.resident("nephew", "兄の子", "山田　湊", "1970-01-01", **own)
    assert read([*people, nephew]).parents["brother", "nephew"] == ("birth", "probable")
    shared = nephew | NEW
    assert read([*people, shared]).parents["brother", "nephew"] == ("birth", "composed")


def test_what_a_later_head_calls_two_people_must_fit_what_a_chain_made_of_them(read, rows):
    """E2: 母の姉 lives there and 母の姉の子, but to the next head they are 母の妹 and 姉: aunt and niece."""
    bare = {"honseki": "", "register_head": ""}
    before = [
        rows.resident("head", "世帯主", "関　英吉", "1936-04-04", **bare),
        rows.resident("aunt", "母の姉", "関　泰子", "1916-07-21", "F", **bare),
        rows.resident("niece", "母の姉の子", "関　記允子", "1934-11-07", "F", **bare),
    ]
    assert read(before).parents["aunt", "niece"] == ("birth", "composed")
    later = {"history_no": 2, "event": "2008-02-05", **bare}
    after = [
        rows.resident("next", "世帯主", "関　利将", "1939-03-31", event="2008-02-05", **bare),
        rows.resident("head", "母の姉の子", "関　英吉", "1936-04-04", status="dead", **later),
        rows.resident("aunt", "母の妹", "関　泰子", "1916-07-21", "F", **later),
        rows.resident("niece", "姉", "関　記允子", "1934-11-07", "F", **later),
    ]
    assert ("aunt", "niece") not in read([*before, *after]).parents


def test_a_wife_is_no_parent_of_the_head_s_sister_s_child(read, rows):
    bare = {"honseki": "", "register_head": ""}
    first = [
        rows.resident("head", "世帯主", "赤井　哲二", "1916-10-30", **bare),
        rows.resident("wife", "妻", "赤井　宣枝", "1917-12-28", "F", **bare),
        rows.resident("child", "姉の子", "赤井　智世", "1933-11-09", "F", **bare),
    ]
    later = {"history_no": 2, "event": "2005-04-14", **bare}
    second = [
        rows.resident("next", "世帯主", "赤井　英好", "1945-09-03", event="2005-04-14", **bare),
        rows.resident("head", "父", "赤井　哲二", "1916-10-30", status="dead", **later),
        rows.resident("wife", "父の姉", "赤井　宣枝", "1917-12-28", "F", **later),
        rows.resident("child", "父の姉の子", "赤井　智世", "1933-11-09", "F", **later),
    ]
    assert ("wife", "child") not in read([*first, *second]).parents


def test_a_brother_s_wife_is_no_parent_of_the_wife_s_child(read, rows):
    """Of two daughters-in-law one is written 縁故者 (Z4); when her husband is head, her child is 妻の子."""
    bare = {"honseki": "", "register_head": ""}
    first = [
        rows.resident("head", "世帯主", "福田　智士", "1928-01-30", **bare),
        rows.resident("older", "子", "福田　貴好", "1959-04-02", **bare),
        rows.resident("younger", "子", "福田　祐明", "1964-06-26", **bare),
        rows.resident("other", "子の妻", "福田　江離子", "1957-01-29", "F", **bare),
        rows.resident("child", "子の妻の子", "鈴木　大成", "1981-12-16", **bare),
    ]
    later = {"history_no": 2, "event": "2005-07-06", **bare}
    second = [
        rows.resident("head", "世帯主", "福田　智士", "1928-01-30", status="dead", **later),
        rows.resident("older", "世帯主", "福田　貴好", "1959-04-02", **later),
        rows.resident("younger", "弟", "福田　祐明", "1964-06-26", **later),
        rows.resident("other", "弟の妻", "福田　江離子", "1957-01-29", "F", **later),
        rows.resident("child", "妻の子", "鈴木　大成", "1981-12-16", **later),
    ]
    assert read(first).parents["other", "child"] == ("birth", "composed")
    assert ("other", "child") not in read([*first, *second]).parents


def test_the_child_of_a_wife_who_does_not_live_there_is_not_surely_the_former_wife_s(read, rows):
    """Who is now the wife is written 縁故者 (Z4); the one the register knows left years ago."""
    bare = {"honseki": "", "register_head": ""}
    people = [
        rows.resident("head", "世帯主", "三橋　勝亮", "1967-07-23", **bare),
        rows.resident("former", "妻", "三橋　朱莉", "1969-11-21", "F", **bare),
        rows.resident("former", "世帯主", "三橋　朱莉", "1969-11-21", "F", history_no=2, household_id="h2",
                      event="2004-10-17", **bare),
        rows.resident("child", "妻の子", "田辺　栄信", "1999-11-20", event="2007-12-28", **bare),
    ]  # fmt: skip
    assert read(people).parents.get(("former", "child")) in (None, ("birth", "probable"))
