"""The synthetic resident register: rows, 続柄 and what they show, on families written down by hand."""

import numpy as np
import pandas as pd
import pytest

from synthetic.kin.kin_on_day import KinOnDay
from synthetic.population.timeline import day_number
from synthetic.registers.zokugara_writer import relations

EVENT = ["履歴番号", "世帯番号", "続柄表記", "氏名", "筆頭者", "異動事由", "異動年月日"]


def rows(files, pid: int, columns=EVENT) -> list[tuple[str, ...]]:
    """Give a person's rows; of 世帯番号 only the last two digits."""
    table = files.juki[files.juki["宛名番号"] == f"{pid + 1:015d}"]
    return [tuple(row) for row in table.assign(世帯番号=table["世帯番号"].str[-2:])[columns].to_numpy()]


def links(files, link: str) -> set[tuple[int, int, str, int]]:
    """Give the links of a kind that the resident register shows: a, b, grade, chain."""
    shown = files.written.links
    shown = shown[(shown["link"] == link) & shown["file"].str.startswith("juki")]
    return set(shown[["a", "b", "grade", "chain"]].itertuples(index=False, name=None))


@pytest.fixture
def family(story):
    """A couple with two children; the daughter marries and moves out."""
    father = story.person("正治", "M", "1946-05-11")
    mother = story.person("和子", "F", "1949-02-03", "森下")
    son = story.person("拓也", "M", "1979-03-12", mother=mother, father=father)
    daughter = story.person("真理", "F", "1994-07-19", mother=mother, father=father)
    story.marry(father, mother, "1976-04-10")
    story.household(1, father, {father: ("1976-04-10", None), mother: ("1976-04-10", None), son: ("1979-03-12", None)})
    story.add("stays", pid=daughter, household=1, start="1994-07-19", end="2017-11-15")
    return story, father, mother, son, daughter


def test_a_daughter_is_born_marries_and_moves_in_with_her_husband(family, write):
    story, _, _, _, daughter = family
    husband = story.person("健", "M", "1980-12-01", "野口")
    story.marry(husband, daughter, "2017-11-08")
    story.household(2, husband, {husband: ("2009-11-15", None), daughter: ("2017-11-15", None)})
    assert rows(write(story.city()), daughter) == [
        ("1", "01", "子", "相馬　真理", "相馬　正治", "03", "H06.07.19"),
        ("2", "01", "子", "野口　真理", "野口　健", "43", "H29.11.08"),
        ("3", "02", "妻", "野口　真理", "野口　健", "41", "H29.11.15"),
    ]


def test_everyone_gets_a_row_when_the_head_dies(family, write):
    story, father, mother, son, _ = family
    story.people[father]["death"] = "2015-08-09"
    story.tables["marriages"][0] |= {"end": "2015-08-09", "ended_by": "death"}
    next(row for row in story.tables["stays"] if row["pid"] == father)["end"] = "2015-08-09"
    story.new_head(1, son, "2015-08-09")
    files = write(story.city())
    what = ["続柄表記", "異動事由", "異動年月日", "最新フラグ", "住民状態"]
    assert rows(files, father, what)[-1] == ("世帯主", "23", "H27.08.09", "1", "3")
    assert rows(files, mother, what) == [
        ("妻", "07", "H05.04.01", "0", "1"),
        ("母", "53", "H27.08.09", "1", "1"),
    ]
    assert rows(files, son, what)[-1] == ("世帯主", "53", "H27.08.09", "1", "1")


def test_divorce_makes_a_daughter_in_law_a_co_resident_but_not_the_grandchild(family, write):
    story, _, _, son, _ = family
    wife = story.person("裕子", "F", "1981-06-15", "田所")
    story.marry(son, wife, "2004-02-14", "2012-03-15")
    story.rename(wife, "2012-03-15", "田所")
    child = story.person("美咲", "F", "2006-09-03", mother=wife, father=son)
    for pid, start in ((wife, "2004-02-21"), (child, "2006-09-03")):
        story.add("stays", pid=pid, household=1, start=start, end=None)
    files = write(story.city())
    what = ["続柄表記", "氏名", "異動事由"]
    assert rows(files, wife, what) == [("子の妻", "相馬　裕子", "01"), ("同居人", "田所　裕子", "43")]
    assert rows(files, child, what) == [("子の子", "相馬　美咲", "03")]
    assert links(files, "parent") >= {(son, child, "composed", 1), (wife, child, "probable", 0)}
    assert links(files, "spouse") >= {(son, wife, "composed", 1)}


