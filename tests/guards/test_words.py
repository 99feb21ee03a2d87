"""The catalogue of words: whole in both languages, every key used and every used key there, no sentence elsewhere."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from graph.conflicts.score import FIGURES
from graph.model import Grade, Kind
from graph.records.decisions import STATES
from graph.records.evidence import MARKS
from words import BETWEEN, CATALOGUE, LANGUAGES, subject

ROOT = Path(__file__).parents[2]
ROOMS = ("words", "graph", "ingest", "report", "explorer", "commands")
CODE = {path.relative_to(ROOT).as_posix(): path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))}
TEMPLATES = sorted((ROOT / "report" / "templates").glob("*.jinja"))
SUBJECTS = sorted(path.stem for path in CATALOGUE.glob("*.toml"))
KEYS = {key: texts for name in SUBJECTS for key, texts in subject(name).items()}
KEY = re.compile(rf"(?:{'|'.join(SUBJECTS)})\.[^\s{{}}]+")
BEGUN = re.compile(rf"(?:{'|'.join(SUBJECTS)})\.")
ENGLISH = {"drafting.mapping.required"}  # what a column means is written in English alone
LISTED = ("score.factor.", "evidence.")  # named by closed sets, which a test below holds against them
WAYS = re.compile(rf"@[\w.]+|,|\.\d[f%]|{'|'.join(map(re.escape, BETWEEN))}")  # in which a figure is written
JAPANESE = re.compile("[ぁ-んァ-ヶ一-鿿]")

# Where Japanese may stand in code: the law's terms, names of people and places, errors, which are written where they
# arise, and examples in docstrings, which no reader of Enkan sees.
ERRORS = {"Said", "EnkanError", "UsageError", "ConfigError", "WorkspaceError", "NothingPublished", "Damaged",
          "WorkspaceLocked", "StoreError", "StoreUnavailable", "StepError", "Refused", "SourceError"}  # fmt: skip
MAY = {
    "graph/errors.py": "what the operating system refuses",
    "graph/kinship/": "kinship terms are the law's",
    "graph/answers/sections.py": "how names of sections end",
    "graph/steps/duckdb.py": "an error, put together",
}
WORDING = re.compile(r"Words|both|words\.(say|of|tell|listed|running)")
# What words something all the same: a picture, an error, JSON for a reader, drafts of mappings.
WORDED = ("graph/pedigree/", "graph/questions/dataframes.py", "graph/questions/people.py", "graph/records/results.py",
          "ingest/drafting/")  # fmt: skip
NAMES = {"縁鑑 Enkan", "<title>縁鑑 Enkan</title>", "言語 / Language"}  # of the program, and of the switch itself


def places(text: str) -> list[tuple[str, str]]:
    """Give the figures of a text with how each is written, sorted: the same in every language."""
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None)


def figures(text: str) -> set[str]:
    return {name for name, _ in places(text)}


def used(tree: ast.AST) -> Iterator[str]:
    """Give the keys in a module; of a key that is put together, and of a group, what it begins with and a star."""
    nodes = list(ast.walk(tree))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    groups = {id(node.args[0]) for node in nodes if isinstance(node, ast.Call) and node.args and named(node) == "of"}
    for node in nodes:
        text = str(node.value) if isinstance(node, ast.Constant) else ""
        if id(node) in groups and text.partition(".")[0] in SUBJECTS:
            yield f"{text}.*"
        elif id(node) not in parts and KEY.fullmatch(text) and not text.endswith(".jinja"):
            yield text
        elif isinstance(node, ast.JoinedStr) and BEGUN.match(head := str(getattr(node.values[0], "value", ""))):
            yield f"{head}*"


def named(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def in_templates(text: str) -> Iterator[str]:
    yield from re.findall(r'words\.say\("([^"]+)"\)', text)
    yield from (f"{head}*" for head in re.findall(r'words\.say\("([^"]+)" ~', text))


def in_catalogue() -> Iterator[str]:
    """Give the groups whose words a text of the catalogue is filled with."""
    for texts in KEYS.values():
        yield from (f"{spec[1:]}.*" for _, spec in places(texts["ja"]) if spec.startswith("@"))


@cache
def every_use() -> set[str]:
    found = {use for path in CODE.values() for use in used(ast.parse(path.read_text(encoding="utf-8")))}
    found |= {use for path in TEMPLATES for use in in_templates(path.read_text(encoding="utf-8"))}
    return found | set(in_catalogue()) | {f"{head}*" for head in LISTED}


def fits(key: str, use: str) -> bool:
    return key.startswith(use[:-1]) if use.endswith("*") else key == use


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_text_is_there_in_both_languages_with_the_same_figures(name):
    for key, texts in subject(name).items():
        assert set(texts) == set(LANGUAGES) and all(isinstance(text, str) and text for text in texts.values()), key
        assert figures(texts["ja"]) == figures(texts["en"]) or key in ENGLISH, key
        assert [spec for text in texts.values() for _, spec in places(text) if not WAYS.fullmatch(spec)] == [], key


def test_every_key_that_code_names_is_there():
    assert sorted(use for use in every_use() if not any(fits(key, use) for key in KEYS)) == []


def test_every_key_is_used():
    uses = every_use()
    assert sorted(key for key in KEYS if not any(fits(key, use) for use in uses)) == []


def test_closed_sets_have_their_words():
    assert {key.removeprefix("score.factor.") for key in KEYS if key.startswith("score.factor.")} == set(FIGURES)
    assert {key.removeprefix("evidence.") for key in KEYS if key.startswith("evidence.")} == {*MARKS, "other"}
    assert {f"score.tie.{kind}" for kind in Kind if kind != Kind.TIE} <= set(KEYS)
    assert {f"{group}.{grade}" for group in ("score.grade", "report.code") for grade in Grade} <= set(KEYS)
    assert {f"decision.state.{state}" for state in STATES} <= set(KEYS)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_factor_keeps_what_its_sentence_is_filled_with(name):
    assert figures(KEYS[f"score.factor.{name}"]["ja"]) <= set(FIGURES[name])


def japanese(tree: ast.Module) -> list[str]:
    """Give the Japanese texts of a module that are neither documentation nor an error's own."""
    said = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and named(node) in ERRORS
        for part in ast.walk(node)
    }
    said |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [
        node.value for node in texts if JAPANESE.search(node.value) and id(node) not in said and node.value not in NAMES
    ]


