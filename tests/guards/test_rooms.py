"""The house: rooms hold few things side by side, and no two of them need each other."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands")
FILES = sorted(path.relative_to(ROOT) for top in HOUSE for path in (ROOT / top).rglob("*.py"))
PACKAGES = {path.parent for path in FILES}


def name(path: Path) -> str:
    """Give a file's or folder's module."""
    whole = path.with_suffix("")
    return ".".join(whole.parent.parts if whole.name == "__init__" else whole.parts)


def room(module: str) -> str:
    """Give the room a module is in: its folder, or itself where it stands beside folders."""
    folder = Path(*module.split("."))
    if folder in PACKAGES:
        return module
    beside = any(package.parent == folder.parent for package in PACKAGES)
    return module if beside else name(folder.parent)


def imports(tree: ast.AST, known: set[str]) -> Iterator[str]:
    """Give the modules of ours that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def arrows(sources: dict[str, str]) -> dict[str, set[str]]:
    """Give for each room the other rooms that its files import."""
    found: dict[str, set[str]] = {}
    for module, source in sources.items():
        others = {room(each) for each in imports(ast.parse(source), set(sources)) if each in sources}
        found.setdefault(room(module), set()).update(others - {room(module)})
    return found


def test_no_two_rooms_need_each_other():
    sources = {name(path): (ROOT / path).read_text(encoding="utf-8") for path in FILES}
    found = arrows(sources)
    assert len(found) > 20
    assert len(tuple(TopologicalSorter(found).static_order())) >= len(found)


def test_a_circle_is_seen():
    with pytest.raises(CycleError):
        tuple(TopologicalSorter(arrows({
            "graph.store.base": "from graph.kinship import law", "graph.kinship.law": "import graph.store.base",
        })).static_order())  # fmt: skip


@pytest.mark.parametrize("package", sorted(PACKAGES), ids=name)
def test_few_things_stand_side_by_side(package):
    inside = {path for path in (ROOT / package).iterdir() if not path.name.startswith("__")}
    assert len(inside) <= (12 if len(package.parts) == 1 else 15), sorted(path.name for path in inside)


def test_no_file_beside_the_script_that_streamlit_runs_hides_a_room():
    assert not {path.stem for path in (ROOT / "explorer").iterdir()} & {*HOUSE}  # its folder is searched first
