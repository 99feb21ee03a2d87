"""The explorer on the municipality written by hand (椋川町)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.conflicts.rules import read_policy
from graph.store.opening import open_store
from ingest import mapping, pipeline

ROOT = Path(__file__).parents[2]
HANDMADE = ROOT / "tests" / "handmade"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with 椋川町 published in it."""
    workspace = tmp_path_factory.mktemp("published")
    run = pipeline.ingest(
        workspace,
        [HANDMADE / "exports"],
        mappings=mapping.load([HANDMADE / "mappings"]),
        policy=read_policy(ROOT / "policy.toml"),
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
    """Run the shell, or one page of the explorer, on a workspace as Streamlit would."""

    def opened(folder: Path, page: str = "", **query: str) -> AppTest:
        monkeypatch.setenv("ENKAN_WORKSPACE", str(folder))
        script = f"from explorer import {page}\n{page}.page()" if page else (ROOT / "explorer/shell.py").read_text()
        test = AppTest.from_string(script, default_timeout=60)
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    yield opened
