"""What both stores do, each behaviour once."""

import dataclasses
import importlib
import json
from datetime import date

import pyarrow as pa
import pytest

from graph.errors import StoreError, WorkspaceError
from graph.model import UNKNOWN_START
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.schema import KINDS, NODES
from graph.store.tables import arrow_schema, key_of


def test_every_kind_comes_back_as_it_was_written(store, make):
    make.fill(store, facts='{"days": []}')
    assert {kind: tuple(store.select(kind)) for kind in KINDS} == dict(make.records)
    for kind in KINDS:
        assert store.read(kind).equals(make.table(kind, *make.records[kind]).cast(arrow_schema(kind)))
    assert store.current().facts == '{"days": []}'


def test_counts_are_of_the_published_generation(store, make):
    make.fill(store)
    store.begin("run2")
    store.write("Section", make.table("Section", *make.records["Section"]))
    assert store.counts() == {kind: len(rows) for kind, rows in make.records.items()}


def test_the_same_write_twice_changes_nothing(store, make):
    store.begin("run1")
    for kind in (*KINDS, *KINDS):
        assert store.write(kind, make.table(kind, *make.records[kind])) == len(make.records[kind])
    store.publish("run1", "{}")
    assert store.counts() == {kind: len(rows) for kind, rows in make.records.items()}


def test_a_value_gone_from_the_source_goes_from_the_graph(store, make):
    dead, known = make.person("1", "甲", "コウ", death_date=date(2001, 1, 1)), make.person("1", "甲", "コウ")
    store.begin("run1")
    store.write("Person", make.table("Person", dead))
    store.write("Person", make.table("Person", known))
    store.publish("run1", "{}")
    assert store.people(["1"]) == [known]


def test_what_a_newer_run_no_longer_has_is_gone(store, make):
    make.fill(store)
    make.fill(store, "run2", Section=make.records["Section"][:1], SPOUSE_OF=())
    assert [section.section_id for section in store.select("Section")] == ["s1"]
    assert store.links(["000000000000001"])[1] == []
    assert store.read("SPOUSE_OF").schema == arrow_schema("SPOUSE_OF")


def test_a_remarriage_stands_beside_the_first_marriage(store, make):
    make.fill(store)
    first, second = store.links(["000000000000002"])[1]
    assert (first.valid_from, first.valid_to) == (UNKNOWN_START, date(1990, 4, 1))
    assert (second.valid_from, second.valid_to) == (date(1995, 6, 1), None)


def test_links_are_found_from_either_end_and_once(store, make):
    make.fill(store)
    parents, marriages = store.links(["000000000000001", "koseki:1"])
    assert [(link.start, link.end) for link in parents] == [("koseki:1", "000000000000001")]
    assert len(marriages) == 2
    assert [member.end for member in store.memberships(["000000000000001"])] == ["h1"]


def test_an_unknown_id_finds_nothing(store, make):
    make.fill(store)
    assert store.people(["999999999999999"]) == []
    assert store.links(["999999999999999"]) == ([], [])
    assert store.select("RELATED_TO", {"start": []}) == []


def test_several_columns_must_all_fit(store, make):
    make.fill(store)
    assert store.select("SPOUSE_OF", {"valid_from": [date(1995, 6, 1)], "start": ["000000000000001"]}) == [
        make.records["SPOUSE_OF"][1]
    ]
    assert store.select("Person", {"placeholder": [True]}) == [make.records["Person"][2]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("山田", ["000000000000001", "000000000000002"]),
        ("タロウ 山田", ["000000000000002"]),
        ("髙橋", ["koseki:1"]),
        ("高", []),
        ("' OR true //", []),
        ("", []),
    ],
)
def test_people_are_searched_in_the_script_of_the_register(store, make, text, found):
    make.fill(store)
    assert [person.person_id for person in store.search(text)] == found


def test_search_stops_at_its_limit_only_and_says_how_many_there_are(store, make):
    make.fill(store)
    found = store.search("山田", limit=1)
    assert [person.person_id for person in found] == ["000000000000001"] and found.total == 2
    many = tuple(make.person(f"{number:015d}", "森　一", "モリ　ハジメ") for number in range(120))
    make.fill(store, run_id="run2", Person=(*make.records["Person"], *many))
    store.current()
    assert len(store.search("森")) == store.search("森", limit=50).total == 120


def test_what_is_withdrawn_can_be_built_again_under_its_name(store, make):
    make.fill(store, run_id="run1", Section=())
    store.withdraw()
    assert store.current() is None
    make.fill(store, run_id="run1")
    assert (store.current().run_id, store.counts()["Section"]) == ("run1", 2)


def test_of_rows_with_one_key_the_last_stands(store, make):
    store.begin("run1")
    rows = [dataclasses.replace(make.records["Section"][0], name=name) for name in ("税務課", "市民税課")]
    assert store.write("Section", make.table("Section", *rows)) == 1
    store.publish("run1", "{}")
    assert [section.name for section in store.select("Section")] == ["市民税課"]


