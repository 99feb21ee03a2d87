"""The main job on a real Neo4j server: the same graph as the embedded store's, whatever happens on the way."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.conflicts.rules import read_policy
from graph.errors import StoreError
from graph.store.opening import open_store
from ingest import pipeline
from ingest.language import mapping

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "handmade" / "mappings"


@pytest.fixture
def on_server(neo4j, enkan, monkeypatch):
    """Run a command on the server's store."""
    monkeypatch.setenv("NEO4J_USER", neo4j.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)

    def run(command, workspace, *words):
        return enkan(command, *words, "--workspace", workspace, "--store", neo4j.uri, "--format", "json")

    return run


@pytest.fixture
def loaded(on_server, exports, tmp_path):
    """A workspace whose graph is on the server."""
    workspace = tmp_path / "server"
    done = on_server("ingest", workspace, exports, "--mappings", MAPPINGS)
    assert done.status == 0, done.err
    return workspace


def report(done):
    """Read a report's JSON."""
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_the_server_holds_the_same_graph_and_gives_the_same_report(on_server, loaded, handmade, enkan, neo4j):
    assert not list(loaded.glob("generations/*/graph.duckdb"))
    same = enkan("status", "--workspace", handmade, "--compare", neo4j.uri, "--format", "json")
    assert report(same) == {"equal": True, "differences": []}
    ours = enkan("report", "--workspace", handmade, "--format", "json").out
    assert on_server("report", loaded).out == ours
    tie = ("staff:0001802", "0000100692")
    assert (
        on_server("relation", loaded, *tie).out
        == enkan("relation", *tie, "--workspace", handmade, "--format", "json").out
    )


def test_one_altered_property_is_a_difference(loaded, handmade, enkan, neo4j):
    neo4j.run("MATCH (:Person {person_id: '0000100242'})-[m:MEMBER_OF]->() SET m.relation_to_head = '母'")
    done = enkan("status", "--workspace", handmade, "--compare", neo4j.uri, "--format", "json")
    assert done.status == 1
    assert [difference["kind"] for difference in json.loads(done.out)["differences"]] == ["MEMBER_OF"]


def test_an_altered_marriage_changes_the_conflicts_when_scored_again(on_server, loaded, neo4j):
    """Without the marriage of 真理 and 健 nothing ties 拓也 to 健 any more."""
    before = report(on_server("report", loaded))
    pair = ("0001987", "0000260266")
    assert pair in {(c["viewer"], c["subject"]) for c in before["conflicts"]}
    neo4j.run("MATCH (:Person {person_id: '0000100269'})-[m:SPOUSE_OF]->(:Person {person_id: '0000260266'}) DELETE m")
    assert on_server("ingest", loaded, "--from-store").status == 0
    after = report(on_server("report", loaded))
    assert pair not in {(c["viewer"], c["subject"]) for c in after["conflicts"]}
    assert after["denominators"]["lookups"] == before["denominators"]["lookups"]


def changed(exports: Path, folder: Path) -> Path:
    """The next delivery: 真理 and 健 divorced, and one person's only row gone from the resident register."""
    shutil.copytree(exports, folder)
    events = folder / "koseki_jiko.csv"
    text = events.read_bytes().decode("utf-8-sig")
    row = "青原県南沢郡椋川町上野台３０番地,野口健,現在,{},離婚,令和6年5月20日,令和6年5月20日,{},,,\r\n"
    text += row.format("健", "野口真理") + row.format("真理", "野口健")
    events.write_bytes(text.encode("utf-8-sig"))
    register = folder / "JUMIN_RIREKI.CSV"
    lines = register.read_bytes().split(b"\r\n")
    kept = [line for line in lines if not line.startswith(b"0000276774")]
    assert len(kept) == len(lines) - 1
    register.write_bytes(b"\r\n".join(kept))
    return folder


def test_a_second_delivery_gives_equal_stores_again(on_server, loaded, enkan, ingest, exports, neo4j, tmp_path):
    embedded = tmp_path / "embedded"
    assert ingest(embedded).status == 0
    folder = changed(exports, tmp_path / "next")
    assert ingest(embedded, folder).status == 0
    assert on_server("ingest", loaded, folder, "--mappings", MAPPINGS).status == 0
    same = enkan("status", "--workspace", embedded, "--compare", neo4j.uri, "--format", "json")
    assert report(same) == {"equal": True, "differences": []}
    (marriage,) = neo4j.run(
        "MATCH (g:Generation {published: true}) "
        "MATCH (:Person {person_id: '0000100269', run_id: g.run_id})-[m:SPOUSE_OF]->({person_id: '0000260266'}) "
        "RETURN m.ended_by AS ended, toString(m.valid_to) AS day"
    )
    assert marriage == {"ended": "divorce", "day": "2024-05-20"}
    (gone,) = neo4j.run("MATCH (:Person {person_id: '0000276774'})-[m:MEMBER_OF]->() RETURN m.valid_to AS day")
    assert gone["day"] is not None


@pytest.fixture
def undisturbed(enkan, ingest, exports, neo4j, tmp_path):
    """Hold the server's graph against an embedded store that read both deliveries in peace."""

    def equal(folder: Path) -> None:
        embedded = tmp_path / "embedded"
        for delivery in (exports, folder):
            assert ingest(embedded, delivery).status == 0
        same = enkan("status", "--workspace", embedded, "--compare", neo4j.uri, "--format", "json")
        assert report(same) == {"equal": True, "differences": []}

    return equal


@pytest.mark.parametrize("share", [0.5, 0.75, 0.97])
def test_killed_mid_load_a_reader_sees_the_old_generation_and_the_next_run_ends_equal(
    on_server, loaded, undisturbed, exports, neo4j, tmp_path, share
):
    before = on_server("report", loaded).out
    folder = changed(exports, tmp_path / "next")
    words = [sys.executable, HERE / "dying_ingest.py", f"{share}", folder, MAPPINGS, loaded, neo4j.uri]
    died = subprocess.run(words, cwd=HERE.parents[1], env=os.environ | {"PYTHONPATH": str(HERE.parents[1])})
    assert died.returncode == -9
    assert on_server("report", loaded).out == before
    assert on_server("ingest", loaded, folder, "--mappings", MAPPINGS).status == 0
    undisturbed(folder)


def test_the_server_killed_mid_load_is_an_error_of_the_store_and_the_next_run_ends_equal(
    on_server, loaded, undisturbed, exports, neo4j, tmp_path
):
    folder = changed(exports, tmp_path / "next")

    def progress(done: float, text: str) -> None:
        if done >= 0.6 and not killed:
            killed.append(text)
            neo4j.kill()

    killed: list[str] = []
    with pytest.raises(StoreError):
        pipeline.ingest(
            loaded,
            [folder],
            mappings=mapping.load([MAPPINGS]),
            policy=read_policy(),
            open_store=lambda: open_store(neo4j.uri, loaded, user=neo4j.user, password=neo4j.password),
            progress=progress,
        )
    gone = on_server("report", loaded)
    assert gone.status == 1 and gone.err.count("\n") == 1 and "Traceback" not in gone.err
    neo4j.start()
    assert on_server("ingest", loaded, folder, "--mappings", MAPPINGS).status == 0
    undisturbed(folder)
