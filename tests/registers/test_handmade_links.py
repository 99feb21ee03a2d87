"""椋川町, the municipality written by hand: the links behind the expected ties are there, and nothing wrong."""

from pathlib import Path

import duckdb
import pytest

from ingest.language import mapping
from ingest.registers.build import Registers, read_registers
from ingest.sources import acceptance

HANDMADE = Path(__file__).parents[1] / "handmade"
JUKI_ONLY = "CREATE VIEW {0} AS SELECT * FROM full_{0} WHERE false"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Read the registers' files once."""
    workspace = tmp_path_factory.mktemp("椋川町")
    acceptance.accept(workspace, [HANDMADE / "exports"], mapping.load([HANDMADE / "mappings"]))
    return workspace


@pytest.fixture(scope="module")
def registers(exports) -> Registers:
    """Give what both registers say."""
    con = duckdb.connect()
    acceptance.effective(con, exports)
    return read_registers(con)


@pytest.fixture(scope="module")
def juki_alone(exports) -> Registers:
    """Give what the resident register says alone."""
    con = duckdb.connect()
    acceptance.effective(con, exports)
    for view in ("koseki_entry", "koseki_event"):
        con.execute(f"ALTER VIEW {view} RENAME TO full_{view}; {JUKI_ONLY.format(view)}")
    return read_registers(con)


def parents(registers, child):
    """Give {last digits of a parent or its name: (nature, grade)} for a child's last digits."""
    names = {r["person_id"]: r["name"] for r in registers.kinds["Person"].to_pylist()}
    rows = [r for r in registers.kinds["PARENT_OF"].to_pylist() if r["end"] == f"0000{child}"]
    return {r["start"][4:] if r["start"].isdigit() else names[r["start"]]: (r["nature"], r["grade"]) for r in rows}


def spouses(registers, person):
    """Give the spouse links of a person: (nature, grade, from, to, ended by)."""
    kept = ("nature", "grade", "valid_from", "valid_to", "ended_by")
    rows = registers.kinds["SPOUSE_OF"].to_pylist()
    return [tuple(str(r[c] or "") for c in kept) for r in rows if f"0000{person}" in (r["start"], r["end"])]


def test_every_line_was_understood(registers):
    assert registers.problems == ()


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ("100250", {"100234": ("birth", "registered"), "100242": ("birth", "registered")}),
        ("248584", {"横山　勇": ("birth", "registered"), "横山　貞子": ("birth", "registered")}),
        ("101044", {"101028": ("birth", "registered"), "早苗": ("birth", "registered")}),
        (
            "268860",
            {
                "100625": ("adoptive", "registered"),
                "268828": ("birth", "registered"),
                "小寺勝也": ("birth", "registered"),
            },
        ),
        ("268852", {"268828": ("birth", "registered"), "小寺勝也": ("birth", "registered")}),
        ("275182", {"100773": ("recognised", "registered"), "273546": ("birth", "registered")}),
        ("267015", {"101052": ("recognised", "registered"), "263273": ("birth", "registered")}),
        ("270792", {"100455": ("birth", "composed"), "268305": ("birth", "probable")}),
        ("100773", {"100749": ("birth", "stated"), "100757": ("birth", "probable")}),
        ("251763", {"250430": ("birth", "stated"), "250449": ("birth", "stated")}),
        ("273554", {"273546": ("birth", "registered")}),
    ],
)
def test_parents_with_all_files(registers, child, expected):
    assert parents(registers, child) == expected


def test_grandparents_join_two_registers(registers):
    uncles = {r["end"]: r["start"] for r in registers.kinds["PARENT_OF"].to_pylist() if "koseki:" in r["start"]}
    assert uncles["0000100234"] and {"0000100234", "0000100358"} <= set(uncles)
    sisters = [
        {r["start"] for r in registers.kinds["PARENT_OF"].to_pylist() if r["end"] == f"0000{p}"}
        for p in ("100617", "100684")
    ]
    assert len(sisters[0]) == 2 and sisters[0] == sisters[1]


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ("100544", {"100528": ("birth", "stated"), "100536": ("birth", "stated")}),
        ("256366", {"100625": ("birth", "composed"), "253278": ("birth", "stated")}),
        ("101044", {"101028": ("birth", "stated")}),
        ("268860", {"100625": ("adoptive", "stated"), "268828": ("birth", "composed")}),
        ("268852", {"268828": ("birth", "composed")}),
        ("275182", {"100773": ("recognised", "stated"), "273546": ("birth", "probable")}),
        ("250430", {"260703": ("birth", "stated")}),
    ],
)
def test_parents_by_the_resident_register_alone(juki_alone, child, expected):
    assert parents(juki_alone, child) == expected


def test_marriages(registers):
    assert spouses(registers, "100625") == [
        ("legal", "registered", "2004-02-14", "2012-03-15", "divorce"),
        ("legal", "registered", "2016-11-22", "", ""),
    ]
    assert spouses(registers, "250449") == [("legal", "stated", "0001-01-01", "2018-12-03", "death")]
    assert spouses(registers, "273546") == [("de_facto", "stated", "2020-10-10", "", "")]
    assert spouses(registers, "263273") == []


def test_marriages_by_the_resident_register_alone(juki_alone):
    assert spouses(juki_alone, "100625") == [
        ("legal", "composed", "2004-02-14", "2012-03-15", "divorce"),
        ("legal", "stated", "2016-12-01", "", ""),
    ]
    assert spouses(juki_alone, "258938") == [("legal", "stated", "2008-10-05", "", "")]


def test_persons(registers):
    people = {r["person_id"]: r for r in registers.kinds["Person"].to_pylist()}
    assert (people["0000100250"]["address"], people["0000100250"]["status"]) == (
        "本町一丁目12番3号 コーポ椋201",
        "resident",
    )
    assert str(people["0000100528"]["death_date"]) == "2015-08-09"
    assert (people["0000100769"]["birth_date"], people["0000100769"]["birth_text"]) == (None, "S11.03.00")
    assert sum(r["status"] == "resident" for r in people.values()) == 72