def test_tables_may_come_one_after_the_other(store, make):
    store.begin("run1")
    assert store.write("Section", (make.table("Section", row) for row in make.records["Section"])) == 2
    assert store.read("Section", "run1").column("section_id").to_pylist() == ["s1", "s2"]


def test_a_relationship_without_its_end_is_left_out_and_said(store, make, caplog):
    store.begin("run1")
    store.write("Person", make.table("Person", make.person("1", "甲", "コウ"), make.person("2", "乙", "オツ")))
    day = date(2000, 1, 1)
    rows = make.table(
        "SPOUSE_OF", make.spouses("1", "2", day), make.spouses("1", "3", day), make.spouses("0", "1", day)
    )
    assert store.write("SPOUSE_OF", rows) == 1
    assert "SPOUSE_OF: 2 rows left out" in caplog.text


@pytest.mark.parametrize("column", ["valid_from", "grade"])
def test_a_null_where_none_may_be_is_refused_whole(store, make, column):
    rows = make.table("SPOUSE_OF", *make.records["SPOUSE_OF"])
    store.begin("run1")
    with pytest.raises(StoreError, match=f"SPOUSE_OF: {column} may not be null"):
        store.write("SPOUSE_OF", rows.set_column(rows.schema.get_field_index(column), column, pa.nulls(2)))


def test_columns_and_types_must_be_those_of_the_schema(store, make):
    store.begin("run1")
    with pytest.raises(StoreError, match="Section: columns name, title"):
        store.write("Section", make.table("Section").rename_columns(["section_id", "title"]))
    with pytest.raises(StoreError, match="another type"):
        store.write("Household", pa.table({"household_id": ["h"], "institution": ["perhaps"]}))


def test_nothing_published_is_an_error_of_the_workspace(store):
    assert store.current() is None
    with pytest.raises(WorkspaceError, match="nothing is published"):
        store.read("Person")


def test_a_reader_sees_the_old_generation_until_the_new_one_is_published(store, make):
    make.fill(store)
    store.begin("run2")
    for node in NODES:
        store.write(node.label, make.table(node.label))
    assert (store.current().run_id, store.counts()["Person"], store.read("Person", "run2").num_rows) == ("run1", 4, 0)
    store.publish("run2", "{}")
    assert (store.current().run_id, store.counts()["Person"]) == ("run2", 0)


def test_a_published_generation_is_not_begun_again(store, make):
    make.fill(store)
    with pytest.raises(StoreError, match="published already"):
        store.begin("run1")


def test_only_what_was_begun_is_written_and_published(store, make):
    with pytest.raises(StoreError, match="no generation was begun"):
        store.write("Section", make.table("Section"))
    store.begin("run1")
    with pytest.raises(StoreError, match="was not begun"):
        store.publish("run2", "{}")


def test_both_stores_give_the_same_fingerprint(store, make, tmp_path):
    make.fill(store)
    with DuckDBStore(tmp_path / "other") as other:
        make.fill(other, "another-run")
        assert compare(store, other) == []


def test_one_altered_property_is_a_difference(store, make, tmp_path):
    make.fill(store)
    altered = dataclasses.replace(make.records["SPOUSE_OF"][1], valid_to=date(2011, 3, 11))
    with DuckDBStore(tmp_path / "other") as other:
        make.fill(other, SPOUSE_OF=(make.records["SPOUSE_OF"][0], altered))
        assert [difference.row() for difference in compare(store, other)] == [
            {"kind": "SPOUSE_OF", "first": 2, "second": 2}
        ]


def test_a_fingerprint_does_not_know_the_order_of_writing(store, make):
    make.fill(store)
    before = store.fingerprint()
    make.fill(store, "run2", **{kind: rows[::-1] for kind, rows in make.records.items()})
    assert store.current().run_id == "run2"
    assert store.fingerprint() == before
    assert json.dumps(before) != json.dumps({})


def test_every_key_is_part_of_its_record():
    assert all(set(key_of(kind)) <= set(arrow_schema(kind).names) for kind in KINDS)


@pytest.mark.parametrize("kind", ["Person", "PARENT_OF", "MEMBER_OF"])
@pytest.mark.parametrize("piece", [1, 1_000])
def test_pieces_are_the_rows_that_a_whole_reading_gives(store, make, monkeypatch, kind, piece):
    make.fill(store)
    monkeypatch.setattr(importlib.import_module(type(store).__module__), "PIECE", piece)
    whole = store.read(kind)
    columns = whole.column_names[3:0:-1]
    tables = list(store.pieces(kind, columns))
    assert {tuple(table.column_names) for table in tables} == {tuple(columns)}
    rows = [row for table in tables for row in table.to_pylist()]
    assert sorted(map(repr, rows)) == sorted(repr({name: row[name] for name in columns}) for row in whole.to_pylist())


def test_pieces_of_a_kind_without_rows_are_one_table_with_the_columns(store, make):
    store.begin("run1")
    store.publish("run1", "{}")
    (table,) = store.pieces("PARENT_OF", ["start", "grade"])
    assert (table.num_rows, table.column_names) == (0, ["start", "grade"])
