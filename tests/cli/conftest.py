"""Commands run in this process as a user would type them, on the municipality written by hand (椋川町)."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cli

HANDMADE = Path(__file__).parents[1] / "handmade"


class Done(NamedTuple):
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


class Stream(io.StringIO):
    """A text stream that can be told its encoding, as a terminal's can."""

    def reconfigure(self, **_: str) -> None:
        """Take any encoding: text stays text."""


def run(*words: object) -> Done:
    """Run one command line."""
    out, err = Stream(), Stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(word) for word in words])
    return Done(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def enkan() -> Callable[..., Done]:
    """Run one command line in this process."""
    return run


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
