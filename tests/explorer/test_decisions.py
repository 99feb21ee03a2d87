"""Decisions in a real browser: two tabs, a case that grows, a decision that lapses, an identity that is removed."""

import json
import re
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.commands import run
from tests.explorer.conftest import CHROMIUM, FLAGS

HANDMADE = Path(__file__).parents[1] / "handmade"
PAIR = ("0001802", "0000253278")  # three lookups of a former wife, all in the tax system


@pytest.fixture
def case(workspace):
    """The case that is decided on, as the command line gives it."""
    found = json.loads(run("report", "--workspace", workspace, "--format", "json").out)
    return next(each for each in found["conflicts"] if (each["viewer"], each["subject"]) == PAIR)


def opened(page, address, conflict):
    """Open a case and wait until the page has run to its end."""
    page.goto(f"{address}/cases?case={conflict}")
    settled(page)
    return page


def settled(page):
    """Wait until the whole script of the page has run."""
    page.get_by_text("双方につながる人").filter(visible=True).first.wait_for()
    page.get_by_test_id("stStatusWidget").wait_for(state="detached")


def record(page, reason):
    """Give a reason and press the button."""
    page.get_by_label("理由(必須)").fill(reason)
    page.get_by_label("理由(必須)").press("Tab")
    page.get_by_role("button", name="記録する").click()


def choose(page, state):
    """Choose as a reader does: a list that closes because the page under it is still being drawn is opened again."""
    box = page.get_by_role("combobox", name="判断")
    for _ in range(20):
        box.evaluate("each => each.scrollIntoView({block: 'center'})")
        box.click()
        with suppress(TimeoutError):
            page.get_by_role("option", name=state).click(timeout=3_000)
            break
    expect(box).to_have_value(re.compile(state))


@pytest.fixture
def other(page):
    """Another reader's browser: what is behind another window draws no lists."""
    kind = page.context.browser.browser_type
    browser = kind.launch(executable_path=CHROMIUM, args=list(FLAGS))
    found = browser.new_page(viewport={"width": 1400, "height": 1200}, locale="ja-JP")
    found.set_default_timeout(60_000)
    yield found
    browser.close()


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_typed(serve, workspace, page, other, case):
    address = serve(workspace)
    first = opened(page, address, case["conflict_id"])
    second = opened(other, address, case["conflict_id"])
    choose(first, "問題なし")
    record(first, "一人目の理由")
    first.get_by_text("一人目の理由").filter(visible=True).first.wait_for()
    settled(first)
    expect(first.get_by_role("combobox", name="判断")).to_have_value("問題なし")  # not 未処理 again
    expect(first.get_by_label("理由(必須)")).to_have_value("")

    choose(second, "確認済")
    record(second, "二人目の理由")
    second.get_by_text("記録していません").wait_for()
    assert second.get_by_text("一人目の理由").count() > 0
    assert second.get_by_label("理由(必須)").input_value() == "二人目の理由"
    second.get_by_role("button", name="記録する").click()  # now in the knowledge of the other
    second.get_by_text("二人目の理由").filter(visible=True).first.wait_for()
    made = json.loads(run("decisions", case["conflict_id"], "--workspace", workspace, "--format", "json").out)
    assert [(each["state"], each["reason"]) for each in made] == [
        ("cleared", "一人目の理由"), ("confirmed", "二人目の理由"),
    ]  # fmt: skip
    assert page.external == []


def test_a_decision_that_lapsed_and_a_removed_identity_leave_the_case_in_sight(serve, workspace, page, case):
    key, words = case["conflict_id"], ("--workspace", workspace)
    assert run("decide", key, "cleared", "--reason", "確認した", "--until", "2024-01-31", *words).status == 0
    address = serve(workspace)
    opened(page, address, key).get_by_text("判断後に変化").filter(visible=True).first.wait_for()
    page.get_by_text("期限(2024-01-31)を過ぎました").first.wait_for()
    choose(page, "確認済")
    record(page, "本人が認めた")
    page.get_by_text("本人が認めた").filter(visible=True).first.wait_for()
    settled(page)
    expect(page.get_by_text("判断後に変化")).to_have_count(0)

    page.goto(f"{address}/identity?staff={PAIR[0]}")
    page.get_by_text("照合済みの職員も表示").click()
    page.get_by_text("該当する住民なし").last.click()
    page.get_by_text("この判断で変わる事案の数").wait_for()
    page.get_by_label("理由(必須)").fill("別人と判明")
    page.get_by_label("理由(必須)").press("Enter")
    page.get_by_role("button", name="記録する").click()
    page.get_by_text("別人と判明").filter(visible=True).first.wait_for()

    opened(page, address, key).get_by_text("判断の記録があるため、外さずに載せています").wait_for()
    page.get_by_text("続柄の起点の住民ではない").filter(visible=True).first.wait_for()
    page.goto(address)
    page.get_by_text("この資料から外れた事案").wait_for()
    page.get_by_text("改めて確認する事案が1件").wait_for()


def test_a_cleared_case_that_grows_is_back_and_first(serve, page, case, tmp_path):
    exports, late = Path(shutil.copytree(HANDMADE / "exports", tmp_path / "exports")), tmp_path / "late"
    late.mkdir()
    lookup = case["lookups"][-1]
    lines = (exports / lookup["file"]).read_bytes().splitlines(keepends=True)
    row = lines.pop(lookup["line"] - 1)
    (exports / lookup["file"]).write_bytes(b"".join(lines))
    (late / lookup["file"]).write_bytes(lines[0] + row)
    words = ("--mappings", HANDMADE / "mappings", "--workspace", tmp_path / "grown")
    assert run("ingest", exports, *words).status in (0, 4)

    address = serve(tmp_path / "grown")
    opened(page, address, case["conflict_id"])
    choose(page, "問題なし")
    record(page, "確認した")
    page.get_by_text("現在の判断: 問題なし").wait_for()
    expect(page.get_by_text("判断後に変化")).to_have_count(0)
    assert run("ingest", late, *words).status in (0, 4)
    opened(page, address, case["conflict_id"])
    page.get_by_text("閲覧が1件加わりました").filter(visible=True).first.wait_for()
    page.get_by_text("判断後に変化").filter(visible=True).first.wait_for()
    page.goto(address)
    page.get_by_text("改めて確認する事案が1件").wait_for()
