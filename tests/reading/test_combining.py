"""Several sources of one table: what is declared for it, whatever the order in which their files come (D4)."""

from collections.abc import Mapping as Texts
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.language import mapping
from ingest.language.tables import TABLES
from ingest.sources import acceptance, combining

pytestmark = pytest.mark.usefixtures("stage")  # each test accepts its files anew in every order
HEADS = {
    "terminal": "terminal_id,place,section_id,main_user,valid_from,valid_to",
    "account": "system,operator,staff_id,kind,valid_from,valid_to",
    "crossref": "space,subject_key,person_id",
    "resident": "person_id,history_no,name,birth,nationality,honseki,event",
    "staff": "staff_id,name,birth,section_id,valid_from",
}


def combined(root: Path, table: str, files: Texts[str, str], **own_key: str) -> Any:
    """Read files (SOURCE_YYYYMMDD.csv) of one table in every order; give the rows they make and what differs."""
    found = []
    for nth, order in enumerate(permutations(files)):
        workspace, rules = root / str(nth), []
        for source in sorted({name.split("_")[0] for name in files}):
            path = root / f"{source}.toml"
            columns = "".join(f'{column} = "{column}"\n' for column in HEADS[table].split(","))
            key = f"key = {own_key[source]}\n" if source in own_key else ""
            text = f'table = "{table}"\nfiles = ["{source}_*.csv"]\nextent = "full"\n{key}[columns]\n{columns}'
            path.write_text(text, encoding="utf-8")
            rules.append(mapping.read(path, built_in=False))
        for name in order:
            folder = root / f"{nth}-{name}"
            folder.mkdir()
            (folder / name).write_text(f"{HEADS[table]}\n{files[name]}", encoding="utf-8")
            done = acceptance.accept(workspace, [folder], rules)
            assert not [file.problem for file in done.files if file.problem]
        with duckdb.connect() as con:
            acceptance.effective(con, workspace)
            rows = con.execute(f"SELECT {HEADS[table]} FROM {table} WHERE file <> '' ORDER BY ALL").fetchall()
            told = {file: cells for (_, file), cells in combining.differing(con).items()}
        found.append((rows, told))
    assert all(each == found[0] for each in found)
    return found[0]


def test_an_empty_cell_never_wins_and_of_two_values_that_of_the_newer_file_does(tmp_path: Path) -> None:
    files = {
        "a_20240501.csv": "T1,1階,210,,2020-04-01,\nT2,1階,210,,2020-04-01,2024-03-31\nT3,,,,2020-04-01,\n",
        "b_20240601.csv": "T1,2階,,0001234,2020-04-01,\nT2,,,,2020-04-01,\nT4,,,,2020-04-01,\n",
    }
    rows, differing = combined(tmp_path, "terminal", files)
    since = date(2020, 4, 1)
    assert rows == [
        ("T1", "2階", "210", "0001234", since, None),
        ("T2", "1階", "210", "", since, date(2024, 3, 31)),
        ("T3", "", "", "", since, None),
        ("T4", "", "", "", since, None),
    ]
    assert differing == {"a_20240501.csv": 1, "b_20240601.csv": 1}


def test_of_two_files_of_one_day_the_source_that_comes_first_by_name_counts(tmp_path: Path) -> None:
    files = {"b_20240501.csv": "T1,2階,,,,\n", "a_20240501.csv": "T1,1階,,,,\n", "c_20240501.csv": "T1,3階,9,,,\n"}
    rows, differing = combined(tmp_path, "terminal", files)
    assert rows == [("T1", "1階", "9", "", None, None)]
    assert set(differing.values()) == {1}


def test_a_source_alone_keeps_its_history_when_another_knows_only_who_somebody_is(tmp_path: Path) -> None:
    files = {
        "juki_20240501.csv": "0001,1,旧姓 花,1985-04-01,japanese,,2010-01-01\n"
        "0001,2,山田 花,1985-04-01,japanese,,2015-01-01\n0002,1,山田 健,1984年1月,,,2015-01-01\n",
        "honseki_20240401.csv": "0001,,,1985-04-01,,南町1,\n0002,,,1984-01-02,japanese,南町1,\n",
    }
    rows, differing = combined(tmp_path, "resident", files, honseki='["person_id"]')
    first, then = date(2010, 1, 1), date(2015, 1, 1)
    assert rows == [
        ("0001", 1, "旧姓 花", date(1985, 4, 1), "japanese", "", first),
        ("0001", 2, "山田 花", date(1985, 4, 1), "japanese", "南町1", then),
        ("0002", 1, "山田 健", None, "japanese", "南町1", then),  # the newer file says no day: its whole cell counts
    ]
    assert differing == {"juki_20240501.csv": 1, "honseki_20240401.csv": 1}


