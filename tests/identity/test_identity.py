"""Who is this member of staff: the tiers (W2), one family at a time."""

from collections.abc import Callable
from datetime import date

import duckdb
import pytest

from graph.errors import SourceError
from ingest.identity.link import link
from ingest.identity.tiers import SCORE_ALONE

BORN = date(1980, 5, 21)
LINKED = 0.99


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
    """Give (person, tier) of everybody who was linked."""
    rows = link(con).links.to_pylist()
    return [(row["end"], row["tier"]) for row in rows if row["p"] >= LINKED]


def questions(con: duckdb.DuckDBPyConnection) -> list[list[tuple[str, int]]]:
    """Give (person, tier) of the likelier candidates of the member of staff, if that one was not linked."""
    rows = [row for row in link(con).links.to_pylist() if row["p"] >= 0.05]
    found = [(row["end"], row["tier"]) for row in rows]
    return [found] if found and all(row["p"] < LINKED for row in rows) else []


@pytest.fixture(autouse=True)
def strangers(fill: Callable[..., None]) -> None:
    """Let two hundred others live in 緑市, so that a name or a birth date means something."""
    fill("resident", *map(stranger, range(200)))


def stranger(number: int) -> dict[str, object]:
    """Make one of them up: ten surnames, twenty given names, everybody in a house of their own."""
    one, other = divmod(number, 20)
    return {
        "person_id": f"x{number:03d}", "history_no": 1, "household_id": f"hx{number}", "sex": "MF"[number % 2],
        "name": f"{'青赤白黒金銀東西南北'[one]}木　{'一二三四五六七八九十百千万春夏秋冬朝昼夜'[other]}",
        "status": "resident", "birth": date(1950 + one, 1 + other % 12, 1 + other), "town": "柳町",
        "number": f"{number}番地", "honseki": "緑市柳町一丁目2番地",
    }  # fmt: skip


def test_name_birth_and_address_link_at_tier_1(con, resident, staff):
    resident("p1")
    staff()
    assert tiers(con) == [("p1", 1)]
    assert link(con).links.to_pylist()[0]["evidence"][:2] == ["surname:6", "given:6"]


def test_a_variant_kanji_is_the_same_name(con, resident, staff):
    resident("p1", name="髙﨑　邦子", kana="タカサキ　クニコ")
    staff(name="高崎　邦子", kana="")
    assert tiers(con) == [("p1", 1)]


@pytest.mark.parametrize(
    ("register", "hr"), [("山田　〓", "山田　花"), ("山田　花", "〓田　花"), ("〓田　花", "〓田　花")]
)
def test_an_unreadable_character_stands_for_any_one(con, resident, staff, register, hr):
    """外字: the reading speaks for the part it stands in, and the evidence says that it is there."""
    resident("p1", name=register, kana="ヤマダ　ハナ")
    staff(name=hr, kana="ﾔﾏﾀﾞ ﾊﾅ")
    assert tiers(con) == [("p1", 1)]
    assert "unreadable" in link(con).links.to_pylist()[0]["evidence"]


def test_an_unreadable_character_does_not_hide_another_name(con, resident, staff):
    resident("p1", name="山田　〓子", kana="", town="川端町", number="9番地")
    staff(name="山田　太郎左", kana="")
    assert tiers(con) == []


def test_a_former_address_counts(con, resident, staff):
    resident("p1", town="川端町", number="9番地", previous_address="緑市本町一丁目2番3号")
    resident("p9", name="別　人", birth=date(1950, 1, 1))
    staff()
    assert tiers(con) == [("p1", 1)]


def test_a_name_of_an_older_row_counts(con, resident, staff):
    resident("p1")
    resident("p1", history_no=2, name="佐藤　花子", kana="サトウ　ハナコ")
    staff()
    assert tiers(con) == [("p1", 3)]


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


def test_a_changed_surname_and_a_near_birth_date_need_address_and_dependant(con, resident, staff, fill):
    """Tier 4 with two things that speak for it; with the address alone it stays a question."""
    resident("p1", name="中川　花子", kana="ナカガワ　ハナコ")
    resident("p2", name="中川　咲", kana="ナカガワ　サキ", birth=date(2010, 4, 3))
    staff(birth=date(1980, 5, 22))
    assert tiers(con) == []
    assert questions(con) == [[("p1", SCORE_ALONE)]]  # tier 0 would hide it: that is who HR knows
    fill("dependant", staff_id="0001", name="中川咲", kana="", birth=date(2010, 4, 3))
    assert tiers(con) == [("p1", 4)]


