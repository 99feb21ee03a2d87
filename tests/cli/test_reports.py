"""Scheduled reports: what changed since the one before, one section, and the workbook as another library opens it."""

import io
import json
import zipfile

import openpyxl
import pytest

FORMATS = ("table", "csv", "html", "json")


@pytest.fixture(scope="module")
def earlier(enkan, handmade, tmp_path_factory):
    """A report up to September, and its conflicts."""
    path = tmp_path_factory.mktemp("earlier") / "september.json"
    done = enkan("report", "--workspace", handmade, "--until", "2023-09-30", "--format", "json", "--out", path)
    assert done.status == 0, done.err
    return path, _open(json.loads(path.read_text(encoding="utf-8")))


def _open(report):
    return {case["conflict_id"]: case for part in ("conflicts", "to_confirm") for case in report[part]}


def test_new_changed_gone_and_still_open_are_told(enkan, handmade, earlier):
    path, before = earlier
    done = enkan("report", "--workspace", handmade, "--since-report", path, "--format", "json")
    found, told = _open(json.loads(done.out)), json.loads(done.out)["since_report"]
    assert told["new"] == sorted(found.keys() - before.keys()) and told["new"]
    assert told["gone"] == sorted(before.keys() - found.keys())
    same = {key for key in found.keys() & before.keys() if found[key]["lookups"] == before[key]["lookups"]}
    assert set(told["grown"]) <= set(told["changed"]) == (found.keys() & before.keys()) - set(told["still_open"])
    assert set(told["still_open"]) <= same and sorted(told["still_open"] + told["changed"]) == sorted(
        found.keys() & before.keys()
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_says_what_changed(enkan, handmade, earlier, fmt):
    path, _ = earlier
    out = enkan("report", "--workspace", handmade, "--since-report", path, "--format", fmt).out
    assert {"table": "新規", "csv": ",new", "html": "新規", "json": '"new"'}[fmt] in out
    assert out == enkan("report", "--workspace", handmade, "--since-report", path, "--format", fmt).out


def test_a_section_sees_its_own_conflicts_and_their_gone_ones(enkan, handmade, tmp_path):
    everything = json.loads(enkan("report", "--workspace", handmade, "--format", "json").out)
    section = everything["conflicts"][0]["viewer_section"]
    path = tmp_path / "section.json"
    words = ("--workspace", handmade, "--format", "json", "--section", section)
    assert enkan("report", *words, "--out", path).status == 0
    done = enkan("report", *words, "--since-report", path, "--fail-on-new")
    found = json.loads(done.out)
    assert done.status == 0 and found["since_report"]["gone"] == found["since_report"]["new"] == []
    assert found["conflicts"] == [case for case in everything["conflicts"] if case["viewer_section"] == section]
    assert 0 < found["denominators"]["lookups"] < everything["denominators"]["lookups"]
    nothing = dict.fromkeys(("preset", "section", "since", "until", "as_of"))
    assert everything["asked"] == nothing and found["asked"] == nothing | {"section": section}


def test_the_workbook_is_the_same_bytes_and_no_cell_is_a_formula(enkan, handmade, tmp_path):
    paths = [tmp_path / f"{number}.xlsx" for number in (1, 2)]
    for path in paths:
        assert enkan("report", "--workspace", handmade, "--format", "xlsx", "--out", path).status == 0
    first, second = (path.read_bytes() for path in paths)
    assert first == second and zipfile.ZipFile(io.BytesIO(first)).testzip() is None
    book = openpyxl.load_workbook(paths[0])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    listed = _open(json.loads(enkan("report", "--workspace", handmade, "--format", "json").out))
    assert set(listed) <= {cell.value for cell in book["事案"]["B"]}
    lookups = [row[0].value for row in book["閲覧"].iter_rows(min_row=2)]
    assert all(lookups.count(key) == len(case["lookups"]) for key, case in listed.items())


def test_text_that_a_spreadsheet_would_run_is_quoted():
    from report.output import safe_cell

    for start in "=+-@＝＋－＠":
        assert safe_cell(f"{start}1") == f"'{start}1"
    assert safe_cell("山田") == "山田"
