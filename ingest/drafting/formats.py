"""The canonical tables for `docs/data-formats.md`; `python -m ingest.drafting.formats` writes them there."""

from pathlib import Path

from ingest.language.tables import TABLES, CanonicalTable, TableColumn

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-formats.md"
BEGIN, END = "<!-- tables: generated from ingest/language/tables.py -->", "<!-- end of tables -->"


def tables() -> str:
    """Describe every canonical table in Markdown."""
    return "\n".join(_table(table) for table in TABLES.values())


def with_tables(document: str) -> str:
    """Put the generated part into the document, between its two marks."""
    before, rest = document.split(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{rest.split(END)[1]}"


def _table(table: CanonicalTable) -> str:
    key = " + ".join(f"`{name}`" for name in table.key) or "the whole row"
    needed = " A run without it publishes nothing." if table.required else ""
    head = f"### `{table.name}`\n\n{table.meaning}. Key: {key}.{needed}\n\n{_several(table)}\n\n"
    return f"{head}| column | kind | meaning |\n|---|---|---|\n" + "".join(_column(column) for column in table.columns)


def _several(table: CanonicalTable) -> str:
    """Say how several sources of a table combine."""
    if not table.joined_by:
        return "Several sources: their rows stand side by side."
    joined, apart = (", ".join(f"`{name}`" for name in names) for names in (table.joined_by, table.apart))
    unless = f", unless {apart} differs: then they stand side by side" if apart else ""
    return f"Several sources: rows that agree in {joined} are one row{unless}."


def _column(column: TableColumn) -> str:
    values = (
        f" — one of {', '.join(f'`{value}`' if value else 'empty' for value in column.values)}" if column.values else ""
    )
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    return f"| {name} | {column.kind} | {column.meaning}{values} |\n"


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
