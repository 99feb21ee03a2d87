"""What the resident register has wrong of its people, and who is in it twice: under an older number too (J7)."""

from dataclasses import dataclass

import numpy as np

from synthetic.population.city import City
from synthetic.population.register_rates import RegistryRates
from synthetic.population.tables import FIRST_PERSON, numbered
from synthetic.population.timeline import day_number
from synthetic.registers import slips
from synthetic.registers.register_events import stays_of
from synthetic.staff.roster import FIRST


@dataclass(frozen=True)
class RegisterSlips:
    """By person: names and birth day as the resident register has them, and the older number, empty where none."""

    given: np.ndarray
    given_kana: np.ndarray
    birth: np.ndarray
    former: np.ndarray
    back: np.ndarray
    """The day number on which who has an older number came back under the newer."""


def register_slips(city: City, rates: RegistryRates, rng: np.random.Generator) -> RegisterSlips:
    """Choose what is wrong of whom; names of foreigners are copied from their papers."""
    people = city.people
    native = ~people["foreign"].to_numpy(bool)
    given = slips.wrong_given(people["given"], people["given"].to_numpy(object), rates.register_given_wrong, rng)
    kana = people["given_kana"].to_numpy(object).copy()
    for n in np.flatnonzero((rng.random(len(people)) < rates.register_kana_slip) & native):
        kana[n] = slips.slip(kana[n], rng)
    birth = slips.wrong_births(people["birth"].to_numpy(), rates.register_birth_wrong, rng)
    own = people["given"].to_numpy(object)
    former, back = _twice(city, rates.two_person_numbers, rng)
    return RegisterSlips(np.where(native, given, own), kana, day_number(birth), former, back)


def _twice(city: City, share: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Choose among who came back before the logs begin; their older numbers follow those of everybody."""
    stays = stays_of(city)
    came_back = stays[~stays["continues"] & stays["pid"].eq(stays["pid"].shift())]
    last = came_back.groupby("pid")["start"].max()
    last = last[last < day_number(np.array([FIRST]))[0]]
    chosen = last[rng.random(len(last)) < share]
    former, back = np.full(len(city.people), "", object), np.zeros(len(city.people), np.int64)
    everybody = int((city.people["person_id"] != "").sum())
    former[chosen.index] = numbered(everybody + len(chosen), FIRST_PERSON)[everybody:]
    back[chosen.index] = chosen.to_numpy()
    return former, back
