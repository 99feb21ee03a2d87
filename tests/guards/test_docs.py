"""What the documentation says is what the program has."""

import re
from pathlib import Path

import arguments
import cli
from ingest.synthetic import settings
from report import stages

ROOT = Path(__file__).parents[2]


def test_every_rate_of_the_generator_is_documented():
    page = (ROOT / "docs" / "synthetic.md").read_text(encoding="utf-8")
    assert settings.documentation() in page


def test_the_stages_are_drawn_as_they_are():
    """Write the page anew with `python -m report.stages`."""
    assert stages.text() in (ROOT / "docs" / "matching.md").read_text(encoding="utf-8")


def test_every_file_the_readme_links_to_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not link.startswith("http")]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_the_readme_shows_is_a_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:enkan|cli\.py) ([a-z0-9]+)", text))
    known = next(action.choices for action in arguments.parser(cli.COMMANDS)._actions if action.dest == "command")
    assert commands and commands <= set(known)


def test_no_page_names_this_machine():
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "CONTRIBUTING.md"]:
        assert not re.search(r"/(?:work|root|home|tmp)/", page.read_text(encoding="utf-8")), page.name
