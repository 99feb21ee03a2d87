"""What is the Neo4j store's own: generations beside each other, the lock, memory, crashes of either side."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from graph.errors import StoreError, StoreUnavailable
from graph.store import cypher
from graph.store.base import GraphStore
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.opening import open_store
from graph.store.schema import KINDS

KILLED = """
import importlib.util, os, signal, sys
from pathlib import Path
from graph.store.schema import KINDS
from graph.store.opening import open_store
spec = importlib.util.spec_from_file_location("graphs", sys.argv[1])
graphs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(graphs)
store = open_store(sys.argv[3], Path(sys.argv[2]), user=sys.argv[4], password=os.environ["PASSWORD"])
store.begin("run2")
for kind in list(KINDS)[:12]:
    store.write(kind, graphs.table(kind, *graphs.RECORDS[kind]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def undisturbed(tmp_path, make):
    """A store that was filled without trouble."""
    with DuckDBStore(tmp_path / "undisturbed") as found:
        make.fill(found, "run2")
        yield found


def another(neo4j, workspace: Path) -> GraphStore:
    """Open the server once more, for a workspace."""
    return open_store(neo4j.uri, workspace, user=neo4j.user, password=neo4j.password)


def test_a_run_that_is_killed_leaves_the_old_generation_and_the_next_finishes(
    neo4j, neo4j_store, make, tmp_path, undisturbed
):
    make.fill(neo4j_store, "run1", Section=(), BELONGS_TO=())
    graphs = Path(__file__).with_name("conftest.py")
    command = [sys.executable, "-c", KILLED, str(graphs), str(tmp_path / "workspace"), neo4j.uri, neo4j.user]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PASSWORD": neo4j.password}
    assert subprocess.run(command, env=environment).returncode == -signal.SIGKILL
    with another(neo4j, tmp_path / "reader") as reader:
        assert (reader.current().run_id, reader.counts()["Section"], reader.counts()["Person"]) == ("run1", 0, 4)
        make.fill(neo4j_store, "run2")
        assert reader.current().run_id == "run2"
        assert compare(reader, undisturbed) == []
    assert neo4j.run("MATCH (n:Person) RETURN count(n) AS n") == [{"n": 4}]


def test_a_server_that_is_killed_keeps_the_old_generation_and_the_next_run_finishes(
    neo4j, neo4j_store, make, tmp_path, undisturbed
):
    make.fill(neo4j_store, "run1", Section=(), BELONGS_TO=())
    neo4j_store.begin("run2")
    neo4j_store.write("Person", make.table("Person", *make.records["Person"]))
    neo4j.kill()
    with pytest.raises(StoreUnavailable, match=r"does not answer \(hold the lock\)"):
        neo4j_store.write("Section", make.table("Section", *make.records["Section"]))
    neo4j_store.close()
    neo4j.start()
    with another(neo4j, tmp_path / "workspace") as store:
        assert (store.current().run_id, store.counts()["Section"], store.counts()["Person"]) == ("run1", 0, 4)
        make.fill(store, "run2")
        assert store.current().run_id == "run2"
        assert compare(store, undisturbed) == []


def test_the_old_generation_is_deleted_after_the_switch(neo4j, neo4j_store, make):
    make.fill(neo4j_store, "run1")
    make.fill(neo4j_store, "run2")
    nodes = sum(len(make.records[node]) for node in ("Person", "Section")) + 7
    assert neo4j.run("MATCH (n) RETURN count(n) AS n") == [{"n": nodes + 1}]
    assert neo4j.run("MATCH (n) WHERE n.run_id <> 'run2' RETURN n") == []
    assert neo4j.run("MATCH ()-[r]->() WHERE r.run_id <> 'run2' RETURN r") == []


def test_a_reader_of_a_replaced_generation_is_told_and_goes_on_with_the_new_one(neo4j, neo4j_store, make, tmp_path):
    make.fill(neo4j_store, "run1")
    with another(neo4j, tmp_path / "reader") as reader:
        make.fill(neo4j_store, "run2")
        with pytest.raises(StoreError, match="replaced while it was being read"):
            reader.read("Person")
        assert (reader.current().run_id, reader.read("Person").num_rows) == ("run2", 4)


def test_two_workspaces_do_not_write_at_once(neo4j, neo4j_store, tmp_path):
    neo4j_store.begin("run1")
    with another(neo4j, tmp_path / "another") as other:
        with pytest.raises(StoreError, match="another workspace's run"):
            other.begin("run2")
        neo4j.run("MATCH (lock:Lock) SET lock.touched = datetime() - duration({hours: 1})")
        other.begin("run2")
        with pytest.raises(StoreError, match="taken over"):
            neo4j_store.publish("run1", "{}")


def test_a_batch_too_large_for_the_server_is_halved_until_it_fits(neo4j_store, make, caplog):
    caplog.set_level("INFO")
    neo4j_store.begin("run1")
    people = [make.person(f"{number:015d}", "山田 花子" * 10, "ヤマダ ハナコ") for number in range(10_000)]
    assert neo4j_store.write("Person", make.table("Person", *people)) == 10_000
    assert neo4j_store.read("Person", "run1").equals(make.table("Person", *people))
    if not os.environ.get("NEO4J_TEST_URI"):
        assert "batches of 5000 from here on" in caplog.text


def test_what_somebody_changes_in_neo4j_is_what_is_read(neo4j, neo4j_store, make, undisturbed):
    make.fill(neo4j_store, "run2")
    neo4j.run("MATCH ()-[s:SPOUSE_OF {valid_from: date('1995-06-01')}]->() SET s.valid_to = date('2011-03-11')")
    assert [link.valid_to for link in neo4j_store.links(["000000000000002"])[1]] == [
        date(1990, 4, 1),
        date(2011, 3, 11),
    ]
    assert [difference.kind for difference in compare(neo4j_store, undisturbed)] == ["SPOUSE_OF"]


def test_dates_and_times_are_native(neo4j, neo4j_store, make):
    make.fill(neo4j_store)
    (row,) = neo4j.run(
        "MATCH (l:Lookup)<-[:COUNTS]-(c) RETURN l.time.year AS year, c.systems[1] AS second, "
        "date('1995-06-01') IN [(:Person)-[s:SPOUSE_OF]->() | s.valid_from] AS married"
    )
    assert row == {"year": 2018, "second": "総合福祉システム", "married": True}


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_unique_within_its_run(neo4j, neo4j_store, kind):
    neo4j_store.begin("run1")
    found = neo4j.run(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE labelsOrTypes = [$kind] RETURN properties, type",
        kind=kind,
    )
    assert [row["properties"] for row in found] == [["run_id", *cypher.key_of(kind)]]
    assert found[0]["type"] in {"UNIQUENESS", "RELATIONSHIP_UNIQUENESS"}


def test_every_query_is_understood_by_the_server(neo4j, neo4j_store):
    neo4j_store.begin("run1")
    assert all(neo4j.plan(query.text) for query in (*cypher.constraints(), *cypher.every_query()))


def test_every_write_finds_its_key_by_index(neo4j, neo4j_store):
    """A MERGE without an index on its key is quadratic and does not end."""
    neo4j_store.begin("run1")
    plans = {kind: neo4j.plan(cypher.merge(kind).text) for kind in KINDS}
    assert not [kind for kind, plan in plans.items() if "Scan" in plan or "UniqueIndexSeek" not in plan]


def test_every_page_comes_from_the_index_in_its_order(neo4j, neo4j_store):
    """A page that sorts looks at every row after it, so that a whole kind would be quadratic."""
    neo4j_store.begin("run1")
    plans = {kind: neo4j.plan(cypher.page(kind, cypher.key_of(kind)).text) for kind in KINDS}
    sorting = ("Sort", "Top", "ByLabelScan", "ByTypeScan")
    assert not [kind for kind, plan in plans.items() if any(word in plan for word in sorting)]
    assert all("IndexSeek" in plan for plan in plans.values())


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_give_every_row_once_whatever_their_size(neo4j_store, make, monkeypatch, size):
    """Two marriages of one couple share the first key column: a page may end between them."""
    monkeypatch.setattr("graph.store.neo4j.PAGE", size)
    people = [make.person(f"{n:03}", "甲", "コウ") for n in range(8)]
    couples = [make.spouses("002", f"{n:03}", date(1990 + n, 1, 1)) for n in range(3, 7)]
    couples += [make.spouses("001", "002", date(1980, 1, 1)), make.spouses("001", "002", date(1985, 1, 1))]
    make.fill(neo4j_store, Person=(*make.records["Person"], *people), SPOUSE_OF=tuple(couples))
    assert neo4j_store.read("SPOUSE_OF").equals(make.table("SPOUSE_OF", *sorted(couples, key=_key)))
    pieces = pa.concat_tables(neo4j_store.pieces("Person", ["person_id", "birth_date"]))
    assert sorted(pieces["person_id"].to_pylist()) == sorted(
        person.person_id for person in (*make.records["Person"], *people)
    )


def _key(link):
    return link.start, link.end, link.valid_from


@pytest.mark.parametrize("text", ["MATCH (a)-[*0..$n]->(b) RETURN b", "MATCH (a)-->{0,$n}(b) RETURN b"])
def test_a_bound_takes_no_parameter(neo4j_store, text):
    with pytest.raises(StoreError, match="could not walk"):
        neo4j_store.run(cypher.Query("walk", text), n=3)


def test_a_null_key_is_refused_by_the_server(neo4j_store):
    with pytest.raises(StoreError, match="Cannot merge"):
        neo4j_store.run(cypher.merge("Section"), rows=[{"run_id": "run1", "section_id": None}])


def test_no_server_and_a_wrong_password_are_a_sentence_each(neo4j, tmp_path):
    with pytest.raises(StoreUnavailable, match=r"bolt://127\.0\.0\.1:1 does not answer"):
        open_store("bolt://127.0.0.1:1", tmp_path)
    with pytest.raises(StoreError, match="unauthorized"):
        open_store(neo4j.uri, tmp_path, user=neo4j.user, password="wrong")
