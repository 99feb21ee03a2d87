"""The commands that docs/schedule.md holds are those that run."""

import re
import shlex
from pathlib import Path

import pytest

DOC = Path(__file__).parents[2] / "docs" / "schedule.md"
TEXT = DOC.read_text(encoding="utf-8")


def commands():
    """Give every enkan command line of the page, each once, as words."""
    found = re.findall(r"(?:^|=|&& )(enkan [^\n;&`]+)", TEXT, re.MULTILINE)
    return list(dict.fromkeys(text.strip() for text in found))


@pytest.fixture(scope="module")
def folder(tmp_path_factory, exports):
    """A folder as the page has it: exports, reports, log."""
    root = tmp_path_factory.mktemp("srv")
    for name in ("reports", "log"):
        (root / name).mkdir()
    (root / "exports").symlink_to(exports)
    return root


def test_the_page_s_commands_run_in_its_order_and_tell_what_is_new(enkan, folder, exports, monkeypatch):
    monkeypatch.chdir(folder)
    words = [_words(text, folder, exports) for text in commands()]
    assert len(words) == 5
    ingest = words[0]
    assert enkan(*ingest).status == 0 and (folder / "log" / "ingest.json").exists()
    early = ("report", "--workspace", "var", "--until", "2023-09-30", "--format", "json", "--out", "reports/last.json")
    assert enkan(*early).status == 0
    statuses = [enkan(*line).status for line in words[1:]]
    assert statuses == [0, 3, 0, 3]  # the workbook; new ones; the same files again; still new against the same report
    (folder / "reports" / "next.json").replace(folder / "reports" / "last.json")
    assert enkan(*words[-1]).status == 0


def _words(text, folder, exports):
    words = [word.replace("/srv/enkan", str(folder)) for word in shlex.split(text)[1:]]
    return [*words, "--mappings", str(exports.parent / "mappings")] if words[0] == "ingest" else words
