"""What cites a rule of docs/rules.md, what that page holds, and what points out of the repository: told from texts."""

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator

CITED = re.compile(r"(?<![\w.@’'-])([A-Z])([1-9]\d?)(?:–\1([1-9]\d?))?(?![\w@]|[.-]\d)")
SPOKEN = re.compile(
    r"^[A-Z][1-9]\d?(?=[ :])|[(（][A-Z][1-9]\d?[)）]"
)  # of other strings only what tells a reader a rule
ROW = re.compile(r"^\| ([A-Z][1-9]\d?) \|", re.MULTILINE)
VERBATIM = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
OUTSIDE = re.compile(r"§|\b(?:design|domain|engines|identity|house) reference\b|\bshared/")
PAGE = re.compile(r"[\w/.-]*\b[\w-]+\.md\b")


def unknown(texts: Iterable[str], page: str) -> set[str]:
    """Give the rules that texts cite and the page does not hold."""
    return cited(texts) - set(ROW.findall(page))


def idle(texts: Iterable[str], page: str) -> set[str]:
    """Give the rules that the page holds and no text cites."""
    return set(ROW.findall(page)) - cited(texts)


def cited(texts: Iterable[str]) -> set[str]:
    """Give the ids in texts; E1–E3 is three of them."""
    return {
        f"{letter}{number}"
        for text in texts
        for letter, first, last in CITED.findall(text)
        for number in range(int(first), int(last or first) + 1)
    }


def prose(suffix: str, text: str) -> Iterator[str]:
    """Give what a file says to people: comments, docstrings and sentences of code, and pages without their code."""
    if suffix == ".py":
        yield from _python(text)
    elif suffix == ".toml":
        yield from re.findall("#.*", text)
    else:
        yield VERBATIM.sub("", text)


def outside(text: str, pages: Collection[str]) -> list[str]:
    """Give what in a text points to a document that the repository has not."""
    return [*OUTSIDE.findall(text), *(page for page in PAGE.findall(text) if page.split("/")[-1] not in pages)]


def _python(source: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    nodes = list(ast.walk(ast.parse(source)))
    documented = [node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(node.body[0].value) for node in documented if ast.get_docstring(node)}  # type: ignore[attr-defined]
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if id(node) in docstrings else SPOKEN.findall(node.value)
