"""What a mapping says holds as documented, and what it may not say."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tests.commands import run

FAULTS = Path(__file__).parent
TERMINALS = """
table = "terminal"
files = ["tanmatsu*.csv"]
extent = "full"
key = ["terminal_id"]
[columns]
terminal_id = "端末"
place = { from = "設置場所", %s }
"""
HEADER, ROWS = "端末,設置場所,所属CD", ("T1,窓口,1110", "T2,窓口,2000", "T3,,1110", "T4,奥,1110")
WHEN = 'when = { "所属CD" = ["1110"] }'
LOG = """
table = "lookup"
files = ["log*.csv"]
extent = "delta"
[columns]
row_key = "連番"
system = "システム"
time = "日時"
operator = "操作者"
view = { from = "区分", codes = { 1 = "direct" } }
subject = "宛名番号"
"""


def explained(tmp_path, mapping, lines):
    """Read one file by one mapping: the typed rows, and the reasons of the others."""
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "own.toml").write_text(mapping, encoding="utf-8")
    (tmp_path / "tanmatsu.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("ingest", "--explain", tmp_path / "tanmatsu.csv", "--mappings", folder, "--format", "json")
    assert done.status == 0, done.err
    told = json.loads(done.out)
    return [row.get("place", "") for row in told["typed"]], told["reasons"]


@pytest.mark.parametrize(
    ("options", "places", "reasons"),
    [
        (WHEN, ["窓口", "", "", "奥"], {}),
        (f'{WHEN}, codes = {{ "" = "なし" }}, otherwise = "税務"', ["税務", "なし", "なし", "税務"], {}),
        (f'{WHEN}, codes = {{ "窓口" = "1階" }}, otherwise = "税務"', ["1階", "税務", "税務", "税務"], {}),
        (f'{WHEN}, codes = {{ "" = "なし" }}', ["なし", "なし"], {"unknown_code": 2}),
        (f'{WHEN}, codes = {{ "窓口" = "1階", "奥" = "2階" }}', ["1階", "", "", "2階"], {}),
        ('codes = { "" = "なし" }, otherwise = "税務"', ["税務", "税務", "なし", "税務"], {}),
    ],
)
def test_an_emptied_cell_goes_through_the_dictionary(tmp_path, options, places, reasons):
    """`when` empties a cell, and the empty cell is read as docs/data-formats.md says."""
    assert explained(tmp_path, TERMINALS % options, (HEADER, *ROWS)) == (places, reasons)


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ('codes = { "" = "なし" }', ["なし"] * 4),
        ('codes = {}, otherwise = "税務"', ["税務"] * 4),
        ("width = 0", [""] * 4),
    ],
)
def test_a_column_that_may_lack_is_an_empty_cell_where_it_lacks(tmp_path, options, places):
    rows = ("端末,所属CD", *(row.replace("窓口,", "").replace("奥,", "").replace(",,", ",") for row in ROWS))
    assert explained(tmp_path, TERMINALS % f"optional = true, {options}", rows) == (places, {})


def test_a_required_column_that_lacks_empties_no_row_in_silence(tmp_path):
    mapping = TERMINALS.replace('"端末"', '{ from = "端末ID", optional = true }') % "optional = true"
    assert explained(tmp_path, mapping, (HEADER, *ROWS)) == ([], {"no_key": 4})


@pytest.mark.parametrize("known_by", ['files = ["tanmatsu_2*.csv"]', 'header = ["端末ID", "設置場所"]'])
def test_two_mappings_that_fit_one_file_are_both_named(faulty, tmp_path, known_by):
    """Nobody guesses which was meant, and nothing is published."""
    exports = FAULTS / "10-night-shift-over-midnight" / "exports"
    columns = '\n[columns]\nterminal_id = "端末ID"\n'
    for name, known in (("one", 'files = ["tanmatsu*.csv"]'), ("other", known_by)):
        text = f'table = "terminal"\nextent = "full"\nkey = ["terminal_id"]\n{known}{columns}'
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    for lang in ("ja", "en"):
        words = ("--workspace", tmp_path / "var", "--mappings", tmp_path, "--lang", lang)
        done = run("ingest", exports, *words)
        assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
        assert all(word in done.err for word in ("one.toml", "other.toml", "tanmatsu_20240531.csv"))
    assert run("status", "--workspace", tmp_path / "var").status == 1


NAMES = [
    ("税務事務システム", True), ("国保/年金", True), ("a" * 100, True), ("税" * 100, True), ("100%・～_=", True),
    ("../../../../x", False), ("/tmp/x", False), ("..", False), ("a" * 101, False), ("a" * 300, False),
]  # fmt: skip


def test_the_name_of_a_system_is_never_a_path(tmp_path):
    """Each row is loaded or in the quarantine, and nothing is written beside the workspace."""
    exports, place = tmp_path / "exports", tmp_path / "a" / "b" / "c" / "d"
    exports.mkdir()
    with (exports / "log_202405.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["連番", "システム", "日時", "操作者", "区分", "宛名番号"])
        out.writerows([n, name, "2024-05-01 10:00:00", "op", "1", "1"] for n, (name, _) in enumerate(NAMES))
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "log.toml").write_text(LOG, encoding="utf-8")
    words = ("--mappings", tmp_path / "mappings", "--workspace", place, "--format", "json")
    done = run("ingest", exports, FAULTS / "10-night-shift-over-midnight" / "exports", *words)
    (log,) = (found for found in json.loads(done.out)["files"] if found["file"] == "log_202405.csv")
    good = [name for name, right in NAMES if right]
    assert (log["rows"], log["loaded"]) == (len(NAMES), len(good))
    assert log["reasons"] == {"impossible_value": len(NAMES) - len(good)}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "exports", "mappings"]
    assert [path.name for path in (tmp_path / "a").rglob("*")][:3] == ["b", "c", "d"]
    kept = duckdb.sql(
        f"SELECT DISTINCT system FROM read_parquet('{place}/lookups/*/*/*.parquet', hive_partitioning = false)"
    )
    assert set(good) <= {name for (name,) in kept.fetchall()}
