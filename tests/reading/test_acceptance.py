"""Accepting files into a workspace: reconciliation, repetition, superseding, crashes."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.questions.incomplete import read_refused
from ingest.language import mapping
from ingest.language.known_source import Mapping
from ingest.sources import acceptance, accepted, intake
from ingest.sources.acceptance import FileReport

MakeMapping = Callable[..., Mapping]
Export = Callable[..., Path]
HEADER = "端末ID,設置場所,使用開始\n"
LOG = """
table = "lookup"
files = ["log*.csv"]
extent = "delta"
[constants]
system = "税務事務システム"
[columns]
row_key = "通番"
time = "日時"
operator = "ID"
subject = "対象"
view = { from = "区分", codes = { 1 = "direct" } }
"""
LOG_HEADER = "通番,日時,ID,対象,区分\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def counts(report: FileReport) -> tuple[int, int, int, int]:
    assert report.rows == report.loaded + report.quarantined + report.duplicate
    return report.rows, report.loaded, report.quarantined, report.duplicate


def accept(workspace: Path, path: Path, mappings: Sequence[Mapping]) -> list[FileReport]:
    return list(acceptance.accept(workspace, [path.parent], mappings).files)


def terminals(workspace: Path) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        return con.execute("SELECT terminal_id, place, file, seen_until FROM terminal ORDER BY ALL").fetchall()


def test_the_same_row_twice_is_a_duplicate_another_under_its_key_is_not(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(HEADER + "T1,1階,H29.3.1\nT1,1階,H29.3.1\nT1,2階,H29.3.1\nT2,1階,\n")
    (report,) = accept(workspace, path, [make_mapping()])
    assert (counts(report), report.reasons) == ((4, 2, 1, 1), {"duplicate_key": 1})
    rejected = pq.read_table(workspace / accepted.kept(workspace)[0].rejected).to_pylist()
    assert [(row["line"], row["column"], row["text"]) for row in rejected] == [(4, "端末ID", "T1,2階,H29.3.1")]


def test_a_file_given_again_is_all_duplicate_but_what_was_quarantined(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(HEADER + "T1,1階,H29.3.1\nT2,1階\n")
    assert counts(accept(workspace, path, [make_mapping()])[0]) == (2, 1, 1, 0)
    before = terminals(workspace)
    assert counts(accept(workspace, path, [make_mapping()])[0]) == (2, 0, 1, 1)
    assert terminals(workspace) == before == [("T1", "1階", "term.csv", None)]


def test_a_newer_full_file_supersedes_and_a_vanished_key_ends_on_its_day(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    found = make_mapping()
    export(HEADER + "T1,1階,\nT2,1階,\nT3,1階,\n", "term_20240401.csv")
    path = export(HEADER + "T1,2階,\nT2,1階,\n", "term_20240501.csv")
    accept(workspace, path, [found])
    assert terminals(workspace) == [
        ("T1", "2階", "term_20240501.csv", None),
        ("T2", "1階", "term_20240501.csv", None),
        ("T3", "1階", "term_20240401.csv", date(2024, 5, 1)),
    ]


def test_what_counts_is_the_files_day_not_the_order_of_arrival(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    found = make_mapping()
    newer = export(HEADER + "T1,new,\n", "term_20240501.csv")
    accept(workspace, newer, [found])
    newer.unlink()
    accept(workspace, export(HEADER + "T1,old,\nT2,old,\n", "term_20240401.csv"), [found])
    assert terminals(workspace) == [
        ("T1", "new", "term_20240501.csv", None),
        ("T2", "old", "term_20240401.csv", date(2024, 5, 1)),
    ]


def test_a_register_split_into_files_of_one_day_is_one_snapshot(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    found = make_mapping()
    export(HEADER + "T0,old,\nT1,old,\n", "term_20240401.csv")
    export(HEADER + "T1,new,\n", "term_20240501_1.csv")
    accept(workspace, export(HEADER + "T2,new,\n", "term_20240501_2.csv"), [found])
    assert terminals(workspace) == [
        ("T0", "old", "term_20240401.csv", date(2024, 5, 1)),
        ("T1", "new", "term_20240501_1.csv", None),
        ("T2", "new", "term_20240501_2.csv", None),
    ]


def test_a_file_of_the_same_name_and_day_is_a_correction(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    for rows in ("T1,1階,\nT2,1階,\n", "T1,2階,\n"):
        accept(workspace, export(HEADER + rows, "term_20240501.csv"), [make_mapping()])
    assert terminals(workspace) == [
        ("T1", "2階", "term_20240501.csv", None),
        ("T2", "1階", "term_20240501.csv", date(2024, 5, 1)),
    ]


def test_a_full_file_without_readable_rows_ends_nothing(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    accept(workspace, export(HEADER + "T1,1階,\n", "term_20240401.csv"), [make_mapping()])
    export(HEADER, "term_20240501.csv")
    reports = accept(workspace, export(HEADER + "T1\n", "term_20240601.csv"), [make_mapping()])
    assert [counts(report) for report in reports] == [(1, 0, 0, 1), (0, 0, 0, 0), (1, 0, 1, 0)]
    assert (
        reports[1].problem
        and reports[1].problem.en == "term_20240501.csv: line 2: no row of this full file can be read"
    )
    assert reports[2].reasons == {"truncated": 1}
    assert terminals(workspace) == [("T1", "1階", "term_20240401.csv", None)]


def test_without_a_day_in_its_name_a_files_latest_date_is_its_day(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    accept(workspace, export(HEADER + "T1,,H29.3.1\nT2,,R1.5.1\n"), [make_mapping()])
    assert accepted.kept(workspace)[0].day == "2019-05-01"


def test_a_log_row_of_an_earlier_file_is_a_duplicate(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    found = make_mapping(LOG)
    export(LOG_HEADER + "1,2024-04-01 09:00,Z,5,1\n2,2024-04-30 09:00,Z,5,1\n", "log_202404.csv")
    path = export(
        LOG_HEADER + "2,2024-04-30 09:00,Z,5,1\n1,2024-05-01 09:00,Z,5,1\n3,2024-05-02 09:00,Z,5,1\n", "log_202405.csv"
    )
    reports = accept(workspace, path, [found])
    assert [counts(report) for report in reports] == [(2, 2, 0, 0), (3, 1, 1, 1)]
    assert reports[1].reasons == {"duplicate_key": 1}


def test_rows_without_a_number_never_repeat_each_other(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(LOG_HEADER + ",2024-04-01 09:00,Z,5,1\n,2024-04-01 09:00,Z,5,1\n", "log_202404.csv")
    assert counts(accept(workspace, path, [make_mapping(LOG)])[0]) == (2, 2, 0, 0)


def test_lookups_lie_by_system_and_day(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    text = LOG_HEADER + "1,2024-04-02 09:00,Z,5,1\n2,2024-04-01 09:00,Z,5,1\n3,2024-04-02 08:00,Z,5,1\n"
    accept(workspace, export(text, "log.csv"), [make_mapping(LOG)])
    with duckdb.connect() as con:
        manifest = acceptance.effective(con, workspace)
    folders = [str(Path(part).parent) for part in manifest.lookups]
    assert folders == [f"lookups/system=税務事務システム/day=2024-04-0{day}" for day in (1, 2)]
    assert pq.read_table(workspace / manifest.lookups[1], partitioning=None).column("line").to_pylist() == [2, 4]


def test_a_changed_mapping_reads_a_kept_file_again(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    path = export("端末ID,設置場所,使用開始,終了\nT1,1階,,R6.3.31\n")
    accept(workspace, path, [make_mapping()])
    again = accept(workspace, path, [make_mapping(columns='valid_to = { from = "終了", inclusive = true }')])
    assert counts(again[0]) == (1, 1, 0, 0)
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        assert con.execute("SELECT valid_to FROM terminal").fetchall() == [(date(2024, 4, 1),)]


def test_a_run_that_dies_while_writing_leaves_no_half_source(
    make_mapping: MakeMapping, export: Export, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(LOG_HEADER + "1,2024-04-01 09:00,Z,5,1\n2,2024-04-02 09:00,Z,5,1\n", "log_202404.csv")
    with monkeypatch.context() as patched:
        patched.setattr(intake.accepted, "keep", _die)
        with pytest.raises(KeyboardInterrupt):
            accept(workspace, path, [make_mapping(LOG)])
    assert accepted.kept(workspace) == ()
    assert counts(accept(workspace, path, [make_mapping(LOG)])[0]) == (2, 2, 0, 0)
    assert not list(workspace.rglob("*.tmp"))


def _die(*_: object) -> None:
    raise KeyboardInterrupt


LINES = st.lists(st.text("0123456789,: -Zあ\ud800", max_size=30), max_size=12)


@given(LINES)
@settings(max_examples=25, deadline=None)
def test_whatever_a_file_holds_the_counts_reconcile(lines: list[str]) -> None:
    good = ["1,2024-04-01 09:00,Z,5,1", "2,2024-04-01 09:00,Z,5,1"]
    text = LOG_HEADER + "\n".join([*good, *lines]) + "\n"
    with TemporaryDirectory() as folder:
        path, rule = Path(folder) / "in" / "log.csv", Path(folder) / "log.toml"
        path.parent.mkdir()
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        rule.write_text(LOG, encoding="utf-8")
        (report,) = accept(Path(folder) / "workspace", path, [mapping.read(rule, built_in=False)])
    assert counts(report)[0] == 2 + sum(line != "" for line in lines)
    assert report.loaded >= 1


def test_two_workspaces_hold_the_same_bytes(make_mapping: MakeMapping, export: Export, tmp_path: Path) -> None:
    found = make_mapping(LOG)
    path = export(LOG_HEADER + "".join(f"{n},2024-04-0{n % 9 + 1} 09:00,Z,5,1\n" for n in range(90)), "log.csv")
    for name in ("one", "two"):
        accept(tmp_path / name, path, [found])
    files = [sorted(p.relative_to(tmp_path / name) for p in (tmp_path / name).rglob("*.*")) for name in ("one", "two")]
    assert files[0] == files[1]
    names = [name for name in files[0] if (tmp_path / "one" / name).is_file()]
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)


def test_a_file_nothing_could_be_read_from_is_listed_with_its_reason(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    export("a,b\n1,2\n", "notes.csv")
    export("# about", "README.txt")
    path = export("<html>", "term.csv")
    reports = accept(workspace, path, [make_mapping()])
    assert [(report.file, report.source, report.rows, report.problem and report.problem.en) for report in reports] == [
        ("notes.csv", "", 0, "notes.csv: line 1: neither its name nor its header fits any mapping"),
        ("term.csv", "terminals", 0, "term.csv: line 1: this is a web page or XML, not a CSV export"),
    ]


def test_missing_sources_are_named_and_required_ones_are_fatal(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    result = acceptance.accept(workspace, [export(HEADER + "T1,,\n").parent], [*mapping.load(), make_mapping()])
    assert "juki_rireki" in result.missing and "fuyo" in result.missing
    assert "tanmatsu" not in result.missing  # the town's own mapping of that table stands in for it
    assert [sentence.en.split(" (")[0] for sentence in result.fatal] == [
        f"The source {name}" for name in ("resident", "staff", "account", "lookup")
    ]


RESIDENT = (
    "宛名番号,履歴番号,世帯番号,続柄コード1,続柄コード2,続柄表記,生年月日,状態\n",
    """
