"""Every query of docs/neo4j.md is asked on a family whose answer is known; docs/data-model.md is the schema."""

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import get_type_hints

import pytest

from graph.store.schema import NODES, RELATIONSHIPS, Column, Node, Relationship
from graph.store.tables import key_of

DOCS = Path(__file__).parents[2] / "docs"
QUERIES = {
    text.split("\n", 1)[0].removeprefix("// "): text
    for text in re.findall(r"```cypher\n(.*?)```", (DOCS / "neo4j.md").read_text(encoding="utf-8"), re.DOTALL)
}
LONG_AGO, DAY = date(1960, 1, 1), datetime(2018, 7, 26, 10, 0)

# The viewer is `me`; each person below has been looked up once. Children are written after their parents.
CHILDREN = (
    ("great-grandfather", "grandfather"),
    ("grandfather", "father"),
    ("grandfather", "uncle"),
    ("father", "me"),
    ("me", "child"),
    ("uncle", "cousin"),
    ("cousin", "cousin's child"),
    ("cousin's child", "cousin's grandchild"),
    ("cousin's grandchild", "cousin's great-grandchild"),
    ("wife's mother", "wife"),
    ("wife's mother", "wife's sister"),
    ("wife's sister", "wife's niece"),
    ("wife's niece", "wife's grand-niece"),
)
# How the looked-up person is tied to `me` decides; the other spouse of a couple comes first.
COUPLES = (
    ("me", "wife", date(1990, 1, 1), None, "legal", ""),
    ("me", "first wife", date(1980, 1, 1), date(1985, 1, 1), "legal", "divorce"),
    ("me", "next wife", date(2020, 1, 1), None, "legal", ""),
    ("me", "partner", date(2016, 1, 1), None, "de_facto", ""),
    ("uncle", "uncle's widow", date(1970, 1, 1), date(2000, 1, 1), "legal", "death"),
    ("cousin", "cousin's wife", date(1990, 1, 1), None, "legal", ""),
)
ADOPTIONS = (
    ("wife", "adopted daughter", date(2000, 1, 1), None),
    ("adopted daughter", "born before", date(1999, 1, 1), None),
)
ADOPTED_INTO_ANOTHER_HOUSE = (("first wife", "taken in later", date(1995, 1, 1), None),)
KIN = {
    "great-grandfather", "grandfather", "father", "uncle", "child", "cousin", "cousin's child", "cousin's grandchild",
    "wife", "first wife", "wife's mother", "wife's sister", "wife's niece", "uncle's widow", "adopted daughter",
}  # fmt: skip


@pytest.fixture
def family(neo4j_store, make):
    """A family whose every member was looked up under the viewer's own account, and some lookups that are no kin's."""
    links = [(parent, child, "birth", LONG_AGO, None) for parent, child in CHILDREN]
    links += [(*adoption[:2], "adoptive", *adoption[2:]) for adoption in (ADOPTIONS[0], *ADOPTED_INTO_ANOTHER_HOUSE)]
    links += [(*ADOPTIONS[1][:2], "birth", *ADOPTIONS[1][2:])]
    people = sorted({name for link in links for name in link[:2]} | {name for couple in COUPLES for name in couple[:2]})
    parent, account, term = (make.records[kind][0] for kind in ("PARENT_OF", "Account", "BELONGS_TO"))
    used, seen = make.records["USES"][0], make.records["Lookup"][0]
    lookups = [name for name in people if name != "me"]
    strange = {"shared": "shared", "too early": "personal", "two holders": "personal"}
    fill = {
        "Person": [make.person(name, name, "") for name in people],
        "PARENT_OF": [
            replace(parent, start=start, end=end, nature=nature, valid_from=since, valid_to=until)
            for start, end, nature, since, until in links
        ],
        "SPOUSE_OF": [
            make.spouses(*sorted(couple[:2]), *couple[2:4], nature=couple[4], ended_by=couple[5]) for couple in COUPLES
        ],
        "IDENTIFIED_AS": [replace(make.records["IDENTIFIED_AS"][0], end="me")],
        "Staff": [make.records["Staff"][0], replace(make.records["Staff"][0], staff_id="colleague")],
        "Account": [account, *(replace(account, account_id=name, kind=kind) for name, kind in strange.items())],
        "USES": [
            used,
            *(replace(used, end=name) for name in strange if name != "too early"),
            replace(used, end="too early", valid_from=date(2018, 7, 27)),
            replace(used, start="colleague", end="two holders"),
        ],
        "BELONGS_TO": [replace(term, valid_to=None)],
        "Lookup": [replace(seen, lookup_id=name, time=DAY) for name in (*lookups, *strange)],
        "OF": [replace(make.records["OF"][0], start=name, end=name) for name in lookups]
        + [replace(make.records["OF"][0], start=name, end="child") for name in strange],
        "MADE_BY": [replace(make.records["MADE_BY"][0], start=name) for name in lookups]
        + [replace(make.records["MADE_BY"][0], start=name, end=name) for name in strange],
        "LOCATED_IN": [replace(make.records["LOCATED_IN"][0], end="s2")],
        "AT": [replace(make.records["AT"][0], start="uncle"), replace(make.records["AT"][0], start="shared")],
        "SUBJECT": [replace(make.records["SUBJECT"][0], end="uncle")],
        "COUNTS": [replace(make.records["COUNTS"][0], end="uncle")],
        **dict.fromkeys(("MEMBER_OF", "REGISTERED_IN", "RELATED_TO"), ()),
    }
    make.fill(neo4j_store, **fill)


