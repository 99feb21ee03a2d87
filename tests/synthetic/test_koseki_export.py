"""The synthetic 戸籍: registers, entries, events and versions, on families written down by hand."""

import numpy as np
import pandas as pd
import pytest

from synthetic.registers.koseki.traceable import traceable

COURSE = ["名", "夫婦の別", "入籍事由", "除籍事由"]
ENTRY = ["筆頭者氏名", "戸籍区分", "名", "父", "母", "父母との続柄", "夫婦の別", "入籍事由", "除籍事由"]


def entries(files, head: str, columns=ENTRY) -> list[tuple[str, ...]]:
    """Give the entries of the registers of one head, versions one after the other."""
    return [tuple(row) for row in files.kisai.loc[files.kisai["筆頭者氏名"] == head, columns].to_numpy()]


def happened(files, given: str, head: str) -> list[tuple[str, ...]]:
    """Give a person's events in one register: version, what, when, the other one."""
    rows = files.jiko[(files.jiko["名"] == given) & (files.jiko["筆頭者氏名"] == head)]
    return [tuple(row) for row in rows[["戸籍区分", "身分事項", "事件年月日", "相手方氏名"]].to_numpy()]


def links(files) -> set[tuple[str, int, int, str]]:
    """Give the links that 戸籍 shows."""
    shown = files.written.links[files.written.links["file"].str.startswith("koseki")]
    assert set(shown["grade"]) <= {"registered"}
    return set(shown[["link", "a", "b", "nature"]].itertuples(index=False, name=None))


@pytest.fixture
def couple(story):
    """A couple married in 2007 with a son; nobody but they is known."""
    man, woman = story.person("拓也", "M", "1979-03-12"), story.person("由香", "F", "1981-08-27", "岡部")
    story.marry(man, woman, "2007-05-20")
    son = story.person("蓮", "M", "2009-04-15", mother=woman, father=man)
    story.household(1, man, {man: ("2007-06-02", None), woman: ("2007-06-02", None), son: ("2009-04-15", None)})
    return story, man, woman, son


def test_marriage_makes_a_register_that_the_children_enter(couple, write):
    story, man, woman, son = couple
    files = write(story.city())
    found = entries(files, "相馬拓也")
    assert [(row[2], *row[5:]) for row in found[2:]] == [("蓮", "長男", "", "出生", "")]
    assert [(row[1], row[2], row[6], row[7]) for row in found] == [
        ("現在", "拓也", "夫", "婚姻"), ("現在", "由香", "妻", "婚姻"), ("現在", "蓮", "", "出生"),
    ]  # fmt: skip
    assert found[2][3:5] == ("相馬拓也", "相馬由香")
    assert happened(files, "拓也", "相馬拓也") == [
        ("現在", "出生", "昭和54年3月12日", ""), ("現在", "婚姻", "平成19年5月20日", "岡部由香"),
    ]  # fmt: skip
    assert links(files) == {
        ("spouse", man, woman, ""), ("parent", man, son, "birth"), ("parent", woman, son, "birth"),
    }  # fmt: skip


def test_the_resident_register_names_the_same_registers(couple, write):
    story, *_ = couple
    files = write(story.city())
    assert set(files.juki["筆頭者"].str.replace("　", "")) == {"相馬拓也"}
    of_koseki = set(files.kisai["本籍"].str.replace("大阪府", ""))
    assert of_koseki == {
        text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) for text in files.juki["本籍"]
    }


def test_parents_who_are_nobody_s_record_head_registers_kept_elsewhere(couple, write):
    story, *_ = couple
    files = write(story.city())
    man = files.kisai[files.kisai["名"] == "拓也"].iloc[0]
    assert man["父"].startswith("相馬") and man["従前筆頭者"] == man["父"]
    assert man["従前筆頭者"] not in set(files.kisai["筆頭者氏名"])


def test_divorce_opens_a_register_and_the_child_follows_with_the_mother_s_name(couple, write):
    story, man, woman, _ = couple
    story.tables["marriages"][0] |= {"end": "2012-03-15", "ended_by": "divorce"}
    child = story.person("葵", "F", "2011-10-02", mother=woman, father=man)
    files = write(story.city())
    rows = [("拓也", "", "婚姻", ""), ("由香", "妻", "婚姻", "離婚"), ("蓮", "", "出生", ""), ("葵", "", "出生", "")]
    assert entries(files, "相馬拓也", COURSE) == rows
    assert entries(files, "相馬由香", COURSE) == [("由香", "", "離婚", "")]
    story.rename(woman, "2012-03-15", "岡部")
    story.rename(child, "2012-05-01", "岡部")
    files = write(story.city())
    assert entries(files, "岡部由香", COURSE)[-1] == ("葵", "", "入籍", "")
    assert ("現在", "入籍", "平成24年5月1日", "") in happened(files, "葵", "岡部由香")


