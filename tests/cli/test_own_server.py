"""`enkan neo4j`: a server of the workspace's own, whose address is enough to use it."""

import json
import os
import stat

import pytest

from graph.errors import StoreUnavailable
from graph.store.jars import jars


@pytest.fixture
def server(enkan, handmade):
    """Start the server of the hand-written municipality's workspace, and stop it again."""
    try:
        jars()
    except StoreUnavailable as error:
        pytest.fail(str(error)) if os.environ.get("CI") else pytest.skip(str(error))

    def ask(what):
        done = enkan("neo4j", what, "--workspace", handmade, "--format", "json")
        assert done.status == 0, done.err
        return json.loads(done.out)

    yield ask
    ask("stop")


@pytest.mark.xdist_group("neo4j")
def test_a_server_of_one_s_own_holds_the_same_graph(enkan, handmade, exports, server):
    assert server("status")["running"] is False
    started = server("start")
    assert started["running"] and started == server("start") == server("status")
    assert stat.S_IMODE((handmade / "neo4j" / "password").stat().st_mode) == 0o600
    uri = started["uri"]
    mappings = ("--mappings", exports.parent / "mappings")
    assert enkan("ingest", *mappings, "--workspace", handmade, "--store", uri, "--quiet").status == 0
    assert enkan("status", "--workspace", handmade, "--store", uri, "--compare", "duckdb:").status == 0
    report = [
        enkan("report", "--workspace", handmade, "--store", store, "--format", "json").out for store in (uri, "duckdb:")
    ]
    assert report[0] == report[1] != ""
    assert server("stop")["running"] is False
    again = server("start")
    assert enkan("status", "--workspace", handmade, "--store", again["uri"], "--compare", "duckdb:").status == 0


@pytest.mark.xdist_group("neo4j")
def test_a_bulk_load_into_an_empty_server_is_the_same_graph(enkan, exports, ingest, tmp_path):
    def ask(what):
        return enkan("neo4j", what, "--workspace", tmp_path, "--format", "json", "--quiet")

    assert "先に enkan ingest を実行してください" in ask("load").err
    assert ingest(tmp_path).status == 0
    try:
        loaded = json.loads(ask("load").out)
        rows = json.loads(enkan("status", "--workspace", tmp_path, "--format", "json").out)["counts"]
        assert loaded["rows"] == sum(rows.values())
        assert enkan("status", "--workspace", tmp_path, "--store", loaded["uri"], "--compare", "duckdb:").status == 0
        again = ask("load")
        assert again.status == 1 and "既にグラフがあります" in again.err
        assert not (tmp_path / "neo4j" / "import-files").exists()
    finally:
        ask("stop")
