"""What every page for print is made of: self-contained HTML for A4 that loads nothing."""

from collections.abc import Iterable
from pathlib import Path

from graph.visible import escape


def document(title: str, lang: str, parts: Iterable[str]) -> str:
    """Give a whole page whose body is the parts, one below the other."""
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def head(title: str, notice: str, facts: Iterable[tuple[str, str]]) -> str:
    """Give the top of a page: its title, what it is and is not, and what it rests on, a row each."""
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in facts)
    return (
        f"<header><h1>{escape(title)}</h1>\n<p class='notice'>{escape(notice)}</p>\n"
        f"<table class='facts'>{rows}</table></header>"
    )


def table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Give a table with a row of names on top."""
    top = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def listing(sentences: Iterable[str]) -> str:
    """Give sentences as a list, a point each."""
    return "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences) + "</ul>"
