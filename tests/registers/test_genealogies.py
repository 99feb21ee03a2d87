"""家系図 (GEDCOM) beside the registers: its persons matched like 戸籍 entries, its links joined to theirs."""

from datetime import date

import pytest

YAMADA = """
0 @I1@ INDI
1 NAME 一郎 /山田/
1 SEX M
1 BIRT
2 DATE 1 JAN 1950
1 DEAT
2 DATE 5 MAY 2015
0 @I2@ INDI
1 NAME 花子 /森/
1 SEX F
1 BIRT
2 DATE 昭和27年1月1日
0 @I3@ INDI
1 NAME /山田/ 太郎
2 FONE やまだ/たろう/
1 SEX M
1 BIRT
2 DATE 1 JAN 1980
0 @I4@ INDI
1 NAME 恵 /山田/
1 SEX F
1 BIRT
2 DATE 1983
0 @F1@ FAM
1 HUSB @I1@
1 WIFE @I2@
1 CHIL @I3@
1 CHIL @I4@
1 MARR
2 DATE 3 MAR 1975
"""
TARO = ("taro", "世帯主", "山田　太郎", "1980-01-01")


def test_persons_are_residents_by_full_name_and_birth_date_and_others_are_of_the_tree(read, rows):
    found = read([rows.resident(*TARO)], [], [], rows.tree(YAMADA))
    father, mother, sister = (f"ged:yamada:I{number}" for number in (1, 2, 4))
    assert found.parents == {
        (father, "taro"): ("birth", "registered"),
        (mother, "taro"): ("birth", "registered"),
        (father, sister): ("birth", "registered"),
        (mother, sister): ("birth", "registered"),
    }
    assert found.spouses == [(father, mother, "legal", "registered", "1975-03-03", "2015-05-05", "death")]
    people = {row["person_id"]: row for row in found.rows("Person")}
    assert (people[father]["name"], people[father]["birth_date"]) == ("山田　一郎", date(1950, 1, 1))
    assert people[mother]["birth_text"] == "昭和27年1月1日"
    assert people["taro"]["name"] == "山田　太郎"


def test_a_link_says_where_in_the_file_it_stands(read, rows):
    links = read([rows.resident(*TARO)], [], [], rows.tree(YAMADA)).rows("PARENT_OF")
    lines = YAMADA.splitlines()  # the first is empty, as the header is the first line of the file
    assert {(link["source_file"], lines[link["source_line"] - 1]) for link in links if link["end"] == "taro"} == {
        ("yamada.ged", "1 CHIL @I3@")
    }


def test_a_given_name_in_the_same_place_is_the_same_person(read, rows):
    """The wife is in the register under her husband's name, her sister is dated by year, so none is met."""
    home = [
        rows.resident("ichiro", "世帯主", "山田　一郎", "1950-01-01"),
        rows.resident("hana", "妻", "山田　花子", "1952-01-01", "F"),
        rows.resident("megumi", "子", "山田　恵", "1983-04-02", "F"),
    ]
    found = read(home, [], [], rows.tree(YAMADA))
    taro = "ged:yamada:I3"
    assert ("ichiro", taro) in found.parents
    assert ("hana", taro) in found.parents
    assert found.parents["hana", "megumi"] == ("birth", "registered")
    assert {row["person_id"] for row in found.rows("Person")} == {"ichiro", "hana", "megumi", taro}


def test_two_of_one_name_and_day_are_nobody(read, rows):
    twins = [rows.resident(*TARO), rows.resident("other", *TARO[1:], household_id="h2")]
    found = read(twins, [], [], rows.tree(YAMADA))
    assert ("ged:yamada:I1", "ged:yamada:I3") in found.parents


def test_another_sex_is_another_person(read, rows):
    found = read([rows.resident(*TARO, sex="F")], [], [], rows.tree(YAMADA))
    assert ("ged:yamada:I1", "ged:yamada:I3") in found.parents


@pytest.mark.parametrize(("birth", "met"), [("1980-01-01", True), ("1980-01-02", False)])
def test_a_written_number_counts_where_name_or_birth_agrees(read, rows, birth, met):
    tree = YAMADA.replace("1 NAME /山田/ 太郎", "1 NAME /木村/ 太朗\n1 REFN 0001\n2 TYPE 宛名番号")
    found = read([rows.resident("0001", "世帯主", "山田　太郎", birth)], [], [], rows.tree(tree))
    assert (("ged:yamada:I1", "0001") in found.parents) is met


