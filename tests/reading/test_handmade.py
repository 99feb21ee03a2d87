"""椋川町, a municipality written by hand: its files load by mappings alone and give the counts expected beside them."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from ingest.language import mapping
from ingest.sources import acceptance
from ingest.sources.acceptance import Acceptance

HANDMADE = Path(__file__).parent.parent / "handmade"
CLOSED_SET = {"impossible_date": "impossible_value"}  # the expected file's word → the reconciliation's


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("handmade") / "workspace"


@pytest.fixture(scope="module")
def accepted(workspace: Path) -> Acceptance:
    return acceptance.accept(workspace, [HANDMADE / "exports"], mapping.load([HANDMADE / "mappings"]))


def test_every_file_gives_the_expected_counts(accepted: Acceptance) -> None:
    expected = json.loads((HANDMADE / "expected" / "counts.json").read_text(encoding="utf-8"))
    names = ("file", "encoding", "rows", "loaded", "quarantined", "duplicate")
    found = [{name: getattr(report, name) for name in names} for report in accepted.files]
    assert found == [{name: file[name] for name in names} for file in expected["files"]]
    assert accepted.totals == expected["totals"]


def test_nothing_is_missing_and_nothing_fatal(accepted: Acceptance) -> None:
    assert (accepted.missing, accepted.fatal) == ((), ())
    assert [report.problem for report in accepted.files] == [None] * 15


def test_the_quarantine_is_the_expected_one(accepted: Acceptance, workspace: Path, tmp_path: Path) -> None:
    with (HANDMADE / "expected" / "quarantine.csv").open(encoding="utf-8-sig", newline="") as handle:
        expected = [row for row in csv.DictReader(handle) if row["disposition"] == "quarantined"]
    with duckdb.connect() as con:
        manifest = acceptance.effective(con, workspace)
        acceptance.write_quarantine(workspace, manifest, tmp_path / "q.parquet")
        found = con.execute(f"SELECT file, line, \"column\", reason FROM '{tmp_path / 'q.parquet'}'").fetchall()
    reasons = [CLOSED_SET.get(row["reason"], row["reason"]) for row in expected]
    lines = [(row["file"], int(row["line"]), row["column"]) for row in expected]
    assert found == [(*line, reason) for line, reason in zip(lines, reasons, strict=True)]


def test_oddities_of_the_register_load_with_their_text(accepted: Acceptance, workspace: Path) -> None:
    report = next(report for report in accepted.files if report.file == "JUMIN_RIREKI.CSV")
    assert report.warnings == {"check_digit": 1}
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        query = "SELECT line, birth_text, birth, birth_precision, birth_earliest, birth_latest FROM resident"
        rows = con.execute(query + " WHERE line IN (45, 92) ORDER BY line").fetchall()
    assert [
        (line, text, day, precision, str(first), str(last)) for line, text, day, precision, first, last in rows
    ] == [
        (45, "S11.03.00", None, "M", "1936-03-01", "1936-03-31"),
        (92, "S20.02.29", None, "M", "1945-02-28", "1945-03-01"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT count(DISTINCT person_id), count(*) FILTER (current) FROM resident", [(77, 77)]),
        ("SELECT staff_id, from_minute, to_minute FROM duty WHERE line = 2", [("0001410", 510, 1035)]),
        ("SELECT valid_to::VARCHAR FROM assignment WHERE line = 5", [("2024-04-01",)]),
        ("SELECT valid_from::VARCHAR FROM assignment WHERE line = 8", [("2023-10-01",)]),
        ("SELECT count(*) FROM account WHERE valid_to IS NULL AND kind = 'personal'", [(20,)]),
        ("SELECT person_id FROM crossref WHERE subject_key = '20010412'", [("0000100234",)]),
        ("SELECT count(*) FROM issuance WHERE household_id <> ''", [(9,)]),
        ("SELECT event, count(*) FROM koseki_event GROUP BY ALL ORDER BY 2 DESC LIMIT 1", [("marriage", 70)]),
        ("SELECT count(*) FROM staff WHERE uses_former_name", [(1,)]),
    ],
)  # fmt: skip
def test_values_of_other_layouts_come_out_canonical(
    accepted: Acceptance, workspace: Path, query: str, expected: list[tuple[object, ...]]
) -> None:
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        assert con.execute(query).fetchall() == expected


def test_the_three_logs_speak_one_language(accepted: Acceptance, workspace: Path) -> None:
    with duckdb.connect() as con:
        manifest = acceptance.effective(con, workspace)
        logs = [str(workspace / part) for part in manifest.lookups]
        rows = con.execute(
            "SELECT system, view, count(*), count(*) FILTER (via <> ''), count(*) FILTER (calls <> '')"
            " FROM read_parquet(?, hive_partitioning = false) GROUP BY ALL ORDER BY ALL",
            [logs],
        ).fetchall()
    assert rows == [
        ("住民基本台帳等事務システム", "direct", 175, 31, 0),
        ("住民基本台帳等事務システム", "household", 20, 0, 0),
        ("住民基本台帳等事務システム", "search", 10, 0, 0),
        ("税務事務システム", "direct", 87, 0, 0),
        ("総合福祉システム", "direct", 100, 0, 30),
        ("総合福祉システム", "search", 4, 0, 0),
    ]


def test_given_again_every_row_is_duplicate_but_the_quarantined(accepted: Acceptance, workspace: Path) -> None:
    again = acceptance.accept(workspace, [HANDMADE / "exports"], mapping.load([HANDMADE / "mappings"]))
    assert again.totals == {"rows": 1053, "loaded": 0, "quarantined": 4, "duplicate": 1049}
