"""One person's relations through a store's rings equal those of the whole register's closure."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.kinship import pair
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
            assert pair.relations(store, person) == [r for r in everybody if r.start == person]


@pytest.fixture(scope="module")
def large_family(tmp_path_factory):
    rows = family(PICTURE + " stranger>stranger2 cousin@home")
    with stored(rows, tmp_path_factory.mktemp("family")) as store:
        yield rows, store


def test_a_family_of_every_relation_is_found_whole(large_family):
    rows, store = large_family
    assert pair.relations(store, "me") == closed(rows, "me")


def test_ties_are_those_of_the_two(large_family):
    _, store = large_family
    assert {(r.kind, r.up, r.down) for r in pair.ties(store, "me", "cousin")} == {
        ("blood", 2, 2),
        ("household", -1, -1),
    }
    assert pair.ties(store, "me", "stranger") == []


def test_strangers_are_never_asked_for(large_family, monkeypatch):
    _, store = large_family
    asked: list[str] = []
    links = store.links
    monkeypatch.setattr(store, "links", lambda ids: asked.extend(ids) or links(ids))
    pair.relations(store, "me")
    assert "stranger" not in asked
    assert len(asked) < 2 * len(set(asked))
