"""Relayed rows and the calls behind them (L4): one to one, the nearest first, as the clocks of the two systems go."""

from graph.steps.duckdb import DuckDB
from graph.steps.runner import Timing, run
from graph.steps.step import Stage, Step

NEAR = """
SELECT r.row AS read_row, c.row AS caller_row, r.via, r.system, datediff('millisecond', c.time, r.time) AS delay,
       k.centre, struct_pack(file := r.file, line := r.line, caller_file := c.file, caller_line := c.line) AS place
FROM access r
CROSS JOIN setting s
JOIN centre k ON k.via = r.via AND k.system = r.system
JOIN access c ON c.system = r.via AND c.calls = r.system
  AND c.person_id = r.person_id AND c.household_id = r.household_id
  AND datediff('microsecond', c.time, r.time) BETWEEN 1000 * (k.centre - 1000 * s.relay_seconds)
                                                  AND 1000 * (k.centre + 1000 * s.relay_seconds)
WHERE r.via <> '' AND (r.person_id <> '' OR r.household_id <> '')
"""

CANDIDATE = """
SELECT read_row, caller_row, via, system, delay, centre, place FROM near
QUALIFY row_number() OVER (PARTITION BY read_row, caller_row ORDER BY abs(delay - centre), centre) = 1
"""

LONE = """
SELECT via, system, min(centre) AS centre, min(delay) AS delay
FROM candidate GROUP BY via, system, read_row HAVING count(*) = 1
"""

DRIFT = """
SELECT via, system, centre, CAST(median(delay) AS BIGINT) AS delay FROM lone GROUP BY via, system, centre
"""

UNPAIRED = """
SELECT c.read_row, c.caller_row, abs(c.delay - coalesce(d.delay, c.centre)) AS gap, c.place
FROM candidate c LEFT JOIN drift d ON d.via = c.via AND d.system = c.system AND d.centre = c.centre
"""

PAIRED = """
SELECT read_row, caller_row FROM unpaired_{round}
QUALIFY row_number() OVER (PARTITION BY read_row ORDER BY gap, place) = 1
    AND row_number() OVER (PARTITION BY caller_row ORDER BY gap, place) = 1
"""

REST = """
SELECT read_row, caller_row, gap, place FROM unpaired_{round}
WHERE read_row NOT IN (SELECT read_row FROM paired_{round})
  AND caller_row NOT IN (SELECT caller_row FROM paired_{round})
"""

CANDIDATES = Stage(
    "candidates",
    "The calls that may stand behind a relayed row: same subject, near in time as the clocks go (L4).",
    (
        Step("near", NEAR, why="L4: calls of the same subject about each delay of the clocks.", kind="VIEW"),
        Step("candidate", CANDIDATE, why="L4: a pair is measured from the delay that it is nearest to."),
        Step("lone", LONE, why="L9: rows that can only belong together tell the delay.", kind="VIEW"),
        Step("drift", DRIFT, why="L9: two systems' clocks differ by a nearly fixed delay."),
        Step("unpaired_0", UNPAIRED, why="L9: nearness is measured from the clocks' own delay."),
    ),
    results=("unpaired_0",),
)


def pairing(number: int) -> Stage:
    """Give one round of pairing: a pair is taken when each is the other's nearest, the rest looks again."""
    rest = f"unpaired_{number + 1}"
    return Stage(
        f"pairing {number}",
        "One to one: a pair is taken when each is the other's nearest, until none is left (L4).",
        (
            Step(f"paired_{number}", PAIRED.format(round=number), why="L4: each is the other's nearest."),
            Step(rest, REST.format(round=number), why="L4: the rest looks again without them."),
        ),
        results=(f"paired_{number}", rest),
    )


def relayed(rounds: int) -> Stage:
    """Give the stage that puts the pairs of so many rounds together."""
    each = (f"SELECT read_row, caller_row FROM paired_{number}" for number in range(rounds))
    step = Step("relay", "\nUNION ALL\n".join(each), why="L4: every relayed row with the call behind it.")
    return Stage("relay", "The pairs of every round.", (step,), results=("relay",))


def pair(engine: DuckDB) -> tuple[Timing, ...]:
    """Make `relay`: pair what may belong together, round after round."""
    timings, rounds = run(CANDIDATES, engine), 0
    while rounds == 0 or engine.read(f"unpaired_{rounds}").num_rows:
        timings += run(pairing(rounds), engine)
        rounds += 1
    return timings + run(relayed(rounds), engine)
