"""A town small enough to be read in a test: every row is stated, everything unsaid has a plain default."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from graph.conflicts.find import Findings, find
from graph.conflicts.rules import Policy, read_policy
from graph.store.schema import KINDS, REGISTER_KINDS
from ingest.language.tables import TABLES

TAX, WELFARE, RESIDENT = "税務事務システム", "総合福祉システム", "住民基本台帳等事務システム"
ARROW = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
    datetime: pa.timestamp("us"), tuple: pa.list_(pa.string()),
}  # fmt: skip
PLAIN = {
    str: "", int: 0, float: 0.0, bool: False, date: date(2000, 1, 1), datetime: datetime(2024, 1, 1), tuple: [],
}  # fmt: skip


class Town:
    """Rows of the registers, of business and of the logs, in the order in which a test states them."""

    TAX, WELFARE, RESIDENT = TAX, WELFARE, RESIDENT

    def __init__(self, folder: Path, policy: Policy) -> None:
        self.folder, self.policy = folder, policy
        self.graph: dict[str, list[dict[str, Any]]] = {kind: [] for kind in (*REGISTER_KINDS, "RELATED_TO")}
        self.business: dict[str, list[dict[str, Any]]] = {}

    def people(self, *ids: str) -> None:
        """Register residents."""
        self.graph["Person"] += [{"person_id": person} for person in ids]

    def household(self, household: str, *members: str, since: str = "2000-01-01", until: str | None = None) -> None:
        """Let people live together."""
        dates = {"valid_from": _day(since), "valid_to": _day(until)}
        self.graph["MEMBER_OF"] += [{"start": member, "end": household, **dates} for member in members]

    def clerk(self, staff: str, person: str | None = None, *, section: str = "310", tier: int = 1) -> None:
        """Employ somebody, with an account of the staff's own name in each system."""
        self.graph["Staff"].append({"staff_id": staff, "section_id": section})
        if person:
            self.graph["IDENTIFIED_AS"].append({"start": staff, "end": person, "tier": tier, "p": None})
        for system in (TAX, WELFARE, RESIDENT):
            self.account(system, staff, staff)

    def account(self, system: str, operator: str, staff: str, *, kind: str = "personal", since: str = "2000-01-01",
                until: str | None = None) -> None:  # fmt: skip
        """Give an operator id to a member of staff."""
        self.row("account", system=system, operator=operator, staff_id=staff, kind=kind, valid_from=_day(since),
                 valid_to=_day(until))  # fmt: skip
        self.graph["Account"].append({"account_id": f"{system}:{operator}", "system": system, "kind": kind})

    def related(self, a: str, b: str, kind: str = "blood", up: int = 1, down: int = 1, *, grade: str = "registered",
                since: str = "2000-01-01", until: str | None = None, label: str = "") -> None:  # fmt: skip
        """Tie two people as the closure would."""
        lines = (up, down) if kind in ("blood", "affinity") else (-1, -1)
        self.graph["RELATED_TO"].append({"start": a, "end": b, "kind": kind, "up": lines[0], "down": lines[1],
            "grade": grade, "valid_from": _day(since), "valid_to": _day(until), "label": label})  # fmt: skip

    def desk(self, terminal: str, section: str = "310") -> None:
        """Put a terminal into a section."""
        self.graph["Terminal"].append({"terminal_id": terminal})
        self.graph["LOCATED_IN"].append({"start": terminal, "end": section, "valid_to": None})

    def duty(self, staff: str, since: str, until: str, *, present: bool = True, section: str = "310") -> None:
        """Roster somebody as present or away."""
        span = {"valid_from": datetime.fromisoformat(since), "valid_to": datetime.fromisoformat(until)}
        self.graph["ON_DUTY"].append({"start": staff, "end": section, "present": present, **span})

    def row(self, table: str, **values: Any) -> None:
        """State one row of a business table."""
        self.business.setdefault(table, []).append(values)

    def log(
        self,
        time: str,
        operator: str,
        subject: str = "",
        *,
        system: str = TAX,
        view: str = "direct",
        key: str | None = None,
        **values: Any,
    ) -> str:
        """Log one access and give its lookup id; rows are numbered as they come."""
        key = str(len(self.business.get("lookup", [])) + 1) if key is None else key
        moment = datetime.fromisoformat(time)
        named = {"system": system, "row_key": key, "time": moment, "operator": operator, "subject": subject}
        self.row("lookup", view=view, **named, **values)
        return f"{system}:{key}"

    def relayed(self, time: str, operator: str, subject: str, *, read: str, **values: Any) -> str:
        """Log a welfare row and the resident row that it causes; give the lookup's id."""
        self.log(time, operator, subject, system=WELFARE, calls=RESIDENT, **values)
        return self.log(read, "FUKUREN", subject, system=RESIDENT, via=WELFARE, terminal_id="SERVER")

    def find_joined(self, operator: str) -> int:
        """Look the sister up under an id of the tax system, and count the lookups that have a viewer."""
        self.log("2024-04-01 11:00:00", operator, "sister")
        (day,) = self.find().facts.days
        return int(day.joined)

    def find(self, **policy: Any) -> Findings:
        """Find what there is to find, under the repository's policy with the given changes."""
        graph = {kind: _table(kind, rows) for kind, rows in self.graph.items()}
        with duckdb.connect() as con:
            for name, rows in self.business.items():
                con.execute(f"CREATE TABLE {name} ({_columns(name)})")
                con.register("rows", _business(name, rows))
                con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM rows")
            log = self.folder / "lookups.parquet"
            con.execute(f"COPY lookup TO '{log}'")
            con.execute("DROP TABLE lookup")
            return find(graph, con, [log], replace(self.policy, **policy), lambda done, text: None)


@pytest.fixture
def policy() -> Policy:
    """The policy that the repository ships."""
    return read_policy()


@pytest.fixture
def town(tmp_path: Path, policy: Policy, stage: None) -> Town:
    """A town with one clerk, 0001, who is the sibling of a resident."""
    town = Town(tmp_path, policy)
    town.people("clerk", "sister", "stranger")
    town.clerk("0001", "clerk")
    town.related("clerk", "sister")
    return town


def _table(kind: str, rows: list[dict[str, Any]]) -> pa.Table:
    columns = KINDS[kind].columns
    filled = [{c.name: row.get(c.name, None if c.nullable else PLAIN[c.type]) for c in columns} for row in rows]
    return pa.Table.from_pylist(filled, pa.schema([(column.name, ARROW[column.type]) for column in columns]))


def _columns(name: str) -> str:
    stated = [f"{column.name} {column.type.sql}" for column in TABLES[name].columns]
    return ", ".join([*stated, "file VARCHAR", "line BIGINT", "source VARCHAR", "seen_until DATE"])


def _business(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    texts = {column.name: "" for column in TABLES[name].columns if column.type.sql == "VARCHAR"}
    place = {"file": f"{name}.csv", "source": name, "seen_until": None}
    filled: list[Mapping[str, Any]] = [texts | place | {"line": line} | row for line, row in enumerate(rows, 2)]
    keys = sorted(set().union(*filled))
    return pa.table({key: [row.get(key) for row in filled] for key in keys})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
