"""Clocks that lie apart: the constant delay between a calling system's rows and the relayed ones (L9).

Relayed rows are paired with calling rows within a window about no delay. Where the clocks of two systems lie further
apart than the window, the delays of rows that few others could belong to crowd about another value: the centre
of the window, then.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.model import record
from graph.steps.step import Stage, Step

LEAST = 4  # subjects and days that show a delay; fewer may be chance
CLEARER = 3  # times as many show it as show any delay beside it
NEEDED = 0.1  # of those that show a delay lie outside the window about no delay
CENTRE = pa.schema({"via": pa.string(), "system": pa.string(), "centre": pa.int64()})

# Subjects that were looked up at most three times that day, within a day and any difference of time zones.
FEW = """
SELECT system, via, calls, person_id, household_id, time FROM access
WHERE (via <> '' OR calls <> '') AND (person_id <> '' OR household_id <> '')
QUALIFY count(*) OVER (PARTITION BY system, via, calls, person_id, household_id, CAST(time AS DATE)) <= 3
"""
DELAYS = """
SELECT r.via, r.system, datediff('millisecond', c.time, r.time) / 1000.0 AS delay,
       dense_rank() OVER (ORDER BY r.person_id, r.household_id, CAST(r.time AS DATE)) AS meeting
FROM few r
JOIN few c ON c.system = r.via AND c.calls = r.system
    AND c.person_id = r.person_id AND c.household_id = r.household_id
    AND c.time BETWEEN r.time - INTERVAL 26 HOUR AND r.time + INTERVAL 26 HOUR
WHERE r.via <> ''
ORDER BY r.via, r.system, delay, meeting
"""
CALLING = "SELECT DISTINCT via, system FROM access WHERE via <> '' ORDER BY via, system"

CLOCKS = Stage(
    "clocks",
    "How far the clocks of a calling and a read system may lie apart (L9).",
    (
        Step("few", FEW, why="L9: subjects looked up at most three times a day tell a delay."),
        Step("delay", DELAYS, why="L9: every delay between a relayed row and a call that may stand behind it."),
        Step("calling", CALLING, why="L9: the pairs of a calling and a read system."),
    ),
    results=("delay", "calling"),
)

# The offset that a pair of rows lies nearest to.
NEAREST_CENTRE = """
SELECT k.via, k.system, k.centre, arg_min(o.centre, abs(datediff('millisecond', c.time, r.time) - o.centre)) AS nearest
FROM relay p
JOIN access r ON r.row = p.read_row JOIN access c ON c.row = p.caller_row
JOIN centre k ON k.via = r.via AND k.system = r.system
JOIN centre o ON o.via = r.via AND o.system = r.system
WHERE k.centre <> 0
GROUP BY p.read_row, k.via, k.system, k.centre
"""

CLOCK_OFFSET = """
SELECT via, system, centre // 1000 AS seconds, count(*) AS rows FROM nearest_centre
WHERE centre = nearest
GROUP BY via, system, centre // 1000 ORDER BY via, system, seconds, rows
"""

OFFSETS = Stage(
    "offsets",
    "The clocks that lie apart: how many seconds the read system is ahead, and the rows paired by that (L9).",
    (
        Step("nearest_centre", NEAREST_CENTRE, why="L9: the delay that a pair is nearest to.", kind="VIEW"),
        Step("clock_offset", CLOCK_OFFSET, why="L9: how many relayed rows found their callers by each offset."),
    ),
    results=("clock_offset",),
)

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


def found_centres(delay: pa.Table, calling: pa.Table, window: int) -> pa.Table:
    """Give the delays (ms), by calling and read system, about which relayed rows find their callers."""
    found = {name: delay.column(name).to_numpy() for name in delay.column_names}
    rows = [
        {"via": via, "system": system, "centre": round(1000 * centre)}
        for via, system in zip(*(calling.column(name).to_pylist() for name in ("via", "system")), strict=True)
        for centre in centres(_between(found, via, system), window)
    ]
    return pa.Table.from_pylist(rows, CENTRE)


def _between(found: Mapping[str, npt.NDArray[Any]], via: str, system: str) -> "Delays":
    mine = (found["via"] == via) & (found["system"] == system)
    return Delays(seconds=found["delay"][mine].astype(float), meeting=found["meeting"][mine])


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
