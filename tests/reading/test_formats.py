"""docs/data-formats.md says what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from graph.files.toml import keys
from ingest.drafting import formats
from ingest.language import mapping
from ingest.language.mapping_file import ColumnFile, IgnoredFile, MappingFile
from ingest.language.tables import TABLES

DOCUMENT = formats.DOCUMENT.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
REASONS = (
    "truncated", "extra_columns", "undecodable", "unknown_code", "impossible_value", "no_key", "duplicate_key",
    "inconsistent",
)  # fmt: skip


def test_the_tables_are_those_of_the_code() -> None:
    assert formats.with_tables(DOCUMENT) == DOCUMENT, "run: python -m ingest.drafting.formats"
    assert all(f"### `{name}`" in DOCUMENT for name in TABLES)


@pytest.mark.parametrize("key", sorted({*keys(MappingFile), *keys(ColumnFile), *keys(IgnoredFile)}))
def test_every_key_of_the_mapping_language_is_explained(key: str) -> None:
    assert re.search(rf"^\| `\[?{key}\]?` \|", DOCUMENT, re.MULTILINE)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_explained(reason: str) -> None:
    assert f"| `{reason}` |" in DOCUMENT


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: tomllib.loads(text).get("table", "ignored"))
def test_every_example_is_a_mapping(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")
    found = mapping.read(path, built_in=False)
    assert found.rules or found.ignore


def test_every_built_in_mapping_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)_YYYYMM(?:DD)?\.csv`", DOCUMENT))
    assert listed == {found.id for found in mapping.load() if found.format == "csv"}