def test_a_register_in_which_every_state_is_the_first_has_no_history(tmp_path: Path) -> None:
    files = {
        "juki_20240501.csv": "0001,1,旧姓 花,S60.4.1,,,2010-01-01\n0001,2,山田 花,S60.4.1,,,2015-01-01\n",
        "honseki_20240401.csv": "0001,1,山田　花,1985-04-01,,南町1,\n",
    }
    rows, differing = combined(tmp_path, "resident", files)
    assert [(row[1], row[2], row[5]) for row in rows] == [(1, "旧姓 花", ""), (2, "山田 花", "南町1")]
    assert differing == {}  # a wide space is none


def test_a_register_without_a_history_is_read_all_the_same(tmp_path: Path) -> None:
    rows, _ = combined(tmp_path, "resident", {"juki_20240501.csv": "0001,,山田 花,S60.4.1,,,\n"}, juki='["person_id"]')
    assert [row[:3] for row in rows] == [("0001", 1, "山田 花")]


def test_what_one_source_still_has_has_not_ended(tmp_path: Path) -> None:
    files = {
        "a_20240501.csv": "T1,1階,,,,\nT2,1階,,,,\nT3,1階,,,,\n",
        "a_20240601.csv": "T2,1階,,,,\nT3,1階,,,,\n",
        "b_20240601.csv": "T1,,210,,,\n",
    }
    rows, _ = combined(tmp_path, "terminal", files)
    assert ("T1", "1階", "210", "", None, None) in rows
    with duckdb.connect() as con:
        acceptance.effective(con, tmp_path / "0")
        assert con.execute("SELECT count(seen_until) FROM terminal").fetchall() == [(0,)]


def test_two_holders_two_postings_and_a_key_of_two_people_stand_side_by_side(tmp_path: Path) -> None:
    for name in ("account", "staff", "crossref"):
        (tmp_path / name).mkdir()
    files = {
        "a_20240501.csv": "jumin,J1,0001,personal,2020-04-01,\njumin,J2,,personal,2020-04-01,\n",
        "b_20240601.csv": "jumin,J1,0002,personal,2020-04-01,\njumin,J2,0003,personal,2020-04-01,2024-03-31\n",
    }
    rows, differing = combined(tmp_path / "account", "account", files)
    assert [row[1:3] for row in rows] == [("J1", "0001"), ("J1", "0002"), ("J2", "0003")]
    assert rows[2][5] == date(2024, 3, 31)
    assert differing == {"a_20240501.csv": 1, "b_20240601.csv": 1}
    files = {"a_20240501.csv": "1,山田 花,,100,2020-04-01\n", "b_20240501.csv": "1,,,200,2020-04-01\n"}
    assert len(combined(tmp_path / "staff", "staff", files)[0]) == 2
    files = {"a_20240501.csv": "tax,7,0001\ntax,8,0002\n", "b_20240501.csv": "tax,7,0001\ntax,8,0003\n"}
    rows, differing = combined(tmp_path / "crossref", "crossref", files)
    assert rows == [("tax", "7", "0001"), ("tax", "8", "0002"), ("tax", "8", "0003")]
    assert differing == {"a_20240501.csv": 1, "b_20240501.csv": 1}


def test_where_one_source_says_two_things_of_one_key_nothing_is_joined(tmp_path: Path) -> None:
    files = {"a_20240501.csv": "1,山田 花,,100,\n1,山田 花,,200,\n", "b_20240501.csv": "1,,1985-04-01,,\n"}
    rows, _ = combined(tmp_path, "staff", files, a='["staff_id", "section_id"]')
    assert len(rows) == 3


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.joined_by], ids=lambda table: table.name)
def test_what_a_table_is_joined_by_is_its_subject_and_one_state(table: Any) -> None:
    names = {column.name for column in table.columns}
    assert set(table.joined_by) | set(table.apart) <= names
    assert set(table.subject) <= set(table.joined_by)
    assert len(set(table.joined_by) - set(table.subject)) <= 1
