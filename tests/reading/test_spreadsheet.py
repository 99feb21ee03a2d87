"""Ids that a spreadsheet wrapped so that they keep their zeros are read as what they are (F14)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.language.known_source import Mapping

HEADER = "端末ID,設置場所,所属,使用開始\n"
COLUMNS = 'section_id = { from = "所属", width = 4 }'


@pytest.mark.parametrize(
    "row",
    [
        '="0012",1階,="0034",="2017-03-01"\n',
        '"=""0012""",1階,"=""0034""","=""H29.3.1"""\n',
        "'0012,1階,'0034,'H29.3.1\n",
        '="0012",="1階",34,2017/3/1\n',
    ],
)
def test_r15_what_a_spreadsheet_wraps_is_read(
    make_mapping: Callable[..., Mapping],
    export: Callable[..., Path],
    read_rows: Callable[..., tuple[list[dict[str, object]], list[object]]],
    row: str,
) -> None:
    rows, problems = read_rows(export(HEADER + row), [make_mapping(columns=COLUMNS)])
    assert problems == []
    (found,) = rows
    assert (found["terminal_id"], found["place"], found["section_id"]) == ("0012", "1階", "0034")
    assert str(found["valid_from"]) == "2017-03-01"


def test_an_apostrophe_of_a_name_stays(
    make_mapping: Callable[..., Mapping],
    export: Callable[..., Path],
    read_rows: Callable[..., tuple[list[dict[str, object]], list[object]]],
) -> None:
    rows, _ = read_rows(export("端末ID,設置場所,使用開始\nT1,'Otai 2,\n"), [make_mapping()])
    assert rows[0]["place"] == "'Otai 2"