def test_a_wrong_kanji_does_not_make_a_name_a_mere_alias(con, resident, staff):
    resident("p1", alias="")
    staff(name="山田　花予")
    assert tiers(con) == [("p1", 1)]


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


@pytest.mark.parametrize("told", [
    {"status": "moved", "reason": "out", "moved_to": "大阪府深見市緑町六丁目3番20号"},
    {"previous_address": "深見市緑町６丁目３－２０ 緑荘101"},
])  # fmt: skip
def test_an_address_outside_that_the_register_tells_too_agrees(con, resident, staff, told):
    """Who moved away, or whom HR still has where they came from, is not behind tier 7."""
    resident("p1", **told)
    staff(address="深見市緑町6-3-20")
    assert tiers(con) == [("p1", 1)]


def test_two_at_the_best_tier_stay_a_question(con, resident, staff):
    """No fall-through (W2): a third at a worse tier does not win."""
    resident("p1")
    resident("p2", household_id="h2")
    resident("p3", town="川端町", number="9番地", household_id="h3")
    staff()
    assert tiers(con) == []
    assert questions(con) == [[("p1", 1), ("p2", 1)]]


@pytest.mark.parametrize("row", [{"sex": "M"}, {"birth": date(1981, 6, 1), "town": "川端町"}])
def test_what_contradicts_is_for_people_to_decide(con, resident, staff, row):
    resident("p1", **row)
    staff()
    assert tiers(con) == []


def test_the_dead_are_no_candidates(con, resident, staff):
    resident("p1", status="dead")
    staff()
    assert tiers(con) == [] and questions(con) == []


def test_who_came_back_under_a_new_number_is_one_candidate(con, resident, staff):
    resident("p1", status="moved")
    resident("p2", household_id="h2")
    staff()
    assert tiers(con) == [("p2", 1)]


def test_an_address_of_the_older_record_speaks_for_the_newer(con, resident, staff):
    """J7: HR kept where they lived before they left; alone, the newer record would stand behind tier 7 or 6."""
    resident("p1", status="moved")
    resident("p2", household_id="h2", town="川端町", number="9番地")
    staff()
    assert tiers(con) == [("p2", 1)]


def test_a_twin_is_told_apart_by_the_given_name(con, resident, staff):
    resident("p1")
    resident("p2", name="山田　月子", kana="ヤマダ　ツキコ")
    staff()
    assert tiers(con) == [("p1", 1)]


def test_a_typo_that_fits_both_twins_leaves_both_with_one_sum(con, resident, staff):
    resident("p1", name="山田　月子", kana="ヤマダ　ツキコ")
    resident("p2", name="山田　日子", kana="ヤマダ　ヒコ")
    staff(name="山田　〓子", kana="")
    found = {row["end"]: row["p"] for row in link(con).links.to_pylist()}
    assert max(found.values()) < LINKED and found["p1"] == pytest.approx(found["p2"])
    assert found["p1"] + found["p2"] > 0.98  # their shared kin are kin of the member of staff almost certainly


def test_a_foreigner_is_met_whatever_the_order_of_the_latin_name(con, resident, staff):
    resident("p1", name="", kana="", latin_name="NGUYỄN VAN AN", nationality="foreign")
    staff(name="An Van Nguyen", kana="")
    assert tiers(con) == [("p1", 1)]


def test_by_alias_alone_nobody_is_linked(con, resident, staff):
    resident("p1", name="李　英姫", kana="", alias="山田　花子", nationality="foreign")
    staff()
    assert tiers(con) == [] and questions(con) == [[("p1", 1)]]


def test_protected_persons_go_through_review(con, resident, staff):
    resident("p1", note="支援措置対象")
    staff()
    assert tiers(con) == [] and questions(con) == [[("p1", 1)]]


def test_two_numbers_of_one_member_of_staff_are_both_linked(con, resident, staff):
    resident("p1")
    staff()
    staff(staff_id="0002")
    assert tiers(con) == [("p1", 1), ("p1", 1)]


