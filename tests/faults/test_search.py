"""Everybody is found by what a page shows of them, however it is typed, and how many they are is said."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from graph.workspace import open_workspace
from japanese import names, searching
from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """椋川町, opened as a notebook does."""
    workspace = tmp_path_factory.mktemp("search")
    done = run("ingest", HANDMADE / "exports", "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    assert done.status == 0, done.err
    with open_workspace(workspace) as found:
        yield found


def _ids(found):
    return {person.person_id for person in found}


def test_s13_everybody_is_found_by_the_name_that_is_shown(opened):
    for person in opened._store.select("Person"):
        if person.name:
            assert person.person_id in _ids(opened.search(person.name)), person


def test_s13_everybody_is_found_by_reading_number_and_birth_date(opened):
    for person in opened._store.select("Person"):
        assert person.person_id in _ids(opened.search(person.person_id))
        for shown in filter(None, (person.kana, person.birth_date and person.birth_date.isoformat())):
            assert person.person_id in _ids(opened.search(shown)), (person, shown)


@pytest.mark.parametrize(
    "typed",
    ["渡邊　学", "渡辺学", "渡邉 学", "わたなべ まなぶ", "ﾜﾀﾅﾍﾞ ﾏﾅﾌﾞ", "ワタナベマナブ", "0000261955", "261955",
     "２６１９５５"],
)  # fmt: skip
def test_s13_width_old_characters_kana_and_zeros_do_not_matter(opened, typed):
    assert "0000261955" in _ids(opened.search(typed))


def test_s13_a_birth_date_is_found_in_either_calendar(opened):
    (person,) = opened.search("0000261955")
    born = person.birth_date
    era = f"昭和{born.year - 1925}" if born.year < 1989 else f"平成{born.year - 1988}"
    typed = [f"{born:%Y/%m/%d}", f"{born.year}年{born.month}月{born.day}日", f"{era}年{born.month}月{born.day}日",
             f"{era[0]}{era[2:]}.{born.month}.{born.day}", f"{born:%Y%m%d}"]  # fmt: skip
    for text in typed:
        found = opened.search(text)
        assert person.person_id in _ids(found) and {each.birth_date for each in found} == {born}, text


def test_s13_nobody_is_cut_off_in_silence(opened):
    everybody = opened.search("田")
    some = opened.search("田", limit=2)
    assert len(some) == 2 and some.total == len(everybody) == everybody.total > 2


def test_s13_who_is_given_is_in_the_audit_log_and_nobody_else(opened):
    shown = opened.search("田", limit=2)
    with sqlite3.connect(opened._paths.ledger) as ledger:
        rows = ledger.execute("SELECT * FROM audit").fetchall()
    assert json.dumps([person.person_id for person in shown]) in rows[-1]


def test_what_is_invisible_in_a_name_does_not_hide_anybody():
    assert searching.form("高\u200b崎\u202e健一", {}) == searching.form("高崎　健一", {})


def test_the_table_of_characters_goes_with_a_generation_whole(opened):
    assert searching.unpacked(opened._facts.folds) == names.folds()


def test_a_day_between_two_eras_is_a_day_of_one():
    assert "<s64-1-7>" in searching.key([], date(1989, 1, 7), {})
    assert "<h1-1-8>" in searching.key([], date(1989, 1, 8), {})
    assert next(searching.readings("平成元年1月8日", {})) == ["<h1-1-8>"]