def test_what_the_family_register_says_already_is_not_said_twice(read, rows):
    born = {"father": "山田一郎", "mother": "山田花子", "entered_by": "出生", "position": 2}
    register = [
        rows.entry("一郎", "1950-01-01", "山田一郎", spouse_role="夫"),
        rows.entry("太郎", "1980-01-01", "山田一郎", **born),
    ]
    alone = read([rows.resident(*TARO)], register)
    found = read([rows.resident(*TARO)], register, [], rows.tree(YAMADA))
    father, mother = alone.named("山田一郎"), alone.named("山田花子")
    assert found.parents == alone.parents | {
        (father, "ged:yamada:I4"): ("birth", "registered"),
        (mother, "ged:yamada:I4"): ("birth", "registered"),
    }


def test_who_the_family_register_says_is_the_father_and_who_the_tree_says_both_stand(read, rows):
    born = {"father": "佐藤勇", "mother": "森花子", "entered_by": "出生"}
    register = [rows.entry("太郎", "1980-01-01", "山田太郎", spouse_role="夫", **born)]
    found = read([rows.resident(*TARO)], register, [], rows.tree(YAMADA))
    assert {parent for parent, child in found.parents if child == "taro"} == {
        found.named("佐藤勇"), found.named("森花子"), "ged:yamada:I1",
    }  # fmt: skip


def test_the_tree_names_whom_a_chain_leaves_open(read, rows):
    """子の子 beside no 子 of the head: without the tree a placeholder stands between (E1)."""
    home = [
        rows.resident("ichiro", "世帯主", "山田　一郎", "1950-01-01"),
        rows.resident("ken", "子の子", "山田　健", "2010-01-01", reg=""),
    ]
    tree = YAMADA + "0 @I5@ INDI\n1 NAME 健 /山田/\n1 BIRT\n2 DATE 1 JAN 2010\n0 @F2@ FAM\n1 HUSB @I3@\n1 CHIL @I5@\n"
    found = read(home, [], [], rows.tree(tree))
    assert {row["placeholder"] for row in found.rows("Person")} == {False}
    assert ("ged:yamada:I3", "ken") in found.parents


def test_adoption_and_divorce_bear_their_days(read, rows):
    tree = YAMADA.replace("2 DATE 3 MAR 1975", "2 DATE 3 MAR 1975\n1 DIV\n2 DATE 4 APR 1990")
    tree = tree.replace("2 DATE 1983", "2 DATE 1983\n1 ADOP\n2 DATE 2 FEB 1999\n2 FAMC @F1@\n3 ADOP HUSB")
    found = read([rows.resident(*TARO)], [], [], rows.tree(tree))
    assert found.spouses[0][4:] == ("1975-03-03", "1990-04-04", "divorce")
    assert found.parents["ged:yamada:I1", "ged:yamada:I4"] == ("adoptive", "registered")
    assert found.parents["ged:yamada:I2", "ged:yamada:I4"] == ("birth", "registered")
    (adopted,) = [row for row in found.rows("PARENT_OF") if row["nature"] == "adoptive"]
    assert adopted["valid_from"] == date(1999, 2, 2)


def test_a_divorce_of_an_unknown_day_is_over_on_the_day_of_the_file(read, rows):
    """Before it nobody knows (F10), but for the wedding's day."""
    found = read([rows.resident(*TARO)], [], [], rows.tree(YAMADA.replace("1 MARR", "1 DIV Y\n1 MARR")))
    assert found.spouses[0][4:] == ("1975-03-03", "2015-05-05", "divorce")  # the husband's death is before that day
    assert found.rows("SPOUSE_OF")[0]["may_end"] == date(1975, 3, 3)


def test_two_trees_that_use_one_id_are_apart(read, rows):
    other = rows.tree(YAMADA.replace("山田", "林"), source="kakeizu:hayashi")
    found = read([rows.resident(*TARO)], [], [], rows.tree(YAMADA) + other)
    assert ("ged:yamada:I1", "taro") in found.parents
    assert ("ged:hayashi:I1", "ged:hayashi:I3") in found.parents


def test_an_older_file_of_the_tree_counts_no_more(read, rows):
    gone = [row | {"seen_until": date(2024, 6, 30)} for row in rows.tree(YAMADA)]
    assert read([rows.resident(*TARO)], [], [], gone).parents == {}