def test_an_unmarried_mother_heads_a_register_of_her_own(couple, write):
    """三代戸籍の禁止 (K3)."""
    story, man, woman, _ = couple
    daughter = story.person("凛", "F", "1999-01-01", mother=woman, father=man)
    child = story.person("結", "F", "2017-06-07", mother=daughter)
    files = write(story.city())
    assert [(row[2], row[3], row[4], row[5], row[7]) for row in entries(files, "岡部凛")] == []
    own = entries(files, "相馬凛")
    assert [(row[2], row[5], row[7]) for row in own] == [("凛", "長女", "子の出生"), ("結", "長女", "出生")]
    assert own[1][3:5] == ("", "相馬凛")
    assert ("parent", daughter, child, "birth") in links(files)


def test_recognition_is_written_in_both_registers_and_names_the_father(couple, write):
    story, man, _, _ = couple
    mother = story.person("香織", "F", "1985-10-19", "水野")
    child = story.person("莉子", "F", "2015-06-07", "水野", mother=mother)
    story.add("recognitions", child=child, father=man, date="2015-08-20")
    files = write(story.city())
    assert entries(files, "水野香織", ["名", "父"])[1] == ("莉子", "相馬拓也")
    assert ("現在", "認知", "平成27年8月20日", "相馬拓也") in happened(files, "莉子", "水野香織")
    assert ("現在", "認知", "平成27年8月20日", "水野莉子") in happened(files, "拓也", "相馬拓也")
    assert ("parent", man, child, "recognised") in links(files)


def test_adoption_moves_the_child_and_a_special_one_takes_the_birth_parents_away(couple, write):
    story, man, woman, _ = couple
    mother = story.person("明日香", "F", "1982-01-30", "小寺")
    one = story.person("結", "F", "2011-12-12", "小寺", mother=mother)
    other = story.person("光", "M", "2012-12-12", "小寺", mother=mother)
    for child, kind in ((one, "ordinary"), (other, "special")):
        for parent in (man, woman):
            story.add("adoptions", child=child, parent=parent, start="2014-06-26", end=None, kind=kind)
        story.rename(child, "2014-06-26", "相馬")
    files = write(story.city())
    columns = ["名", "父", "母", "父母との続柄", "養父", "養母", "養父母との続柄", "入籍事由"]
    assert entries(files, "相馬拓也", columns)[-2:] == [
        ("結", "", "小寺明日香", "長女", "相馬拓也", "相馬由香", "養女", "養子縁組"),
        ("光", "相馬拓也", "相馬由香", "長男", "", "", "", "特別養子縁組"),
    ]
    assert ("現在", "養子縁組", "平成26年6月26日", "相馬拓也") in happened(files, "結", "相馬拓也")
    assert entries(files, "小寺明日香", ["名", "母", "除籍事由"])[1:] == [
        ("結", "小寺明日香", "養子縁組"), ("光", "小寺明日香", "特別養子縁組"),
    ]  # fmt: skip
    shown = links(files)
    assert {("parent", man, one, "adoptive"), ("parent", mother, one, "birth")} <= shown
    assert {("parent", man, other, "special_adoptive"), ("parent", mother, other, "birth")} <= shown


@pytest.fixture
def old_couple(story):
    """Married in 1972, divorced in 1990; their daughter married away in 2000, the man died in 2010."""
    man, woman = story.person("誠一", "M", "1944-02-20", "久我"), story.person("トシ", "F", "1948-08-08", "大橋")
    story.marry(man, woman, "1972-03-20", "1990-02-01")
    story.rename(woman, "1990-02-01", "大橋")
    daughter = story.person("弘美", "F", "1975-04-04", "久我", mother=woman, father=man)
    husband = story.person("真一", "M", "1973-09-15", "平井")
    story.marry(husband, daughter, "2000-05-30")
    story.people[man]["death"] = "2010-01-18"
    story.household(2, woman, {woman: ("1990-02-01", None)})
    return story, man, woman, daughter


def test_the_computer_takes_over_only_what_still_holds(old_couple, write):
    """K10: 改製原 has the divorce and the daughter, the register made from it in 2004 has neither."""
    story, man, woman, daughter = old_couple
    files = write(story.city())
    columns = ["戸籍区分", "編製年月日", "消除年月日", "名", "夫婦の別", "除籍事由", "新筆頭者"]
    assert entries(files, "久我誠一", columns) == [
        ("改製原", "昭和47年3月20日", "平成16年1月31日", "誠一", "", "", ""),
        ("改製原", "昭和47年3月20日", "平成16年1月31日", "トシ", "妻", "離婚", "大橋トシ"),
        ("改製原", "昭和47年3月20日", "平成16年1月31日", "弘美", "", "婚姻", "平井真一"),
        ("除籍", "平成16年1月31日", "平成22年1月18日", "誠一", "", "死亡", ""),
    ]
    before = ["出生", "婚姻", "離婚"]
    assert [row[:2] for row in happened(files, "誠一", "久我誠一")] == [
        *(("改製原", word) for word in before), ("除籍", "出生"), ("除籍", "死亡"),
    ]  # fmt: skip
    assert {("spouse", man, woman, ""), ("parent", woman, daughter, "birth")} <= links(files)


def test_a_register_kept_elsewhere_is_not_exported_and_shows_nothing(couple, write):
    story, *_ = couple
    files = write(story.city(), honseki_elsewhere=1.0)
    assert (len(files.kisai), len(files.jiko), links(files)) == (0, 0, set())
    assert (files.juki["筆頭者"] == "相馬　拓也").all()


