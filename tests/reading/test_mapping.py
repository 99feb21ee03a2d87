"""Mapping files: what they say, and the sentence for what is wrong with one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import ConfigError
from ingest import mapping
from ingest.mapping import Mapping, code_key, header_key
from ingest.tables import TABLES

MakeMapping = Callable[..., Mapping]


def test_the_built_in_mappings_fill_every_canonical_table() -> None:
    built_in = mapping.load()
    assert {found.table.name for found in built_in} == set(TABLES)
    assert sorted(found.id for found in built_in if found.table.name == "lookup") == [
        "fukushi_log",
        "jumin_log",
        "zei_log",
    ]
    assert all(found.built_in for found in built_in)


def test_a_folders_mapping_replaces_the_built_in_of_the_same_id(tmp_path: Path) -> None:
    text = (mapping.BUILT_IN / "tanmatsu.toml").read_text(encoding="utf-8")
    (tmp_path / "tanmatsu.toml").write_text(text.replace("端末ID", "端末番号"), encoding="utf-8")
    found = [m for m in mapping.load([tmp_path]) if m.id == "tanmatsu"]
    assert [m.built_in for m in found] == [False]
    assert found[0].rules[0].names == ("端末番号",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("extent = ", "extend = "), "terminals.toml: extend: expected one of "),
        (('extent = "full"', 'extent = "all"'), "terminals.toml: extent: expected one of full, delta, not 'all'"),
        (('table = "terminal"', 'table = "terminals"'), "terminals.toml: table: expected one of resident, "),
        (
            ('place = "設置場所"', 'plaice = "設置場所"'),
            "terminals.toml: columns.plaice: expected a column of terminal: ",
        ),
        (('terminal_id = "端末ID"', ""), "terminals.toml: columns.terminal_id: expected where to find it"),
        (
            ('valid_from = "使用開始"', ""),
            "terminals.toml: key: expected columns that the mapping fills; valid_from is not",
        ),
        (
            ('"使用開始"', '{ from = "使用開始", styl = "dmy" }'),
            "terminals.toml: columns.valid_from: styl: expected one of ",
        ),
        (('"使用開始"', "3"), "terminals.toml: columns.valid_from: expected a header name or a table"),
        (('"使用開始"', "{ width = 3 }"), "terminals.toml: columns.valid_from: from: expected a header name or a list"),
        (('place = "設置場所"', "place = "), "terminals.toml: cannot be read as TOML in UTF-8: "),
    ],
)
def test_an_error_names_file_key_and_expectation(
    make_mapping: MakeMapping, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigError) as error:
        make_mapping(change=change)
    assert str(error.value).startswith(sentence)


def test_a_dictionary_may_only_give_words_of_the_closed_set(make_mapping: MakeMapping) -> None:
    with pytest.raises(
        ConfigError, match=r"columns.kind: codes.9: expected one of personal, shared, temporary, system"
    ):
        make_mapping(ACCOUNTS)


def test_one_code_has_one_meaning_with_or_without_zeros(make_mapping: MakeMapping) -> None:
    with pytest.raises(ConfigError, match=r"codes.1: expected one word for a code"):
        make_mapping(columns='main_user = { from = "主使用者", codes = { 01 = "a", 1 = "b" } }')


def test_two_mappings_of_one_id_are_refused(make_mapping: MakeMapping, tmp_path: Path) -> None:
    make_mapping()
    twin = (tmp_path / "mappings" / "terminals.toml").read_text(encoding="utf-8")
    (tmp_path / "mappings" / "twin.toml").write_text('id = "terminals"\n' + twin, encoding="utf-8")
    with pytest.raises(ConfigError, match="terminals: two mapping files have this id"):
        mapping.load([tmp_path / "mappings"])


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder of mapping files"):
        mapping.load([tmp_path / "none"])


def test_headers_are_compared_without_width_case_spaces_and_brackets() -> None:
    assert header_key("カナ氏名 ") == header_key("ｶﾅ　氏名")
    assert header_key("相手方戸籍（本籍）") == header_key("相手方戸籍(本籍)") == header_key("相手方戸籍本籍")
    assert header_key("Operator ID") == header_key("ＯＰＥＲＡＴＯＲＩＤ")
    assert header_key("続柄コード") != header_key("続柄コード1")


def test_codes_are_compared_without_width_and_leading_zeros() -> None:
    assert code_key("02") == code_key("2") == code_key("２") == code_key(" 02 ") == "2"
    assert code_key("00") == "0"
    assert code_key("2X") == "2X"


ACCOUNTS = """
table = "account"
extent = "full"
[constants]
system = "税務事務システム"
[columns]
operator = "ID"
valid_from = "開始"
kind = { from = "区分", codes = { 9 = "robot" } }
"""
