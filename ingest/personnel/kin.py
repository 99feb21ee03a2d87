"""The kin that personnel records name, joined to the graph of the registers: all that many staff have."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from graph.records.certainty import is_certain
from graph.steps.duckdb import within
from graph.store.tables import arrow_schema
from ingest.personnel import dependant_links, dependants
from ingest.personnel.dependant_links import SEXES, Known, Statement
from ingest.personnel.dependants import Relative
from ingest.registers import kept
from japanese.addresses import Towns
from japanese.terms import zokugara

HR_TIER = 0  # not a register identity: the member of staff as the personnel records know them

Row = dict[str, Any]


def join(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table], towns: Towns) -> dict[str, pa.Table]:
    """Give the graph with the relatives that HR names; staff linked to nobody stand in it as `hr:職員番号`."""
    linked = _linked(graph["IDENTIFIED_AS"])
    with within(con) as engine:
        named = dependants.read(engine, linked, towns)
        entries = engine.read("staff_entry").to_pylist()
    known = Known(graph)
    person_of = {staff: linked.get(staff, f"hr:{staff}") for staff in named}
    people = [*_staff(graph["Staff"], entries, set(person_of) - set(linked)), *_relatives(named)]
    known.learn(people)
    said = [
        each for staff in sorted(named) for each in dependant_links.statements(person_of[staff], named[staff], known)
    ]
    links = list(dependant_links.parent_rows(said, known))
    anonymous = _anonymous(said, links, {person["person_id"] for person in people})
    added = {
        "Person": [*people, *anonymous],
        "PARENT_OF": links,
        "SPOUSE_OF": list(dependant_links.spouse_rows(said, known)),
        "IDENTIFIED_AS": [_as_known_to_hr(staff) for staff in sorted(set(person_of) - set(linked))],
    }
    return dict(graph) | {kind: _appended(kind, graph[kind], rows) for kind, rows in added.items()}


def _linked(links: pa.Table) -> dict[str, str]:
    columns = (links.column(name).to_pylist() for name in ("start", "end", "p"))
    return {staff: person for staff, person, p in zip(*columns, strict=True) if is_certain(p)}


def _as_known_to_hr(staff: str) -> Row:
    scored = {
        "p": 1.0,
        "scored_p": None,
        "tier": HR_TIER,
        "evidence": ["personnel"],
        "method": "",
        "decided_by": "",
    }
    return {"start": staff, "end": f"hr:{staff}"} | scored


def _staff(table: pa.Table, entries: Iterable[Row], wanted: set[str]) -> Iterator[Row]:
    entry = {row["staff_id"]: (row["file"], row["line"]) for row in entries}
    for row in table.to_pylist():
        if row["staff_id"] in wanted:
            named = {"name": row["name"], "kana": row["kana"], "sex": row["sex"], "birth_date": row["birth_date"]}
            yield _person(f"hr:{row['staff_id']}", *entry[row["staff_id"]]) | named


def _relatives(named: Mapping[str, Iterable[Relative]]) -> Iterator[Row]:
    for relative in (each for group in named.values() for each in group if each.person_id.startswith("hr:")):
        steps = zokugara.parse(relative.relation).steps
        sex = SEXES.get(steps[-1], _childs_sex(relative.relation)) if steps else ""
        named_so = {"name": relative.name, "kana": relative.kana, "sex": sex, "birth_date": relative.birth}
        yield _person(relative.person_id, relative.file, relative.line) | named_so


def _childs_sex(relation: str) -> str:
    """Tell a child's sex from 長男, 二女, 養女 …"""
    return {"男": "M", "女": "F"}.get(relation[-1:], "")


def _anonymous(said: Iterable[Statement], links: Iterable[Row], named: set[str]) -> list[Row]:
    """Give the placeholders that the statements and the links of siblings bring in."""
    stands = {person: each for each in said for person in (each.anchor, each.person)}
    sexes = {each.person: SEXES.get(each.step, "") for each in said}
    through = {row["start"]: row for row in links if row["start"] not in stands}
    rows = [_person(p, e.source.file, e.source.line) | {"sex": sexes.get(p, "")} for p, e in stands.items()]
    rows += [_person(parent, row["source_file"], row["source_line"]) for parent, row in through.items()]
    return [
        row | {"placeholder": True}
        for row in rows
        if row["person_id"].startswith("anon:") and row["person_id"] not in named
    ]


def _person(person_id: str, file: str, line: int) -> Row:
    empty = dict.fromkeys(("name", "kana", "sex", "birth_text", "status", "address", "search_key", "other_numbers"), "")
    days = {"birth_date": None, "death_date": None}
    return {"person_id": person_id, "placeholder": False, "source_file": file, "source_line": line} | empty | days


def _appended(kind: str, table: pa.Table, rows: list[Row]) -> pa.Table:
    """Add rows to a table; a placeholder that stands in it already is that one."""
    schema = arrow_schema(kind)
    more = pa.Table.from_pylist(rows, schema=schema)
    if kind == "Person":
        new = pc.invert(pc.is_in(more["person_id"], table["person_id"].combine_chunks()))
        more = kept.with_search_keys(more.filter(new).drop_columns(["search_key"])).select(schema.names)
    return pa.concat_tables([table.cast(schema), more.cast(schema)])
