"""Records: their line numbers, quoted newlines and quotes that never close."""

import io

import pytest

from ingest.reading import records
from ingest.reading.records import Cells, Lines


def take_apart(text: str, width: int = 3) -> list[Cells]:
    lines = Lines(io.StringIO(text, newline=""))
    records.header(lines, ",")
    return [records.take_apart(batch, ",", width) for batch in records.batches(lines, ",", width)]


def whole(text: str) -> list[tuple[int, list[str]]]:
    found = []
    for cells in take_apart(text):
        rows = zip(*(column.to_pylist() for column in cells.columns), strict=True)
        found += [(line, list(row)) for line, row in zip(cells.whole.lines, rows, strict=True)]
    return found


def others(text: str) -> list[tuple[int, list[str]]]:
    return [(record.line, record.cells) for cells in take_apart(text) for record in cells.others]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_header_is_line_1(end: str) -> None:
    assert whole(end.join(["a,b,c", "1,2,3", '"4","5","6"', ""])) == [(2, ["1", "2", "3"]), (3, ["4", "5", "6"])]


def test_a_quoted_newline_is_part_of_its_record() -> None:
    text = 'a,b,c\n1,"x\ny",3\n4,5,6\n'
    assert whole(text) == [(2, ["1", "x\ny", "3"]), (4, ["4", "5", "6"])]


def test_quotes_and_commas_inside_a_cell() -> None:
    assert whole('a,b,c\n1,"say ""x"", y",3\n') == [(2, ["1", 'say "x", y', "3"])]


def test_a_quote_that_never_closes_spoils_one_record() -> None:
    text = 'a,b,c\n1,"open,3\n4,5,6\n7,8,9\n'
    assert whole(text) == [(3, ["4", "5", "6"]), (4, ["7", "8", "9"])]
    assert others(text) == [(2, ["1", "open,3\n"])]


def test_an_open_quote_does_not_run_into_the_next_quoted_record() -> None:
    text = 'a,b,c\n"1","open,"3"\n"4","x\ny","6"\n'
    assert whole(text) == [(3, ["4", "x\ny", "6"])]
    assert [line for line, _ in others(text)] == [2]


def test_blank_lines_and_control_z_are_no_records() -> None:
    text = "a,b,c\n1,2,3\n\n4,5,6\n\x1a"
    assert whole(text) == [(2, ["1", "2", "3"]), (4, ["4", "5", "6"])]
    assert others(text) == []


def test_short_and_long_records_stand_apart() -> None:
    assert others("a,b,c\n1,2\n1,2,3,4\n1,2,3\n") == [(2, ["1", "2"]), (3, ["1", "2", "3", "4"])]


def test_an_empty_cell_beyond_the_header_is_no_column() -> None:
    assert whole("a,b,c\n1,2,3,\n") == [(2, ["1", "2", "3"])]


def test_lines_count_on_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH", 4)
    rows = [f'{n},"x\ny",{n}' if n == 5 else f"{n},x,{n}" for n in range(11)]
    found = whole("a,b,c\n" + "\n".join(rows) + "\n")
    assert [cells[0] for _, cells in found] == [str(n) for n in range(11)]
    assert [line for line, _ in found] == [2, 3, 4, 5, 6, 7, *range(9, 14)]


def test_a_file_without_a_line_end_keeps_its_last_record() -> None:
    assert whole("a,b,c\n1,2,3") == [(2, ["1", "2", "3"])]


@pytest.mark.parametrize("nuls", [1, 200])
def test_a_nul_spoils_its_own_record(nuls: int) -> None:
    text = f"a,b,c\n1,2,3\n4,{chr(0) * nuls}5,6\n{chr(0) * nuls}\n7,8,9\n"
    assert whole(text) == [(2, ["1", "2", "3"]), (5, ["7", "8", "9"])]
    assert [line for line, _ in others(text)] == [3, 4]