def test_a_name_from_before_the_wedding_in_an_older_posting_counts(con, resident, staff):
    resident("p1")
    staff(valid_from=date(2010, 4, 1), line=1)
    staff(name="佐藤　花子", kana="ｻﾄｳ ﾊﾅｺ", valid_from=date(2020, 4, 1), line=2)
    assert tiers(con) == [("p1", 1)]


def test_probabilities_and_nobody_add_up_to_one(con, resident, staff):
    resident("p1")
    resident("p2", household_id="h2", town="川端町")
    staff()
    found = link(con)
    assert sum(row["p"] for row in found.links.to_pylist()) + found.p_nobody["0001"] == pytest.approx(1, abs=1e-4)


def test_nobody_found_among_many_is_an_error(con, staff):
    for number in range(20):
        staff(staff_id=f"{number:04d}", name=f"誰{number}　何某", kana="", birth=date(1990, 1, 1))
    with pytest.raises(SourceError, match="none of 20 members of staff"):
        link(con)


FOREIGNER = {"name": "ＷＨＩＴＥ　ＡＮＮＡ　ＭＡＹ", "kana": "ホワイト　アンナ　メイ", "nationality": "foreign"}


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("ホワイト　アンナ　メイ", "ホワイト　アンナ　メイ"),
        ("ホワイト・アンナ・メイ", ""),
        ("ホワイト　アンナメイ", "ﾎﾜｲﾄ ｱﾝﾅﾒｲ"),
        ("WHITE Anna May", "ホワイト　アンナ　メイ"),
        ("白井　杏奈", "ホワイト　アンナメイ"),
        ("ホワイトアンナメイ", "ホワイトアンナメイ"),
    ],
)
def test_a_foreigner_is_met_by_the_reading_of_the_latin_name(con, resident, staff, name, kana):
    """W6: a name in Latin letters beside one in katakana."""
    resident("p1", **FOREIGNER)
    staff(name=name, kana=kana)
    assert tiers(con) == [("p1", 1)]


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("ホワイト　アンナ", "ホワイト　アンナ"),
        ("アンナ・メイ・ホワイト", "アンナ　メイ　ホワイト"),
        ("アンナ　ホワイト", ""),
        ("白　安奈", "ハク　アンナ"),
        ("", ""),
    ],
)
def test_a_foreigner_under_another_name_is_shown(con, resident, staff, name, kana):
    """W6: birth date, sex and address agree; never nobody without a candidate."""
    resident("p1", **FOREIGNER)
    staff(name=name, kana=kana)
    found = link(con)
    assert found.links.to_pylist()[0]["end"] == "p1" and found.p_nobody["0001"] <= 0.95


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("花子　山田", "ハナコ　ヤマダ"),
        ("花子山田", ""),
        ("花子, 山田", "ﾊﾅｺ, ﾔﾏﾀﾞ"),
        ("花子", "ハナコ"),
        ("花子", ""),
        ("ハナコ　ヤマダ", ""),
    ],
)
@pytest.mark.parametrize("address", ["緑市本町1-2-3", ""])
def test_parts_of_a_name_in_each_other_s_place_are_a_question(con, resident, staff, name, kana, address):
    """W6: with or without the address, and never a link."""
    resident("p1")
    staff(name=name, kana=kana, address=address)
    assert tiers(con) == []
    assert [end for found in questions(con) for end, _ in found] == ["p1"]


def test_who_shares_birth_date_sex_and_dwelling_is_asked_about_whatever_the_name(con, resident, staff):
    resident("p1")
    staff(name="佐々木　真由美", kana="ササキ　マユミ")
    (found,) = link(con).links.to_pylist()
    assert (found["end"], found["tier"]) == ("p1", SCORE_ALONE) and 0.05 < found["p"] < LINKED


def test_a_twin_of_whom_is_found_is_not_asked_about(con, resident, staff):
    resident("p1")
    resident("p2", name="山田　月子", kana="ヤマダ　ツキコ")
    staff()
    assert [row["end"] for row in link(con).links.to_pylist()] == ["p1"]


def test_two_people_whose_surname_is_the_other_s_given_name_are_two(con, resident, staff):
    resident("p1", name="森　真", kana="モリ　マコト")
    resident("p2", name="真　森", kana="マコト　モリ", town="川端町", number="9番地", household_id="h2")
    staff(name="森　真", kana="モリ　マコト")
    assert tiers(con) == [("p1", 1)]
