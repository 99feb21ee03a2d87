"""One language at a time: every main command, in every format, on 椋川町 with cases decided (U1).

In English no Japanese sentence: hiragana stands only in what the exports themselves say. In Japanese no English one:
never three English words in a row. Terms of both languages side by side (`term_ja`, `term_en`) are data.
"""

import json
import re

import pytest

from tests.languages import ENGLISH, JAPANESE, exported

BOTH_TERMS = re.compile(r'^\s*"(?:term_(?:ja|en)|file|name)":')
MARKUP = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
PLAIN = ("table", "json", "csv")


@pytest.fixture(scope="session")
def decided(tmp_path_factory, enkan, ingest):
    """A workspace with a decided case, a decided identity and a note; what it holds is named by its ids."""
    workspace = tmp_path_factory.mktemp("decided")
    assert ingest(workspace).status == 0
    report = json.loads(enkan("report", "--workspace", workspace, "--format", "json").out)
    case = next(c for c in report["conflicts"] if (c["viewer"], c["subject"]) == ("0001802", "0000253278"))
    decide = ("decide", case["conflict_id"], "needs_inquiry", "--reason", "R1", "--until", "2030-01-01")
    assert enkan(*decide, "--workspace", workspace).status == 0
    settle = ("identity", "--decide", "0002411", "--nobody", "--reason", "R2")
    assert enkan(*settle, "--workspace", workspace).status == 0
    return workspace, case


def commands(case):
    """Give the commands, each with its formats."""
    viewer, subject, conflict = case["viewer"], case["subject"], case["conflict_id"]
    yield ("report",), (*PLAIN, "html")
    yield ("history", subject, "--disclosure"), (*PLAIN, "html")
    for words in (
        ("status",),
        ("relation", f"staff:{viewer}", subject),
        ("relatives", subject),
        ("history", subject),
        ("accounts", viewer),
        ("observed", viewer),
        ("leak", conflict),
        ("decisions", conflict),
        ("identity", "--all"),
        ("report", "--kind", "unattended"),
        ("audit", "verify"),
    ):
        yield words, PLAIN
    # Wrong usage and what is not there: the sentence on standard error.
    for words in (
        ("report", "--section", "課税x"),
        ("report", "--since", "2031-01-01"),
        ("relation", "x", "y"),
        ("history", "x"),
        ("accounts", "x"),
        ("leak", "x"),
        ("decide", "x", "cleared", "--reason", "R"),
        ("ingest", "/nowhere"),
        ("evaluate", "/nowhere"),
    ):
        yield words, ("table",)


def told(enkan, decided, lang):
    """Run everything in one language; give each line with what printed it."""
    workspace, case = decided
    for words, formats in commands(case):
        for form in formats:
            done = enkan(*words, "--format", form, "--lang", lang, "--workspace", workspace)
            text = MARKUP.sub("\n", done.out) if form == "html" else done.out
            lines = text.splitlines()[form == "csv" :]  # the columns of a CSV are names of the interface
            yield from ((words[0], form, line) for line in (*lines, *done.err.splitlines()))


def test_english_has_no_japanese_sentence(enkan, decided):
    data = exported()
    wrong = [
        (*where, found[0])
        for *where, line in told(enkan, decided, "en")
        if not BOTH_TERMS.match(line)
        for found in JAPANESE.finditer(line)
        if found[0] not in data
    ]
    assert wrong == []


def test_japanese_has_no_english_sentence(enkan, decided):
    wrong = [
        (*where, found[0])
        for *where, line in told(enkan, decided, "ja")
        if not BOTH_TERMS.match(line)
        for found in ENGLISH.finditer(line)
    ]
    assert wrong == []
