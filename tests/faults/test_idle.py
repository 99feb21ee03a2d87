"""Rows that load and say nothing are counted with the reason, and end no other row (D5)."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from ingest.deliveries import idle
from ingest.language import mapping
from ingest.personnel import staff
from ingest.sources import acceptance, accepted

STAFF = "職員番号,氏名,所属コード,発令日,終了日\n"
DUTY = "職員番号,開始日,終了日,区分\n"
MAPPINGS = {
    "staff": """
table = "staff"
files = ["staff*.csv"]
extent = "full"
key = ["staff_id", "valid_from", "section_id"]
[columns]
staff_id = "職員番号"
name = "氏名"
section_id = "所属コード"
valid_from = "発令日"
valid_to = "終了日"
""",
    "duty": """
table = "duty"
files = ["duty*.csv"]
extent = "full"
[columns]
staff_id = "職員番号"
first_day = "開始日"
last_day = "終了日"
presence = { from = "区分", codes = { 1 = "present" } }
""",
    "assignment": """
table = "assignment"
files = ["tanto*.csv"]
extent = "full"
[columns]
case_id = "ケース"
household_id = "世帯"
role = { from = "区分", codes = { 1 = "main" } }
staff_id = "職員番号"
valid_from = "開始日"
""",
    "resident": """
table = "resident"
files = ["juki*.csv"]
extent = "full"
[columns]
person_id = "宛名番号"
history_no = "履歴"
household_id = "世帯"
birth = "生年月日"
status = { from = "状態", codes = { 1 = "resident", 2 = "moved" } }
event = "異動日"
""",
}
FILES = {
    "staff_20240501.csv": STAFF + "0001,甲,100,2020-04-01,\n0001,甲,200,2024-04-01,2024-04-01\n"
    "0002,乙,300,2024-04-01,\n0002,乙,100,2024-04-01,\n",
    "duty_20240501.csv": DUTY + "0001,2024-04-02,2024-04-02,1\n0001,2019-04-02,2019-04-02,1\n"
    "0009,2024-04-02,,1\n0001,2024-04-09,2024-04-02,1\n",
    "tanto_20240501.csv": "ケース,世帯,区分,職員番号,開始日\n"
    "C1,10,1,0001,2024-04-01\nC2,,1,0001,2024-04-01\nC3,10,1,0009,2024-04-01\n",
    "juki_20240501.csv": "宛名番号,履歴,世帯,生年月日,状態,異動日\n1,1,10,1980-01-01,1,2000-01-01\n"
    "1,2,20,1980-01-01,1,2010-01-01\n1,3,30,1980-01-01,1,2010-01-01\n1,4,30,1980-01-01,2,2020-01-01\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("idle")
    for folder, files in (("mappings", {f"{name}.toml": text for name, text in MAPPINGS.items()}), ("exports", FILES)):
        (root / folder).mkdir()
        for name, text in files.items():
            (root / folder / name).write_text(text, encoding="utf-8")
    rules = [mapping.read(path, built_in=False) for path in sorted((root / "mappings").iterdir())]
    found = acceptance.accept(root / "var", [root / "exports"], rules)
    assert not [report.problem for report in found.files if report.problem]
    return root / "var"


@pytest.fixture(scope="module")
def built(workspace: Path) -> tuple[idle.Counts, pa.Table]:
    with duckdb.connect() as con:
        acceptance.effective(con, workspace)
        terms = staff.build(con)["BELONGS_TO"]
        return idle.counted(con, terms), terms


def test_r7_rows_that_say_nothing_are_counted_by_file(built: tuple[idle.Counts, pa.Table]) -> None:
    assert {file.split("_")[0]: reasons for (file, _), reasons in built[0].items()} == {
        "staff": {"no_length": 1},
        "duty": {"no_length": 1, "no_section": 1, "unknown_staff": 1},
        "tanto": {"no_subject": 1, "unknown_staff": 1},
        "juki": {"no_length": 1},
    }


def test_r7_a_posting_of_no_length_ends_none_and_two_of_one_day_do_not_end_each_other(
    built: tuple[idle.Counts, pa.Table], workspace: Path
) -> None:
    assert [(row["start"], row["end"], row["valid_from"], row["valid_to"]) for row in built[1].to_pylist()] == [
        ("0001", "100", date(2020, 4, 1), None),
        ("0002", "100", date(2024, 4, 1), None),
        ("0002", "300", date(2024, 4, 1), None),
    ]
    assert all(
        idle.figures(built[0], held.file, held.source)["idle"] < held.loaded for held in accepted.kept(workspace)
    )
