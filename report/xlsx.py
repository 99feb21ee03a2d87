"""The report as a workbook: what was examined, the conflicts, their lookups; text stays text (ASVS 5.0 1.2.10)."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from graph.records.results import ConflictCase, Report
from report.output import safe_cell
from report.render import rows
from report.since import Since
from report.wording import decided
from report.wording.lacking import lacking
from report.wording.policy import policy_line
from report.wording.sentences import assurance, denominators
from report.wording.since_words import since_words
from words import Words

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(2000, 1, 1)  # no clock: the same report gives the same bytes


def workbook(report: Report, words: Words, since: Since | None = None) -> bytes:
    """Give the report as an .xlsx; a second run gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"created": MADE})
        head = book.add_format({"bold": True, "bg_color": "#e8edf3", "text_wrap": True})
        _page(book, words.say("report.sheet.examined"), _examined(report, words, since), head)
        _page(book, words.say("report.sheet.cases"), _table(rows(report, words, since)), head)
        cases = (*report.conflicts, *report.to_confirm, *report.annex)
        _page(book, words.say("report.sheet.lookups"), _table([row for case in cases for row in _lookups(case)]), head)
    return buffer.getvalue()


def _page(book: Any, name: str, table: Sequence[Sequence[Any]], head: Any) -> None:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(table):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, head if number == 0 else None)
    for column in range(max(map(len, table), default=0)):
        longest = max(len(str(row[column])) for row in table if column < len(row))
        sheet.set_column(column, column, min(max(10, 1.8 * longest), 60))
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, safe_cell(None if value is None else str(value)), style)


def _examined(report: Report, words: Words, since: Since | None) -> list[list[Any]]:
    lines = [[assurance(report, words)], *([line] for line in denominators(report.denominators, words))]
    lines += [[told] for told in since_words(since, words)] if since else []
    lines += [[line] for line in lacking(report, words)]
    lines += [[told] for told in decided.notes(report, words)]
    lines += [[words.say("report.missing"), words.listed(report.missing) or words.say("report.none")]]
    lines += [[policy_line(report.policy, words)]]
    return lines + [[source.file, source.sha256] for source in report.sources]


def _table(found: Sequence[dict[str, Any]]) -> list[list[Any]]:
    return [list(found[0]), *(list(row.values()) for row in found)] if found else []


def _lookups(case: ConflictCase) -> list[dict[str, Any]]:
    return [
        {"conflict_id": case.conflict_id, "time": f"{each.time:%Y-%m-%d %H:%M:%S}", "system": each.system,
         "via": each.via, "account": each.account, "terminal": each.terminal, "view": each.view,
         "attribution": each.attribution, "outcome": each.outcome, "file": each.file, "line": each.line}
        for each in case.lookups
    ]  # fmt: skip
