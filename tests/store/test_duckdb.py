"""What is the embedded store's own: files, the switch, crashes, readers of an old generation."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import ConfigError, Damaged
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.opening import open_store

KILLED = """
import importlib.util, os, signal, sys
from pathlib import Path
from graph.store.schema import KINDS
from graph.store import duckdb
spec = importlib.util.spec_from_file_location("graphs", sys.argv[1])
graphs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(graphs)
renames = []
def rename(source, target, replace=os.replace):
    renames.append(target)
    if len(renames) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target)
os.replace = rename
store = duckdb.DuckDBStore(Path(sys.argv[2]))
store.begin("run2")
for kind in list(KINDS)[:12] if sys.argv[3] == "0" else KINDS:
    store.write(kind, graphs.table(kind, *graphs.RECORDS[kind]))
if sys.argv[3] == "0":
    os.kill(os.getpid(), signal.SIGKILL)
store.publish("run2", "{}")
"""


def killed(root: Path, rename: int) -> None:
    """Let a run die at one of its renames, or (0) while it writes."""
    graphs = Path(__file__).with_name("conftest.py")
    command = [sys.executable, "-c", KILLED, str(graphs), str(root), str(rename)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("rename", [0, 1, 2, 3])
def test_a_run_that_is_killed_leaves_the_old_generation_and_the_next_finishes(tmp_path, make, rename):
    root = tmp_path / "workspace"
    with DuckDBStore(root) as store, DuckDBStore(tmp_path / "other") as undisturbed:
        make.fill(store, "run1", Section=())
        make.fill(undisturbed, "run2")
        killed(root, rename)
        assert (store.current().run_id, store.counts()["Section"], store.counts()["Person"]) == ("run1", 0, 4)
        make.fill(store, "run2")
        assert store.current().run_id == "run2"
        assert compare(store, undisturbed) == []
    assert not list(root.glob("generations/*/building*"))


def test_an_open_reader_keeps_its_generation_until_it_asks_for_the_current_one(tmp_path, make):
    with DuckDBStore(tmp_path) as writer, DuckDBStore(tmp_path) as reader:
        make.fill(writer, "run1")
        assert reader.counts()["Section"] == 2
        for run_id in ("run2", "run3", "run4", "run5"):
            make.fill(writer, run_id, Section=())
        assert reader.counts()["Section"] == 2
        assert (reader.current().run_id, reader.counts()["Section"]) == ("run5", 0)


def test_old_graphs_are_dropped_but_their_manifests_stay(tmp_path, make):
    with DuckDBStore(tmp_path) as store:
        for number in range(5):
            make.fill(store, f"run{number}", Person=())
            (tmp_path / "generations" / f"run{number}" / "manifest.json").write_text("{}")
    assert sorted(path.parent.name for path in tmp_path.glob("generations/*/graph.duckdb")) == ["run2", "run3", "run4"]
    assert len(list(tmp_path.glob("generations/*/manifest.json"))) == 5


def test_an_earlier_run_can_be_published_again(tmp_path, make):
    with DuckDBStore(tmp_path) as store:
        for run_id in ("run1", "run2", "run1"):
            make.fill(store, run_id)
        assert store.current().run_id == "run1"


def test_a_file_that_is_no_graph_is_one_sentence(tmp_path):
    (tmp_path / "generations" / "run1").mkdir(parents=True)
    (tmp_path / "generations" / "run1" / "graph.duckdb").write_bytes(b"not a database" * 1000)
    (tmp_path / "current").write_text("run1\n")
    with DuckDBStore(tmp_path) as store, pytest.raises(Damaged, match=r"run1/graph\.duckdb"):
        store.current()


def test_a_uri_names_the_workspace_or_another(tmp_path, make):
    with DuckDBStore(tmp_path / "other") as other:
        make.fill(other)
    with open_store(f"duckdb:{tmp_path / 'other'}", tmp_path / "workspace") as store:
        assert store.current().run_id == "run1"
    with open_store("duckdb:", tmp_path / "workspace") as store:
        assert store.current() is None


def test_an_unknown_store_is_an_error_of_the_setting(tmp_path):
    with pytest.raises(ConfigError, match="no store is known by 'sqlite:x'"):
        open_store("sqlite:x", tmp_path)
