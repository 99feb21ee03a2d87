"""Words of closed sets are members of an enum wherever Python compares them, and known wherever a statement does."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pytest

from graph import model
from graph.errors import StoreError
from graph.store.schema import KINDS
from graph.store.tables import arrow_schema, records

ROOT = Path(__file__).parents[2]
ROOMS = ("commands", "explorer", "graph", "ingest", "report", "evaluation.py")
MODULES = [
    str(path.relative_to(ROOT)) for room in ROOMS for path in sorted([ROOT / room, *(ROOT / room).rglob("*.py")])
    if path.suffix == ".py"
]  # fmt: skip
# The words of `Half` (full, unknown) are said of too much else.
SETS = {
    name: found
    for name, found in vars(model).items()
    if isinstance(found, type) and issubclass(found, StrEnum) and found not in (StrEnum, model.Half)
}
WORDS = {member.value for found in SETS.values() for member in found} - {""}
# Words of another meaning that only look like a member: a factor of a score, a part of a report, a level of a name.
ELSEWHERE = {
    ("graph/conflicts/score.py", "unexplained"),
    ("ingest/identity/score.py", "former"),
    ("report/since.py", "borrowed"),
}
COLUMNS = {
    "grade": model.Grade, "outcome": model.Outcome, "nature": model.Nature, "attribution": model.Attribution,
    "ended_by": model.Ending, "tense": model.Tense,
}  # fmt: skip
COMPARED = re.compile(rf"\b({'|'.join(COLUMNS)})\s*(?:=|<>|IN \()\s*('[^)\n]*?'(?:, '[^)\n]*?')*)")


def literals(tree: ast.AST) -> Iterator[str]:
    """Give each word that a comparison has on one of its sides."""
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Compare)):
        for side in (node.left, *node.comparators):
            for each in ast.walk(side) if isinstance(side, ast.Constant | ast.Tuple | ast.List | ast.Set) else ():
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


@pytest.mark.parametrize("path", MODULES)
def test_a_comparison_names_the_member(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    named = {word for word in literals(tree) if word in WORDS}
    assert named == {word for file, word in ELSEWHERE if file == path}


@pytest.mark.parametrize("path", MODULES)
def test_a_statement_compares_a_column_with_words_of_its_set(path):
    for column, words in COMPARED.findall((ROOT / path).read_text(encoding="utf-8")):
        assert set(re.findall("'([^']*)'", words)) <= {member.value for member in COLUMNS[column]}


def test_a_store_gives_members_and_refuses_what_is_none():
    row = {"start": "a", "end": "b", "nature": "birth", "grade": "stated", "valid_from": date(2000, 1, 1),
           "ended_by": "", "source_file": "x.csv", "source_line": 2}  # fmt: skip
    schema = arrow_schema("PARENT_OF")
    (link,) = records("PARENT_OF", pa.Table.from_pylist([row], schema))
    assert (type(link.nature), type(link.grade), type(link.ended_by)) == (model.Nature, model.Grade, model.Ending)
    with pytest.raises(StoreError, match=r"PARENT_OF\.grade: 'certain' is none of registered, stated"):
        records("PARENT_OF", pa.Table.from_pylist([row | {"grade": "certain"}], schema))


def test_every_column_that_bears_the_name_of_a_set_is_of_it():
    typed = {(kind, column.name) for kind, found in KINDS.items() for column in found.columns if column.members}
    named = {(kind, column.name) for kind, found in KINDS.items() for column in found.columns if column.name in COLUMNS}
    assert named <= typed
