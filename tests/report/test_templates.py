"""Pages are templates: whatever a record holds is text on them, and what is spelled wrong is no blank (U2)."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from report import document
from words import JAPANESE

REPORT = Path(document.__file__).parent
HOSTILE = "<script>alert(1)</script>&amp;\"'\u202e{{ 7 * 7 }}"
SHOWN = HOSTILE.replace("\u202e", "\\u202e")
WORDS = {"title": HOSTILE, "notice": HOSTILE, "facts": [(HOSTILE, HOSTILE)], "statement": [HOSTILE]}


class Read(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def page(**others) -> str:
    return document.rendered(
        "disclosure.html.jinja", JAPANESE, **(WORDS | {"names": [HOSTILE], "rows": [[HOSTILE]]} | others)
    )


def test_what_a_record_holds_is_text_with_nothing_hidden():
    read = Read(page())
    assert "script" not in read.tags
    assert read.texts.count(SHOWN) == 8  # title twice, notice, a fact (its name, its text), sentence, two cells
    assert not [text for text in read.texts if "\u202e" in text]


def test_only_what_is_said_to_be_markup_is_taken_as_it_is():
    assert "svg" in Read(page(rows=[[Markup("<svg></svg>")]])).tags
    assert "svg" not in Read(page(rows=[["<svg></svg>"]])).tags


def test_a_name_that_is_not_given_is_an_error_and_no_blank():
    with pytest.raises(jinja2.UndefinedError):
        document.rendered("disclosure.html.jinja", JAPANESE, **WORDS)


def test_markup_stands_in_templates_and_one_place_takes_some_as_it_is():
    taken = []
    for path in sorted(REPORT.rglob("*.py")):
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for node in tree:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "</" not in node.value and "<td" not in node.value, path.name
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Markup":
                taken.append(f"{path.name}: {ast.unparse(node)}")
    assert taken == ["html.py: Markup(picture(case, words))"]
    assert not [path.name for path in REPORT.glob("templates/*") if "|safe" in path.read_text(encoding="utf-8")]
