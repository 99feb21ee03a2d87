"""Mapping files: what they say, and the sentence for what is wrong with one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import ConfigError
from ingest.language import mapping
from ingest.language.known_source import Mapping
from ingest.language.rule import code_key, header_key
from ingest.language.tables import TABLES

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


WRONG = [
    ("extent = ", "extend = ", 'extend: "full": unknown key; the nearest known key is extent'),
    ('extent = "full"', 'extent = "ful"', 'extent: "ful": must be one of full, delta; the nearest is full'),
    ('extent = "full"', "", "extent: is missing"),
    ('"terminal"', '"terminals"', 'table: "terminals": must be one of resident, '),
    ('place = "設', 'plaice = "設', "columns.plaice: unknown key; the nearest known key is place"),
    ('terminal_id = "端末ID"', "", "columns.terminal_id: is missing: terminal needs it (端末ID)"),
    ('valid_from = "使用開始"', "", 'key: "valid_from": must be one of terminal_id, place'),
    ('"使用開始"', '{ from = "使用開始", styl = 1 }', "valid_from.styl: 1: unknown key; the nearest known key is"),
    ('"使用開始"', "3", "columns.valid_from: 3: must be a header name or a table"),
    ('"使用開始"', "{ width = 3 }", "columns.valid_from.from: is missing"),
    ('"使用開始"', '""', 'columns.valid_from.from[1]: "": must not be empty'),
    ('"使用開始"', '"甲||乙"', 'columns.valid_from.from: "甲||乙": has an empty header name'),
    ('place = "設置場所"', "place = ", "cannot be read as TOML in UTF-8: "),
    ('files = ["term*.csv"]', "", "files: is missing, and so is `header`"),
    ('files = ["term*.csv"]', 'files = ["term\\u0000"]', "has the control character U+0000"),
    ('extent = "full"', 'extent = "full"\nwidth = 3', "width: 3: unknown key"),
    ('extent = "full"', 'extent = "full"\ndelimiter = "\\n"', 'delimiter: "\\n": must be one character such as , or ;'),
    ('extent = "full"', 'extent = "full"\ndelimiter = "\\""', "delimiter: "),
    ('extent = "full"', 'extent = "full"\ndelimiter = "a"', 'delimiter: "a": '),
    ('extent = "full"', 'extent = "full"\ndelimiter = "、"', 'delimiter: "、": '),
    ('extent = "full"', 'extent = "full"\ndelimiter = ",,"', 'delimiter: ",,": '),
    ('extent = "full"', 'extent = "full"\nrelation_limit = nan', "relation_limit: nan: must be a finite number"),
    ('extent = "full"', 'extent = "full"\nrelation_limit = 1.5', "relation_limit: 1.5: must be at most 1"),
    ('extent = "full"', 'extent = "full"\nmax_shrink = 5', "max_shrink: 5: must be at most 1"),
    ('extent = "full"', 'extent = "full"\nmax_shrink = nan', "max_shrink: nan: must be a finite number"),
    ('extent = "full"', 'extent = "delta"\nmax_shrink = 0.5', 'max_shrink: 0.5: goes with extent = "full" only'),
    ('extent = "full"', 'extent = "full"\nrelation_limit = -0.1', "relation_limit: -0.1: must be at least 0"),
    ('extent = "full"', 'extent = "full"\nskip = -1', "skip: -1: must be at least 0"),
    ('extent = "full"', 'extent = "full"\nskip = 1000000000', "skip: 1000000000: must be at most 10000"),
    ('extent = "full"', 'extent = "full"\nencoding = "SJIS"', 'encoding: "SJIS": must be one of detect, UTF-8'),
    ('extent = "full"', 'extent = "full"\nday = "place"', 'day: "place": must be one of valid_from'),
    ('extent = "full"', 'extent = "full"\nday = "valid_to"', 'day: "valid_to": must be one of valid_from'),
    ('extent = "full"', 'extent = "full"\nkey = ["terminal_id", "terminal_id"]', 'names "terminal_id" twice'),
    ('extent = "full"', 'extent = "full"\nrequired = "yes"', 'required: "yes": must be true or false'),
    ('extent = "full"', 'extent = "full"\nformat = "gedcom"', 'format: "gedcom": fills genealogy only'),
    ("[columns]", '[constants]\nvalid_to = "2019-13-01"\n[columns]', 'constants.valid_to: "2019-13-01": must be a day'),
    ("[columns]", '[constants]\nvalid_to = "2019-02-30"\n[columns]', 'constants.valid_to: "2019-02-30": must be a day'),
    ("[columns]", "[constants]\nvalid_to = 1.5\n[columns]", "constants.valid_to: 1.5: must be a text, a whole number"),
    ("[columns]", '[constants]\nplace = "x"\n[columns]', 'constants.place: "x": stands in [columns] too'),
    ("[columns]", "[constants]\nplaec = 1\n[columns]", "constants.plaec: unknown key; the nearest known key is place"),
    ('"使用開始"', '{ from = "使用開始", width = 1000000000 }', "valid_from.width: 1000000000: must be at most 64"),
    ('"使用開始"', '{ from = "使用開始", width = -1 }', "columns.valid_from.width: -1: must be at least 0"),
    ('"使用開始"', '{ from = "使用開始", last = 65 }', "columns.valid_from.last: 65: must be at most 64"),
    ('"使用開始"', '{ from = "使用開始", width = "7" }', 'columns.valid_from.width: "7": must be a whole number'),
    ('"使用開始"', '{ from = "使用開始", style = "ymd" }', 'columns.valid_from.style: "ymd": must be one of auto'),
    ('"使用開始"', '{ from = "使用開始", check = "M11W2-7" }', "columns.valid_from.check: "),
    ('"使用開始"', '{ from = "使用開始", when = { "区分" = [] } }', "valid_from.when.区分: []: must have at least 1"),
    ('"使用開始"', '{ from = "使用開始", when = ["区分"] }', "columns.valid_from.when: "),
    ('"使用開始"', '{ from = "使用開始", otherwise = "2019-01-01" }', "otherwise: \"2019-01-01\": needs `codes`"),
    ('"使用開始"', '{ from = "使用開始", codes = { 9 = "2019-02-30" } }', 'valid_from.codes.9: "2019-02-30": must'),
    ('"使用開始"', '{ from = "使用開始", codes = { 9 = 1 } }', "columns.valid_from.codes.9: 1: must be a text"),
    ('"使用開始"', '{ from = "使用開始", codes = {}, otherwise = "x" }', 'valid_from.otherwise: "x": must be a day'),
    ('"使用開始"', '{ from = "使用開始", first = true }', "valid_from.first: true: goes with a list of several names"),
    ('"使用開始"', '{ from = ["甲", "乙"], first = true, join = "" }', "valid_from.first: true: goes with a list"),
    ('"使用開始"', '{ from = "使用開始", pattern = "(a" }', 'valid_from.pattern: "(a": is no pattern of RE2 (miss'),
    ('"使用開始"', '{ from = "使用開始", pattern = "(a)(b)" }', "valid_from.pattern: \"(a)(b)\": must have one group"),
    ('"使用開始"', '{ from = "使用開始", pattern = "(?=a)" }', "valid_from.pattern: \"(?=a)\": is no pattern of RE2"),
    ('"使用開始"', '{ from = "使用開始", codes_by = "prefix" }', "valid_from.codes_by: \"prefix\": needs `codes`"),
    ('"使用開始"', '{ from = "使用開始", codes = {}, codes_by = "start" }', 'codes_by: "start": must be one of whole'),
    ('"使用開始"', '{ from = "使用開始", codes = { "(" = "" }, codes_by = "pattern" }', ".codes.(: "),
    ('"使用開始"', '{ from = "使用開始", replace = ["a"] }', "columns.valid_from.replace: "),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=[f"{new[:50]!r}" for _, new, _ in WRONG])
def test_a_wrong_value_is_named_with_what_would_be_right(
    make_mapping: MakeMapping, old: str, new: str, sentence: str
) -> None:
    """File, key, value and what would be right, in both languages, before any export is read."""
    with pytest.raises(ConfigError) as error:
        make_mapping(change=(old, new))
    said = error.value.said
    assert said.en.startswith("terminals.toml: ") and sentence in said.en and "\n" not in said.en
    assert said.ja.startswith("terminals.toml: ") and said.ja != said.en


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('system = "../../../../x"', False), ('system = "/etc/x"', False), ('system = "a/../b"', False),
        ('system = "a\\u0000b"', False), ('system = "a\\u001bb"', False), (f'system = "{"x" * 101}"', False),
        ('system = ""', False), ('system = "国保/年金システム"', True), (f'system = "{"税" * 100}"', True),
    ],
)  # fmt: skip
def test_the_name_of_a_system_is_short_and_no_path(make_mapping: MakeMapping, text: str, right: bool) -> None:
    """What would send every row to the quarantine is refused in the mapping."""
    whole = ACCOUNTS.replace('system = "税務事務システム"', text).replace("robot", "system")
    if right:
        assert make_mapping(whole).rules[0].constant
    else:
        with pytest.raises(ConfigError, match=r"terminals\.toml: constants\.system: "):
            make_mapping(whole)


def test_a_constant_may_be_written_as_toml_has_it(make_mapping: MakeMapping) -> None:
    found = make_mapping(change=("[columns]", "[constants]\nvalid_to = 2019-12-31\nsection_id = 12\n[columns]"))
    assert [rule.constant for rule in found.rules[:2]] == ["2019-12-31", "12"]


def test_a_dictionary_may_only_give_words_of_the_closed_set(make_mapping: MakeMapping) -> None:
    with pytest.raises(
        ConfigError, match=r'columns\.kind\.codes\.9: "robot": must be one of personal, shared, temporary, system'
    ):
        make_mapping(ACCOUNTS)
    with pytest.raises(ConfigError, match=r'columns\.kind\.otherwise: "robots": must be one of personal'):
        make_mapping(ACCOUNTS.replace('"robot" }', '"system" }, otherwise = "robots"'))


def test_one_code_has_one_meaning_with_or_without_zeros(make_mapping: MakeMapping) -> None:
    with pytest.raises(ConfigError, match=r'columns\.main_user\.codes\.1: "b": must be one word for a code'):
        make_mapping(columns='main_user = { from = "主使用者", codes = { 01 = "a", 1 = "b" } }')


def test_two_mappings_of_one_id_are_refused(make_mapping: MakeMapping, tmp_path: Path) -> None:
    make_mapping()
    twin = (tmp_path / "mappings" / "terminals.toml").read_text(encoding="utf-8")
    (tmp_path / "mappings" / "twin.toml").write_text('id = "terminals"\n' + twin, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"terminals\.toml, twin\.toml: id: two mapping files have the id terminals"):
        mapping.load([tmp_path / "mappings"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('ignore = ""\nfiles = ["x*"]', 'ignore: "": must not be empty'),
        ('ignore = "様式の説明"', "files: is missing"),
        ('ignore = "様式の説明"\nfiles = []', "files: []: must have at least 1 entry"),
        ('ignore = "様式の説明"\nfiles = ["x*"]\ntable = "terminal"', 'table: "terminal": unknown key'),
    ],
)
def test_what_is_not_read_needs_a_reason_and_names(make_mapping: MakeMapping, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        make_mapping(text)
    assert f"terminals.toml: {sentence}" in error.value.said.en


def test_a_genealogy_has_no_columns(make_mapping: MakeMapping) -> None:
    tree = 'table = "genealogy"\nformat = "gedcom"\nextent = "full"\nfiles = ["*.ged"]\n'
    assert make_mapping(tree).rules == ()
    with pytest.raises(ConfigError, match=r"terminals\.toml: columns: must be left out"):
        make_mapping(tree + '[columns]\nxref = "id"\n')


def test_a_folder_without_mappings_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no mapping file"):
        mapping.load([tmp_path])


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
files = ["accounts*.csv"]
extent = "full"
[constants]
system = "税務事務システム"
[columns]
operator = "ID"
valid_from = "開始"
kind = { from = "区分", codes = { 9 = "robot" } }
"""
