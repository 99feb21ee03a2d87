"""A file is written whole or not at all, and has its name only once it is on the disk."""

import errno
import os
import stat
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from graph.files import whole_files
from graph.files.whole_files import make_folder, write_text, written_whole
from ingest.sources import accepted

ROOT = Path(__file__).parents[2]
ROWS = pa.schema([("line", pa.int64())])


@pytest.fixture
def calls(monkeypatch):
    """What is asked of the disk, in order: what was made durable, and what was renamed to what."""
    found = []
    sync, replace = os.fsync, os.replace

    def synced(handle):
        found.append(("sync", Path(os.readlink(f"/proc/self/fd/{handle}"))))
        sync(handle)

    def renamed(source, target):
        found.append(("rename", Path(source), Path(target)))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    return found


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_the_writer_goes_on(tmp_path, calls):
    write_text(tmp_path / "a", "一")
    temporary = tmp_path / ".a.tmp"
    assert calls == [("sync", temporary), ("rename", temporary, tmp_path / "a"), ("sync", tmp_path)]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "一"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("durable", [True, False])
def test_an_error_in_the_middle_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path, error, durable):
    write_text(tmp_path / "a", "before")
    with pytest.raises(error), written_whole(tmp_path / "a", durable=durable) as temporary:
        temporary.write_text("half")
        raise error
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "before"}


def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    write_text(tmp_path / "a", "before")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO, is_dir=False))
    with pytest.raises(OSError, match="Input/output"):
        write_text(tmp_path / "a", "after")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "before"}


def test_a_file_system_without_durable_folders_still_takes_files(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL, is_dir=True))
    write_text(tmp_path / "a", "一")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def failing(number, *, is_dir):
    """Give an fsync that fails for folders, or for files."""

    def sync(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode) == is_dir:
            raise OSError(number, os.strerror(number))

    return sync


def test_what_only_its_owner_may_read_is_so_from_the_first_byte(tmp_path, calls):
    write_text(tmp_path / "a", "secret", mode=0o600)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_new_folder_is_named_on_the_disk(tmp_path, calls):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert calls == [("sync", tmp_path), ("sync", tmp_path / "a")]


def test_a_source_counts_once_all_its_rows_are_on_the_disk(tmp_path, calls):
    parts = [f"lookups/system=tax/day=2024-05-0{day}/x.parquet" for day in (1, 2)]
    for part in (*parts, "sources/x/quarantine.parquet"):
        accepted.write(tmp_path / part, [pa.RecordBatch.from_pydict({"line": [1]}, schema=ROWS)], ROWS)
    assert {call[0] for call in calls} == {"rename"}
    accepted.keep(tmp_path, source(parts))
    place = tmp_path / "sources" / "x" / accepted.NAME
    counted = calls.index(("rename", place.with_name(f".{accepted.NAME}.tmp"), place))
    before = {call[1] for call in calls[:counted] if call[0] == "sync"}
    paths = [tmp_path / part for part in (*parts, "sources/x/quarantine.parquet")]
    assert before >= {*paths, *(path.parent for path in paths), tmp_path / "lookups", tmp_path}


def source(parts):
    """Give an accepted log whose rows are in these parts."""
    texts = dict.fromkeys(("file", "source", "digest", "encoding"), "x") | {"day": date(2024, 5, 2).isoformat()}
    counts = dict.fromkeys(("order", "rows", "loaded", "duplicate"), 0)
    flags = {"full": False, "dated": False, "key": ("line",), "reasons": {}, "warnings": {}, "keys": ""}
    told = {"sha256": "x", "table": "lookup", "parts": tuple(parts), "rejected": "sources/x/quarantine.parquet"}
    return accepted.Kept(**texts, **counts, **flags, **told)


HOUSE = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands")


def test_nothing_else_renames_what_it_writes():
    code = [path for place in HOUSE for path in (ROOT / place).rglob("*.py")]
    own = Path(whole_files.__file__).relative_to(ROOT).as_posix()
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (*code, *ROOT.glob("*.py"))
    }
    assert {name for name, text in texts.items() if ".tmp" in text or "fsync" in text} == {own}
    assert {name for name, text in texts.items() if "os.replace" in text} == {
        own,
        "ingest/sources/damage.py",
    }  # sets one aside
