"""When who was on duty in which section, or away, from the rows of the duty roster."""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from graph.steps.step import Stage, Step

DUTY_DAY = """
SELECT staff_id, CAST(day AS DATE) AS day, presence, what, coalesce(from_minute, 0) AS from_minute,
       coalesce(to_minute, 1440) + CASE WHEN to_minute < from_minute THEN 1440 ELSE 0 END AS to_minute
FROM (SELECT *, unnest(generate_series(first_day, coalesce(last_day, first_day), INTERVAL 1 DAY)) AS day FROM duty)
WHERE presence <> 'default' OR isodow(day) < 6
ORDER BY ALL
"""

IN_SECTION = """
SELECT s.staff_id, s.day, s.present, s.what, s.from_minute, s.to_minute, b."end" AS section_id
FROM duty_span s JOIN belongs_to b ON b.start = s.staff_id AND holds(s.day, b.valid_from, b.valid_to)
"""

ON_DUTY = """
SELECT staff_id AS start, section_id AS "end",
       day + to_minutes(from_minute) AS valid_from, day + to_minutes(to_minute) AS valid_to, present, what
FROM in_section
QUALIFY row_number() OVER (PARTITION BY staff_id, section_id, day, from_minute, what ORDER BY to_minute DESC) = 1
ORDER BY ALL
"""

DAYS = Stage(
    "duty days",
    "One row a weekday and usual hours, and one a day of every exception.",
    (
        Step(
            "duty_day",
            DUTY_DAY,
            why="A row without hours is the whole day; hours that end before they begin end the next morning.",
            kind="VIEW",
        ),
    ),
    results=("duty_day",),
)
DUTY = Stage(
    "duty",
    "Who was on duty where: the hours away are cut out of the usual ones.",
    (
        Step("in_section", IN_SECTION, why="Duty is done in the section to which one belongs that day.", kind="VIEW"),
        Step("on_duty", ON_DUTY, why="Of hours that begin together the longest count.", kind="VIEW"),
    ),
    results=("on_duty",),
)
SPAN = pa.schema([
    ("staff_id", pa.string()), ("day", pa.date32()), ("present", pa.bool_()), ("what", pa.string()),
    ("from_minute", pa.int64()), ("to_minute", pa.int64()),
])  # fmt: skip

Span = tuple[str, date, bool, str, int, int]


def spans(days: pa.Table) -> pa.Table:
    """Cut the hours away out of the hours on duty; `days` come sorted by staff and day."""
    rows = zip(*(days.column(name).to_pylist() for name in days.column_names), strict=True)
    columns = list(zip(*_spans(rows), strict=True)) or [()] * len(SPAN)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, SPAN, strict=True)], schema=SPAN)


def _spans(rows: Iterable[tuple[str, date, str, str, int, int]]) -> Iterable[Span]:
    """Cut the hours away out of the hours on duty, day by day; rows come sorted by staff and day."""
    day: dict[tuple[str, date], list[tuple[str, str, int, int]]] = {}
    for staff, when, presence, what, start, end in rows:
        day.setdefault((staff, when), []).append((presence, what, start, end))
    for (staff, when), entries in day.items():
        away = [(start, end) for presence, _, start, end in entries if presence == "away"]
        for presence, what, start, end in entries:
            pieces = [(start, end)] if presence == "away" else _without(start, end, away)
            for piece in pieces:
                yield staff, when, presence != "away", what, *piece


def _without(start: int, end: int, away: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what is left of `[start, end)` when the hours away are taken out.

    >>> _without(510, 1035, [(600, 720)])
    [(510, 600), (720, 1035)]
    """
    pieces = [(start, end)]
    for gone_from, gone_to in away:
        parts = [part for s, e in pieces for part in ((s, min(e, gone_from)), (max(s, gone_to), e))]
        pieces = [(s, e) for s, e in parts if s < e]
    return pieces
