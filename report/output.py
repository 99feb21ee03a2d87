"""Plain output: JSON, CSV and aligned tables, written whole or not at all."""

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from graph.errors import ConfigError, failure
from graph.files.whole_files import written_whole
from words import Message, Said, Words
from words.visible import in_json, visible

FORMULA_STARTS = tuple("=+-@\t\0\n＝＋－＠")  # ASVS 5.0 1.2.10, and the full-width forms


def render(data: Any, rows: Sequence[dict[str, Any]], fmt: str, *, excel: bool = False) -> str:
    """Give `data` as JSON, or `rows` as CSV or an aligned table."""
    if fmt == "json":
        return in_json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"
    return as_csv(rows, excel=excel) if fmt == "csv" else as_table(rows)


def spoken(data: Any, words: Words) -> Any:
    """Give data with each sentence that stands in it in the reader's words."""
    if isinstance(data, Message | Said):
        return words.tell(data)
    if is_dataclass(data) and not isinstance(data, type):
        return {field.name: spoken(getattr(data, field.name), words) for field in fields(data)}
    if isinstance(data, dict):
        return {key: spoken(value, words) for key, value in data.items()}
    return [spoken(each, words) for each in data] if isinstance(data, list | tuple) else data


def as_csv(rows: Sequence[dict[str, Any]], *, excel: bool = False) -> str:
    """Write rows as CSV; with `excel` a BOM, CRLF, and a quote before what a spreadsheet would run."""
    buffer = io.StringIO()
    if rows:
        writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\r\n" if excel else "\n")
        writer.writerow({key: visible(key) for key in rows[0]})
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    return ("\ufeff" if excel else "") + buffer.getvalue()


def safe_cell(value: Any) -> str:
    """Spell a cell so that nothing in it is hidden and no spreadsheet takes it for a formula; numbers stay numbers."""
    text = "" if value is None else str(value)
    quote = "'" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else ""
    return quote + visible(text)


def as_table(rows: Sequence[dict[str, Any]]) -> str:
    """Align rows for a terminal, counting full-width characters as two."""
    if not rows:
        return ""
    cells = [list(rows[0])] + [["" if value is None else visible(str(value)) for value in row.values()] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)
    return "\n".join(lines) + "\n"


def write(content: str | bytes, out: Path | None) -> None:
    """Print the content, or write it whole."""
    if out is None:
        _print(content)
        return
    try:
        with written_whole(out) as temporary:
            temporary.write_bytes(content.encode(errors="backslashreplace") if isinstance(content, str) else content)
    except OSError as error:
        why = failure(error)
        raise ConfigError(f"{out} cannot be written: {why.en}", f"{out} に書き込めません: {why.ja}") from error


def _print(content: str | bytes) -> None:
    """Write to standard output; a reader who has left (`| head`) is no error."""
    try:
        sys.stdout.write(content) if isinstance(content, str) else sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to be flushed goes nowhere


def progress(quiet: bool) -> Callable[[float, str], None]:
    """Give what draws a bar on a terminal, and nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        return lambda done, text: None

    def draw(done: float, text: str) -> None:
        bar = "█" * int(done * 30)
        print(
            f"\r{bar:<30} {done:4.0%} {visible(text)[:40]:<40}",
            end="" if done < 1 else "\n",
            file=sys.stderr,
            flush=True,
        )

    return draw


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
