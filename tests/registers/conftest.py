"""Canonical views from a few lines of Python, so that each test shows the register rows it is about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from ingest.language.tables import TABLES, CanonicalTable
from ingest.reading.gedcom import records
from ingest.registers.build import Registers, read_registers
from ingest.sources import renumbered

Row = dict[str, Any]


def _columns(table: CanonicalTable) -> dict[str, str]:
    columns: dict[str, str] = {}
    for column in table.columns:
        columns[column.name] = column.type.sql
        if column.kind == "register_date":
            columns |= {f"{column.name}_earliest": "DATE", f"{column.name}_latest": "DATE"}
            columns |= {f"{column.name}_precision": "VARCHAR", f"{column.name}_text": "VARCHAR"}
    return columns | {"file": "VARCHAR", "line": "BIGINT", "source": "VARCHAR", "seen_until": "DATE"}


def _full(table: CanonicalTable, row: Row, line: int) -> Row:
    full: Row = {"file": f"{table.name}.csv", "line": line, "source": table.name} | row
    for column in (c for c in table.columns if c.kind == "register_date"):
        day = full.get(column.name)
        if isinstance(day, str):
            day = full[column.name] = date.fromisoformat(day)
        full.setdefault(f"{column.name}_earliest", day)
        full.setdefault(f"{column.name}_latest", day)
        full.setdefault(f"{column.name}_text", str(day or ""))
        full.setdefault(f"{column.name}_precision", "D" if day else "N")
    return full


def _load(con: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Row]) -> None:
    table = TABLES[name.removeprefix("written.")]
    columns = _columns(table)
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
    for number, row in enumerate(rows, start=2):
        full = _full(table, row, number)
        values = [full.get(c, "" if kind == "VARCHAR" else None) for c, kind in columns.items()]
        con.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)


def resident(person: str, relation: str, name: str, birth: str, sex: str = "M", **more: object) -> Row:
    """Give one row of the resident register: first and only row, made on 1993-04-01, living in household h1."""
    usual: Row = {"history_no": 1, "current": True, "household_id": "h1", "status": "resident", "event": "1993-04-01"}
    usual |= {"reason": "made", "nationality": "japanese", "resident_since": "1993-04-01"}
    return usual | {"person_id": person, "relation": relation, "name": name, "birth": birth, "sex": sex} | more


def entry(given: str, birth: str, head: str, place: str = "椋川町1番地", **more: object) -> Row:
    """Give one entry of a current 戸籍."""
    usual: Row = {"honseki": place, "register_head": head, "version": "current", "made": "2004-01-31", "position": 1}
    return usual | {"given_name": given, "birth": birth} | more


def event(given: str, what: str, day: str, head: str, place: str = "椋川町1番地", **more: object) -> Row:
    """Give one 身分事項 of a current 戸籍."""
    usual: Row = {"honseki": place, "register_head": head, "version": "current", "given_name": given}
    return usual | {"event": what, "happened": day} | more


@dataclass(frozen=True)
class Read:
    """What was read from a few rows, short enough to compare in a test."""

    registers: Registers

    def rows(self, kind: str) -> list[Row]:
        """Give a kind's rows as dicts."""
        return list(self.registers.kinds[kind].to_pylist())

    @property
    def parents(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Give (parent, child): (nature, grade)."""
        return {(r["start"], r["end"]): (r["nature"], r["grade"]) for r in self.rows("PARENT_OF")}

    @property
    def spouses(self) -> list[tuple[str, ...]]:
        """Give (a, b, nature, grade, from, to, ended by) with dates as text."""
        kept = ("start", "end", "nature", "grade", "valid_from", "valid_to", "ended_by")
        return [tuple(str(r[c] or "") for c in kept) for r in self.rows("SPOUSE_OF")]

    def named(self, name: str) -> str:
        """Give the id of the only person of that name."""
        (found,) = [str(r["person_id"]) for r in self.rows("Person") if str(r["name"]).replace("　", "") == name]
        return found


def tree(text: str, source: str = "kakeizu:yamada", written: str = "2024-05-31") -> list[Row]:
    """Give the records of a GEDCOM file as a run accepts them."""
    found = records.read("0 HEAD\n" + dedent(text).strip() + "\n0 TRLR")
    day = date.fromisoformat(written)
    usual = {"file": "yamada.ged", "source": source, "written": day}
    return [usual | {"xref": row.xref, "what": row.what, "text": row.text, "line": row.number} for row in found.rows]


def connect(
    residents: Sequence[Row],
    entries: Sequence[Row] = (),
    events: Sequence[Row] = (),
    genealogy: Sequence[Row] = (),
    addresses: Sequence[Row] = (),
) -> duckdb.DuckDBPyConnection:
    """Make a connection that holds the register views."""
    con = duckdb.connect()
    views = {"resident": residents, "koseki_entry": entries, "koseki_event": events, "genealogy": genealogy}
    views["koseki_address"] = addresses
    for name, rows in views.items():
        _load(con, name, rows)
    return con


@pytest.fixture
def read(stage: None) -> Callable[..., Read]:
    """Read registers from rows as dicts: residents, 戸籍 entries, 戸籍 events, genealogies, 附票."""
    return lambda *rows: Read(read_registers(connect(*rows)))


def effective(residents: Sequence[Row], **more: Sequence[Row]) -> duckdb.DuckDBPyConnection:
    """Make a connection with every canonical view, as a run has it: numbers of one human are one."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA written")
    for name in TABLES:
        _load(con, f"written.{name}", residents if name == "resident" else more.get(name, ()))
    renumbered.unite(con)
    return con


@pytest.fixture
def rows(stage: None) -> SimpleNamespace:
    """Give the functions that make rows: resident, entry, event, tree."""
    return SimpleNamespace(resident=resident, entry=entry, event=event, tree=tree, connect=connect, effective=effective)