def test_moving_in_and_out_tells_where_from_and_where_to(story, write):
    one = story.person("翔", "M", "1998-08-26", "氏家")
    story.household(3, one, {one: ("2011-03-29", "2016-09-25")})
    for start, end, address in (("1998-08-26", "2011-03-29", "深見市桜台3番"), ("2016-09-25", None, "東京都練馬区")):
        story.add("outside", pid=one, start=start, end=end, address=address)
    what = ["異動事由", "転入前住所", "転出先住所", "住民となった年月日", "住民状態"]
    assert rows(write(story.city()), one, what) == [
        ("01", "深見市桜台3番", "", "H23.03.29", "1"),
        ("21", "", "東京都練馬区", "H23.03.29", "2"),
    ]


def test_a_household_that_moves_and_one_that_parts_at_one_address(family, write):
    story, _, mother, son, _ = family
    story.add("places", household=1, town="栄町", number="7番", building="", start="2000-05-01", end=None)
    next(row for row in story.tables["stays"] if row["pid"] == son)["end"] = "2005-06-01"
    story.household(4, son, {son: ("2005-06-01", None)})
    story.tables["places"][-1] |= {"town": "栄町", "number": "7番"}
    files = write(story.city())
    what = ["異動事由", "世帯番号", "続柄表記", "町字", "転入前住所"]
    assert rows(files, mother, what)[1:] == [("41", "01", "妻", "栄町", "縁川市本町1番")]
    assert rows(files, son, what)[1:] == [
        ("41", "01", "子", "栄町", "縁川市本町1番"),
        ("50", "04", "世帯主", "栄町", "縁川市栄町7番"),
    ]


CLAN = """
祖父 M 1920-01-01 - -
祖母 F 1922-01-01 - -
父 M 1945-01-01 祖父 祖母
母 F 1946-01-01 - -
継母 F 1950-01-01 - -
継母の子 M 1972-01-01 - 継母
叔母 F 1950-02-01 祖父 祖母
従弟 M 1975-01-01 - 叔母
兄 M 1968-01-01 父 母
私 M 1970-01-01 父 母
妹 F 1973-01-01 父 母
兄の妻 F 1969-01-01 - -
姪 F 1995-01-01 兄 兄の妻
義母 F 1945-05-01 - -
妻 F 1971-01-01 - 義母
妻の兄 M 1966-01-01 - 義母
連れ子 F 1990-01-01 - 妻
娘 F 1994-01-01 私 妻
婿 M 1992-01-01 - -
孫 M 2015-01-01 婿 娘
他人 M 1980-01-01 - -
従弟の子 M 2000-01-01 従弟 -
曾孫の世代 M 2016-01-01 従弟の子 -
妻の兄の妻 F 1967-01-01 - -
"""  # name, sex, birth, father, mother


@pytest.fixture
def clan(story):
    """A wide family round one head: name → pid, and the people of its graph."""
    p = {}

    def born(name, sex, birth, father="", mother=""):
        p[name] = story.person(name, sex, birth, mother=p.get(mother, -1), father=p.get(father, -1))

    for line in CLAN.split("\n")[1:-1]:
        name, sex, birth, father, mother = line.split()
        born(name, sex, birth, father, mother)
    for husband, wife, start in (
        ("祖父", "祖母", "1944-01-01"), ("父", "継母", "1980-01-01"), ("兄", "兄の妻", "1994-01-01"),
        ("私", "妻", "1993-05-01"), ("婿", "娘", "2014-01-01"), ("妻の兄", "妻の兄の妻", "1990-01-01"),
    ):  # fmt: skip
        story.marry(p[husband], p[wife], start)
    return story, p


def zokugara(city, head: int, person: int, day: str = "2018-01-01", unproved: bool = False) -> str:
    """Give what a clerk writes of one person in one head's household."""
    at = day_number(np.array([day], "datetime64[D]"))
    found = relations(KinOnDay(city), np.array([head]), np.array([person]), at, np.array([unproved]))
    return str(found.text[0])


CASES = """
私 私 世帯主 / 私 妻 妻 / 妻 私 夫 / 私 娘 子 / 私 父 父 / 私 母 母 / 私 兄 兄
私 妹 妹 / 妹 兄 兄 / 兄 私 弟 / 私 連れ子 妻の子 / 私 婿 子の夫 / 私 孫 子の子
婿 義母 妻の母の母 / 私 義母 妻の母 / 私 継母 父の妻 / 私 祖母 父の母 / 私 叔母 父の妹
私 従弟 父の妹の子 / 私 姪 兄の子 / 私 兄の妻 兄の妻 / 私 妻の兄 妻の兄 / 私 継母の子 父の妻の子
祖父 孫 子の子の子の子 / 父 連れ子 子の妻の子 / 私 従弟の子 父の妹の子の子 / 私 曾孫の世代 縁故者
私 他人 同居人
"""  # head, member, 続柄


@pytest.mark.parametrize("case", CASES.replace("\n", " / ").strip(" /").split(" / "))
def test_the_first_chain_that_fits_is_written(clan, case):
    story, p = clan
    head, member, text = case.split()
    assert zokugara(story.city(), p[head], p[member]) == text


