"""A full file that is cut off is refused; taken all the same, it is said by every run and report (D3)."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import Done, run

HANDMADE = Path(__file__).parents[1] / "handmade"
OLD, NEW, WHOLE = (f"JUMIN_RIREKI_{day}.CSV" for day in ("20240601", "20240701", "20240801"))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give the hand-written municipality, its resident register with a day, beside a workspace to be."""
    shutil.copytree(HANDMADE / "exports", tmp_path / "exports")
    (tmp_path / "exports" / "JUMIN_RIREKI.CSV").rename(tmp_path / "exports" / OLD)
    return tmp_path


def ingest(town: Path, *more: object) -> Done:
    """Read the town's exports into its workspace."""
    return run(
        "ingest", town / "exports", "--mappings", HANDMADE / "mappings", "--workspace", town / "w", "--lang", "en",
        "--quiet", "--format", "json", *more,
    )  # fmt: skip


def told(town: Path, command: str, lang: str = "en") -> tuple[int, dict[str, object]]:
    """Give a command's exit status and JSON."""
    done = run(command, "--workspace", town / "w", "--format", "json", "--lang", lang)
    return done.status, json.loads(done.out)


def test_r10_half_of_a_newer_register_is_refused_with_figures_and_taken_only_in_words(town: Path) -> None:
    assert ingest(town).status == 0
    before, counts = told(town, "report")[1], told(town, "status")[1]["counts"]
    content = (town / "exports" / OLD).read_bytes()
    (town / "exports" / NEW).write_bytes(content[: content.rindex(b"\n", 0, len(content) // 2) + 1])
    done = ingest(town)
    assert done.status == 4 and f"Not taken: {NEW}: " in done.err and f"keys that {OLD} has" in done.err
    status, report = told(town, "report")
    assert (status, report["conflicts"]) == (4, before["conflicts"])
    assert told(town, "status")[1]["counts"] == counts

    assert ingest(town, "--accept-shrink", NEW).status == 0
    status, report = told(town, "report")
    (shrunk,) = report["shrunk"]  # type: ignore[misc]
    assert (status, report["refused"], shrunk["file"]) == (0, [], NEW)
    assert f"keys that {OLD} has" in shrunk["reason"] and "not taken" not in shrunk["reason"]
    assert shrunk["accepted"]["by"] and shrunk["accepted"]["at"]
    assert told(town, "status")[1]["shrunk"] == report["shrunk"]
    later = ingest(town)
    assert later.status == 0 and not json.loads(later.out)["files"][0]["problem"]
    for lang, words in (("en", "Files taken though they look cut off"), ("ja", "欠けがあっても受け入れたファイル")):
        assert words in run("report", "--workspace", town / "w", "--lang", lang).out
    assert "accepted by" in run("report", "--workspace", town / "w", "--lang", "en").err

    (town / "exports" / WHOLE).write_bytes(content + b"\r\n")
    (town / "exports" / NEW).unlink()
    assert ingest(town).status == 0
    assert told(town, "report")[1]["shrunk"] == []


def test_what_was_taken_and_nobody_answers_for_is_no_complete_run(town: Path) -> None:
    assert ingest(town).status == 0
    content = (town / "exports" / OLD).read_bytes()
    (town / "exports" / NEW).write_bytes(content[: content.rindex(b"\n", 0, len(content) // 2) + 1])
    assert ingest(town, "--accept-shrink", NEW).status == 0
    for part in (town / "w").glob("ledger*"):  # as after a run that died before it wrote who took the file
        part.unlink()
    status, report = told(town, "report")
    assert (status, report["shrunk"][0]["accepted"]) == (4, None)  # type: ignore[index]
    assert ingest(town, "--accept-refused", NEW).status == 0
    assert told(town, "report")[0] == 0


def test_a_whole_file_named_to_be_taken_leaves_no_word(town: Path) -> None:
    assert ingest(town, "--accept-shrink", OLD).status == 0
    assert told(town, "report")[1]["shrunk"] == []
