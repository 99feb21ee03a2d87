"""Who lived where on which day: the municipality as daily work and the answer key ask about it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from synthetic.population.city import City
from synthetic.population.timeline import SPAN, day_number
from synthetic.staff.roster import FIRST, LAST

ADULT_YEARS = 18
ROUNDS = 60


@dataclass(frozen=True)
class Town:
    """A city and, sorted for searching, the stays of its residents."""

    city: City

    @cached_property
    def stays(self) -> pd.DataFrame:
        """Give pid, household, first and last day number (half-open), sorted by person and day."""
        stays = self.city.stays
        columns = {name: stays[name].to_numpy(dtype=np.int64) for name in ("pid", "household")}
        columns |= {name: day_number(stays[name].to_numpy()) for name in ("start", "end")}
        return pd.DataFrame(columns).sort_values(["pid", "start"], kind="stable", ignore_index=True)

    @cached_property
    def _keys(self) -> np.ndarray:
        keys: np.ndarray = self.stays["pid"].to_numpy() * SPAN + self.stays["start"].to_numpy()
        return keys

    def household(self, pids: np.ndarray, times: np.ndarray) -> np.ndarray:
        """Give the household of each person at each time, -1 where not living here."""
        pids, days = np.asarray(pids, np.int64), day_number(times)
        row = np.maximum(np.searchsorted(self._keys, pids * SPAN + days, side="right") - 1, 0)
        stays = self.stays
        here = (stays["pid"].to_numpy()[row] == pids) & (days < stays["end"].to_numpy()[row])
        return np.where(here, stays["household"].to_numpy()[row], -1)

    @cached_property
    def _window(self) -> pd.DataFrame:
        first, last = day_number(np.array([FIRST, LAST]))
        return self.stays[(self.stays["start"] <= last) & (self.stays["end"] > first)]

    @cached_property
    def inhabitants(self) -> np.ndarray:
        """List everyone with a number who lived here at some time while the logs ran."""
        pids = np.unique(self._window["pid"].to_numpy())
        return np.asarray(pids[self.number[pids] != ""])

    @cached_property
    def adults(self) -> np.ndarray:
        """List the inhabitants of full age before the logs begin: those whom tax knows."""
        born = self.city.people["birth"].to_numpy().astype("datetime64[D]")[self.inhabitants]
        return np.asarray(self.inhabitants[born < FIRST - ADULT_YEARS * 366])

    @cached_property
    def number(self) -> np.ndarray:
        """Give each person's 宛名番号."""
        return np.asarray(self.city.people["person_id"], dtype=object)

    @cached_property
    def household_number(self) -> np.ndarray:
        """Give each household's 世帯番号."""
        return np.asarray(self.city.household_ids, dtype=object)

    def text(self, column: str) -> np.ndarray:
        """Give a text column of the people."""
        return np.asarray(self.city.people[column], dtype=object)

    def draw(self, pool: np.ndarray, times: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw for each time somebody of `pool` who lives here on that day, without regard to who asks."""
        subject = rng.choice(pool, len(times))
        away = np.flatnonzero(self.household(subject, times) < 0)
        for _ in range(ROUNDS):
            if not len(away):
                break
            subject[away] = rng.choice(pool, len(away))
            away = away[self.household(subject[away], times[away]) < 0]
        return subject

    def members(self, households: np.ndarray) -> pd.DataFrame:
        """List household, pid, start and end of everyone who ever lived in these households."""
        return self.stays[self.stays["household"].isin(households)]

    @cached_property
    def homes(self) -> np.ndarray:
        """List the households that live from before the logs begin to after they end, institutions aside."""
        first, last = day_number(np.array([FIRST, LAST]))
        through = (self.stays["start"] <= first) & (self.stays["end"] > last)
        homes = np.unique(self.stays.loc[through, "household"].to_numpy())
        return homes[~np.isin(homes, self.city.institutions)]
