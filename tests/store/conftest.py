"""A small graph that has every kind, for the contract of the stores."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from graph import model
from graph.model import UNKNOWN_START
from graph.store.base import GraphStore
from graph.store.duckdb import DuckDBStore
from graph.store.opening import open_store
from graph.store.schema import KINDS
from graph.store.tables import arrow_schema


def person(person_id: str, name: str, kana: str, **other: Any) -> model.Person:
    """Make a person of whom only what a test is about is special."""
    known = {
        "sex": "F",
        "birth_date": date(1960, 2, 29),
        "birth_text": "昭和35年2月29日",
        "death_date": None,
        "status": "resident",
        "address": "椋川町一丁目2番3号",
        "search_key": f"{name} {kana} {person_id}",
        "placeholder": False,
        "source_file": "juki.csv",
        "source_line": 7,
    }
    return model.Person(person_id=person_id, name=name, kana=kana, **(known | other))


def spouses(start: str, end: str, valid_from: date, valid_to: date | None = None, **other: Any) -> model.SpouseLink:
    """Make a legal marriage."""
    known = {"nature": "legal", "grade": "registered", "ended_by": "", "source_file": "koseki.csv", "source_line": 4}
    return model.SpouseLink(start=start, end=end, valid_from=valid_from, valid_to=valid_to, **(known | other))


def table(kind: str, *rows: Any) -> pa.Table:
    """Make the table of some records."""
    return pa.Table.from_pylist([asdict(row) for row in rows], schema=arrow_schema(kind))


DAY, NIGHT = datetime(2018, 7, 26, 16, 41, 5), datetime(2018, 7, 26, 23, 59, 59, 999_000)

RECORDS = MappingProxyType(
    {
        "Person": (
            person("000000000000001", "山田 花子", "ヤマダ ハナコ"),
            person("000000000000002", "山田 太郎", "ヤマダ タロウ", birth_date=None, birth_text="大正00年", sex="M"),
            person("anon:1", "", "", placeholder=True, search_key="", source_line=0),
            person("koseki:1", "髙橋 髙子", "タカハシ タカコ", death_date=date(2001, 1, 1), status="dead"),
        ),
        "Household": (model.Household(household_id="h1", institution=False),),
        "FamilyRegister": (
            model.FamilyRegister(register_id="r1", honseki="椋川町1番地", head_name="山田 太郎", version="current"),
        ),
        "Staff": (
            model.Staff(
                staff_id="0123456",
                name="山田 花子",
                kana="ヤマダ ハナコ",
                sex="F",
                birth_date=date(1960, 2, 29),
                address="椋川町1番地",
                section_id="s1",
                p_nobody=None,
            ),
        ),
        "Section": (model.Section(section_id="s1", name="税務課"), model.Section(section_id="s2", name="福祉課")),
        "Account": (
            model.Account(account_id="税務事務システム:A1", system="税務事務システム", operator="A1", kind="personal"),
        ),
        "Terminal": (model.Terminal(terminal_id="T1", place="本庁2階"),),
        "Lookup": (
            model.Lookup(
                lookup_id="l1",
                time=NIGHT,
                system="税務事務システム",
                via="",
                operation="照会",
                view="direct",
                attribution="own",
                file="zei.csv",
                line=3,
                caller_file="",
                caller_line=0,
            ),
        ),
        "Conflict": (
            model.Conflict(
                conflict_id="c1",
                viewer_id="0123456",
                viewer_person="000000000000001",
                subject_id="000000000000002",
                outcome="suspicious",
                score=2.5,
                factors="[]",
                identity_tier=1,
                identity_p=None,
                first_lookup=DAY,
                last_lookup=NIGHT,
                systems=("税務事務システム", "総合福祉システム"),
            ),
        ),
        "PARENT_OF": (
            model.ParentLink(
                start="koseki:1",
                end="000000000000001",
                nature="birth",
                grade="registered",
                valid_from=date(1960, 2, 29),
                valid_to=None,
                ended_by="",
                source_file="koseki.csv",
                source_line=2,
            ),
        ),
        "SPOUSE_OF": (
            spouses("000000000000001", "000000000000002", UNKNOWN_START, date(1990, 4, 1), ended_by="divorce"),
            spouses("000000000000001", "000000000000002", date(1995, 6, 1)),
        ),
        "MEMBER_OF": (
            model.Membership(
                start="000000000000001",
                end="h1",
                relation_to_head="妻",
                valid_from=UNKNOWN_START,
                valid_to=None,
                source_file="juki.csv",
                source_line=7,
            ),
        ),
        "REGISTERED_IN": (
            model.RegisterEntry(
                start="000000000000001",
                end="r1",
                valid_from=date(1995, 6, 1),
                valid_to=None,
                source_file="koseki.csv",
                source_line=2,
            ),
        ),
        "IDENTIFIED_AS": (
            model.IdentityLink(
                start="0123456",
                end="000000000000001",
                p=0.995,
                scored_p=0.995,
                tier=1,
                evidence=("surname:6", "birth:equal"),
                method="1",
                decided_by="",
            ),
        ),
        "BELONGS_TO": (
            model.SectionTerm(start="0123456", end="s1", valid_from=date(2010, 4, 1), valid_to=date(2012, 4, 1)),
            model.SectionTerm(start="0123456", end="s1", valid_from=date(2015, 4, 1), valid_to=None),
        ),
        "ON_DUTY": (
            model.DutySpan(start="0123456", end="s1", valid_from=DAY, valid_to=NIGHT, present=True, what="通常"),
        ),
        "USES": (
            model.AccountUse(start="0123456", end="税務事務システム:A1", valid_from=date(2010, 4, 1), valid_to=None),
        ),
        "LOCATED_IN": (model.TerminalPlace(start="T1", end="s1", valid_from=date(2010, 4, 1), valid_to=None),),
        "MADE_BY": (model.MadeBy(start="l1", end="税務事務システム:A1"),),
        "AT": (model.At(start="l1", end="T1"),),
        "OF": (model.LookupOf(start="l1", end="000000000000002", view="direct"),),
        "RELATED_TO": (
            model.Relation(
                start="000000000000001",
                end="000000000000002",
                kind="spouse",
                up=-1,
                down=-1,
                side="",
                nature="",
                half="",
                grade="registered",
                valid_from=date(1995, 6, 1),
                valid_to=None,
                label="",
                path=("000000000000001", "000000000000002"),
                links=('{"type": "spouse", "line": 4}',),
            ),
        ),
        "VIEWER": (model.ConflictViewer(start="c1", end="0123456"),),
        "SUBJECT": (model.ConflictSubject(start="c1", end="000000000000002"),),
        "COUNTS": (
            model.ConflictLookup(start="c1", end="l1", outcome="suspicious", template="", record="", tense="current"),
        ),
    }
)


def fill(store: GraphStore, run_id: str = "run1", facts: str = "{}", **other: tuple[Any, ...]) -> None:
    """Write and publish the small graph, some kinds with other records."""
    store.begin(run_id)
    for kind in KINDS:
        store.write(kind, table(kind, *other.get(kind, RECORDS[kind])))
    store.publish(run_id, facts)


@pytest.fixture
def duckdb_store(tmp_path: Path) -> Iterator[GraphStore]:
    """An empty workspace's own store."""
    with DuckDBStore(tmp_path / "workspace") as store:
        yield store


@pytest.fixture
def neo4j_store(neo4j: Any, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty server's store."""
    with open_store(neo4j.uri, tmp_path / "workspace", user=neo4j.user, password=neo4j.password) as store:
        yield store


@pytest.fixture(params=["duckdb", "neo4j"])
def store(request: pytest.FixtureRequest) -> GraphStore:
    """Each of the two stores."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture
def make() -> SimpleNamespace:
    """What tests build graphs with."""
    return SimpleNamespace(person=person, spouses=spouses, table=table, fill=fill, records=RECORDS)
