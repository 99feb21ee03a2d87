"""Put what a program made (a table measured, rules drawn) into its page of docs/, between two marks."""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def put(name: str, text: str, what: str = "measured") -> None:
    """Replace what stands between the marks of one table in `docs/name`."""
    page, first, last = DOCS / name, f"<!-- {what} -->\n", f"<!-- /{what} -->\n"
    head, _, rest = page.read_text(encoding="utf-8").partition(first)
    page.write_text(head + first + text + last + rest.partition(last)[2], encoding="utf-8")
