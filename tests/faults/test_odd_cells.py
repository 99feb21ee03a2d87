"""Cells that nobody meant: 300 characters, NUL, control characters, paths. Each row is data or quarantined."""

import csv
import json
import random
from pathlib import Path

from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"
ODD = (
    "x" * 300, "あ" * 300, "a\x01b", "\x1b[31mred", "a\x00b", "\x00", "a\x7f", "a\x85b", "a\u2028b", "a\nb", "a\tb",
    "../../../../etc/x", "/etc/x", "..", "'; DROP TABLE x; --", "=1+1", "<b>x</b>", "{0}", "%s", '"', "\\", "NaN",
    "1e999", "9" * 40, "e\u0301" * 100, "\U00020bb7" * 50, "\U000e0100",
)  # fmt: skip
COMMANDS = (
    ("report",), ("report", "--format", "json"), ("report", "--format", "html"), ("report", "--format", "csv"),
    ("report", "--format", "xlsx"), ("status",), ("identity", "--all"),
)  # fmt: skip


def records(path):
    """Read a hand-written export: UTF-8, else CP932, but for its bad bytes."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeError:
        text = content.decode("cp932", errors="replace")
    return list(csv.reader(text.splitlines(keepends=True)))


def spoilt(target, seed):
    """Write the hand-written municipality with an odd text in a cell of every tenth row."""
    chance = random.Random(seed)
    target.mkdir()
    for path in sorted((HANDMADE / "exports").glob("*.[cC][sS][vV]")):
        header, *rows = records(path)
        for row in filter(None, rows):
            if chance.random() < 0.1:
                row[chance.randrange(len(row))] = chance.choice(ODD)
        with (target / path.name).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([header, *rows])
    return target


def test_odd_cells_are_data_or_in_the_quarantine(tmp_path):
    words = ("--workspace", tmp_path / "a" / "var", "--mappings", HANDMADE / "mappings", "--format", "json")
    exports = spoilt(tmp_path / "exports", seed=1)
    despite = (word for path in exports.iterdir() for word in ("--accept-shrink", path.name))
    done = run("ingest", exports, *words, *despite)
    assert done.status in (0, 4), done.err
    files = json.loads(done.out)["files"]
    assert all(each["rows"] == each["loaded"] + each["quarantined"] + each["duplicate"] for each in files)
    assert all(each["loaded"] for each in files)  # no file is lost to a cell
    assert sum(each["quarantined"] for each in files) > 10
    for command in COMMANDS:
        told = run(*command, "--workspace", tmp_path / "a" / "var", "--out", tmp_path / "a" / "answer")
        assert told.status in (0, 4), (command, told.err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "exports"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["answer", "var"]
