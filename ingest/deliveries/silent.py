"""Accounts and sections that fall silent: steady use that stops while the account, or the section, still stands."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from graph.records.deliveries import FellSilent
from graph.steps.duckdb import DuckDB
from graph.steps.runner import run
from graph.steps.step import Stage, Step

STEADY_DAYS = 40  # open days, two months, before a silence says anything
SILENT_DAYS = {"account": 20, "section": 5}  # people go on leave, sections do not
BY_CHANCE = 1e-9  # of so many days without, where use was as steady as it was
USUAL_PAUSES = 2  # a silence is longer than the longest pause before it by this

USED = """
SELECT DISTINCT system, operator, CAST(time AS DATE) AS day FROM log_row WHERE loaded
"""

OPEN_DAY = """
SELECT system, day, row_number() OVER (PARTITION BY system ORDER BY day) AS place
FROM (SELECT DISTINCT system, day FROM used)
"""

ACCOUNT_USE = """
SELECT DISTINCT system, operator AS who, day FROM used
"""

SECTION_USE = """
SELECT DISTINCT r.system, b."end" AS who, r.day FROM used r
JOIN graph_uses u ON u."end" = concat(r.system, ':', r.operator)
    AND r.day >= coalesce(u.valid_from, DATE '0001-01-01') AND (u.valid_to IS NULL OR r.day < u.valid_to)
JOIN graph_belongs_to b ON b.start = u.start
    AND r.day >= coalesce(b.valid_from, DATE '0001-01-01') AND (b.valid_to IS NULL OR r.day < b.valid_to)
"""

LAST_DAY = """
SELECT system, max(place) + 1 AS end_place, max(day) AS end_day FROM open_day GROUP BY system
"""

PAUSE = """
SELECT system, who, place, day, coalesce(lead(place) OVER w, end_place) - place - 1 AS pause,
       lead(place) OVER w IS NULL AS final, coalesce(lead(day) OVER w, end_day) AS until, end_day
FROM {what}_use JOIN open_day USING (system, day) JOIN last_day USING (system)
WINDOW w AS (PARTITION BY system, who ORDER BY place)
"""

STANDING_OUT = """
SELECT system, who, day, until, end_day, pause, final, use.days, use.span - pause AS others,
       use.longest[CASE WHEN pause = use.longest[1] THEN 2 ELSE 1 END] AS other
FROM {what}_pause JOIN (
    SELECT system, who, count(*) AS days, sum(pause) + count(*) AS span, list_sort(list(pause), 'DESC') AS longest
    FROM {what}_pause GROUP BY system, who
) use USING (system, who)
WHERE pause >= {silent} AND use.days >= {steady}
ORDER BY system, who, day
"""

ACCOUNT_STANDS = """
SELECT number FROM silence s WHERE what = 'account' AND (
    NOT EXISTS (SELECT 1 FROM graph_uses u WHERE u."end" = s.id)
    OR EXISTS (SELECT 1 FROM graph_uses u WHERE u."end" = s.id AND (u.valid_to IS NULL OR u.valid_to > s.until))
    AND EXISTS (
        SELECT 1 FROM graph_uses u JOIN graph_belongs_to b ON b.start = u.start
        WHERE u."end" = s.id AND coalesce(b.valid_from, DATE '0001-01-01') <= s.day
          AND (b.valid_to IS NULL OR b.valid_to > s.until)))
"""

SECTION_STANDS = """
SELECT number FROM silence s WHERE what = 'section' AND EXISTS (
    SELECT 1 FROM graph_belongs_to b WHERE b."end" = s.id AND (b.valid_to IS NULL OR b.valid_to > s.until))
"""


def _pauses(what: str, why: str) -> tuple[Step, Step]:
    """Give the steps that find the pauses in what one kind does."""
    standing_out = STANDING_OUT.format(what=what, silent=SILENT_DAYS[what], steady=STEADY_DAYS // 2)
    return (
        Step(f"{what}_pause", PAUSE.format(what=what), why="Pauses are counted in days that were delivered."),
        Step(f"{what}_silence", standing_out, why=why, kind="VIEW"),
    )


USE = Stage(
    "use",
    "Who used a system on which days, and the pauses between.",
    (
        Step("used", USED, why="Accounts by the day."),
        Step("open_day", OPEN_DAY, why="A day without any row says nothing of anybody."),
        Step("last_day", LAST_DAY, why="The pause since the last use lasts until a log ends."),
        Step("account_use", ACCOUNT_USE, why="Accounts are used on days.", kind="VIEW"),
        Step("section_use", SECTION_USE, why="A section works where its people's accounts do.", kind="VIEW"),
        *_pauses("account", "Each long pause of an account that was much used."),
        *_pauses("section", "Each long pause of a section."),
    ),
    results=("account_silence", "section_silence"),
)
STANDING = Stage(
    "standing",
    "Silences of those who were still there.",
    (
        Step(
            "account_stands",
            ACCOUNT_STANDS,
            why="A new posting, none any more, or the end of an account explains that it stops.",
            kind="VIEW",
        ),
        Step("section_stands", SECTION_STANDS, why="A section stands while somebody belongs to it.", kind="VIEW"),
    ),
    results=("account_stands", "section_stands"),
)
SILENCE = pa.schema([
    ("number", pa.int64()), ("what", pa.string()), ("id", pa.string()), ("day", pa.date32()), ("until", pa.date32()),
])  # fmt: skip

Row = dict[str, Any]


def silent(engine: DuckDB, graph: Mapping[str, pa.Table]) -> dict[str, list[FellSilent]]:
    """Give by system who fell silent, from `log_row` and the graph's accounts and postings."""
    for kind in ("USES", "BELONGS_TO"):
        engine.show(f"graph_{kind.lower()}", graph[kind])
    run(USE, engine)
    found = [*_silences(engine, "account"), *_silences(engine, "section")]
    rows = [{"number": number, **_asked(*each)} for number, each in enumerate(found)]
    engine.show("silence", pa.Table.from_pylist(rows, schema=SILENCE))
    run(STANDING, engine)
    stands = {number for what in SILENT_DAYS for number in engine.read(f"{what}_stands")["number"].to_pylist()}
    by_system: dict[str, list[FellSilent]] = {}
    for what, row in (each for number, each in enumerate(found) if number in stands):
        by_system.setdefault(row["system"], []).append(_entry(what, row))
    return by_system


def _silences(engine: DuckDB, what: str) -> Iterable[tuple[str, Row]]:
    for row in engine.read(f"{what}_silence").to_pylist():
        steady = _steady(row["pause"], row["days"], row["others"], row["other"] or 0)
        if steady and (what == "section" or row["final"]):
            yield what, row


def _asked(what: str, row: Row) -> Row:
    name = f"{row['system']}:{row['who']}" if what == "account" else row["who"]
    until = row["end_day"] if row["final"] else row["until"]
    return {"what": what, "id": name, "day": row["day"], "until": until}


def _entry(what: str, row: Row) -> FellSilent:
    resumed = None if row["final"] else row["until"]
    return FellSilent(what=what, id=row["who"], last=row["day"], days=row["pause"], resumed=resumed)


def _steady(pause: int, days: int, others: int, longest: int) -> bool:
    """Say whether a pause is none that this use would have by itself."""
    unused = 1 - days / others
    return others >= STEADY_DAYS and float(unused) ** pause < BY_CHANCE and pause > USUAL_PAUSES * longest
