"""True kin of staff, and of each tie whether the exports carry all links of one of its lines."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from synthetic.kin.kin import true_kin
from synthetic.population.city import City
from synthetic.staff.roster import FIRST, LAST
from synthetic.work.town import Town

FIRM = ("registered", "stated", "composed")
MIDDLE = np.datetime64("2018-01-01")  # whose day a planted pair is described by
KEY = ["staff", "a", "b", "kind", "up", "down", "side", "nature", "half", "valid_from", "valid_to"]
RANK = {"self": 0.0, "spouse": 0.5, "de_facto": 7.5, "household": 8.0, "tie": 9.0}

Link = tuple[str, int, int]


def firm_links(written: pd.DataFrame) -> dict[Link, int]:
    """Give the links written as registered, stated or composed, with the shortest chain that carries each."""
    firm = written[written["grade"].isin(FIRM)]
    chains = firm.groupby(["link", "a", "b"], sort=True)["chain"].min()
    return {(str(link), int(a), int(b)): int(chain) for (link, a, b), chain in chains.items()}


def staff_ties(
    city: City, staff: pd.DataFrame, registers: Mapping[Link, int], dependants: Mapping[Link, int]
) -> pd.DataFrame:
    """List every true tie of staff, with `visible`, `chain` (-1: invisible) and `hr` (only with dependants' links)."""
    known = staff.loc[staff["pid"] >= 0, "pid"]
    ties = true_kin(city, known.to_numpy(dtype=int))
    ties["staff"] = ties["a"].map(dict(zip(known, known.index, strict=True)))
    lines = [[tuple(link) for link in line] for line in ties["line"]]
    alone = np.array([_carried(line, registers) for line in lines], int)
    both = {**dependants, **registers}
    helped = np.array([_carried(line, both) for line in lines], int)
    ties["hr"] = (alone < 0) & (helped >= 0)
    ties["chain"] = np.where(alone >= 0, alone, helped)
    ties["visible"] = ties["chain"] >= 0
    ties["degree"] = np.where(ties["kind"].isin(["blood", "affinity"]), ties["up"] + ties["down"], -1)
    best = ties.sort_values(["visible", "hr", "chain"], ascending=[False, True, True], kind="stable")
    return best.drop_duplicates(KEY).sort_values(KEY, kind="stable", ignore_index=True).drop(columns="line")


def _carried(line: Sequence[Link], links: Mapping[Link, int]) -> int:
    """Give the longest chain on a line all of whose links are written, else -1.

    Two children of one parent may also stand as siblings (兄, 妹 …), with no word of the parent.
    """
    chains = [links.get(link, -1) for link in line]
    for n in range(len(line) - 1):
        if line[n][0] == line[n + 1][0] == "parent" and line[n][1] == line[n + 1][1] and min(chains[n : n + 2]) < 0:
            ends = sorted((line[n][2], line[n + 1][2]))
            chains[n : n + 2] = [links.get(("sibling", ends[0], ends[1]), -1)] * 2
    return -1 if -1 in chains else max(chains, default=0)


def tense(ties: pd.DataFrame, times: np.ndarray) -> np.ndarray:
    """Say whether each tie is current, former or future at its time."""
    day = times.astype("datetime64[D]")
    begun = ~(ties["valid_from"].to_numpy().astype("datetime64[D]") > day)
    ended = ties["valid_to"].to_numpy().astype("datetime64[D]") <= day
    return np.select([~begun, ended], ["future", "former"], "current")


def pairs(ties: pd.DataFrame, town: Town) -> pd.DataFrame:
    """Give for each member of staff and person the closest tie that once held, and where that person lives."""
    ties = ties.assign(tense=tense(ties, np.full(len(ties), MIDDLE)))
    ties = ties[ties["tense"] != "future"]
    rank = ties["kind"].map(RANK).fillna(ties["degree"]) + np.where(ties["tense"] == "former", 0.25, 0)
    ties = ties.assign(rank=rank).sort_values(["staff", "b", "rank"], kind="stable")
    grouped = ties.groupby(["staff", "b"])
    together = grouped["kind"].agg(lambda kinds: "household" in set(kinds)).rename("together")
    closest = ties.drop_duplicates(["staff", "b"]).merge(together.reset_index(), on=["staff", "b"])
    return closest.assign(pattern=_patterns(closest), **_circumstances(closest["b"].to_numpy(), town))


def _patterns(pairs: pd.DataFrame) -> pd.Series:
    degree = np.where(pairs["degree"] > 0, "_" + pairs["degree"].astype(str), "")
    former = np.where(pairs["tense"] == "former", "_former", "")
    return pairs["kind"].astype(object) + degree.astype(object) + former.astype(object)


def _circumstances(pids: np.ndarray, town: Town) -> dict[str, np.ndarray]:
    first, last = (town.household(pids, np.full(len(pids), day)) for day in (FIRST, LAST))
    here = (first >= 0) & (last >= 0) & (town.number[pids] != "")
    return {
        "here": here,
        "adult": np.isin(pids, town.adults),
        "institution": np.isin(last, town.city.institutions),
    }
