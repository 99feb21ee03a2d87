"""People under two 宛名番号 (J7): united where the registers say more than a name, and never silently."""

from datetime import date

import pytest

from ingest.registers.build import read_registers

LEFT = {"history_no": 2, "status": "moved", "event": "2008-04-01", "reason": "move_out"}
BACK = {"event": "2010-05-01", "resident_since": "2010-05-01", "reason": "move_in", "household_id": "h2"}
FOR, FROM = {"moved_to": "白糠町緑１丁目２番３号"}, {"previous_address": "北海道白糠町緑一丁目2番3号"}
HOME = {"honseki": "椋川町1番地", "register_head": "相馬　久"}

BACK_AGAIN = BACK | {"event": "2014-05-01", "resident_since": "2014-05-01"} | HOME


@pytest.fixture
def town(rows):
    """相馬正, child of p1's household, who left as p2 and came back as p9; `left` and `back` tell the two rows more."""

    def made(left, back, **other):
        old, new = {"name": "相馬　正", "birth": "1970-02-03"}, {"name": "相馬　正", "birth": "1970-02-03"} | other
        return rows.effective([
            rows.resident("p1", "世帯主", "相馬　久", "1940-01-01", town="椋川"),
            rows.resident("p2", "子", **old, town="椋川"),
            rows.resident("p2", "子", **old, **LEFT, **left),
            rows.resident("p9", "世帯主", **new, **(BACK | back)),
        ])  # fmt: skip

    return made


def people(con):
    return {row["person_id"]: row["other_numbers"] for row in read_registers(con).kinds["Person"].to_pylist()}


@pytest.mark.parametrize(("left", "back", "told"), [
    (FOR, FROM, "転出先と転入前の住所"), (HOME, HOME, "本籍・筆頭者"),
    (FOR | HOME, FROM | HOME, "本籍・筆頭者、転出先と転入前の住所"),
])  # fmt: skip
def test_one_thing_more_than_the_name_unites_two_numbers(town, left, back, told):
    con = town(left, back)
    assert people(con) == {"p1": "", "p9": f"p2({told})"}
    links = read_registers(con).kinds["PARENT_OF"].to_pylist()
    assert [(row["start"], row["end"]) for row in links] == [("p1", "p9")]


@pytest.mark.parametrize(("month", "met"), [(12, True), (11, False)])
def test_of_a_birth_whose_day_is_unknown_the_same_must_be_known(rows, month, met):
    """昭和56年12月 (不詳日) on both sides, and the same register: one human; another month: two."""
    old, new = (
        {"name": "相馬　正", "birth": None, "birth_earliest": date(1981, m, 1), "birth_latest": date(1981, m, 30)}
        | HOME
        for m in (12, month)
    )
    con = rows.effective([
        rows.resident("p2", "世帯主", **old, town="椋川"), rows.resident("p2", "世帯主", **old, **LEFT),
        rows.resident("p9", "世帯主", **new, **BACK),
    ])  # fmt: skip
    assert people(con) == ({"p9": "p2(本籍・筆頭者)"} if met else {"p2": "", "p9": ""})


@pytest.mark.parametrize(("left", "back", "other"), [
    ({}, {}, {}), (FOR, {"previous_address": "釧路市北大通1番1号"}, {}), (FOR, FROM, {"name": "相馬　匡"}),
    (FOR, FROM, {"birth": "1970-02-04"}), (FOR, FROM, {"sex": "F"}),
    (FOR, FROM | {"resident_since": "2007-05-01", "event": "2007-05-01"}, {}),
    ({"moved_to": "白糠町"}, {"previous_address": "白糠町"}, {}),
])  # fmt: skip
def test_a_name_and_a_birth_date_alone_or_a_contradiction_unite_nobody(town, left, back, other):
    assert sorted(people(town(left, back, **other))) == ["p1", "p2", "p9"]


def test_a_variant_of_the_name_is_the_same_name(town, rows):
    assert sorted(people(town(FOR, FROM, name="相馬　正"))) == ["p1", "p9"]


def test_three_numbers_follow_each_other_in_one_history(rows):
    base = {"name": "相馬　正", "birth": "1970-02-03"}
    con = rows.effective([
        rows.resident("p1", "世帯主", **base, town="椋川"), rows.resident("p1", "世帯主", **base, **LEFT, **FOR),
        rows.resident("p2", "世帯主", **base, **BACK, **FROM),
        rows.resident("p2", "世帯主", **base, **(LEFT | {"event": "2012-04-01"} | HOME)),
        rows.resident("p3", "世帯主", **base, **BACK_AGAIN),
    ])  # fmt: skip
    assert people(con) == {"p3": "p1(転出先と転入前の住所)、p2(本籍・筆頭者)"}
    told = con.sql("SELECT history_no, event FROM resident ORDER BY history_no").fetchall()
    assert [number for number, _ in told] == [1, 2, 3, 4, 5] and [day for _, day in told] == sorted(d for _, d in told)


def test_two_newcomers_who_may_be_the_one_who_left_are_left_apart(rows):
    base = {"name": "相馬　正", "birth": "1970-02-03"}
    con = rows.effective([
        rows.resident("p1", "世帯主", **base, town="椋川"), rows.resident("p1", "世帯主", **base, **LEFT, **FOR),
        rows.resident("p2", "世帯主", **base, **BACK, **FROM), rows.resident("p3", "世帯主", **base, **BACK, **FROM),
    ])  # fmt: skip
    assert sorted(people(con)) == ["p1", "p2", "p3"]


def test_every_table_and_the_logs_speak_of_the_number_in_use(town, rows):
    con = town(FOR, FROM)
    assert con.sql("SELECT person_id FROM crossref WHERE space = '' AND subject_key = 'p2'").fetchall() == [("p9",)]
    assert con.sql("SELECT DISTINCT person_id FROM resident ORDER BY 1").fetchall() == [("p1",), ("p9",)]


def test_days_that_lead_in_a_circle_unite_nobody_and_end(rows):
    base = {"name": "相馬　正", "birth": "1970-02-03"} | HOME
    first = {"event": "2010-01-01", "resident_since": "2010-01-01"}
    con = rows.effective([
        rows.resident("p1", "世帯主", **base, **first),
        rows.resident("p1", "世帯主", **base, **(LEFT | {"event": "2005-01-01"})),
        rows.resident("p2", "世帯主", **base, **(BACK | {"event": "2006-01-01", "resident_since": "2006-01-01"})),
        rows.resident("p2", "世帯主", **base, **(LEFT | {"event": "2009-01-01"})),
    ])  # fmt: skip
    assert people(con) == {"p1": "", "p2": ""}