def test_the_queries_are_those_that_are_tested_here():
    assert list(QUERIES) == [
        "kin lookups",
        "lookups of $person",
        "links of $person",
        "blood lines from $person to $other",
        "lookups away from the viewer's section",
        "suspicious lookups by section and system",
    ]


def test_lookups_that_close_a_loop_of_kin_are_found_and_no_others(family, neo4j):
    found = neo4j.run(QUERIES["kin lookups"])
    assert {row["viewer"] for row in found} == {"0123456"}
    assert [row["subject"] for row in found] == [row["lookup"] for row in found]
    assert {row["subject"] for row in found} == KIN
    assert len(found) == len(KIN)


def test_everyone_who_looked_a_person_up_is_named(family, neo4j):
    found = neo4j.run(QUERIES["lookups of $person"], person="child")
    assert [(row["account"], row["viewer"]) for row in found] == [
        ("税務事務システム:A1", "0123456"),
        ("shared", "0123456"),
        ("too early", None),
        ("two holders", "0123456"),
        ("two holders", "colleague"),
    ]


def test_a_persons_direct_links_come_with_their_evidence(family, neo4j):
    found = neo4j.run(QUERIES["links of $person"], person="uncle")
    assert [(row["tie"], row["other"], row["file"], row["line"]) for row in found] == [
        ("child", "cousin", "koseki.csv", 2),
        ("parent", "grandfather", "koseki.csv", 2),
        ("spouse", "uncle's widow", "koseki.csv", 4),
    ]


def test_a_blood_line_goes_up_and_then_down(family, neo4j):
    found = neo4j.run(QUERIES["blood lines from $person to $other"], person="me", other="cousin")
    assert found == [{"degree": 4, "line": ["me", "father", "grandfather", "uncle", "cousin"]}]


def test_spouses_have_no_blood_line_through_their_child(family, neo4j):
    found = neo4j.run(QUERIES["blood lines from $person to $other"], person="father", other="wife")
    assert found == []


def test_a_lookup_at_another_sections_terminal_is_found(family, neo4j):
    found = neo4j.run(QUERIES["lookups away from the viewer's section"])
    assert found == [{"lookup": "uncle", "viewer": "0123456", "terminal": "T1", "place": "福祉課"}]


def test_suspicious_lookups_are_counted_by_section_and_system(family, neo4j):
    found = neo4j.run(QUERIES["suspicious lookups by section and system"])
    assert found == [{"section": "税務課", "system": "税務事務システム", "conflicts": 1, "lookups": 1}]


def data_model() -> str:
    """Write docs/data-model.md from the schema and the comments of the records."""
    parts = [
        "# The data model\n",
        "Written from `graph/store/schema.py` and `graph/model.py` by\n"
        "`ENKAN_REFRESH=1 pytest tests/store/test_docs.py`.\n"
        "It is the same in both stores: a label or type is a table in DuckDB; in Neo4j every key includes `run_id`.\n"
        "`key` marks the properties that tell two of a kind apart within a run, `?` one that may be missing. Validity\n"
        "is half-open, `[valid_from, valid_to)`; an unknown start is `0001-01-01`.\n",
        "`Generation` has `run_id` (key), `published` and `facts` (JSON).\n",
        "## Labels\n",
        *map(_section, NODES),
        "## Relationship types\n",
        *map(_section, RELATIONSHIPS),
    ]
    return "\n".join(parts)


def _section(found: Node | Relationship) -> str:
    name = found.label if isinstance(found, Node) else f"({found.start})-[{found.type}]->({found.end})"
    source = Path(__file__).parents[2].joinpath("graph", "model.py").read_text(encoding="utf-8")
    body = source.split(f"class {found.record.__name__}:")[1].split("\n@record")[0]
    said = dict(re.findall(r"^    (\w+): .*?  # (.*)$", body, re.MULTILINE))
    about = [] if isinstance(found, Relationship) else [f"{found.record.__doc__}\n"]
    kind = found.label if isinstance(found, Node) else found.type
    sets = {name: _members(type_) for name, type_ in get_type_hints(found.record).items() if _is_set(type_)}
    rows = [_row(column, column.name in key_of(kind), (sets | said).get(column.name, "")) for column in found.columns]
    return "\n".join([f"### {name}\n", *about, "| property | type | |", "|---|---|---|", *rows, ""])


def _is_set(type_: object) -> bool:
    return isinstance(type_, type) and issubclass(type_, StrEnum)


def _members(type_: Iterable[StrEnum]) -> str:
    """Write the words of a closed set as a comment would."""
    words = [member.value for member in type_]
    return ", ".join(filter(None, words)) + ", or empty" * ("" in words)


def _row(column: Column, key: bool, said: str) -> str:
    kind = "list of str" if column.type is tuple else column.type.__name__
    marks = ["key"] * key + [said] * bool(said)
    return f"| `{column.name}` | {kind}{'?' * column.nullable} | {'; '.join(marks)} |"


def test_the_data_model_is_documented_as_it_is():
    page = DOCS / "data-model.md"
    if os.environ.get("ENKAN_REFRESH"):
        page.write_text(data_model(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == data_model()
