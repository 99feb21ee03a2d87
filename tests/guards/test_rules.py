"""Every rule that is cited is on docs/rules.md and every rule there is cited; nothing points out of the repository."""

from pathlib import Path

import pytest

from tests.guards.rules import idle, outside, prose, unknown

ROOT = Path(__file__).parents[2]
MADE = {"build", "demo", "dist", "var"}  # what running Enkan leaves beside it
ROOMS = [ROOT, *(path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name not in MADE)]
FILES = sorted(
    path
    for room in ROOMS
    for kind in (".py", ".toml", ".md")
    for path in (room.glob(f"*{kind}") if room == ROOT else room.rglob(f"*{kind}"))
)
RULES = ROOT / "docs" / "rules.md"
OURS = [path for path in FILES if path != RULES and path.parent.name != "guards"]  # the guard names what it looks for
PAGES = {path.name for path in FILES if path.suffix == ".md"}

PAGE = (
    "| id | rule |\n|---|---|\n| E4 | siblings share a parent |\n| F7 | eras |\n| F8 | no such day |\n| Z9 | idle |\n"
)


@pytest.fixture(scope="module")
def page() -> str:
    """The page of rules."""
    return RULES.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """What every file of the project says to people."""
    return {place(path): list(prose(path.suffix, path.read_text(encoding="utf-8"))) for path in OURS}


def place(path: Path) -> str:
    """Give a file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def test_every_rule_that_is_cited_is_on_the_page(said, page):
    assert {file: found for file, texts in said.items() if (found := unknown(texts, page))} == {}


def test_every_rule_on_the_page_is_cited(said, page):
    assert idle([text for texts in said.values() for text in texts], page) == set()


def test_nothing_points_to_a_document_that_is_not_here():
    read = {place(path): outside(path.read_text(encoding="utf-8"), PAGES) for path in [*OURS, RULES]}
    assert {file: found for file, found in read.items() if found} == {}


def test_the_guard_finds_what_is_unknown_and_what_is_idle():
    module = '"""Dates (F7–F8)."""\nx = 1  # E4, K77: why\nSAID, DATA = "R9: not on the page", "S1"\n'
    said = list(prose(".py", module))
    assert unknown(said, PAGE) == {"K77", "R9"} and idle(said, PAGE) == {"Z9"}
    assert unknown(prose(".toml", 'Q1 = "Q2"  # Q3\n'), PAGE) == {"Q3"}
    assert unknown(prose(".md", "`S54.03.12` (B2)\n```\nT5\n```\n"), PAGE) == {"B2"}


def test_dates_numbers_and_standards_are_no_rules():
    said = ["S54.03.12, R05.04.06, H8.8.8, M11W2~7, Z39.47, @I1@, R0, CP932, (K5)"]
    assert unknown(said, PAGE) == {"K5"}


def test_the_guard_finds_what_points_elsewhere():
    text = "design §3, identity reference, notes.md and docs/rules.md"
    assert outside(text, {"rules.md"}) == ["§", "identity reference", "notes.md"]
