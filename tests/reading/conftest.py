"""A small export file, a mapping for it, and a workspace to read them into."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.language import mapping
from ingest.language.known_source import Mapping
from ingest.reading.source import Problem, Source, identify, read

TERMINALS = """
table = "terminal"
files = ["term*.csv"]
extent = "full"
{more}

[columns]
terminal_id = "端末ID"
place = "設置場所"
valid_from = "使用開始"
{columns}
"""

WriteMapping = Callable[..., Mapping]
WriteExport = Callable[..., Path]


@pytest.fixture
def make_mapping(tmp_path: Path) -> WriteMapping:
    """Write a mapping file (by default of terminals) and read it."""

    def make(
        text: str = TERMINALS, *, more: str = "", columns: str = "", change: tuple[str, str] = ("", "")
    ) -> Mapping:
        path = tmp_path / "mappings" / "terminals.toml"
        path.parent.mkdir(exist_ok=True)
        whole = text.replace("{more}", more).replace("{columns}", columns)
        path.write_text(whole.replace(*change) if change[0] else whole, encoding="utf-8")
        return mapping.read(path, built_in=False)

    return make


@pytest.fixture
def export(tmp_path: Path) -> WriteExport:
    """Write an export file."""

    def write(text: str | bytes, name: str = "term.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / "exports" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def rows_and_problems(path: Path, mappings: Sequence[Mapping]) -> tuple[list[dict[str, object]], list[Problem]]:
    """Read a whole file."""
    return everything(identify(path, mappings))


def everything(source: Source) -> tuple[list[dict[str, object]], list[Problem]]:
    """Read a whole file whose mapping is known."""
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    for chunk in read(source):
        rows += chunk.rows.to_pylist()
        problems += chunk.problems
    return rows, problems


@pytest.fixture
def read_rows() -> Callable[..., tuple[list[dict[str, object]], list[Problem]]]:
    """Give the function that reads a whole file."""
    return rows_and_problems