table = "resident"
files = ["juki*.csv"]
extent = "full"
{limit}
[columns]
person_id = {{ from = "宛名番号", width = 10 }}
history_no = "履歴番号"
household_id = {{ from = "世帯番号", width = 8 }}
relation = "続柄表記"
birth = "生年月日"
status = {{ from = "状態", codes = {{ 1 = "resident" }} }}
[columns.relation_codes]
from = ["続柄コード1|続柄コード", "続柄コード2"]
codes = {{ 2 = "世帯主", 12 = "妻", 20 = "子", 51 = "{father}" }}
""",
)


def resident(codes: Sequence[str]) -> str:
    return RESIDENT[0] + "".join(f"{n},1,1,{row},S54.3.12,1\n" for n, row in enumerate(codes, start=1))


def test_codes_become_words_and_one_disagreeing_row_is_its_own_fault(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    found = make_mapping(RESIDENT[1].format(limit="", father="父"))
    path = export(
        resident(["02,,世帯主", "２,,世帯主", "20,12,子の妻", "20,,子の子", "20,,長男", "51,,妻"]), "juki.csv"
    )
    (report,) = accept(workspace, path, [found])
    assert (counts(report), report.reasons) == ((6, 5, 1, 0), {"inconsistent": 1})
    assert report.warnings == {"relation_text": 1}
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        rows = con.execute("SELECT relation, relation_codes FROM resident ORDER BY line").fetchall()
    assert rows == [("世帯主", "世帯主"), ("世帯主", "世帯主"), ("子の妻", "子の妻"), ("子の子", "子"), ("長男", "子")]


def test_a_code_table_that_does_not_fit_refuses_the_file(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(resident(["02,,世帯主", "51,,姉", "51,,姉", "20,,子"]), "juki.csv")
    result = acceptance.accept(workspace, [path.parent], [make_mapping(RESIDENT[1].format(limit="", father="父"))])
    (report,) = result.files
    assert (counts(report), report.reasons) == ((4, 0, 4, 0), {"inconsistent": 4})
    assert report.problem is not None
    assert report.problem.en.startswith(
        "juki.csv: line 3: 続柄表記 and the codes beside it disagree, as in 2 of 4 rows"
    )
    assert report.problem.en in result.fatal[0].en
    assert accepted.kept(workspace) == ()
    right = make_mapping(RESIDENT[1].format(limit="", father="姉"))
    assert counts(accept(workspace, path, [right])[0]) == (4, 4, 0, 0)


def test_the_limit_of_disagreeing_rows_is_the_mappings(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    path = export(resident(["02,,世帯主", "51,,姉", "51,,姉", "20,,子"]), "juki.csv")
    found = make_mapping(RESIDENT[1].format(limit="relation_limit = 0.5", father="父"))
    assert counts(accept(workspace, path, [found])[0]) == (4, 2, 2, 0)


def test_one_column_of_integer_codes_is_enough(make_mapping: MakeMapping, export: Export, workspace: Path) -> None:
    text = "宛名番号,履歴番号,世帯番号,続柄コード,生年月日,状態\n1,1,1,2,S54.3.12,1\n2,1,1,20,S54.3.12,1\n"
    base = RESIDENT[1].format(limit="", father="父")
    found = make_mapping(base.replace('relation = "続柄表記"\n', "").replace(', "続柄コード2"', ""))
    assert counts(accept(workspace, export(text, "juki.csv"), [found])[0]) == (2, 2, 0, 0)


def test_the_quarantine_of_a_generation_is_written_whole(
    make_mapping: MakeMapping, export: Export, workspace: Path, tmp_path: Path
) -> None:
    path = export(HEADER + "T1\nT2,x,y\nT3,,\n")
    accept(workspace, path, [make_mapping()])
    with duckdb.connect() as con:
        manifest = acceptance.effective(con, workspace)
    acceptance.write_quarantine(workspace, manifest, tmp_path / "q.parquet")
    rows = pq.read_table(tmp_path / "q.parquet").to_pylist()
    assert [(row["file"], row["line"], row["reason"]) for row in rows] == [
        ("term.csv", 2, "truncated"),
        ("term.csv", 3, "impossible_value"),
    ]


def test_the_manifest_names_sources_by_hash_and_knows_what_lacks(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    accept(workspace, export(HEADER + "T1,,\n"), [make_mapping()])
    with duckdb.connect() as con:
        manifest = acceptance.effective(con, workspace)
        assert con.execute("SELECT count(*) FROM resident").fetchall() == [(0,)]
    (source,) = manifest.sources
    assert json.loads((workspace / "sources" / source["sha256"] / "source.json").read_text())["file"] == "term.csv"
    assert "terminal" not in manifest.missing and "resident" in manifest.missing


def test_a_file_that_is_not_to_be_read_is_named_with_its_reason_and_lacks_no_more(
    make_mapping: MakeMapping, export: Export, workspace: Path
) -> None:
    folder = export("何か,別の,表\n1,2,3\n", "yoshiki_202405.csv").parent
    assert acceptance.accept(workspace, [folder], mapping.load()).files[0].problem
    assert read_refused(workspace)
    mappings = [*mapping.load(), make_mapping('ignore = "様式の説明"\nfiles = ["yoshiki*"]')]
    found = acceptance.accept(workspace, [folder], mappings)
    assert [(each.file, each.source, each.rows, each.ignored) for each in found.files] == [
        ("yoshiki_202405.csv", "terminals", 0, "様式の説明")
    ]
    assert not read_refused(workspace) and "terminals" not in found.missing
