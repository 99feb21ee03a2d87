"""Which true links a register really shows, worked out while its rows are written."""

import numpy as np
import pandas as pd

from synthetic.kin.kin_on_day import KinOnDay
from synthetic.population.timeline import Timeline, as_day, day_number
from synthetic.registers.register_events import START
from synthetic.registers.snapshots import Snapshots
from synthetic.registers.zokugara_writer import CHILD, CHILD_IN_LAW, MAX_TERMS

COLUMNS = ["link", "a", "b", "nature", "start", "end", "file", "grade", "chain"]
GRADES = ["registered", "stated", "composed", "probable"]
LINK_OF = {"S": "spouse", "T": "de_facto", "U": "parent", "D": "parent"}
GENERATION = 12 * 365  # days; who is not that much older or younger is taken for nobody's parent or child


def claims(
    step: str, before: np.ndarray, reached: np.ndarray, day: np.ndarray, grade: object, chain: object
) -> pd.DataFrame:
    """Claim one link for each pair, seen as a step from one person to another: parents first, other pairs in order."""
    a, b = (before, reached) if step == "D" else (reached, before)
    if step not in "UD":
        a, b = np.minimum(a, b), np.maximum(a, b)
    return pd.DataFrame({"link": LINK_OF[step], "a": a, "b": b, "day": day, "grade": grade, "chain": chain})


