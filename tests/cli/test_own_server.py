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