@pytest.mark.parametrize("name", [name for name in CODE if name.startswith(("report/", "explorer/", "graph/"))])
def test_no_japanese_stands_outside_the_catalogue(name):
    if not name.startswith(tuple(MAY)):
        assert japanese(ast.parse(CODE[name].read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", [name for name in CODE if name.startswith(("report/", "explorer/"))])
def test_words_are_handed_on_and_no_language(name):
    tree = ast.parse(CODE[name].read_text(encoding="utf-8"))
    taken = [
        arg.arg for node in ast.walk(tree) if isinstance(node, ast.arguments) for arg in (*node.args, *node.kwonlyargs)
    ]
    assert "lang" not in taken
    assert [node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.arg == "words"
            and ast.unparse(node.annotation or ast.Constant(None)) != "Words"] == []  # fmt: skip


@pytest.mark.parametrize("name", [name for name in CODE if name.startswith(("graph/", "ingest/"))])
def test_nothing_is_worded_where_it_is_judged(name):
    tree = ast.parse(CODE[name].read_text(encoding="utf-8"))
    if not name.startswith(WORDED):
        assert worded(tree) == []


def worded(tree: ast.AST) -> list[str]:
    """Give the calls that make text of the catalogue, and comparisons that look into what somebody is told."""
    nodes = list(ast.walk(tree))
    calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    compared = [ast.unparse(part) for node in nodes if isinstance(node, ast.Compare)
                for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr in LANGUAGES]  # fmt: skip
    return [call for call in calls if WORDING.fullmatch(call)] + compared


def test_the_guards_see_what_is_wrong():
    module = 'x = words.say("screen.nothing_there") + words.say(f"screen.{x}") + words.of("report.code", y)\n'
    assert set(used(ast.parse(module))) == {"screen.nothing_there", "screen.*", "report.code.*"}
    assert japanese(ast.parse('"""一"""\nraise ConfigError("x", "二")\nx = f"三{y}"\n')) == ["三"]
    assert worded(ast.parse('if "x" in found.said.ja or words.say("report.new"): pass')) == [
        "words.say",
        "found.said.ja",
    ]
    assert list(in_templates('{{ words.say("report.x") }}{{ words.say("report.part." ~ part) }}')) == [
        "report.x", "report.part.*",
    ]  # fmt: skip
