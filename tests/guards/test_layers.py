"""Imports run one way, each heavy library has one home, and the answer key is read in few places."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RANK = {
    "words": 0, "japanese": 1, "graph": 2, "synthetic": 3, "ingest": 3, "report": 4, "evaluation": 4, "commands": 5,
    "explorer": 5, "app": 6, "cli": 6,
}  # fmt: skip
HOMES = {
    "neo4j": ("graph/store/",),
    "streamlit": ("app.py", "explorer/", "benchmarks/pages.py"),
    "faker": ("synthetic/",),
    "xlsxwriter": ("report/",),
    "sqlglot": ("graph/steps/",),
    "jinja2": ("report/document.py",),
    "re2": ("ingest/language/excerpts.py",),
    "networkx": ("evaluation.py", "graph/questions/dataframes.py", "graph/workspace.py"),
}
CODE = sorted(
    path
    for place in (*RANK, "benchmarks")
    for path in [*(ROOT / place).rglob("*.py"), ROOT / f"{place}.py"]
    if path.exists()
)


def imports(path: Path) -> Iterator[str]:
    """Give every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path) -> str:
    """Give a file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def rank(module: str) -> int | None:
    """Give the level of a module of ours; arrows go to the same level or down."""
    return RANK.get(module.split(".")[0])


def test_there_is_code_to_check():
    assert len(CODE) > 20


@pytest.mark.parametrize("path", CODE, ids=place)
def test_arrows_go_one_way(path):
    own = rank(place(path).removesuffix(".py").replace("/", "."))
    wrong = [module for module in imports(path) if own is not None and (rank(module) or 0) > own]
    assert not wrong


@pytest.mark.parametrize("path", sorted((ROOT / "graph").rglob("*.py")), ids=place)
def test_inside_graph_stores_know_only_records_and_kinship_no_conflicts(path):
    forbidden = {
        "graph/store": ("graph.kinship", "graph.conflicts", "graph.workspace", "graph.questions"),
        "graph/steps": ("graph.kinship", "graph.conflicts", "graph.store", "graph.workspace", "graph.questions"),
        "graph/kinship": ("graph.conflicts", "graph.workspace", "graph.questions"),
    }
    bad = next((modules for folder, modules in forbidden.items() if place(path).startswith(folder)), ())
    assert not [module for module in imports(path) if module.startswith(tuple(bad) or ("-",))]


@pytest.mark.parametrize("path", CODE, ids=place)
def test_heavy_libraries_have_one_home(path):
    found = {module.split(".")[0] for module in imports(path)} & set(HOMES)
    assert not [name for name in found if not place(path).startswith(HOMES[name])]


@pytest.mark.parametrize("path", CODE, ids=place)
def test_nobody_imports_an_entry_point(path):
    allowed = {"commands/making.py": {"evaluation"}}.get(place(path), set())
    if place(path).startswith("benchmarks/"):  # they measure the commands themselves
        allowed = {"cli", "evaluation"}
    assert not ({module.split(".")[0] for module in imports(path)} & {"app", "cli", "evaluation"}) - allowed


@pytest.mark.parametrize("path", CODE, ids=place)
def test_only_the_evaluation_and_the_generator_know_the_answer_key(path):
    if place(path) == "evaluation.py" or place(path).startswith("synthetic/"):
        return
    strings = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    keys = [text for text in strings if isinstance(text, str) and text.strip("/") == "truth"]
    assert not keys


@pytest.mark.parametrize("path", CODE, ids=place)
def test_the_generator_is_called_through_its_door_and_knows_nothing_of_ingest(path):
    if place(path).startswith("synthetic/"):
        assert not [module for module in imports(path) if module.startswith("ingest")]
        return
    called = {module for module in imports(path) if module.split(".")[0] == "synthetic"}
    allowed = place(path) in ("commands/making.py", "commands/demo.py") or place(path).startswith("benchmarks/")
    assert called <= ({"synthetic"} if allowed else set())


def test_help_imports_nothing_heavy():
    probe = "import sys, cli\ntry:\n cli.main(['--help'])\nexcept SystemExit:\n print(sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = ast.literal_eval(found.stdout.splitlines()[-1])
    heavy = {"pandas", "duckdb", "streamlit", "neo4j", "networkx", "numpy", "pyarrow", "pydantic", "sqlglot"}
    assert not heavy & set(loaded)
