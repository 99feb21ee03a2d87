"""What the documentation says is what the program has."""

import re
from pathlib import Path

import pytest

from commands import arguments, main
from report.drawn import stages
from synthetic import settings
from tests.guards.test_steps import PLANS

ROOT = Path(__file__).parents[2]


def test_every_rate_of_the_generator_is_documented():
    page = (ROOT / "docs" / "synthetic.md").read_text(encoding="utf-8")
    assert settings.documentation() in page


@pytest.mark.parametrize("page", stages.PAGES)
def test_the_stages_are_drawn_as_they_are(page):
    """Write the pages anew with `python -m report.drawn.stages`."""
    assert stages.text(*stages.PAGES[page]) in (ROOT / "docs" / page).read_text(encoding="utf-8")


def test_every_plan_is_drawn():
    assert {plan.name for plans in stages.PAGES.values() for plan in plans} == {plan.name for plan in PLANS}


def test_every_file_the_readme_links_to_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not link.startswith("http")]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_the_readme_shows_is_a_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:enkan|cli\.py) ([a-z0-9]+)", text))
    parser = arguments.parser(main.COMMANDS, main.OPTIONS)
    known = next(action.choices for action in parser._actions if action.dest == "command")
    assert commands and commands <= set(known)


def test_no_page_names_this_machine():
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "CONTRIBUTING.md"]:
        assert not re.search(r"/(?:work|root|home|tmp)/", page.read_text(encoding="utf-8")), page.name


def test_every_place_that_contributing_leads_to_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = {place for place in re.findall(r"`([a-z_]+(?:/[a-z_]*)*(?:/|\.py|\.toml|\.tsv))`", text)}
    assert len(places) > 25
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []
