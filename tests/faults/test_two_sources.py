"""Several sources of one table: an empty cell never overwrites what another says, in whatever order they come (D4)."""

import csv
import io
import json
import shutil
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.language import mapping
from ingest.personnel import staff
from ingest.sources import acceptance
from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"

PEOPLE = """
table = "staff"
files = ["jinji*.csv"]
extent = "full"
key = ["staff_id"]
[columns]
staff_id = "職員番号"
name = "氏名"
kana = "カナ"
birth = "生年月日"
address = "住所"
"""
POSTINGS = """
table = "staff"
files = ["hatsurei*.csv"]
extent = "full"
[columns]
staff_id = "職員番号"
section_id = "所属コード"
section_name = "所属名"
valid_from = "発令日"
"""
FILES = {
    "jinji_20240501.csv": "職員番号,氏名,カナ,生年月日,住所\n0001,山田 花,ヤマダ ハナ,S60.4.1,南町1\n",
    "hatsurei_20240601.csv": "職員番号,所属コード,所属名,発令日\n"
    "0001,100,市民課,2020-04-01\n0001,200,税務課,2024-04-01\n",
}


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_r2_names_from_one_file_and_postings_from_another_are_one_member_of_staff(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    rules = []
    for name, text in (("people", PEOPLE), ("postings", POSTINGS)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        rules.append(mapping.read(tmp_path / f"{name}.toml", built_in=False))
    for name in order:
        folder = tmp_path / name.split("_")[0]
        folder.mkdir()
        (folder / name).write_text(FILES[name], encoding="utf-8")
        acceptance.accept(tmp_path / "var", [folder], rules)
    with duckdb.connect() as con:
        acceptance.effective(con, tmp_path / "var")
        built = staff.build(con)
    (found,) = built["Staff"].to_pylist()
    assert (found["name"], found["kana"], found["birth_date"]) == ("山田 花", "ヤマダ ハナ", date(1985, 4, 1))
    assert (found["address"], found["section_id"]) == ("南町1", "200")
    assert [(term["end"], term["valid_to"]) for term in built["BELONGS_TO"].to_pylist()] == [
        ("100", date(2024, 4, 1)),
        ("200", None),
    ]


OF_PEOPLE = ("職員番号", "氏名", "ｶﾅ氏名", "旧姓使用", "生年月日", "性別", "現住所")
OF_POSTINGS = ("職員番号", "所属ｺｰﾄﾞ", "所属名", "職名", "発令日", "発令終了日")


def answers(folder: Path, workspace: Path) -> dict[str, Any]:
    """Ingest a delivery with its own mappings; give who is which resident and what was found."""
    at = ("--workspace", workspace, "--format", "json")
    assert run("ingest", folder / "exports", "--mappings", folder / "mappings", *at, "--quiet").status == 0
    report = json.loads(run("report", *at).out)
    told = {key: report[key] for key in ("conflicts", "annex", "to_confirm", "borrowed", "denominators")}
    return told | {"identity": json.loads(run("identity", "--all", *at).out)}


def split(folder: Path) -> None:
    """Make two deliveries of one staff file: who they are, and their postings, each with a mapping of its own."""
    rows = list(csv.DictReader(io.StringIO((folder / "exports" / "shokuin.csv").read_text(encoding="cp932"))))
    rule = (folder / "mappings" / "shokuin.toml").read_text(encoding="utf-8")
    for name, columns, key in (("jinji", OF_PEOPLE, '["staff_id"]'), ("hatsurei", OF_POSTINGS, "")):
        lines = list(dict.fromkeys(",".join(row[column] for column in columns) for row in rows))
        text = "\n".join([",".join(columns), *lines, ""])
        (folder / "exports" / f"{name}.csv").write_text(text, encoding="cp932")
        heads = {column.replace("ｺｰﾄﾞ", "コード").replace("ｶﾅ", "カナ") for column in columns}
        head, body = rule.replace("shokuin*", f"{name}*").split("[columns]")
        kept = [line for line in body.splitlines() if any(f'"{word}"' in line for word in heads)]
        more = f"key = {key}\n" if key else ""
        (folder / "mappings" / f"{name}.toml").write_text(
            "\n".join([head + more + "[columns]", *kept]), encoding="utf-8"
        )
    (folder / "exports" / "shokuin.csv").unlink()
    (folder / "mappings" / "shokuin.toml").unlink()


def test_r2_staff_in_two_files_link_as_they_do_in_one(tmp_path: Path) -> None:
    for part in ("exports", "mappings"):
        shutil.copytree(HANDMADE / part, tmp_path / part)
    whole = answers(tmp_path, tmp_path / "one")
    assert whole["conflicts"]
    split(tmp_path)
    parted = answers(tmp_path, tmp_path / "two")
    assert parted["identity"] == whole["identity"]
    assert parted["denominators"] == whole["denominators"]
    found = [[each["conflict_id"] for each in told["conflicts"]] for told in (parted, whole)]
    assert found[0] == found[1]
