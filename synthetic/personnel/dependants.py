"""扶養親族 and 緊急連絡先: whom of their relatives staff name to their employer, as HR words it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from synthetic.exports import half_kana
from synthetic.personnel.whereabouts import NOWHERE, Whereabouts, invented
from synthetic.settings import WorkRates
from synthetic.staff import relatives
from synthetic.staff.roster import LAST
from synthetic.work.town import Town

CHILD_UNTIL, PARENT_FROM = 23, 70  # ages of dependants
SPOUSE_SHARE = {"M": 0.45, "F": 0.06}
PARENT_SHARE, APART_SHARE = 0.12, 0.3
CONTACT_FROM = 18
CONTACT_WEIGHTS = {"spouse": 8.0, "parent": 3.0, "sibling": 1.0, "child": 0.5}
SECOND_CONTACT, CONTACT_ADDRESS = 0.3, 0.8
NATURES = {"spouse": "legal", "sibling": ""}


def dependants(kin: pd.DataFrame, town: Town, staff: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """List staff (number), pid, relation, since, together for every dependant."""
    rows = kin[_supported(kin, rng)]
    rows = rows.assign(together=_together(rows, town, staff))
    rows = rows[rows["together"] | (rng.random(len(rows)) < APART_SHARE)]
    rows["since"] = np.maximum(rows["since"].to_numpy(), staff["hired"].reindex(rows["staff"]).to_numpy())
    rows["name"] = (rows["surname"] + rows["given"]).to_numpy(dtype=object)
    rows["kana"] = half_kana((rows["surname_kana"] + "　" + rows["given_kana"]).to_numpy(dtype=object))
    return rows.drop_duplicates(["staff", "name"]).sort_values(["staff", "birth", "pid"], ignore_index=True)


def _supported(kin: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    years, link = relatives.age(kin["birth"]), kin["link"]
    one_of_two = ~kin["pid"].where(kin["pid"] >= 0, -2 - kin.index).duplicated()  # two do not support one child
    chance = rng.random(len(kin))
    husbands = chance < kin["relation"].map({"妻": SPOUSE_SHARE["M"], "夫": SPOUSE_SHARE["F"]}).fillna(0)
    chosen: np.ndarray = np.select(
        [link == "child", link == "spouse", link == "parent"],
        [(years < CHILD_UNTIL) & one_of_two, husbands, (years >= PARENT_FROM) & (chance < PARENT_SHARE)],
        False,
    )
    return chosen


def _together(rows: pd.DataFrame, town: Town, staff: pd.DataFrame) -> np.ndarray:
    """Say who lives in the household of the member of staff; of made-up families all but the parents do."""
    day = np.full(len(rows), LAST)
    own = staff["pid"].reindex(rows["staff"]).to_numpy(dtype=int)
    mine, theirs = (town.household(pid, day) for pid in (own, rows["pid"].to_numpy(dtype=int)))
    shared = np.where(own >= 0, (mine == theirs) & (mine >= 0), (rows["link"] != "parent").to_numpy())
    return np.asarray(shared, bool)


def contacts(
    kin: pd.DataFrame, town: Town, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator
) -> pd.DataFrame:
    """List one or two emergency contacts of most staff; `shown` where the address or the household tells who it is."""
    rows = kin[relatives.age(kin["birth"]) >= CONTACT_FROM]
    order = rng.exponential(1.0, len(rows)) / rows["link"].map(CONTACT_WEIGHTS).to_numpy(dtype=float)
    rows = rows.assign(order=order).sort_values(["staff", "order"], kind="stable")
    names = np.where(rng.random(len(staff)) < SECOND_CONTACT, 2, 1) * (rng.random(len(staff)) < rates.contacts)
    rows = rows[rows.groupby("staff").cumcount().to_numpy() < names[rows["staff"].to_numpy(dtype=int)]]
    rows = rows.assign(name=rows["surname"] + "　" + rows["given"], together=_together(rows, town, staff))
    rows = rows.drop_duplicates(["staff", "name"]).reset_index(drop=True)
    kana = half_kana((rows["surname_kana"] + "　" + rows["given_kana"]).to_numpy(dtype=object))
    return rows.assign(kana=kana, phone=_phones(len(rows), rng), **_addresses(rows, town, rates, rng))


def _phones(count: int, rng: np.random.Generator) -> np.ndarray:
    numbers = zip(*(rng.integers(0, 10_000, count).tolist() for _ in range(2)), strict=True)
    return np.array([f"090-{a:04d}-{b:04d}" for a, b in numbers], object)


def _addresses(rows: pd.DataFrame, town: Town, rates: WorkRates, rng: np.random.Generator) -> Mapping[str, np.ndarray]:
    """Write contacts' addresses: some lack, some are of the time before the last move."""
    pid, day = rows["pid"].to_numpy(dtype=int), np.full(len(rows), LAST)
    known = Whereabouts(town, pid[pid >= 0])
    now, before = known.now(pid, day), known.before(pid, day)
    old = (rng.random(len(rows)) < rates.address_old) & (before != NOWHERE)
    place = np.where(old, before, now)
    away = known.elsewhere(pid, day)
    away = np.where(away == "", invented(len(rows), rng), away)
    roomless = rng.random(len(rows)) < rates.room_missing
    text = np.where(place == NOWHERE, away, known.written(place, roomless, rng))
    given = rng.random(len(rows)) < CONTACT_ADDRESS
    shown = rows["together"].to_numpy(bool) | (given & (place != NOWHERE) & (place == now))
    return {"address": np.where(given, text, ""), "shown": shown}


def declared_links(staff: pd.DataFrame, rows: pd.DataFrame, sure: np.ndarray) -> pd.DataFrame:
    """Say which kin links a file of HR states, in the form of the registers' own record of what they wrote.

    Where it is not `sure` from the file who is meant, the link is a hint.
    """
    rows, sure = rows[rows["pid"] >= 0], sure[(rows["pid"] >= 0).to_numpy()]
    own, other = staff["pid"].to_numpy()[rows["staff"].to_numpy(dtype=int)], rows["pid"].to_numpy(dtype=int)
    link, older = rows["link"].to_numpy(object), (rows["link"] == "parent").to_numpy()
    pair = np.isin(link, list(NATURES))
    a = np.select([pair, older], [np.minimum(own, other), other], own)
    b = np.select([pair, older], [np.maximum(own, other), own], other)
    grade = np.where(sure, np.where(link == "sibling", "composed", "stated"), "hint")
    columns = {"link": np.where(pair, link, "parent"), "a": a, "b": b, "start": rows["since"].to_numpy()}
    nature = rows["link"].map(NATURES).fillna("birth").to_numpy(object)
    return pd.DataFrame(columns | {"nature": nature, "end": pd.NaT, "grade": grade, "chain": 0})
