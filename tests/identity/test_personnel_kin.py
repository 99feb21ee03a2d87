"""Dependants and emergency contacts join the graph: as residents where one fits, else as people known from HR only."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from graph.store.tables import arrow_schema
from ingest.personnel import kin, staff
from japanese.addresses import Towns

MOTHER = {"person_id": "501", "name": "渡邊　ミツ", "birth": date(1955, 1, 25), "household_id": "9"}
DECLARED = {"staff_id": "77", "name": "渡辺ミツ", "relation": "母", "birth": date(1955, 1, 25), "together": False}
Graph = dict[str, pa.Table]


@pytest.fixture
def joined(con: duckdb.DuckDBPyConnection, fill: Callable[..., None]) -> Callable[..., Graph]:
    """Join what HR names to a graph of the given links; member of staff 77 is the resident `linked`, if any."""
    fill("staff", staff_id="77", name="渡辺　沙織", sex="F", birth=date(1987, 5, 17), file="shokuin.csv", line=2)

    def run(linked: str | None = None, p: float = 1.0, **links: list[dict[str, Any]]) -> Graph:
        graph = {kind: _table(kind, links.get(kind, [])) for kind in ("Person", "PARENT_OF", "SPOUSE_OF")}
        found = [{"start": "77", "end": linked, "p": p, "tier": 1, "method": "", "decided_by": ""}] if linked else []
        graph |= {"IDENTIFIED_AS": _table("IDENTIFIED_AS", found), "Staff": staff.build(con)["Staff"]}
        return kin.join(con, graph, Towns(["本町一丁目"], "椋川町"))

    return run


def _table(kind: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(kind))


def _links(graph: Graph, kind: str = "PARENT_OF") -> list[tuple[str, str, str]]:
    table = graph[kind]
    return sorted(zip(*(table[name].to_pylist() for name in ("start", "end", "grade")), strict=True))


def test_staff_who_live_elsewhere_have_kin_through_a_dependant(fill, joined):
    fill("resident", **MOTHER)
    fill("dependant", **DECLARED, file="fuyo.csv", line=14)
    graph = joined()
    assert _links(graph) == [("501", "hr:77", "stated")]
    assert graph["PARENT_OF"]["source_line"].to_pylist() == [14]
    assert graph["IDENTIFIED_AS"].select(["end", "p", "tier"]).to_pylist() == [{"end": "hr:77", "p": 1.0, "tier": 0}]
    (me,) = graph["Person"].to_pylist()
    assert (me["person_id"], me["name"], me["placeholder"]) == ("hr:77", "渡辺　沙織", False)


def test_two_residents_of_one_name_and_birth_date_are_neither(fill, joined):
    fill("resident", **MOTHER)
    fill("resident", **MOTHER | {"person_id": "502", "household_id": "10"})
    fill("dependant", **DECLARED)
    ((parent, child, _),) = _links(joined())
    assert parent.startswith("hr:77-") and child == "hr:77"


def test_who_lives_with_staff_from_elsewhere_is_no_resident(fill, joined):
    fill("resident", **MOTHER)
    fill("dependant", **DECLARED | {"together": True})
    ((parent, _, _),) = _links(joined())
    assert parent.startswith("hr:77-")


def test_a_housemate_is_met_by_given_name_and_birth_date(fill, joined):
    fill("resident", person_id="400", name="渡辺　沙織", household_id="9")
    fill("resident", **MOTHER | {"name": "小川　ミツ"})
    fill("dependant", **DECLARED | {"together": True})
    graph = joined("400")
    assert _links(graph) == [("501", "400", "stated")]
    assert graph["IDENTIFIED_AS"].num_rows == 1


def test_who_is_not_certainly_a_resident_is_known_to_hr(fill, joined):
    fill("resident", **MOTHER)
    fill("dependant", **DECLARED)
    graph = joined("400", p=0.5)
    assert _links(graph) == [("501", "hr:77", "stated")]
    assert graph["IDENTIFIED_AS"]["end"].to_pylist() == ["400", "hr:77"]


def test_a_contact_without_birth_date_needs_the_address(fill, joined):
    fill("resident", **MOTHER, town="本町一丁目", number="4番5号")
    contact = {"staff_id": "77", "name": "渡邊ミツ", "relation": "母"}
    fill("emergency_contact", **contact, address="椋川町本町1-4-5")
    assert _links(joined()) == [("501", "hr:77", "stated")]


def test_a_contact_without_birth_date_at_another_address_is_nobody_there(fill, joined):
    fill("resident", **MOTHER, town="本町一丁目", number="4番5号")
    fill("emergency_contact", staff_id="77", name="渡邊ミツ", relation="母", address="椋川町本町1-9-9")
    ((parent, _, _),) = _links(joined())
    assert parent.startswith("hr:77-")


def test_what_the_registers_say_is_not_said_again(fill, joined):
    fill("resident", **MOTHER)
    fill("dependant", **DECLARED)
    said = {"start": "501", "end": "400", "nature": "birth", "grade": "registered", "valid_from": date(1987, 5, 17)}
    assert _links(joined("400", PARENT_OF=[said])) == [("501", "400", "registered")]


def test_hr_gives_nobody_a_second_mother(fill, joined):
    fill("resident", **MOTHER)
    fill("dependant", **DECLARED)
    people = [{"person_id": "501", "sex": "F"}, {"person_id": "600", "sex": "F"}, {"person_id": "400", "sex": "F"}]
    said = {"start": "600", "end": "400", "nature": "birth", "grade": "registered", "valid_from": date(1987, 5, 17)}
    assert _links(joined("400", Person=people, PARENT_OF=[said])) == [("600", "400", "registered")]


def test_a_mother_in_law_hangs_on_the_spouse_or_on_a_placeholder(fill, joined):
    fill("dependant", **DECLARED | {"relation": "夫の母"})
    graph = joined()
    ((mother, husband, grade),) = _links(graph)
    assert mother.startswith("hr:77-") and husband.startswith("anon:") and grade == "composed"
    assert _links(graph, "SPOUSE_OF") == [(husband, "hr:77", "composed")]
    (between,) = [p for p in graph["Person"].to_pylist() if p["person_id"] == husband]
    assert between["placeholder"] and between["sex"] == "M"


def test_a_declared_spouse_stands_between(fill, joined):
    fill("dependant", staff_id="77", name="渡辺　健", relation="夫", birth=date(1985, 2, 3), line=1)
    fill("dependant", **DECLARED | {"relation": "義母"}, line=2)
    graph = joined()
    ((_, husband, _),) = _links(graph)
    ((one, other, _),) = _links(graph, "SPOUSE_OF")
    assert {one, other} == {husband, "hr:77"} and husband.startswith("hr:77-")


def test_an_ended_declaration_of_a_spouse_claims_no_marriage(fill, joined):
    ended = {"valid_from": date(2010, 4, 1), "valid_to": date(2015, 4, 1)}
    fill("dependant", staff_id="77", name="渡辺　健", relation="夫", birth=date(1985, 2, 3), **ended)
    assert _links(joined(), "SPOUSE_OF") == []


def test_siblings_share_an_anonymous_parent(fill, joined):
    fill("dependant", staff_id="77", name="渡辺　学", relation="弟", birth=date(1990, 2, 3))
    graph = joined()
    parents = {parent for parent, _, _ in _links(graph)}
    assert parents == {"anon:parent-of-hr:77"} and len(_links(graph)) == 2
    assert {p["placeholder"] for p in graph["Person"].to_pylist() if p["person_id"] in parents} == {True}


def test_who_is_dependant_and_contact_is_one_person(fill, joined):
    fill("dependant", **DECLARED)
    fill("emergency_contact", staff_id="77", name="渡辺　ミツ", relation="母")
    assert joined()["PARENT_OF"].num_rows == 1
