"""A file that was not taken: named with its reason by every run and report while it lacks, exit status 4."""

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Done, run

HANDMADE = Path(__file__).parents[1] / "handmade"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give the hand-written municipality's exports, to change, beside a workspace to be."""
    shutil.copytree(HANDMADE / "exports", tmp_path / "exports")
    return tmp_path


def ingest(town: Path, *more: object, folder: str = "exports") -> Done:
    """Read a folder of a town into its workspace."""
    return run(
        "ingest", town / folder, "--mappings", HANDMADE / "mappings", "--workspace", town / "w", "--lang", "en",
        "--format", "json", *more,
    )  # fmt: skip


def told(town: Path, command: str, *more: object) -> tuple[int, dict[str, object]]:
    """Give a command's exit status and JSON."""
    done = run(command, "--workspace", town / "w", "--format", "json", "--lang", "en", *more)
    return done.status, json.loads(done.out)


def refused(found: dict[str, object]) -> list[str]:
    """Name the files that a status or report lists as not taken."""
    listed = found["refused"]
    assert isinstance(listed, list)
    return [each["file"] for each in listed]


def test_a_refused_file_is_named_everywhere_until_it_is_taken(town):
    log = town / "exports" / "fukushi_log.csv"
    right = log.read_bytes()
    packed = town / "exports" / "fukushi_log.csv.gz"
    packed.write_bytes(gzip.compress(right, mtime=0))
    log.unlink()
    done = ingest(town)
    reason = "fukushi_log.csv.gz: line 1: this is a compressed file"
    assert done.status == 4 and f"Not taken: {reason}" in done.err
    listed = {file["file"]: file for file in json.loads(done.out)["files"]}
    assert listed["fukushi_log.csv.gz"]["problem"].startswith(reason)
    for status, found in (told(town, "report"), told(town, "status")):
        assert refused(found) == ["fukushi_log.csv.gz"] and status in (4, 0)
    assert told(town, "report")[0] == 4
    packed.unlink()
    log.write_bytes(right)
    assert ingest(town).status == 0
    assert told(town, "report") == (0, told(town, "report")[1]) and refused(told(town, "report")[1]) == []


def test_what_is_accepted_is_still_printed_and_no_longer_4_until_the_file_changes(town):
    junk = town / "exports" / "memo.csv"
    junk.write_text("a,b\n1,2\n")
    assert ingest(town).status == 4
    near = run("ingest", "--accept-refused", "memo.scv", "--workspace", town / "w")
    assert near.status == 2 and "memo.csv" in near.err
    accepted = run("ingest", "--accept-refused", "memo.csv", "--workspace", town / "w", "--lang", "en")
    assert accepted.status == 0 and "memo.csv" in accepted.err and "accepted by local on" in accepted.err
    assert ingest(town).status == 0
    status, found = told(town, "report")
    assert status == 0 and refused(found) == ["memo.csv"]
    junk.write_text("c,d\n1,2\n")
    assert ingest(town).status == 4
    assert ingest(town, "--accept-refused", "memo.csv").status == 0


def test_a_disclosure_is_not_whole_where_a_file_was_not_taken(town):
    log = town / "exports" / "fukushi_log.csv"
    log.write_bytes(b"")
    ingest(town)
    person = next(case["subject"] for case in told(town, "report")[1]["conflicts"])
    done = run("history", person, "--disclosure", "--workspace", town / "w", "--lang", "en")
    assert "Not surely every lookup" in done.out and "Files that were not taken: 1" in done.out


def test_a_report_prints_what_was_not_taken_on_its_first_page_in_the_readers_language(town):
    (town / "exports" / "memo.csv").write_text("a,b\n1,2\n")
    ingest(town)
    japanese = run("report", "--workspace", town / "w")
    assert "受け入れられなかったファイル: memo.csv" in japanese.out.split("■")[0]
    page = run("report", "--workspace", town / "w", "--format", "html", "--lang", "en").out
    assert "memo.csv: line 1: neither its name nor its header fits any mapping" in page.split("<article")[0]


def test_every_kind_of_what_cannot_be_read_is_listed_and_the_rest_goes_on(town):
    folder = town / "exports"
    (folder / "empty.csv").write_bytes(b"")
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    (folder / "old").mkdir()
    shutil.copy(folder / "zei_log.csv", folder / "old" / "zei_log_2017.csv")
    (folder / "notes").mkdir()
    (folder / "notes" / "list.csv").write_text("a,b\n1,2\n")
    os.mkfifo(folder / "pipe.csv")
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "税ログ.csv".encode("cp932"))).write_text("a,b\n")
    (folder / "kinmu.csv").write_bytes((folder / "kinmu.csv").read_bytes().split(b"\n", 1)[1])
    done = ingest(town)
    listed = {file["file"]: file["problem"] for file in json.loads(done.out)["files"] if file["problem"]}
    assert done.status == 4
    assert {name: text.removeprefix(f"{name}: ") for name, text in listed.items()} == {
        "empty.csv": "the file is empty; expected a header in line 1",
        "gone.csv": "a link to a file that is not there",
        "kinmu.csv": listed["kinmu.csv"].removeprefix("kinmu.csv: "),
        "old": "a folder with exports in it; folders inside a folder are not read, name it as well",
        "pipe.csv": "no ordinary file",
        "\\x90\\xc5\\x83\\x8d\\x83O.csv": "its name is not written in UTF-8; rename it and deliver it again",
    }
    assert "header" in listed["kinmu.csv"]
    assert ingest(town, folder="exports/old").status == 4  # the others are still missed
    assert "old" not in refused(told(town, "status")[1])


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """Be somebody whom file permissions bind, in a folder of theirs."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid():
        yield folder
    else:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
        yield folder
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_is_listed_and_the_rest_loaded(ordinary_user):
    shutil.copytree(HANDMADE / "exports", ordinary_user / "exports")
    (ordinary_user / "exports" / "zei_log.csv").chmod(0)
    done = ingest(ordinary_user)
    assert done.status == 4 and "zei_log.csv cannot be read" in done.err
    assert refused(told(ordinary_user, "report")[1]) == ["zei_log.csv"]


def test_a_required_source_that_then_lacks_ends_the_run_and_an_older_file_of_it_stays_in_force(town):
    staff = town / "exports" / "shokuin.csv"
    right = staff.read_bytes()
    staff.write_bytes(b"")
    done = ingest(town)
    assert done.status == 1 and "shokuin.csv: the file is empty" in done.err
    staff.write_bytes(right)
    assert ingest(town).status == 0
    staff.write_bytes(b"")
    assert ingest(town).status == 4
    assert refused(told(town, "report")[1]) == ["shokuin.csv"]
