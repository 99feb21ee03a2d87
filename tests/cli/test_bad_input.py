"""A broken world gets a sentence, never a traceback; required sources decide whether anything is published."""

import json
import shutil

import pytest

from graph.workspace import Workspace


@pytest.fixture
def folder(exports, tmp_path):
    """A copy of the hand-written exports to break."""
    return shutil.copytree(exports, tmp_path / "exports")


def listed(done, file):
    """Give what the reconciliation says of one file."""
    return next(entry for entry in json.loads(done.out)["files"] if entry["file"] == file)


@pytest.mark.parametrize("name", ["JUMIN_RIREKI.CSV", "shokuin.csv", "sosasha.csv"])
def test_without_a_required_file_nothing_is_published(ingest, folder, tmp_path, name):
    (folder / name).unlink()
    done = ingest(tmp_path / "var", folder)
    assert done.status == 1 and not json.loads(done.out)["published"] and "必須" in done.err
    assert not (tmp_path / "var" / "current").exists()


def test_without_any_log_nothing_is_published(ingest, folder, tmp_path):
    for log in folder.glob("*_log.csv"):
        log.unlink()
    assert ingest(tmp_path / "var", folder).status == 1


def test_anything_else_is_loaded_without_and_the_report_says_so(enkan, ingest, folder, tmp_path):
    (folder / "uketsuke.csv").unlink()
    (folder / "fukushi_log.csv").unlink()
    done = ingest(tmp_path / "var", folder)
    assert done.status == 0
    assert json.loads(done.out)["missing"] == ["fukushi_log", "uketsuke"]
    report = json.loads(enkan("report", "--workspace", tmp_path / "var", "--format", "json").out)
    assert report["missing"] == ["fukushi_log", "uketsuke"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "中身"),
        (b"<html><body>error</body></html>", "ウェブ"),
        ("別の見出し,もう一つ\r\n1,2\r\n".encode("cp932"), "見出し"),
    ],
)
def test_a_file_nothing_can_be_read_from_is_listed_with_its_reason(ingest, folder, tmp_path, content, words):
    (folder / "kofu.csv").write_bytes(content)
    done = ingest(tmp_path / "var", folder)
    assert done.status == 4  # nobody accepted that it lacks
    file = listed(done, "kofu.csv")
    assert file["rows"] == file["loaded"] and words.lower() in file["problem"].lower() and "kofu.csv" in file["problem"]


def test_a_folder_that_is_not_there_is_one_sentence(ingest, tmp_path):
    done = ingest(tmp_path / "var", tmp_path / "nowhere")
    assert done.status == 1 and "nowhere" in done.err and "Traceback" not in done.err


def test_a_truncated_row_is_quarantined_with_file_and_line(ingest, folder, tmp_path):
    path = folder / "kofu.csv"
    lines = path.read_bytes().split(b"\r\n")
    lines[9] = lines[9][:20]
    path.write_bytes(b"\r\n".join(lines))
    file = listed(ingest(tmp_path / "var", folder), "kofu.csv")
    assert file["reasons"] == {"truncated": 1} and file["loaded"] == 64


def test_the_wrong_encoding_never_becomes_other_text(ingest, folder, tmp_path):
    path = folder / "shokuin.csv"
    text = path.read_bytes().decode("cp932")
    path.write_bytes(text.replace("－", "-").encode("euc-jp"))
    done = ingest(tmp_path / "var", folder)
    assert done.status == 0 and listed(done, "shokuin.csv")["encoding"] == "EUC-JP"
    assert listed(done, "shokuin.csv")["loaded"] == 14


def test_what_nobody_foresaw_is_a_sentence_too_and_debug_shows_where(enkan, handmade, monkeypatch):
    def broken(*_):
        raise RuntimeError("the disk is full")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "status", broken)
    done = enkan("status", "--workspace", handmade)
    assert (done.status, done.err.count("\n")) == (1, 1) and "the disk is full" in done.err
    with pytest.raises(RuntimeError):
        enkan("status", "--workspace", handmade, "--debug")
    monkeypatch.setattr(Workspace, "status", interrupted)
    assert enkan("status", "--workspace", handmade).err == (
        "enkan status: 中断しました。前に公開したものはそのままです\n"
    )


@pytest.mark.parametrize("text", ["", "\n\n", '"' + "x" * 200_000 + '"\n', "<html></html>", None])
def test_no_mapping_is_guessed_from_what_is_no_table(enkan, tmp_path, text):
    path = tmp_path / "a.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = enkan("mapping", "new", path)
    assert (done.status, done.err.count("\n")) == (1, 1) and "a.csv" in done.err and "想定外" not in done.err


def test_a_day_that_is_none_is_wrong_usage(enkan, capsys):
    with pytest.raises(SystemExit) as told:
        enkan("report", "--as-of", "2018-13-01")
    assert told.value.code == 2
