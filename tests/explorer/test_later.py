"""What the explorer still gets wrong, each a strict expected failure that names the work it waits for."""

import json
from pathlib import Path

import pytest

from tests.commands import run

STALE = Path(__file__).parents[1] / "faults" / "15-explorer-stale-row" / "exports"


@pytest.mark.xfail(strict=True, reason="The explorer an analyst opens every morning")
def test_15_the_case_that_was_picked_stays_open_when_the_list_changes(serve, page, tmp_path):
    assert run("ingest", STALE, "--workspace", tmp_path / "W").status in (0, 4)
    report = json.loads(run("report", "--workspace", tmp_path / "W", "--format", "json").out)
    listed = [case["conflict_id"] for case in report["conflicts"]]
    assert len(listed) > 4
    page.goto(f"{serve(tmp_path / 'W')}/cases")
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.wait_for_timeout(1500)
    page.mouse.click(box["x"] + 16, box["y"] + 53 + 3 * 35)
    page.get_by_role("heading", name="関係図").wait_for()
    picked = opened(page)
    assert picked in listed
    page.get_by_label("氏名・番号").fill("0081")
    page.get_by_label("氏名・番号").press("Enter")
    page.wait_for_timeout(4000)
    assert opened(page) in (picked, "")


def opened(page):
    """Give the case that the address names."""
    return page.url.partition("case=")[2].partition("&")[0]
