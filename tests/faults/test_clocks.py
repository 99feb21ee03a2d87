"""A system whose clock is 75 seconds ahead: its relayed rows find their callers, and every answer says so (L9)."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"
AHEAD = timedelta(seconds=75)
TIME = "%Y/%m/%d %H:%M:%S"


def ingested(exports: Path, workspace: Path) -> Path:
    done = run("ingest", exports, "--mappings", HANDMADE / "mappings", "--workspace", workspace, "--quiet")
    assert done.status == 0, done.err
    return workspace


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest the hand-written municipality with every time of the resident system's log set forward."""
    folder = tmp_path_factory.mktemp("ahead")
    shutil.copytree(HANDMADE / "exports", folder / "exports")
    log = folder / "exports" / "jumin_log.csv"
    head, *rows = log.read_text(encoding="cp932").splitlines()
    log.write_text("\n".join([head, *map(later, rows)]) + "\n", encoding="cp932")
    return ingested(folder / "exports", folder / "w")


def later(row: str) -> str:
    number, time, *rest = row.split(",")
    try:
        return ",".join([number, f"{datetime.strptime(time, TIME) + AHEAD:{TIME}}", *rest])
    except ValueError:  # a time that is none stays none
        return row


def report(workspace: Path) -> dict[str, Any]:
    return dict(json.loads(run("report", "--workspace", workspace, "--format", "json").out))


def test_r16_the_same_lookups_and_conflicts_are_found(ahead, tmp_path):
    right, found = report(ingested(HANDMADE / "exports", tmp_path)), report(ahead)
    assert right["clocks"] == []
    (clock,) = found["clocks"]
    assert 75 <= clock["seconds"] <= 90 and clock["rows"] == right["denominators"]["relayed_merged"]
    assert found["denominators"] == right["denominators"]
    assert [each["conflict_id"] for each in found["conflicts"]] == [each["conflict_id"] for each in right["conflicts"]]


def test_r16_every_answer_names_the_clocks(ahead):
    for words in (["report", "--format", each] for each in ("table", "csv", "html")):
        assert "呼出元より1分" in run(*words, "--workspace", ahead).out
        assert "after the calls" in run(*words, "--lang", "en", "--workspace", ahead).out
    assert "呼出元より1分" in run("status", "--workspace", ahead).out
    told = json.loads(run("status", "--workspace", ahead, "--format", "json").out)
    assert told["clocks"] == report(ahead)["clocks"]