def confirmed(claimed: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Give each claim the true link it stands for; what is not true on its day is no link."""
    days = truth.assign(first=day_number(truth["start"]), last=day_number(truth["end"]))
    found = claimed.merge(days, on=["link", "a", "b"])
    begun = found["first"] <= found["day"]
    held = (found["day"] < found["last"]) | (found["link"] == "spouse")  # a chain outlives the spouse it leads through
    return found[begun & held]


def best(links: pd.DataFrame, file: str) -> pd.DataFrame:
    """Keep each link of a file once, with its best grade."""
    rank = links["grade"].map(GRADES.index)
    links = links.assign(file=file, rank=rank).sort_values(["link", "a", "b", "start", "rank", "chain"], kind="stable")
    return links.drop_duplicates(["link", "a", "b", "start", "nature"])[COLUMNS].reset_index(drop=True)


def register_links(
    found: Snapshots, kin: KinOnDay, truth: pd.DataFrame, stays: pd.DataFrame, file: str
) -> pd.DataFrame:
    """Say which links the resident register's rows show; brothers and sisters show none without their parents (E4)."""
    shown = confirmed(_steps(found, kin), truth)
    return best(pd.concat([shown, _households(stays)], ignore_index=True), file)


def _steps(found: Snapshots, kin: KinOnDay) -> pd.DataFrame:
    """Claim the last step of every chain whose other end is known: the head, or the one member the chain can mean."""
    related = found.relations
    rows = np.flatnonzero(related.length > 0)
    length = related.length[rows]
    before, reached = related.path[rows, length - 1], related.path[rows, length]
    known = length == 1
    known[~known] = _is_settled(rows[~known], before[~known], found, kin)
    rows, before, reached, length = rows[known], before[known], reached[known], length[known]
    day, last = found.rows["day"].to_numpy()[rows], related.last[rows]
    grade = np.where(length == 1, "stated", "composed")
    parts = [
        claims(step, before[at], reached[at], day[at], grade[at], length[at] - 1)
        for step in LINK_OF
        for at in [np.flatnonzero(last == step)]
    ]
    return pd.concat([*parts, *_probable(rows, before, reached, last, found, kin)], ignore_index=True)


def _probable(
    rows: np.ndarray, before: np.ndarray, reached: np.ndarray, last: np.ndarray, found: Snapshots, kin: KinOnDay
) -> list[pd.DataFrame]:
    """Claim, only as probable, the other parent of a 子 (E2) and that 父 and 母 are a couple (E3)."""
    day = found.rows["day"].to_numpy()[rows]
    household = found.rows["household"].to_numpy()[rows]
    parts = []
    for step, parent in (("D", before), ("U", reached)):
        at = np.flatnonzero(last == step)
        spouse = kin.spouse(parent[at], day[at])
        here = at[_lives_in(found, spouse, household[at], day[at])]
        spouse = kin.spouse(parent[here], day[here])
        child = reached[here] if step == "D" else parent[here]
        parts.append(claims("D" if step == "D" else "S", spouse, child, day[here], "probable", 0))
    return parts


def _lives_in(found: Snapshots, person: np.ndarray, household: np.ndarray, day: np.ndarray) -> np.ndarray:
    rows = found.rows
    row = Timeline(rows["pid"], rows["day"], rows["until"]).row(person, day)
    return np.asarray((row >= 0) & (rows["household"].to_numpy()[row] == household))


def _is_settled(chains: np.ndarray, middle: np.ndarray, found: Snapshots, kin: KinOnDay) -> np.ndarray:
    """Say which chains can only mean one member at that moment, by 続柄, age and sex, else by 本籍 and 筆頭者 (E1)."""
    pairs = _candidates(chains, middle, found)
    pairs = pairs[_fits(pairs, kin)]
    alike = pairs[(pairs["register"] == pairs["register_c"]) & (pairs["register"] >= 0)]
    settled = np.zeros(len(chains), bool)
    for candidates in (pairs, alike):
        only = candidates[candidates.groupby("chain")["pid_c"].transform("nunique") == 1]
        settled[only.loc[only["pid_c"] == only["middle"], "chain"]] = True
    return settled


def _candidates(chains: np.ndarray, middle: np.ndarray, found: Snapshots) -> pd.DataFrame:
    """Pair each chain with the members whose own 続柄 is the chain without its last term."""
    related, rows = found.relations, found.rows
    terms = np.where(np.isin(related.terms, [CHILD_IN_LAW, CHILD_IN_LAW + 1]), CHILD, related.terms).astype(np.int64)
    prefix = np.where(np.arange(MAX_TERMS) < related.length[chains, None] - 1, terms[chains], 0)
    powers = 32 ** np.arange(MAX_TERMS)
    names = ["pid", "household", "day", "register"]
    left = rows[names].iloc[chains].assign(last=related.last[chains], prefix=prefix @ powers, middle=middle)
    left["chain"] = np.arange(len(chains))
    right = rows[["household", "day", "until", "pid", "register"]].assign(prefix=terms @ powers)
    right = right[right["household"].isin(left["household"])]
    pairs = left.merge(right, on=["household", "prefix"], suffixes=("", "_c"))
    return pairs[(pairs["day_c"] <= pairs["day"]) & (pairs["day"] < pairs["until"]) & (pairs["pid"] != pairs["pid_c"])]


def _fits(pairs: pd.DataFrame, kin: KinOnDay) -> pd.Series:
    person, candidate = pairs["pid"].to_numpy(), pairs["pid_c"].to_numpy()
    younger = kin.birth[person] - kin.birth[candidate]
    opposite = kin.male[person] != kin.male[candidate]
    last = pairs["last"].to_numpy()
    tests = {"D": younger >= GENERATION, "U": younger <= -GENERATION, "S": opposite}
    return pd.Series(np.select([last == step for step in tests], list(tests.values()), True), pairs.index)


def _households(stays: pd.DataFrame) -> pd.DataFrame:
    """List everyone who shared a household in the time the register covers."""
    rows = stays[["household", "pid", "start", "end"]]
    pairs = rows.merge(rows, on="household", suffixes=("", "_c"))
    pairs = pairs[pairs["pid"] < pairs["pid_c"]]
    start = np.maximum.reduce([pairs["start"], pairs["start_c"], np.full(len(pairs), START)])
    end = np.minimum(pairs["end"], pairs["end_c"]).to_numpy()
    people = {"link": "household", "a": pairs["pid"], "b": pairs["pid_c"], "nature": "", "grade": "stated", "chain": 0}
    frame = pd.DataFrame(people | {"start": as_day(start), "end": as_day(end)})[start < end]
    return frame.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
