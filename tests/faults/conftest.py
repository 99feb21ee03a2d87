"""Small inputs that once went wrong: one folder each, with `expected.txt` beside its exports (all persons invented)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.commands import run

FAULTS = Path(__file__).parent


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the workspace into which one folder's exports were read by the built-in mappings."""

    @cache
    def read(number: str) -> Path:
        (folder,) = FAULTS.glob(f"{number}-*")
        workspace = tmp_path_factory.mktemp(folder.name)
        done = run("ingest", folder / "exports", "--workspace", workspace)
        assert done.status == 0, done.err
        return workspace

    return read
