"""A damaged workspace: named when it is opened, built anew by the next ingest."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import Done, run

HANDMADE = Path(__file__).parents[1] / "handmade"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace of the hand-written municipality."""
    workspace = tmp_path_factory.mktemp("sound") / "w"
    assert ingest(workspace).status == 0
    return workspace


@pytest.fixture
def workspace(sound: Path, tmp_path: Path) -> Path:
    """Give a copy of it, to damage."""
    return Path(shutil.copytree(sound, tmp_path / "w"))


def ingest(workspace: Path, folder: Path | None = HANDMADE / "exports") -> Done:
    """Read the municipality's exports, or none."""
    words = ("ingest", *([folder] if folder else []), "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    return run(*words, "--format", "json", "--lang", "en")


def report(workspace: Path) -> Done:
    """Ask for the report."""
    return run("report", "--workspace", workspace, "--format", "json", "--lang", "en")


def cut(path: Path) -> None:
    """Keep the first half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


PUBLISHED = {
    "current": lambda path: path.write_bytes(b"\x8c\xa9\n"),
    "current ": lambda path: path.write_bytes(b"no-such-run\n"),
    "generations/*/graph.duckdb": cut,
    "generations/*/graph.duckdb ": flip,
    "generations/*/lookups.parquet": cut,
    "generations/*/manifest.json": cut,
    "quarantine/*.parquet": flip,
}


@pytest.mark.parametrize("what", PUBLISHED)
def test_what_is_published_is_named_when_opened_and_built_anew(workspace, sound, what):
    (path,) = workspace.glob(what.strip())
    PUBLISHED[what](path)
    told = report(workspace)
    assert told.status == 1 and told.err.count("\n") == 1
    named = "graph.duckdb" if "no-such" in path.name or what == "current " else path.name
    assert named in told.err and "run an ingest again" in told.err
    assert ingest(workspace).status == 0
    assert report(workspace) == report(sound)


def one_key_more(path: Path) -> None:
    """Add what no version wrote."""
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"more": 1}), encoding="utf-8")


def source_of(workspace: Path, file: str) -> Path:
    """Find the folder of an accepted file."""
    found = workspace.glob("sources/*/source.json")
    return next(path.parent for path in found if json.loads(path.read_text(encoding="utf-8"))["file"] == file)


@pytest.mark.parametrize(
    ("file", "part", "how"),
    [
        ("koseki_jiko.csv", "source.json", one_key_more),
        ("shokuin.csv", "source.json", cut),
        ("JUMIN_RIREKI.CSV", "rows.*.parquet", cut),
        ("fuyo.csv", "quarantine.*.parquet", flip),
        ("zei_log.csv", "keys.*.parquet", flip),
    ],
)
def test_a_damaged_source_is_named_until_its_file_is_given_again(workspace, sound, file, part, how):
    (path,) = source_of(workspace, file).glob(part)
    how(path)
    for _ in range(2):  # it is not forgotten
        alone = ingest(workspace, None)
        assert alone.status == 1 and f"What was kept of {file} is damaged; deliver this file again" in alone.err
    assert report(workspace) == report(sound)
    assert ingest(workspace).status == 0
    assert report(workspace) == report(sound) and ingest(workspace, None).status == 0


def test_a_damaged_log_part_is_named_and_read_again(workspace, sound):
    cut(next(iter(sorted(workspace.glob("lookups/*/*/*.parquet")))))
    assert "log.csv is damaged" in ingest(workspace, None).err
    assert ingest(workspace).status == 0 and report(workspace) == report(sound)


def test_a_damaged_list_of_refused_files_is_named_and_counts_as_refused(workspace):
    (workspace / "refused.json").write_text("[{")
    told = report(workspace)
    assert told.status == 1 and "refused.json" in told.err
    done = ingest(workspace)
    assert done.status == 4 and "refused.json: the list of files that were not taken was damaged" in done.err
