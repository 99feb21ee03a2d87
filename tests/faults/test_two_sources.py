"""Several sources of one table: an empty cell never overwrites what another says, in whatever order they come (R2)."""

from datetime import date
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

from ingest import acceptance, mapping, staff

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
