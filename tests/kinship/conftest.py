"""Families as arrows: `ann>bo cy>bo ann=cy`, read into plain dicts, and from there into the tables of the graph."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from graph.kinship.closure import closure
from graph.model import UNKNOWN_START, Person, Relation
from graph.store.schema import KINDS
from graph.store.tables import records

TYPES = {str: pa.string(), date: pa.date32(), bool: pa.bool_(), int: pa.int64()}
Rows = dict[str, list[dict[str, Any]]]


def person(person_id: str, **facts: Any) -> dict[str, Any]:
    """Give a person's row; whoever is named `?…` is a placeholder."""
    blank = {"name": person_id, "kana": "", "sex": "", "birth_date": None, "birth_text": "", "death_date": None}
    rest = {"status": "", "address": "", "search_key": "", "source_file": "p.csv", "source_line": 1}
    blank["other_numbers"] = ""
    return {"person_id": person_id, "placeholder": person_id.startswith("?"), **blank, **rest, **facts}


def parent(start: str, end: str, **facts: Any) -> dict[str, Any]:
    """Give a parent link's row."""
    blank = {"nature": "birth", "grade": "registered", "valid_from": date(1950, 1, 1), "valid_to": None, "ended_by": ""}
    blank["may_end"] = None
    return {"start": start, "end": end, **blank, "source_file": "k.csv", "source_line": 2, **facts}


def spouse(one: str, other: str, **facts: Any) -> dict[str, Any]:
    """Give a spouse link's row, the two ordered by id."""
    start, end = sorted((one, other))
    return parent(start, end, **{"nature": "legal", "grade": "registered", "source_line": 3, **facts})


def member(start: str, end: str, **facts: Any) -> dict[str, Any]:
    """Give a membership's row."""
    blank = {"relation_to_head": "", "valid_from": UNKNOWN_START, "valid_to": None}
    return {"start": start, "end": end, **blank, "source_file": "j.csv", "source_line": 4, **facts}


def family(picture: str) -> Rows:
    """Read arrows: `a>b` a parent, `a>>b` by adoption, `a=b` a marriage, `a~b` a de facto one, `a@h` lives in h."""
    rows: Rows = {kind: [] for kind in ("Person", "Household", "PARENT_OF", "SPOUSE_OF", "MEMBER_OF")}
    names: set[str] = set()
    for arrow in picture.split():
        sign = next(s for s in (">>", ">", "=", "~", "@") if s in arrow)
        one, other = arrow.split(sign)
        names |= {one} if sign == "@" else {one, other}
        if sign == "@":
            rows["MEMBER_OF"].append(member(one, other))
        elif ">" in sign:
            rows["PARENT_OF"].append(parent(one, other, nature="adoptive" if sign == ">>" else "birth"))
        else:
            rows["SPOUSE_OF"].append(spouse(one, other, nature="legal" if sign == "=" else "de_facto"))
    homes = sorted({row["end"] for row in rows["MEMBER_OF"]})
    rows["Household"] = [{"household_id": home, "institution": home.startswith("!")} for home in homes]
    rows["Person"] = [person(name) for name in sorted(names)]
    return rows


def tables(rows: Rows) -> dict[str, pa.Table]:
    """Turn rows into the tables the closure takes."""
    return {
        kind: pa.table(
            {c.name: pa.array([row[c.name] for row in rows[kind]], TYPES[c.type]) for c in KINDS[kind].columns}
        )
        for kind in rows
    }


def closed(rows: Rows, *sources: str) -> list[Relation]:
    """Give the relations of the sources, or of everybody."""
    everybody = sources or tuple(row["person_id"] for row in rows["Person"])
    return records("RELATED_TO", closure(tables(rows), everybody))


def people(rows: Rows) -> dict[str, Person]:
    """Give the persons by id."""
    return {row["person_id"]: Person(**row) for row in rows["Person"]}


@pytest.fixture
def kin() -> Callable[..., set[tuple[str, str, int, int, str]]]:
    """Give one person's relations in a picture as (end, kind, up, down, side), but oneself."""

    def of(rows: str | Rows, source: str) -> set[tuple[str, str, int, int, str]]:
        relations = closed(family(rows) if isinstance(rows, str) else rows, source)
        return {(r.end, r.kind, r.up, r.down, r.side) for r in relations if r.kind != "self"}

    return of
