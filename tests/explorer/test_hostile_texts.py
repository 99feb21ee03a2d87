"""Names that are Markdown, steer a terminal or turn the writing around are text wherever they are shown (U2)."""

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.commands import run

NIGHT = Path(__file__).parents[1] / "faults" / "10-night-shift-over-midnight" / "exports"
MOTHER = "[x](http://127.0.0.1/)\x1b[31m"
STAFF = ":green[確認済み]　次郎\u202e"
SHOWN = "[x](http://127.0.0.1/)\\x1b[31m"
SHOWN_STAFF = ":green[確認済み]"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The night counter, where the mother and the member of staff bear such names."""
    home = tmp_path_factory.mktemp("hostile")
    exports = Path(shutil.copytree(NIGHT, home / "exports"))
    for path in exports.iterdir():
        text = path.read_text(encoding="utf-8").replace("森　ツル", MOTHER).replace("森　次郎", STAFF)
        path.write_text(text, encoding="utf-8")
    assert run("ingest", exports, "--workspace", home / "W").status in (0, 4)
    return home / "W"


@pytest.fixture(scope="module")
def case(hostile):
    """The conflict of the two."""
    report = json.loads(run("report", "--workspace", hostile, "--format", "json").out)
    (found,) = [*report["conflicts"], *report["to_confirm"]]
    assert found["subject_name"] == MOTHER
    return found


@pytest.mark.parametrize("form", ["table", "csv", "html"])
def test_a_report_writes_them_out(form, hostile, case):
    told = run("report", "--workspace", hostile, "--format", form).out
    assert "x1b[31m" in told
    assert "\\u202e" in told
    assert not [char for char in told if char != "\n" and unicodedata.category(char) in ("Cc", "Cf")]


def test_pages_show_them_as_text(hostile, case, serve, page):
    address = serve(hostile)
    for view in (f"cases?case={case['conflict_id']}", f"staff?staff={case['viewer']}",
                 f"relations?a={case['subject']}&b=000000000000103", f"history?person={case['subject']}"):  # fmt: skip
        page.goto(f"{address}/{view}")
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        assert page.get_by_test_id("stException").count() == 0
        told = page.inner_text("body")
        assert "\x1b" not in told and "\u202e" not in told
        assert SHOWN in told or SHOWN_STAFF in told, view
        assert page.locator("a[href='http://127.0.0.1/']").count() == 0
