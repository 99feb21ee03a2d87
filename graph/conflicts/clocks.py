"""Clocks that lie apart: the constant delay between a calling system's rows and the relayed ones (L9).

Relayed rows are paired with calling rows within a window about no delay. Where the clocks of two systems lie further
apart than the window, the delays of rows that few others could belong to crowd about another value: the centre
of the window, then.
"""

from collections.abc import Iterable
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from graph.model import record

LEAST = 4  # subjects and days that show a delay; fewer may be chance
CLEARER = 3  # times as many show it as show any delay beside it
NEEDED = 0.1  # of those that show a delay lie outside the window about no delay

# Subjects that were looked up at most three times that day, within a day and any difference of time zones.
DELAYS = """
WITH few AS (
    SELECT * FROM work.access WHERE (via <> '' OR calls <> '') AND (person_id <> '' OR household_id <> '')
    QUALIFY count(*) OVER (PARTITION BY system, via, calls, person_id, household_id, CAST(time AS DATE)) <= 3
)
SELECT r.via, r.system, (epoch_ms(r.time) - epoch_ms(c.time)) / 1000.0 AS delay,
       dense_rank() OVER (ORDER BY r.person_id, r.household_id, CAST(r.time AS DATE)) AS meeting
FROM few r
JOIN few c ON c.system = r.via AND c.calls = r.system
    AND c.person_id = r.person_id AND c.household_id = r.household_id
    AND c.time BETWEEN r.time - INTERVAL 26 HOUR AND r.time + INTERVAL 26 HOUR
WHERE r.via <> ''
ORDER BY ALL
"""
CENTRES = """
CREATE TABLE work.centre AS
SELECT DISTINCT via, system, 0::BIGINT AS centre FROM work.access WHERE via <> ''
"""
REPLACED = "DELETE FROM work.centre WHERE via = ? AND system = ?"

# How many relayed rows found their callers by each offset.
USED = """
SELECT k.via, k.system, k.centre // 1000, count(*) FROM work.relay p
JOIN work.access r ON r.row = p.read_row JOIN work.access c ON c.row = p.caller_row
JOIN work.centre k ON k.via = r.via AND k.system = r.system
WHERE k.centre <> 0
  AND k.centre = (SELECT arg_min(o.centre, abs(epoch_ms(r.time) - epoch_ms(c.time) - o.centre)) FROM work.centre o
                  WHERE o.via = r.via AND o.system = r.system)
GROUP BY ALL ORDER BY ALL
"""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@record
class Delays:
    """Possible delays in seconds, and the meeting (a subject on a day) that each stands for."""

    seconds: Floats
    meeting: Ints

    def within(self, first: float, last: float) -> Ints:
        """Give the meetings with a delay between two, both inclusive."""
        return np.unique(self.meeting[(self.seconds >= first) & (self.seconds <= last)])

    def without(self, meetings: Ints) -> "Delays":
        """Leave these meetings out."""
        kept = ~np.isin(self.meeting, meetings)
        return Delays(seconds=self.seconds[kept], meeting=self.meeting[kept])


def set_clocks(con: duckdb.DuckDBPyConnection, window: int) -> None:
    """Make `work.centre`: the delays (ms), by calling and read system, about which relayed rows find their callers."""
    con.execute(CENTRES)
    found = con.execute(DELAYS).fetchnumpy()
    for via, system in sorted(set(zip(found["via"].tolist(), found["system"].tolist(), strict=True))):
        mine = (found["via"] == via) & (found["system"] == system)
        delays = Delays(seconds=found["delay"][mine].astype(float), meeting=found["meeting"][mine])
        con.execute(REPLACED, [via, system])
        rows = [(via, system, round(1000 * centre)) for centre in centres(delays, window)]
        con.executemany("INSERT INTO work.centre VALUES (?, ?, ?)", rows)


def offsets(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Name the clocks that lie apart: how many seconds the read system is ahead, and the rows paired by that."""
    names = ("via", "system", "seconds", "rows")
    return [dict(zip(names, row, strict=True)) for row in con.execute(USED).fetchall()]


def centres(delays: Delays, window: int) -> list[float]:
    """Give the delays about which to look: none but 0 where a window about it holds what there is to hold.

    >>> at = np.arange(10)
    >>> centres(Delays(seconds=75.0 + at % 3, meeting=at), 60), centres(Delays(seconds=5.0 + at, meeting=at), 60)
    ([76.0], [0.0])
    """
    found = list(_peaks(delays, max(window, 1)))
    away = [peak for peak in found if _needed(delays, peak, window)]
    return away + [0.0] * (len(away) < max(len(found), 1))


def _needed(delays: Delays, peak: float, window: int) -> bool:
    held = delays.within(peak - window / 2, peak + window / 2)
    lost = len(np.setdiff1d(held, delays.within(-window, window)))
    return lost >= NEEDED * len(held)


def _peaks(delays: Delays, window: int) -> Iterable[float]:
    """Give one delay after the other that most of what is left crowds about."""
    left = delays
    while (peak := _peak(delays, left, window)) is not None:
        yield peak
        left = left.without(left.within(peak - window, peak + window))


def _peak(delays: Delays, left: Delays, width: int) -> float | None:
    """Give the delay of most that are left, if it stands out from what lies beside it."""
    if not len(left.seconds):
        return None
    middle = _fullest(left.seconds, width)
    held = left.within(middle - width / 2, middle + width / 2)
    beside, far = delays.without(held), 0.75 * width
    flanks = [len(beside.within(at - width / 4, at + width / 4)) for at in (middle - far, middle + far)]
    enough = len(held) >= LEAST and 2 * len(held) >= len(np.unique(left.meeting))
    return middle if enough and len(held) >= CLEARER * max(flanks) else None


def _fullest(seconds: Floats, width: int) -> float:
    """Give the middle of the delays in the window that holds most."""
    ordered = np.sort(seconds)
    ends = np.searchsorted(ordered, ordered + width, side="right")
    start = int(np.argmax(ends - np.arange(len(ordered))))
    return float(np.median(ordered[start : ends[start]]))
