"""No page, command, report or notebook reads data but by the functions of a workspace, which ask and write it down."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READERS = ("explorer", "report", "commands", "notebooks", "app.py", "cli.py")
PRIVATE = {"_store", "_ledger", "_access", "_facts", "_file", "_case_file", "_generation", "_paths"}
# What makes, publishes, serves or evaluates a graph opens its store; none of it shows a person.
OPENS = {
    "commands/common.py", "commands/loading.py", "commands/making.py", "commands/servers.py",
    "explorer/screens/welcome.py",
}  # fmt: skip
TYPES = "graph.store.base"  # what a store finds, no way to it
OPENERS = {"opener", "open_store", "Ledger", "judged", "read_parquet"}
STORES = ("graph.store", "duckdb", "sqlite3", "pyarrow.parquet", "neo4j")


def sources() -> Iterator[tuple[str, str]]:
    """Give every program text that shows data to somebody: a notebook's cells are one."""
    for place in READERS:
        paths = [ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*"))
        for path in paths:
            name = path.relative_to(ROOT).as_posix()
            if path.suffix == ".py":
                yield name, path.read_text(encoding="utf-8")
            elif path.suffix == ".ipynb":
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
                yield name, "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def reaches_past(text: str, opens: bool) -> list[str]:
    """Name what a text uses to get at data behind the workspace's back."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in PRIVATE and not _own(node):
            found.append(node.attr)
        if isinstance(node, ast.Call) and not opens and _called(node) in OPENERS:
            found.append(_called(node))
        if isinstance(node, ast.Constant) and node.value in PRIVATE:
            found.append(str(node.value))  # as getattr would ask for it
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [name for name in names if name.startswith(STORES) and name != TYPES and not opens]
    return found


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _own(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


@pytest.mark.parametrize(("name", "text"), [pytest.param(*each, id=each[0]) for each in sources()])
def test_data_is_reached_by_the_workspace_alone(name: str, text: str) -> None:
    assert reaches_past(text, name in OPENS) == []


@pytest.mark.parametrize(
    "text",
    [
        "workspace._store.select('Person')",
        "import duckdb",
        "from graph.store.opening import open_store",
        "w._facts",
        "common.opener(args)().select('Person')",
        "pd.read_parquet(path)",
        "getattr(w, '_store')",
        "Ledger(path, 'x', now)",
    ],
)
def test_the_guard_sees_who_reaches_past_it(text: str) -> None:
    assert reaches_past(text, opens=False)
