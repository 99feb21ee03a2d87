"""The main path in a real browser: demo, filter, select, picture, decide, reload; and nothing leaves the machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 300_000  # ms: the demo is generated and read in between
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The explorer as a user starts it, on a workspace that holds nothing yet."""
    workspace = tmp_path / "var"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"ENKAN_WORKSPACE": str(workspace)}
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", workspace
    finally:
        process.terminate()
        process.wait(30)


def _wait(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture
def page(server):
    """A fresh browser page that records every request to another host."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: tests/system_packages.sh could not install it")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        opened = browser.new_page(viewport={"width": 1400, "height": 1200}, locale="ja-JP")
        opened.external = []
        opened.on("request", lambda request: _note(opened.external, request.url))
        opened.set_default_timeout(60_000)
        yield opened
        browser.close()


def _note(external: list[str], url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:", url):
        external.append(url)


def test_from_demo_to_a_decision_that_lasts(server, page, tmp_path):
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
    _select_first_row(page)

    path = [step for step in wanted["ties"][0]["path"] if not step["placeholder"]]
    for step in path:
        page.locator(f"[data-person='{step['person']}']").first.wait_for()
        card = page.locator(f"[data-person='{step['person']}']").first.text_content() or ""
        assert step["name"].replace("　", "") in card.replace("　", "").replace(" ", "")
    assert page.url.endswith(f"case={wanted['conflict_id']}") or f"case={wanted['conflict_id']}" in page.url

    page.get_by_label("理由(必須)").fill("所属長に確認した")
    page.get_by_role("button", name="記録する").click()
    page.get_by_text("所属長に確認した").first.wait_for()
    page.reload()
    page.get_by_text("所属長に確認した").first.wait_for()
    assert page.external == []


def _select_first_row(page) -> None:
    """Click the selection box of the first row: the table is a canvas."""
    box = page.get_by_test_id("stDataFrame").bounding_box()
    page.mouse.click(box["x"] + 16, box["y"] + 53)
    page.get_by_role("heading", name="関係図").wait_for()


def test_every_answer_carries_the_guard(server):
    address, _ = server
    with urllib.request.urlopen(address) as answer:
        body = answer.read().decode()
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
    assert '<html lang="ja"' in body and "縁鑑" in body
