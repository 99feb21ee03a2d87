"""The first load of a large graph: what `neo4j-admin` imports is what the embedded store holds."""

import os
from dataclasses import replace

import pytest

from graph.errors import StoreError, StoreUnavailable, WorkspaceError
from graph.store import bulk, server
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.jars import jars
from graph.store.opening import open_store

PASSWORD = "for-tests-only"
HARD = '改行\nと"引用"と,コンマと\\と\tタブ'


@pytest.fixture
def home(tmp_path):
    """A folder for a server that is stopped again."""
    try:
        jars()
    except StoreUnavailable as error:
        pytest.fail(str(error)) if os.environ.get("CI") else pytest.skip(str(error))
    yield tmp_path / "neo4j"
    server.stop(tmp_path / "neo4j", now=True)


@pytest.mark.xdist_group("neo4j")
def test_every_kind_and_every_text_is_imported_as_it_is(home, make, tmp_path):
    with DuckDBStore(tmp_path) as source:
        with pytest.raises(WorkspaceError, match="run an ingest first"):
            bulk.load(source, home, PASSWORD, lambda share, text: None)
        make.fill(source)
        source.begin("run2")
        for kind, records in make.records.items():
            source.write(kind, make.table(kind, *records))
        source.write("Section", make.table("Section", replace(make.records["Section"][0], name=HARD)))
        relation = make.records["RELATED_TO"][0]
        source.write("RELATED_TO", make.table("RELATED_TO", replace(relation, links=())))
        source.publish("run2", '{"facts": "\\"quoted\\""}')
        rows = bulk.load(source, home, PASSWORD, lambda share, text: None)
        found = server.running(home)
        with open_store(found.uri, tmp_path, user=found.user, password=PASSWORD) as target:
            assert compare(source, target) == []
            assert target.current() == source.current()
            assert rows == sum(target.counts().values())
        with pytest.raises(StoreError, match="holds a graph already"):
            bulk.load(source, home, PASSWORD, lambda share, text: None)
