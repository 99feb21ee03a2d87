"""A run that dies leaves what was published untouched, and the next finishes the work."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import WorkspaceLocked
from graph.files.paths import one_run

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "handmade" / "mappings"
MOMENTS = 10


def dying(moment, exports, workspace):
    """Run an ingest in a process of its own that kills itself at a moment (0: never)."""
    words = [sys.executable, HERE / "dying_ingest.py", str(moment), exports, MAPPINGS, workspace]
    return subprocess.run(words, cwd=HERE.parents[1], env={"PYTHONPATH": str(HERE.parents[1])}, capture_output=True)


@pytest.fixture(scope="session")
def undisturbed(enkan, exports, tmp_path_factory):
    """The report of a run that nothing disturbed, and how often it reported progress."""
    workspace = tmp_path_factory.mktemp("undisturbed")
    done = dying(0, exports, workspace)
    assert done.returncode == 0, done.stderr.decode()
    return enkan("report", "--workspace", workspace, "--format", "json").out, int(done.stdout)


@pytest.mark.parametrize("part", range(MOMENTS))
def test_killed_at_any_moment_and_run_again_gives_the_same_report(undisturbed, enkan, ingest, exports, tmp_path, part):
    report, reports = undisturbed
    moment = 1 + part * (reports - 2) // (MOMENTS - 1)  # the last report of all comes when it is published
    assert dying(moment, exports, tmp_path).returncode == -9
    assert not (tmp_path / "current").exists()
    assert ingest(tmp_path).status == 0
    assert enkan("report", "--workspace", tmp_path, "--format", "json").out == report


def test_a_run_that_dies_leaves_the_published_generation(undisturbed, enkan, ingest, exports, tmp_path):
    """A second run over one more file dies midway: readers still see the first generation whole."""
    folder = shutil.copytree(exports, tmp_path / "exports")
    log = folder / "zei_log.csv"
    whole = log.read_bytes().split(b"\r\n")
    log.write_bytes(b"\r\n".join(whole[:41]) + b"\r\n")
    workspace = tmp_path / "var"
    assert ingest(workspace, folder).status == 0
    before = enkan("report", "--workspace", workspace, "--format", "json").out
    assert dying(undisturbed[1] * 2 // 3, exports, workspace).returncode == -9
    assert enkan("report", "--workspace", workspace, "--format", "json").out == before


def test_two_runs_exclude_each_other(ingest, tmp_path):
    with one_run(tmp_path):
        done = ingest(tmp_path)
    assert done.status == 1 and "別の処理が使用中です" in done.err
    with pytest.raises(WorkspaceLocked), one_run(tmp_path), one_run(tmp_path):
        pass


def test_a_file_of_a_new_day_is_added(enkan, ingest, exports, tmp_path):
    """The first half of the tax log, then the second: the same report as from the whole log."""
    folder = shutil.copytree(exports, tmp_path / "exports")
    log = folder / "zei_log.csv"
    lines = log.read_bytes().split(b"\r\n")
    log.write_bytes(b"\r\n".join(lines[:41]) + b"\r\n")
    workspace = tmp_path / "var"
    assert ingest(workspace, folder).status == 0
    log.unlink()
    (folder / "zei_log_2.csv").write_bytes(b"\r\n".join([lines[0], *lines[41:]]))
    done = ingest(workspace, folder)
    assert done.status == 0, done.err
    found = json.loads(enkan("report", "--workspace", workspace, "--format", "json").out)
    assert found["denominators"]["rows"] == 396
