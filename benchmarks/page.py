"""Put what was measured into its page of docs/, between two marks."""

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
MARKS = ("<!-- measured -->\n", "<!-- /measured -->\n")


def put(name: str, text: str) -> None:
    """Replace what stands between the marks of `docs/name`."""
    page = DOCS / name
    head, _, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    page.write_text(head + MARKS[0] + text + MARKS[1] + rest.partition(MARKS[1])[2], encoding="utf-8")
