"""The synthetic municipality: what is true of its people, before anybody writes a register about them."""

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pandas as pd

TODAY = np.datetime64("2018-07-31")  # the registers' day and the last day of the logs
REGISTER_START = np.datetime64("1993-04-01")  # 平成5年: the resident register moves into the computer
CITY_NAME = "縁川市"
PREFECTURE = "大阪府"


def rate(default: Any, doc: str) -> Any:
    """Declare a settable rate with its documentation."""
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How the people of the municipality live; every share and yearly rate is of those it can happen to."""

    fertility: float = rate(1.0, "factor on the total fertility rate of every year")
    twins: float = rate(0.0105, "share of births that are twins")
    unmarried_births: float = rate(0.022, "share of births outside marriage, 2018")
    recognition: float = rate(0.35, "share of children born outside marriage whose father recognises them (認知)")
    mortality: float = rate(1.0, "factor on mortality")
    marriage: float = rate(1.0, "factor on the yearly chance that a single person marries")
    remarriage: float = rate(0.6, "chance to marry of the divorced and widowed, relative to the never married")
    wife_surname: float = rate(0.045, "share of marriages under the wife's surname")
    adopted_husband: float = rate(0.25, "of these, share in which the wife's parents adopt the husband (婿養子), 2018")
    de_facto: float = rate(0.03, "share of new couples that do not register their marriage (未届)")
    divorce: float = rate(1.0, "factor on the yearly chance of divorce")
    surname_reverted: float = rate(0.62, "share of divorced people who take their former surname again")
    children_with_father: float = rate(0.12, "share of minor children who stay with the father after a divorce")
    child_surname_change: float = rate(0.5, "of those with a mother who reverted, share who take her surname")
    termination: float = rate(0.02, "share of widowed people who end the affinity (姻族関係終了)")
    step_adoption: float = rate(0.45, "share of a wife's minor children whom the new husband adopts")
    grandchild_adoption: float = rate(0.00015, "yearly chance of a grandchild to be adopted by a grandparent")
    special_adoption: float = rate(0.01, "yearly chance of a fatherless infant of special adoption (特別養子)")
    dissolution: float = rate(0.5, "share of adoptions by or through a spouse dissolved at the divorce (離縁)")
    live_with_parents: float = rate(0.08, "share of new couples who live with his (or her) parents, 2018")
    leave_home: float = rate(0.075, "yearly chance of a single child of 18-35 to leave the parents' household")
    leave_city: float = rate(0.35, "of these, share who leave the municipality")
    come_back: float = rate(0.03, "yearly chance to come back, for a single person who left")
    move_out: float = rate(0.01, "yearly chance of a whole household to leave the municipality")
    move_within: float = rate(0.07, "yearly chance of a whole household to move within the municipality, 2018")
    arrive: float = rate(0.008, "least number of arrivals a year, relative to the residents")
    foreign: float = rate(0.16, "share of foreigners among those who arrive, 2018")
    alias: float = rate(0.25, "share of foreigners who use a Japanese 通称")
    join_child: float = rate(0.055, "yearly chance of a person of 73 or more living alone to join a child")
    separation: float = rate(
        0.01, "yearly chance of a parent of 70 or more to form a household of their own (世帯分離)"
    )
    institution: float = rate(0.012, "yearly chance of a person of 80 or more to move into an institution (施設)")
    namesakes: float = rate(3.0, "residents in 10,000 who were given name and birth date of another (by reading)")
    new_head: float = rate(0.02, "yearly chance of a head of 75 or more to hand over to a child")


RATES_DOC = {each.name: str(each.metadata["doc"]) for each in fields(Rates)}


@dataclass(frozen=True)
class City:
    """Everyone in the graph of the municipality, with dated histories; day columns are datetime64[s], NaT is open."""

    seed: int
    size: str
    residents: int
    today: np.datetime64
    people: pd.DataFrame
    """Index pid: sex M/F, birth, death, mother, father (pid or -1: parents by law at birth), given, given_kana,
    surname, surname_kana (current), foreign, latin_name, alias, alias_kana, nationality, person_id (宛名番号, empty for
    who never lived here since REGISTER_START), resident (lives here today)."""
    marriages: pd.DataFrame
    """husband, wife, start, end, ended_by (empty, divorce, death), surname_of (H, W), terminated (姻族関係終了)."""
    adoptions: pd.DataFrame
    """child, parent, start, end, kind (ordinary, special); one row for each adoptive parent."""
    recognitions: pd.DataFrame
    """child, father, date (認知); the child's father in people is -1."""
    partnerships: pd.DataFrame
    """a, b, start, end (未届)."""
    names: pd.DataFrame
    """pid, start, surname, surname_kana; the first row of a person is at birth."""
    stays: pd.DataFrame
    """pid, household, start, end: residence here, household by household."""
    heads: pd.DataFrame
    """household, head, start, end (世帯主)."""
    places: pd.DataFrame
    """household, town, number, building, start, end; two households of one address are 世帯分離."""
    institutions: np.ndarray
    """Household numbers that are institutions."""
    outside: pd.DataFrame
    """pid, start, end, address: where people lived before they came and after they left."""
    household_ids: np.ndarray
    """世帯番号 by household number."""