def test_couples_who_never_registered_and_their_children(story):
    man, woman = story.person("翔太", "M", "1990-07-21"), story.person("奈々", "F", "1992-09-28", "片桐")
    child = story.person("颯", "M", "2010-04-30", "片桐", mother=woman)
    story.add("partnerships", a=man, b=woman, start="2012-10-10", end="2016-01-01")
    city = story.city()
    texts = [zokugara(city, man, pid, "2015-01-01") for pid in (woman, child)]
    assert texts == ["妻(未届)", "妻(未届)の子"]
    assert zokugara(city, woman, man, "2015-01-01") == "夫(未届)"
    assert zokugara(city, man, woman) == "同居人"


def test_adoption_recognition_and_the_son_in_law_who_is_adopted(clan):
    story, p = clan
    story.add("adoptions", child=p["婿"], parent=p["私"], start="2016-01-01", end="2017-01-01", kind="ordinary")
    story.add("adoptions", child=p["連れ子"], parent=p["私"], start="2001-01-01", end=None, kind="ordinary")
    story.add("recognitions", child=p["継母の子"], father=p["他人"], date="1999-01-01")
    city = story.city()
    assert [zokugara(city, p["私"], p["婿"], day) for day in ("2015-06-01", "2016-06-01", "2018-01-01")] == [
        "子の夫", "子(子の夫)", "子の夫",
    ]  # fmt: skip
    assert [zokugara(city, p["私"], p["連れ子"], day) for day in ("2000-06-01", "2002-06-01")] == ["妻の子", "子"]
    assert zokugara(city, p["他人"], p["継母の子"], "1998-01-01") == "同居人"
    assert zokugara(city, p["他人"], p["継母の子"]) == "子"


def test_special_adoption_ends_the_tie_to_the_birth_parents(story):
    old = [story.person("実父", "M", "1980-01-01"), story.person("実母", "F", "1982-01-01")]
    new = [story.person("養父", "M", "1975-01-01", "三浦"), story.person("養母", "F", "1976-01-01", "三浦")]
    child = story.person("光", "M", "2012-01-01", mother=old[1], father=old[0])
    for parent in new:
        story.add("adoptions", child=child, parent=parent, start="2013-01-01", end=None, kind="special")
    city = story.city()
    assert [zokugara(city, parent, child) for parent in (*old, *new)] == ["同居人", "同居人", "子", "子"]


def test_affinity_outlives_a_spouse_but_not_a_declaration_or_divorce(clan):
    story, p = clan
    marriage = next(row for row in story.tables["marriages"] if row["husband"] == p["兄"])
    marriage |= {"end": "2010-01-01", "ended_by": "death"}
    assert zokugara(story.city(), p["私"], p["兄の妻"]) == "兄の妻"
    marriage["terminated"] = "2011-01-01"
    assert zokugara(story.city(), p["私"], p["兄の妻"]) == "同居人"


def test_a_foreigner_without_papers_is_only_an_enkosha(clan):
    story, p = clan
    assert zokugara(story.city(), p["私"], p["妻"], unproved=True) == "縁故者"


def test_a_chain_shows_a_link_only_where_it_can_mean_one_member(family, write):
    story, father, mother, son, _ = family
    brother = story.person("茂", "M", "1982-01-01", mother=mother, father=father)
    wife = story.person("由香", "F", "1981-01-01", "岡部")
    story.add("stays", pid=brother, household=1, start="1982-01-01", end=None)
    story.marry(son, wife, "2007-05-20")
    story.add("stays", pid=wife, household=1, start="2007-06-01", end=None)
    alike = write(story.city())
    assert (son, wife, "composed", 1) in links(alike, "spouse")  # 本籍 and 筆頭者 tell which son
    child = story.person("淳", "M", "2010-01-01", mother=story.person("奈々", "F", "1985-01-01", "片桐"))
    story.add("recognitions", child=child, father=brother, date="2010-02-01")
    story.add("stays", pid=child, household=1, start="2011-01-01", end=None)
    files = write(story.city())
    assert rows(files, child, ["続柄表記"]) == [("子の子",)]
    assert child not in {b for _, b, _, _ in links(files, "parent")}  # either son could be the father


def test_a_head_s_child_tells_the_head_and_only_probably_the_wife(family, write):
    story, father, mother, son, _ = family
    shown = {link for link in links(write(story.city()), "parent") if link[1] == son}
    assert shown == {(father, son, "stated", 0), (mother, son, "probable", 0)}


def test_households_are_shown_with_the_days_spent_together(family, write):
    story, father, _, _, daughter = family
    shown = write(story.city()).written.links
    together = shown[(shown["link"] == "household") & (shown["a"] == father) & (shown["b"] == daughter)]
    days = together[["start", "end"]].iloc[0].tolist()
    assert days == [pd.Timestamp("1994-07-19"), pd.Timestamp("2017-11-15")]
