"""SQL wherever it stands: no statement that one cannot read at a time, no circle of files through tables."""

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from graph.steps.step import Plan, Stage, Step
from tests.guards.test_rooms import imports
from tests.guards.test_steps import CTES, LINES, PLANS, WIDTH

ROOT = Path(__file__).parents[2]
PLACES = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands", "benchmarks")
FILES = sorted(path for place in PLACES for path in (ROOT / place).rglob("*.py"))
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text(encoding="utf-8")
    for path in [*FILES, *ROOT.glob("*.py")]
}
STATEMENT = re.compile(r"\s*(?:--.*\n\s*)*(?:WITH|SELECT|CREATE|INSERT|UPDATE|DELETE|COPY|FROM|\(SELECT)\s")
NAMED_PART = re.compile(
    r"(?:\bWITH|,)\s+(?:--.*\n\s*)*(?:RECURSIVE\s+)?\w+(?:\s*\([^()]*\))?\s+AS\s+(?:MATERIALIZED\s+)?\("
)
MAKING = r"CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW)(?: IF NOT EXISTS)?|INSERT INTO|UPDATE|DELETE FROM"
MADE = re.compile(rf"\b(?:{MAKING})\s+(\w[\w.]*)")
READ = re.compile(r"\b(?:FROM|JOIN)\s+(\w[\w.]*)")


def statements(source: str) -> Iterator[str]:
    """Give the SQL statements of a file as it writes them; what is put in is `?`."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "?" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            text = node.value
        else:
            continue
        if STATEMENT.match(text):
            yield text.strip()


def too_big(sql: str) -> bool:
    """Say whether a statement is more than one can read at a time."""
    lines = sum(1 + len(line) // (WIDTH + 1) for line in sql.splitlines())
    return lines > LINES or len(NAMED_PART.findall(sql)) > CTES


def changed_by(sources: dict[str, str]) -> dict[str, set[str]]:
    """Give for each table that statements make or change the files that do so."""
    makers: dict[str, set[str]] = defaultdict(set)
    for file, source in sources.items():
        for sql in statements(source):
            for table in MADE.findall(sql):
                makers[table].add(file)
    return makers


def stages_of(source: str) -> Iterator[str]:
    """Give the names of the stages that a file declares; of a name that is put together its beginning."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Stage":
            first = node.args[0]
            first = first.values[0] if isinstance(first, ast.JoinedStr) else first
            if isinstance(first, ast.Constant):
                yield first.value


def file_of(stage: str, sources: dict[str, str], beside: str) -> str:
    """Find the file that declares a stage, among those that a plan's file imports and itself."""
    near = {beside, *imports(ast.parse(sources[beside]), set(sources))} & set(sources)
    (found,) = (file for file in near if any(stage.startswith(name) for name in stages_of(sources[file])))
    return found


def through_tables(plans: Iterable[tuple[str, Plan]], sources: dict[str, str]) -> dict[str, set[str]]:
    """Give for each file the files that make what it reads: in steps, and in statements of its own."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for beside, plan in plans:
        files = {stage.name: file_of(stage.name, sources, beside) for stage in plan.stages}
        makers = {step.name: files[stage.name] for stage in plan.stages for step in stage.steps}
        for stage in plan.stages:
            arrows[files[stage.name]] |= {makers[name] for step in stage.steps for name in step.reads & set(makers)}
    makers = changed_by(sources)
    for file, source in sources.items():
        for sql in statements(source):
            arrows[file] |= {maker for table in READ.findall(sql) for maker in makers.get(table, ())}
    return {file: others - {file} for file, others in arrows.items() if others - {file}}


def all_arrows(plans: Iterable[tuple[str, Plan]], sources: dict[str, str]) -> dict[str, set[str]]:
    """Give for each file what it imports, and who makes the tables that it reads."""
    arrows = through_tables(plans, sources)
    for file, source in sources.items():
        own = set(imports(ast.parse(source), set(sources))) & set(sources)
        arrows[file] = arrows.get(file, set()) | own - {file}
    return arrows


def plans(sources: dict[str, str]) -> list[tuple[str, Plan]]:
    """Give every plan with the file that declares it."""
    files = sorted(file for file, source in sources.items() if re.search(r"^PLAN = Plan\($", source, re.MULTILINE))
    return [(file, importlib.import_module(file).PLAN) for file in files]


@pytest.mark.parametrize("file", sorted(SOURCES))
def test_a_statement_can_be_read_at_a_time(file):
    assert [sql for sql in statements(SOURCES[file]) if too_big(sql)] == []


def test_nobody_changes_a_table_of_another_file():
    assert {table: files for table, files in changed_by(SOURCES).items() if len(files) > 1} == {}


def test_every_plan_is_guarded():
    assert {plan.name for _, plan in plans(SOURCES)} == {plan.name for plan in PLANS}


def test_no_files_need_each_other_by_imports_and_tables():
    order = tuple(TopologicalSorter(all_arrows(plans(SOURCES), SOURCES)).static_order())
    assert len(order) > 200


def test_the_guards_see_what_is_wrong():
    named = ", ".join(f"p{number} AS (SELECT {number})" for number in range(4))
    text = f'A = "WITH {named} SELECT 1"\nB = f"SELECT {{A}} FROM t"\nC = "CREATE TABLE t AS SELECT 1"\nD = "from t"'
    assert list(statements(text)) == [f"WITH {named} SELECT 1", "SELECT ? FROM t", "CREATE TABLE t AS SELECT 1"]
    assert [too_big(sql) for sql in statements(text)] == [True, False, False]
    assert too_big("SELECT 1" + "\n+ 1" * 25)
    both = {
        "a": 'import b\nX = "CREATE TABLE t AS SELECT 1"',
        "b": 'Y = "SELECT 1 FROM t"',
        "c": 'Z = "UPDATE t SET a = 1"',
    }
    assert changed_by(both) == {"t": {"a", "c"}}
    with pytest.raises(CycleError):
        TopologicalSorter(all_arrows([], both)).prepare()


def test_a_circle_through_steps_is_seen():
    first, second = (
        Stage(name, "", (Step(name, f"SELECT 1 FROM {other}", ""),), (name,)) for name, other in ("ab", "ba")
    )
    sources = {"plan": "import first, second", "first": 'A = Stage("a")', "second": 'B = Stage("b")'}
    arrows = through_tables([("plan", Plan("", "", (first, second), {}, ()))], sources)
    assert arrows == {"first": {"second"}, "second": {"first"}}
