"""The main path in a real browser: demo, filter, select, picture, decide, reload; and nothing leaves the machine."""

import json
import urllib.request

import pytest

import cli

PATIENCE = 300_000  # ms: the demo is generated and read in between


@pytest.fixture
def server(serve, tmp_path):
    """The explorer as a user starts it, on a workspace that holds nothing yet."""
    return serve(tmp_path / "var"), tmp_path / "var"


def test_from_demo_to_a_decision_that_lasts(server, page, select_first_row, tmp_path):
    address, workspace = server
    page.goto(address)
    page.get_by_role("button", name="デモを作成する").click()
    page.get_by_role("heading", name="概要").wait_for(timeout=PATIENCE)

    out = tmp_path / "report.json"
    assert cli.main(["report", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert page.get_by_test_id("stMetricValue").first.inner_text() == f"{len(report['conflicts']):,}"

    wanted = report["conflicts"][0]
    page.goto(f"{address}/cases")
    page.get_by_label("氏名・番号").fill(wanted["conflict_id"])
    page.get_by_label("氏名・番号").press("Enter")
    page.get_by_test_id("stDataFrame").wait_for()
    page.wait_for_timeout(1500)
    select_first_row()

    path = [step for step in wanted["ties"][0]["path"] if not step["placeholder"]]
    for step in path:
        page.locator(f"[data-person='{step['person']}']").first.wait_for()
        card = page.locator(f"[data-person='{step['person']}']").first.text_content() or ""
        assert step["name"].replace("　", "") in card.replace("　", "").replace(" ", "")
    assert page.url.endswith(f"case={wanted['conflict_id']}") or f"case={wanted['conflict_id']}" in page.url

    page.get_by_label("理由(必須)").fill("所属長に確認した")
    page.get_by_role("button", name="記録する").click()
    page.get_by_text("所属長に確認した").filter(visible=True).first.wait_for()
    page.reload()
    page.get_by_text("所属長に確認した").filter(visible=True).first.wait_for()
    assert page.external == []


def test_every_answer_carries_the_guard(server):
    address, _ = server
    with urllib.request.urlopen(address) as answer:
        body = answer.read().decode()
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
    assert '<html lang="ja"' in body and "縁鑑" in body
