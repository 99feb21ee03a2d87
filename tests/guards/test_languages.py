"""Whatever a user may be told is in both languages: no error is raised with an English sentence alone (U1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import errors

ROOT = Path(__file__).parents[2]
PLACES = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands")
FILES = sorted([*ROOT.glob("*.py"), *(file for place in PLACES for file in (ROOT / place).rglob("*.py"))])
OWN = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, Exception)}
SAID = {"en", "ja"}


def calls(source: str) -> Iterator[ast.Call]:
    """Give the calls that make an error of the one tree, or of argparse."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in OWN | {"ArgumentTypeError"}:
            yield node


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def in_both(node: ast.Call) -> bool:
    """Say whether a call has a sentence for each language; argparse words its own (commands.usage)."""
    if called(node) == "ArgumentTypeError":
        return "usage.say(" in ast.unparse(node)
    parts = [argument for argument in node.args if not isinstance(argument, ast.Starred)]
    named = {keyword.arg for keyword in node.keywords}
    return len(parts) < len(node.args) or len(parts) + len(named & SAID) >= len(SAID)


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_no_error_is_raised_in_one_language(file):
    assert [ast.unparse(call) for call in calls(file.read_text(encoding="utf-8")) if not in_both(call)] == []


@pytest.mark.parametrize(
    ("source", "both"),
    [
        ("SourceError('x')", False),
        ("errors.UsageError(f'{x} is none')", False),
        ("ConfigError('x', 'い')", True),
        ("ConfigError('x', ja='い')", True),
        ("ConfigError(*said)", True),
        ("ArgumentTypeError('x')", False),
        ("ArgumentTypeError(usage.say('x'))", True),
    ],
)
def test_the_guard_sees_one_language(source, both):
    assert [in_both(call) for call in calls(source)] == [both]
