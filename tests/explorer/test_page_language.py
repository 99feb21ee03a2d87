"""Every page speaks one language: in English no Japanese sentence, in Japanese no English one (U1)."""

import json
import re

import pytest

import cli
from tests.languages import ENGLISH, JAPANESE, exported


@pytest.fixture
def pages(workspace, tmp_path):
    """Give the pages with a view in each: a conflict, its two people, a terminal's day, who is to be matched."""
    out = tmp_path / "report.json"
    assert cli.main(["report", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    conflict = json.loads(out.read_text(encoding="utf-8"))["conflicts"][0]
    last = conflict["lookups"][-1]
    return [
        ("overview", {}),
        ("cases", {"case": conflict["conflict_id"]}),
        ("relations", {"a": f"staff:{conflict['viewer']}", "b": conflict["subject"]}),
        ("history", {"person": conflict["subject"]}),
        ("staff", {"staff": conflict["viewer"]}),
        ("terminal", {"terminal": last["terminal"], "day": last["time"][:10]}),
        ("identity", {"staff": "0002411"}),
        ("quality", {}),
        ("terminal", {"terminal": "TX0001", "day": "2024-01-01"}),
        ("staff", {"staff": "nobody"}),
    ]


def texts(page):
    """Give everything a page says, the headings and cells of its tables too."""
    kinds = (page.title, page.header, page.subheader, page.markdown, page.caption, page.success, page.info)
    told = [str(part.value) for kind in (*kinds, page.warning, page.error) for part in kind]
    told += [part.label for kind in (page.button, page.radio, page.toggle, page.text_input) for part in kind]
    for table in (*page.table, *page.dataframe):
        told += [*map(str, table.value.columns), *map(str, table.value.to_numpy().ravel())]
    return [re.sub(r"<style.*?</style>|<[^>]*>|`[^`]*`", " ", text, flags=re.DOTALL) for text in told]


def test_english_pages_have_no_japanese_sentence(open_page, workspace, pages):
    data = exported()
    wrong = [
        (name, found[0])
        for name, query in pages
        for text in texts(open_page(workspace, name, lang="en", **query))
        for found in JAPANESE.finditer(text)
        if found[0] not in data
    ]
    assert wrong == []


def test_japanese_pages_have_no_english_sentence(open_page, workspace, pages):
    wrong = [
        (name, found[0])
        for name, query in pages
        for text in texts(open_page(workspace, name, lang="ja", **query))
        for found in ENGLISH.finditer(text)
    ]
    assert wrong == []
