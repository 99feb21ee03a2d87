"""Commands run in this process as a user would type them, on the municipality written by hand (椋川町)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Done, run

HANDMADE = Path(__file__).parents[1] / "handmade"


@pytest.fixture(scope="session")
def exports() -> Path:
    """The hand-written exports."""
    return HANDMADE / "exports"


@pytest.fixture(scope="session")
def ingest(exports: Path) -> Callable[..., Done]:
    """Ingest a folder of exports in the layout of 椋川町, by default the hand-written ones."""

    def into(workspace: Path, folder: Path = exports) -> Done:
        return run("ingest", folder, "--mappings", HANDMADE / "mappings", "--workspace", workspace, "--format", "json")

    return into


@pytest.fixture(scope="session")
def handmade(tmp_path_factory: pytest.TempPathFactory, ingest: Callable[..., Done]) -> Path:
    """A workspace into which 椋川町 was read by its mappings alone."""
    workspace = tmp_path_factory.mktemp("handmade")
    assert ingest(workspace).status == 0
    return workspace
