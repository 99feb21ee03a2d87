"""Where people have lived: now, before, and elsewhere, as whoever asks for an address hears it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from synthetic.population.city import CITY_NAME, PREFECTURE
from synthetic.population.timeline import Timeline, day_number
from synthetic.work.town import Town

NOWHERE = -1
ELSEWHERE = ("深見市港南", "深見市緑町", "青原市本町", "青原市東台", "南沢町栄", "三崎市浜田")
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
STYLES = 6


class Whereabouts:
    """The addresses of some people here (row numbers of the municipality's places) and elsewhere (texts)."""

    def __init__(self, town: Town, pids: np.ndarray) -> None:
        """Follow these people from household to household and from place to place."""
        places = town.city.places
        self._texts = [places[name].fillna("").to_numpy(object) for name in ("town", "number", "building")]
        lived = _lived(town, pids)
        self._pid, self._place = lived["pid"].to_numpy(), lived["place"].to_numpy()
        since = lived["since"].to_numpy()
        self._here = Timeline(self._pid, since, lived["until"].to_numpy())
        self._ever = Timeline(self._pid, since)
        outside = town.city.outside
        outside = outside[outside["pid"].isin(pids)]
        self._away = Timeline(outside["pid"], day_number(outside["start"].to_numpy()))
        self._addresses = np.append(outside["address"].fillna("").to_numpy(object), "")

    def now(self, pids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Give the place each person lives at on a day, NOWHERE where not here."""
        return self._places(self._here.row(pids, day_number(days)), pids)

    def before(self, pids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Give the place each person lived at here before that, NOWHERE where there is none."""
        last = self._ever.row(pids, day_number(days))
        here = self._here.row(pids, day_number(days)) >= 0
        return self._places(np.where(last >= 0, last - here, NOWHERE), pids)

    def _places(self, row: np.ndarray, pids: np.ndarray) -> np.ndarray:
        if not len(self._pid):
            return np.full(len(pids), NOWHERE)
        return np.where((row >= 0) & (self._pid[row] == pids), self._place[row], NOWHERE)

    def elsewhere(self, pids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Give each person's last address in another municipality, empty where nobody knows one."""
        return np.asarray(self._addresses[self._away.row(pids, day_number(days))])

    def written(self, places: np.ndarray, roomless: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Write the addresses of places, each as one of six clerks would."""
        town, number, building = (text[places].tolist() for text in self._texts)
        style = rng.integers(0, STYLES, len(places)).tolist()
        rows = zip(town, number, building, roomless.tolist(), style, strict=True)
        return np.array([styled(t, n, "" if bare else b, s) for t, n, b, bare, s in rows], object)


def _lived(town: Town, pids: np.ndarray) -> pd.DataFrame:
    """List pid, since, until and place of every time somebody lived at one address."""
    places = town.city.places.reset_index(names="place")
    stays = town.stays[town.stays["pid"].isin(pids)]
    places = places[places["household"].isin(stays["household"])]
    days = {name: day_number(places[column].to_numpy()) for name, column in (("since", "start"), ("until", "end"))}
    rows = stays.merge(places[["household", "place"]].assign(**days), on="household")
    rows["since"] = rows[["since", "start"]].max(axis=1)
    rows["until"] = rows[["until", "end"]].min(axis=1)
    rows = rows.loc[rows["since"] < rows["until"], ["pid", "since", "until", "place"]]
    return rows.sort_values(["pid", "since"], kind="stable", ignore_index=True)


def invented(count: int, rng: np.random.Generator) -> np.ndarray:
    """Make up addresses in neighbouring municipalities."""
    where = np.array(ELSEWHERE, object)[rng.integers(0, len(ELSEWHERE), count)].tolist()
    parts = zip(where, *(rng.integers(1, top, count).tolist() for top in (9, 30, 25)), strict=True)
    return np.array([f"{town}{a}丁目{b}番{c}号" for town, a, b, c in parts], object)


def styled(town: str, number: str, building: str, style: int) -> str:
    """Write an address as one of six clerks would."""
    hyphens = number.replace("丁目", "-").replace("番地", "-").replace("番", "-").replace("号", "").strip("-")
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{town}{number}{building}",
        lambda: f"{CITY_NAME}{town}{hyphens} {building}".strip(),
        lambda: f"{PREFECTURE}{CITY_NAME}{town}{hyphens.translate(DIGITS)}{building}",
        lambda: f"{CITY_NAME}{town}{number.translate(DIGITS)}　{building}".strip("　"),
        lambda: f"{town}{hyphens.replace('-', 'の')}{building}",
        lambda: f"{town}{hyphens}{'-' + building.rsplit(' ')[-1] if building[-1:].isdigit() else building}",
    )
    return forms[style]()
