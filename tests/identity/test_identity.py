"""Who is this member of staff: the tiers of the identity reference §5.2, one family at a time."""

from collections.abc import Callable
from datetime import date

import duckdb
import pytest

from ingest.identity import link

BORN = date(1980, 5, 21)


@pytest.fixture
def resident(fill: Callable[..., None]) -> Callable[..., None]:
    """Put one resident into 緑市: 山田　花子 of 本町一丁目2番3号 unless said otherwise."""

    def put(person_id: str, **row: object) -> None:
        base = {
            "history_no": 1, "household_id": "h1", "name": "山田　花子", "kana": "ヤマダ　ハナコ", "sex": "F",
            "birth": BORN, "status": "resident", "town": "本町一丁目", "number": "2番3号", "reason": "made",
            "honseki": "緑市本町一丁目2番地",
        }  # fmt: skip
        fill("resident", person_id=person_id, **(base | row))

    return put


@pytest.fixture
def staff(fill: Callable[..., None]) -> Callable[..., None]:
    """Employ 山田　花子 with the address as HR has it."""

    def put(**row: object) -> None:
        base = {
            "staff_id": "0001", "name": "山田　花子", "kana": "ﾔﾏﾀﾞ ﾊﾅｺ", "sex": "F", "birth": BORN,
            "address": "緑市本町1-2-3",
        }  # fmt: skip
        fill("staff", **(base | row))

    return put


def tiers(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Give (person, tier) of every link."""
    rows = link(con).links.to_pylist()
    return [(row["end"], row["tier"]) for row in rows]


def questions(con: duckdb.DuckDBPyConnection) -> list[list[tuple[str, int]]]:
    """Give (person, tier) of the candidates of staff who were not linked."""
    return [[(c.person_id, c.tier) for c in group] for group in link(con).open_questions]


def test_name_birth_and_address_link_at_tier_1(con, resident, staff):
    resident("p1")
    staff()
    assert tiers(con) == [("p1", 1)]
    assert link(con).links.to_pylist()[0]["evidence"][:2] == ["氏が一致", "名が一致"]


def test_a_variant_kanji_is_the_same_name(con, resident, staff):
    resident("p1", name="髙﨑　邦子", kana="タカサキ　クニコ")
    staff(name="高崎　邦子", kana="")
    assert tiers(con) == [("p1", 1)]


def test_a_former_address_counts(con, resident, staff):
    resident("p1", town="川端町", number="9番地", previous_address="緑市本町一丁目2番3号")
    resident("p9", name="別　人", birth=date(1950, 1, 1))
    staff()
    assert tiers(con) == [("p1", 1)]


def test_a_name_of_an_older_row_counts(con, resident, staff):
    resident("p1")
    resident("p1", history_no=2, name="佐藤　花子", kana="サトウ　ハナコ")
    staff()
    assert tiers(con) == [("p1", 1)]


def test_a_dependant_in_the_household_links_at_tier_2(con, resident, staff, fill):
    resident("p1", town="川端町", number="9番地")
    resident("p2", name="山田　空", kana="ヤマダ　ソラ", birth=date(2010, 1, 2), town="川端町", number="9番地")
    staff(address="緑市緑町5")
    fill("dependant", staff_id="0001", name="山田空", kana="ﾔﾏﾀﾞ ｿﾗ", birth=date(2010, 1, 2))
    assert tiers(con) == [("p1", 2)]


def test_a_former_surname_links_at_tier_3(con, resident, staff):
    resident("p1", name="佐藤　花子", kana="サトウ　ハナコ", former_surname="山田", town="川端町")
    staff(address="")
    assert tiers(con) == [("p1", 3)]


@pytest.mark.parametrize("hr", [date(1980, 5, 12), date(1980, 5, 20), date(1980, 5, 22), None])
def test_a_near_or_missing_birth_date_needs_the_address(con, resident, staff, hr):
    resident("p1")
    staff(birth=hr)
    assert tiers(con) == [("p1", 4)]


def test_near_birth_without_address_is_only_listed(con, resident, staff):
    resident("p1", town="川端町", number="9番地")
    staff(birth=date(1980, 5, 12))
    assert tiers(con) == []
    assert questions(con) == [[("p1", 9)]]


def test_another_address_in_the_city_links_at_tier_6(con, resident, staff):
    resident("p1", town="川端町", number="9番地")
    resident("p9", name="別　人", birth=date(1950, 1, 1))
    staff()
    assert tiers(con) == [("p1", 6)]


def test_an_address_outside_the_city_is_never_linked(con, resident, staff):
    """Tier 7: the namesake with the same birth date (decision 4)."""
    resident("p1")
    staff(address="深見市緑町6-3-20")
    assert tiers(con) == []
    assert questions(con) == [[("p1", 7)]]


def test_two_at_the_best_tier_stay_a_question(con, resident, staff):
    """No fall-through (§5.2): a third at a worse tier does not win."""
    resident("p1")
    resident("p2", household_id="h2")
    resident("p3", town="川端町", number="9番地", household_id="h3")
    staff()
    assert tiers(con) == []
    assert questions(con) == [[("p1", 1), ("p2", 1)]]


@pytest.mark.parametrize("row", [{"sex": "M"}, {"status": "dead"}, {"birth": date(1981, 6, 1)}])
def test_who_cannot_be_the_same_is_no_candidate(con, resident, staff, row):
    resident("p1", **row)
    staff()
    assert tiers(con) == []
    assert questions(con) == []