def test_foreigners_stand_in_no_register_but_their_marriage_makes_one(story, write):
    man = story.person("MINH", "M", "1996-04-18", "NGUYEN", foreign=True, latin_name="NGUYEN VAN MINH")
    woman = story.person("愛", "F", "1991-02-14", "加納")
    story.marry(man, woman, "2016-06-12", surname_of="W")
    child = story.person("湊", "M", "2018-07-16", "加納", mother=woman, father=man)
    story.household(1, man, {man: ("2016-07-01", None), woman: ("2016-07-01", None), child: ("2018-07-16", None)})
    files = write(story.city())
    assert [row[2:5] for row in entries(files, "加納愛")][1] == ("湊", "NGUYENMINH", "加納愛")
    assert set(files.kisai["名"]) == {"愛", "湊"}
    foreigner = files.juki[files.juki["住民種別"] == "2"].iloc[0]
    assert (foreigner["氏名"], foreigner["生年月日"], foreigner["本籍"]) == (
        "ＮＧＵＹＥＮ　ＶＡＮ　ＭＩＮＨ", "1996.04.18", "",
    )  # fmt: skip
    assert links(files) == {("parent", woman, child, "birth")}


@pytest.mark.parametrize(
    ("kept_here", "in_juki", "followed"),
    [
        ([True, True], [1], [True, True]),
        ([True, False], [1], [True, False]),  # 新戸籍 names the register that the resident register names
        ([True, False, False], [2], [False, False, False]),  # two registers elsewhere: the thread is lost
        ([True, False, True], [2], [True, False, True]),  # both point at the one between
        ([True, False, False, True], [], [False, False, False, True]),  # no resident: the last thread is the person
    ],
)
def test_an_entry_counts_where_pointers_lead_to_the_person(kept_here, in_juki, followed):
    entries = pd.DataFrame({"pid": 0, "register": range(len(kept_here))})
    seen = pd.DataFrame({"pid": 0, "register": in_juki}, dtype=np.int64)
    assert traceable(entries, np.array(kept_here), seen).tolist() == followed


def test_sons_and_daughters_are_counted_apart_and_by_couple(couple, write):
    story, man, woman, _ = couple
    for given, sex, birth in (("葵", "F", "2013-01-01"), ("樹", "M", "2014-01-01"), ("澪", "F", "2015-01-01")):
        story.person(given, sex, birth, mother=woman, father=man)
    story.person("昔", "M", "1999-01-01", mother=woman)
    files = write(story.city())
    counted = dict(zip(files.kisai["名"], files.kisai["父母との続柄"], strict=True))
    assert {name: counted[name] for name in ("蓮", "葵", "樹", "澪", "昔")} == {
        "蓮": "長男", "葵": "長女", "樹": "二男", "澪": "二女", "昔": "男",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("surname", "rate", "in_koseki", "in_juki"),
    [
        ("吉田", "koseki_only_characters", "𠮷田", "吉田"),  # CP932 has no 𠮷
        ("高崎", "koseki_only_characters", "髙﨑", "高崎"),
        ("高崎", "old_characters", "髙﨑", "髙﨑"),
    ],
)
def test_a_family_s_old_characters(story, write, surname, rate, in_koseki, in_juki):
    man, woman = story.person("拓也", "M", "1979-03-12", surname), story.person("由香", "F", "1981-08-27", "岡部")
    story.marry(man, woman, "2007-05-20")
    story.household(1, man, {man: ("2007-06-02", None), woman: ("2007-06-02", None)})
    files = write(story.city(), **{rate: 1.0})
    assert set(files.kisai["筆頭者氏名"]) == {in_koseki + "拓也"}
    assert set(files.juki["氏名"]) == {in_juki + "　拓也", in_juki + "　由香"}


def test_the_address_history_has_every_address_of_the_time_in_the_register(couple, write):
    """K9: not the one before the wedding made the register, and in order."""
    story, man, *_ = couple
    story.add("outside", pid=man, start="1990-01-01", end="2000-01-01", address="東京都世田谷区幸町4番地")
    story.add("outside", pid=man, start="2000-01-01", end="2007-06-02", address="千葉県柏市本町4番地")
    files = write(story.city())
    rows = pd.read_csv(files.folder / "koseki_fuhyo_20180731.csv", dtype=str)
    told = rows.loc[rows["名"] == "拓也", ["筆頭者氏名", "戸籍区分", "住所", "住所を定めた年月日"]]
    first, second = told.itertuples(index=False, name=None)
    assert first == ("相馬拓也", "現在", "千葉県柏市本町4番地", "平成12年1月1日")
    assert second[3] == "平成19年6月2日" and second[2].startswith("大阪府縁川市")
    assert files.written.rows["koseki_fuhyo_20180731.csv"] == len(rows)


def test_no_address_history_where_none_is_wanted(couple, write):
    assert not (write(couple[0].city(), koseki_addresses=0).folder / "koseki_fuhyo_20180731.csv").exists()
