"""The explorer on the municipality written by hand (椋川町)."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.conflicts.rules import read_policy
from graph.store.opening import open_store
from ingest import pipeline
from ingest.language import mapping

ROOT = Path(__file__).parents[2]
HANDMADE = ROOT / "tests" / "handmade"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 椋川町 published in it."""
    workspace = tmp_path_factory.mktemp("published")
    run = pipeline.ingest(
        workspace,
        [HANDMADE / "exports"],
        mappings=mapping.load([HANDMADE / "mappings"]),
        policy=read_policy(),
        open_store=lambda: open_store("duckdb:", workspace),
        progress=lambda done, text: None,
    )
    assert run.published
    return workspace


@pytest.fixture
def workspace(published: Path, tmp_path: Path) -> Path:
    """A copy of the published workspace whose ledger a test may write."""
    return Path(shutil.copytree(published, tmp_path / "var"))


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run the whole explorer, or one page of the explorer, on a workspace as Streamlit would."""

    def opened(folder: Path, page: str = "", **query: str) -> AppTest:
        monkeypatch.setenv("ENKAN_WORKSPACE", str(folder))
        script = (
            f"from explorer.screens import {page}\n{page}.page()"
            if page
            else (ROOT / "explorer/navigation.py").read_text()
        )
        test = AppTest.from_string(script, default_timeout=60)
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    yield opened


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Start the explorer as a user does, on a workspace and, where one is named, a store; give its address."""
    started: list[subprocess.Popen[bytes]] = []

    def served(workspace: Path, *options: str, **environment: str) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--", *options]
        known = os.environ | {"ENKAN_WORKSPACE": str(workspace)} | environment
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(words, cwd=ROOT, env=known, **quiet))
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        return f"http://127.0.0.1:{port}"

    yield served
    for process in started:
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
def page():
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


@pytest.fixture
def select_first_row(page) -> Callable[[], None]:
    """Click the selection box of a list's first row, which is a canvas, and wait for the case that it opens."""

    def select() -> None:
        box = page.get_by_test_id("stDataFrame").first.bounding_box()
        page.mouse.click(box["x"] + 16, box["y"] + 53)
        page.get_by_role("heading", name="関係図").wait_for()

    return select
