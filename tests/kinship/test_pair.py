"""One person's relations through a store's rings equal those of the whole register's closure."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.kinship import pair
from graph.kinship.network import read
from graph.store.duckdb import DuckDBStore
from tests.kinship.conftest import Rows, closed, family, tables
from tests.kinship.test_oracle import towns
from tests.kinship.test_terms import PICTURE


def stored(rows: Rows, folder: Path) -> DuckDBStore:
    """Publish a town in an embedded store."""
    store = DuckDBStore(folder)
    store.begin("run")
    for kind, table in tables(rows).items():
        store.write(kind, table)
    store.publish("run", "{}")
    store.current()
    return store


@settings(max_examples=3, deadline=None, derandomize=True)
@given(towns())
def test_rings_find_what_the_closure_finds(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> None:
    everybody = closed(rows)
    with stored(rows, tmp_path_factory.mktemp("town")) as store:
        for person in [row["person_id"] for row in rows["Person"]][:12]:
            assert pair.around(store, person).relations(person) == [r for r in everybody if r.start == person]


@pytest.fixture(scope="module")
def large_family(tmp_path_factory):
    rows = family(PICTURE + " stranger>stranger2 cousin@home")
    with stored(rows, tmp_path_factory.mktemp("family")) as store:
        yield rows, store


def test_a_family_of_every_relation_is_found_whole(large_family):
    rows, store = large_family
    assert pair.around(store, "me").relations("me") == closed(rows, "me")


def test_ties_are_those_of_the_two(large_family):
    _, store = large_family
    assert {(r.kind, r.up, r.down) for r in pair.around(store, "me").ties("me", "cousin")} == {
        ("blood", 2, 2),
        ("household", -1, -1),
    }
    assert pair.around(store, "me").ties("me", "stranger") == []


def test_strangers_are_never_asked_for(large_family, monkeypatch):
    _, store = large_family
    asked: list[str] = []
    links = store.links
    monkeypatch.setattr(store, "links", lambda ids: asked.extend(ids) or links(ids))
    pair.around(store, "me").relations("me")
    assert "stranger" not in asked
    assert len(asked) < 2 * len(set(asked))


def test_every_line_of_a_collapsed_pedigree_is_told_and_no_more_than_asked_for():
    rows = family("apex>one apex>other one>left other>left apex>me me>child left>cousin child=cousin")
    kin = pair.Loaded(read(tables(rows)))
    lines = [line for line in kin.lines("me", "cousin") if (line.kind, line.up, line.down) == ("blood", 1, 3)]
    assert [line.path for line in lines] == [
        ("me", "apex", "one", "left", "cousin"), ("me", "apex", "other", "left", "cousin"),
    ]  # fmt: skip
    assert all(len(line.links) == 4 for line in lines)
    assert len(kin.lines("me", "cousin", most=1)) == 1


@settings(max_examples=20, deadline=None, derandomize=True)
@given(towns())
def test_the_lines_of_a_pair_say_its_ties_and_one_of_each_is_the_witness(rows: Rows) -> None:
    kin = pair.Loaded(read(tables(rows)))
    people = [row["person_id"] for row in rows["Person"]][:4]
    for a, b in itertools.product(people, people):
        ties, lines = kin.ties(a, b), kin.lines(a, b)
        assert {_said(tie) for tie in ties} == {_said(line) for line in lines}
        assert {(_said(tie), tie.path) for tie in ties} <= {(_said(line), line.path) for line in lines}


def _said(r):
    return r.kind, r.up, r.down, r.side, r.nature, r.half, r.valid_from
