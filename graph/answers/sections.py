"""A section as a report is asked for it: its sub-units, and who belonged to it and what stood in it on a day.

A lookup is a section's where its viewer belonged to it on that day, or where its terminal stood there: so a row whose
operator nobody knows is of the section at whose terminal it was made. A lookup by one section's staff at a terminal of
another is both sections'.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from graph.answers.history import there
from graph.errors import UsageError
from graph.model import Section, SectionTerm, TerminalPlace, Unjoinable, record
from graph.records.facts import DayCounts
from graph.records.results import SectionAsked
from graph.store.base import GraphStore
from words.nearest import folded, nearest, unknown

# What follows the name of a section in that of its sub-unit.
SUB_UNIT = ("第", "係", "班", "担当", *"([{<〔【〈《「『")
FIRST, SPAN = date(1, 1, 1), pa.schema([("id", pa.string()), ("since", pa.date32()), ("until", pa.date32())])

UNJOINABLE = frozenset(Unjoinable)

Span = tuple[date, date | None]
Spans = Mapping[str, Sequence[Span]]

DAYS = f"""
WITH looked AS (
    SELECT *, CAST(time AS DATE) AS day FROM read_parquet($path)
), own AS (
    SELECT lookup_id, day, any_value(class) AS class, any_value(caller_line) > 0 AS merged,
        bool_or(outcome = 'explained') AS explained, bool_and(identified) AS identified, bool_or(colleague) AS colleague
    FROM looked l
    WHERE EXISTS (FROM members s WHERE s.id = l.viewer AND l.day >= s.since AND (s.until IS NULL OR l.day < s.until))
       OR EXISTS (FROM desks t WHERE t.id = l.terminal_id AND l.day >= t.since AND (t.until IS NULL OR l.day < t.until))
    GROUP BY lookup_id, day
)
SELECT day, count(*) + count(*) FILTER (merged) AS rows,
    count(*) FILTER (merged) AS relayed_merged, count(*) FILTER (class = 'search_only') AS search_only,
    count(*) FILTER (class = 'joined') AS joined, count(*) FILTER (explained) AS explained,
    count(*) FILTER (class = 'joined' AND NOT identified) AS unlinked_viewer,
    count(*) FILTER (colleague) AS borrowed,
    {", ".join(f"count(*) FILTER (class = '{reason}') AS {reason}" for reason in Unjoinable)}
FROM own GROUP BY day ORDER BY day
"""


@record
class Scope:
    """A section with its sub-units: who belonged to it, what stood in it, and when."""

    told: SectionAsked
    staff: Spans
    terminals: Spans

    def took_part(self, staff: str, terminal: str, day: date) -> bool:
        """Say whether somebody of the section, or one of its terminals, was in what was done on a day."""
        return _on(self.staff.get(staff, ()), day) or _on(self.terminals.get(terminal, ()), day)


def scope(store: GraphStore, asked: str) -> Scope:
    """Read a section by its name or number, with its sub-units. Raises UsageError for one that there is not."""
    sections: list[Section] = store.select("Section")
    taken = [section for section in sections if _is(section, asked)]
    begin = [section for section in sections if folded(section.name).startswith(folded(asked))]
    taken += [section for section in begin if _rest(section, asked).startswith(SUB_UNIT)]
    if not taken or not folded(asked):
        raise UsageError(*unknown("section", asked, nearest(asked, (section.name for section in sections))))
    ids = sorted({section.section_id for section in taken})
    return Scope(
        told=SectionAsked(
            asked=asked,
            units=tuple(sorted({section.name or section.section_id for section in taken})),
            alike=tuple(sorted({section.name for section in begin if section.section_id not in ids})),
        ),
        staff=_staff(store, ids),
        terminals=_spans(store.select("LOCATED_IN", {"end": ids})),
    )


def days(judged: Path, wanted: Scope) -> list[DayCounts]:
    """Count a section's lookups day by day in the classes of `graph.conflicts.denominators`."""
    with duckdb.connect() as con:
        con.register("members", _table(wanted.staff))
        con.register("desks", _table(wanted.terminals))
        found = con.sql(DAYS, params={"path": there(judged)}).to_arrow_table().to_pylist()
    return [_day(row) for row in found]


def _day(row: Mapping[str, Any]) -> DayCounts:
    counted = {name: value for name, value in row.items() if name not in UNJOINABLE}
    return DayCounts(**counted, unjoinable={reason: row[reason] for reason in Unjoinable if row[reason]})


def _is(section: Section, asked: str) -> bool:
    return folded(asked) in (folded(section.name), folded(section.section_id))


def _rest(section: Section, asked: str) -> str:
    return folded(section.name).removeprefix(folded(asked))


def _staff(store: GraphStore, ids: Sequence[str]) -> Spans:
    """Give who belonged to sections, and when; where no posting is written down for a day, today's section counts."""
    spans = {staff: list(found) for staff, found in _spans(store.select("BELONGS_TO", {"end": ids})).items()}
    now = [member.staff_id for member in store.select("Staff", {"section_id": ids})]
    every = _spans(store.select("BELONGS_TO", {"start": now}))
    for staff in now:
        spans.setdefault(staff, []).extend(_between(every.get(staff, ())))
    return spans


def _between(spans: Iterable[Span]) -> Iterable[Span]:
    """Give the days that no span covers."""
    free: date | None = FIRST
    for since, until in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        if free is None:
            return
        if since > free:
            yield free, since
        free = None if until is None else max(free, until)
    if free is not None:
        yield free, None


def _spans(rows: Iterable[SectionTerm | TerminalPlace]) -> Spans:
    found: dict[str, list[Span]] = defaultdict(list)
    for row in rows:
        found[row.start].append((row.valid_from, row.valid_to))
    return found


def _on(spans: Iterable[Span], day: date) -> bool:
    return any(since <= day and (until is None or day < until) for since, until in spans)


def _table(spans: Spans) -> pa.Table:
    rows = [{"id": key, "since": since, "until": until} for key, found in spans.items() for since, until in found]
    return pa.Table.from_pylist(rows, SPAN)
