"""A first mapping guessed from a header: the right table, valid TOML, and every guess marked."""

import tomllib
from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.drafting.mapping_draft import guess
from ingest.language import mapping
from words import Words

HANDMADE = Path(__file__).parents[1] / "handmade"


def files():
    """Give the hand-written exports, whose layouts no built-in mapping reads, with the table that their own fills."""
    for own in mapping.load([HANDMADE / "mappings"]):
        for path in sorted((HANDMADE / "exports").iterdir()):
            if not own.built_in and own.named_like(path.name):
                yield pytest.param(path, own.table.name, id=path.name)


@pytest.mark.parametrize(("path", "table"), list(files()))
def test_a_foreign_file_is_taken_for_what_it_is(path, table, tmp_path):
    text = guess(path, mapping.load(), Words("ja"))
    found = tomllib.loads(text)
    assert found["table"] == table and len(found["columns"]) >= 2
    assert "推測" in text and "enkan ingest --explain" in text
    (tmp_path / "guessed.toml").write_text(text, encoding="utf-8")


def test_the_names_of_another_source_are_no_guess_and_what_only_looks_alike_is(tmp_path):
    path = tmp_path / "shokuin_R060401.csv"
    path.write_text(
        "職員番号,氏名,生年月日(和暦),性別,備考欄\n1,山田　花子,S55.5.21,女,\n2,山田　太郎,S50.1.1,男,\n",
        encoding="cp932",
    )
    lines = guess(path, mapping.load(), Words("ja")).splitlines()
    assert 'staff_id = "職員番号"' in lines and 'birth = "生年月日(和暦)"  # 推測' in lines
    (sex,) = (line for line in lines if line.startswith("sex"))
    assert '"女" = "F"' in sex and '"男" = "M"' in sex and sex.endswith("推測: M|F|")
    assert any("備考欄" in line and line.startswith("# 読まない列") for line in lines)
    assert 'files = ["shokuin_R*.csv"]' in lines


def test_a_file_of_which_nothing_is_known_is_one_sentence(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("あ,い\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"x\.csv, line 1"):
        guess(path, mapping.load(), Words("ja"))


def test_a_header_name_that_another_table_reads_is_a_guess_for_the_same_column(tmp_path):
    """端末番号 is what the tax log calls its terminal; the register of terminals has it as its key."""
    path = tmp_path / "台帳_20240531.csv"
    path.write_text("端末番号,設置場所,使用開始\nCM01,本庁,2017-03-01\n", encoding="utf-8")
    text = guess(path, mapping.load(), Words("ja"))
    assert 'table = "terminal"' in text and 'terminal_id = "端末番号"  # 推測' in text
