"""The product's closure and the generator's own walk, written apart from each other, say the same of true links."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from graph.kinship.closure import closure
from graph.model import UNKNOWN_START
from synthetic.kin.kin import true_kin
from synthetic.population.city import City, Rates
from synthetic.population.simulate import simulate

KEY = ["a", "b", "kind", "up", "down", "side", "nature", "half", "valid_from"]


@pytest.fixture(scope="module")
def city() -> City:
    rates = Rates(divorce=2.0, step_adoption=0.9, grandchild_adoption=0.002, special_adoption=0.05, termination=0.2)
    return simulate(1_200, 21, rates, lambda done, text: None)


def _id(pids: pd.Series | pd.Index | np.ndarray) -> list[str]:
    return [f"{int(pid):08d}" for pid in pids]


def _days(dates: pd.Series) -> list[date | None]:
    return [None if pd.isna(day) else day.date() for day in dates]


def _links(start: pd.Series, end: pd.Series, nature: list[str], since: pd.Series, until: pd.Series) -> pd.DataFrame:
    columns = {"start": _id(start), "end": _id(end), "nature": nature, "grade": "registered", "ended_by": ""}
    columns["may_end"] = None
    columns |= {"valid_from": _days(since), "valid_to": _days(until), "source_file": "truth", "source_line": 0}
    return pd.DataFrame(columns)


def _parents(city: City) -> pa.Table:
    people, adoptions, known = city.people, city.adoptions, city.recognitions
    special = adoptions[adoptions["kind"] == "special"].drop_duplicates("child").set_index("child")["start"]
    parts = [_links(adoptions["parent"], adoptions["child"], ["adoptive"] * len(adoptions), adoptions["start"],
                    adoptions["end"])]  # fmt: skip
    for side in ("mother", "father"):
        born = people[people[side] >= 0]
        end = pd.Series(special.reindex(born.index).to_numpy())
        parts.append(_links(born[side], born.index.to_series(), ["birth"] * len(born), born["birth"], end))
    birth = people["birth"].loc[known["child"]]
    end = pd.Series(special.reindex(known["child"]).to_numpy())
    parts.append(_links(known["father"], known["child"], ["recognised"] * len(known), birth, end))
    return pa.Table.from_pandas(pd.concat(parts, ignore_index=True), preserve_index=False)


def _couples(city: City) -> pa.Table:
    """A declaration ends affinity, and its day would hide the day of death: such marriages are left out below."""
    legal, others = city.marriages, city.partnerships
    wed = _links(legal["husband"], legal["wife"], ["legal"] * len(legal), legal["start"], legal["end"])
    wed["ended_by"] = legal["ended_by"].to_numpy()
    free = _links(others["a"], others["b"], ["de_facto"] * len(others), others["start"], others["end"])
    return pa.Table.from_pandas(pd.concat([wed, free], ignore_index=True), preserve_index=False)


def _members(city: City) -> pa.Table:
    stays = city.stays
    rows = {"start": _id(stays["pid"]), "end": _id(stays["household"]), "relation_to_head": ""}
    rows |= {"valid_from": _days(stays["start"]), "valid_to": _days(stays["end"])}
    return pa.Table.from_pandas(pd.DataFrame(rows | {"source_file": "truth", "source_line": 0}), preserve_index=False)


def _graph(city: City) -> dict[str, pa.Table]:
    people, households = city.people, pd.Series(range(len(city.household_ids)))
    persons = {"person_id": _id(people.index), "birth_date": _days(people["birth"]), "placeholder": False}
    homes = {"household_id": _id(households), "institution": households.isin(city.institutions)}
    return {
        "Person": pa.Table.from_pandas(pd.DataFrame(persons), preserve_index=False),
        "Household": pa.Table.from_pandas(pd.DataFrame(homes), preserve_index=False),
        "PARENT_OF": _parents(city),
        "SPOUSE_OF": _couples(city),
        "MEMBER_OF": _members(city),
    }


def _keyed(rows: pd.DataFrame) -> dict[tuple[object, ...], str]:
    """Give each tie the last day it holds by any of its lines."""
    ties: dict[tuple[object, ...], str] = {}
    for *key, until in rows[[*KEY, "valid_to"]].itertuples(index=False, name=None):
        ties[tuple(key)] = max(until, ties.get(tuple(key), ""))
    return ties


def _text(days: pd.Series, missing: str) -> list[str]:
    return [missing if pd.isna(day) or day == UNKNOWN_START else str(day)[:10] for day in days]


def _told(city: City, pids: np.ndarray) -> dict[tuple[object, ...], str]:
    rows = closure(_graph(city), _id(pids)).to_pandas()
    rows = rows[rows["kind"] != "tie"].rename(columns={"start": "a", "end": "b"})
    return _keyed(rows.assign(valid_from=_text(rows["valid_from"], ""), valid_to=_text(rows["valid_to"], "holds")))


def _true(city: City, pids: np.ndarray) -> dict[tuple[object, ...], str]:
    rows = true_kin(city, pids)
    rows = rows.assign(a=_id(rows["a"]), b=_id(rows["b"]))
    return _keyed(rows.assign(valid_from=_text(rows["valid_from"], ""), valid_to=_text(rows["valid_to"], "holds")))


def test_closure_and_truth_agree_on_every_tie(city: City) -> None:
    undeclared = city.marriages.assign(terminated=np.datetime64("NaT", "s"))
    city = City(**{**vars(city), "marriages": undeclared})
    pids = city.people.index[-700:].to_numpy()
    told, true = sorted(_told(city, pids).items()), sorted(_true(city, pids).items())
    assert len(true) > 5_000
    assert told == true
