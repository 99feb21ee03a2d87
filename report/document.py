"""What every page for print is made with: templates that give self-contained HTML for A4 which loads nothing."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from words import Words
from words.visible import visible

TEMPLATES = Path(__file__).with_name("templates")


def rendered(template: str, words: Words, **content: Any) -> str:
    """Fill a template with a reader's words; whatever is no Markup stands in it as text with nothing hidden."""
    return _templates().get_template(template).render(words=words, **content)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _shown(value: Any) -> Any:
    """Write out what would not be seen in a text; escaping it is the template's part."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
