"""The shape of the code: files, functions and words (house style)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECLARATIONS = {
    "graph/model.py",
    "ingest/language/tables.py",
}  # one list each of records and columns, without behaviour
FOLDERS = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands", "benchmarks")
CODE = sorted([*(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")), *ROOT.glob("*.py")])


def name(path: Path) -> str:
    """Give a file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_is_over_300_lines(path):
    if name(path) not in DECLARATIONS:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=name)
def test_every_public_function_says_what_it_does(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inner = {id(child) for node in functions for child in ast.walk(node) if child is not node}
    public = [node for node in functions if not node.name.startswith("_") and id(node) not in inner]
    assert not [node.name for node in public if not ast.get_docstring(node) or node.returns is None]
