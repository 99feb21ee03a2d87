"""Names as the registers write them, and where a 戸籍 is kept: old characters, phantom parents, 本籍."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from synthetic.exports import HALF_WIDTH
from synthetic.population.city import CITY_NAME, PREFECTURE, City
from synthetic.population.register_rates import RegistryRates
from synthetic.population.timeline import Timeline, day_number
from synthetic.registers.family_registers import FamilyRegisters

OLD = str.maketrans("高崎辺斎沢浜島富広国桜", "髙﨑邊齋澤濱嶋冨廣國櫻")
KOSEKI_ONLY = OLD | str.maketrans({"吉": "𠮷", "辻": "辻\U000e0100", "葛": "葛\U000e0100"})  # no CP932 for these
PLAIN_STYLE, OLD_STYLE, KOSEKI_STYLE = range(3)
SAME_ADDRESS = 0.4  # share of new 戸籍 at the very 本籍 of the one before
LAST_NUMBER = 150
GENERATION = np.timedelta64(28 * 365, "D")
SAME_GENERATION = 400  # so many people born next have names of one fashion
KNOWN_ADDRESSES = 5_000  # of people elsewhere, enough to know the places they come from
ELSEWHERE = f"{PREFECTURE}東縁市元町"  # where nobody's former address is known
FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


class RegisterNames:
    """Writes names: 氏 by day and by the spelling of the family whose 戸籍 a person stands in."""

    def __init__(
        self,
        city: City,
        books: FamilyRegisters,
        rates: RegistryRates,
        given_kana: np.ndarray,
        rng: np.random.Generator,
    ) -> None:
        """Choose each family's spelling and the names of parents who are nobody's record."""
        names, registers = city.names, books.registers
        self._on_day = Timeline(names["pid"], day_number(names["start"]))
        self._surnames = _spellings(names["surname"])
        self._half_kana = _translated(names["surname_kana"], HALF_WIDTH)
        self.given = city.people["given"].to_numpy(object)
        self._given_half_kana = _translated(pd.Series(given_kana), HALF_WIDTH)
        prior = registers["prior"].to_numpy(np.int64)
        draw = rng.random(len(registers))[_roots(np.where(prior < 0, np.arange(len(prior)), prior))]
        only = draw < rates.old_characters + rates.koseki_only_characters
        style = np.where(draw < rates.old_characters, OLD_STYLE, np.where(only, KOSEKI_STYLE, PLAIN_STYLE))
        self._style = np.append(style, PLAIN_STYLE)  # register -1: in none
        self._phantoms = {sex: _parent_names(city.people, sex, rng) for sex in "FM"}

    def surname(self, pid: np.ndarray, day: np.ndarray, register: np.ndarray, koseki: bool = False) -> np.ndarray:
        """Write the 氏 a person has on a day, in the spelling of a register."""
        row = self._on_day.row(pid, day)
        style = self._style[register]
        style = np.where((style == KOSEKI_STYLE) & ~np.array(koseki), PLAIN_STYLE, style)
        return np.where(row >= 0, self._surnames[style, row], "")

    def change(self, pid: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Give a number that differs where a person's 氏 does."""
        return self._on_day.row(pid, day)

    def half_kana(self, pid: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Write the reading of 氏 and 名 in half width."""
        return np.asarray(self._half_kana[self._on_day.row(pid, day)] + " " + self._given_half_kana[pid], object)

    def phantom(self, pid: np.ndarray, sex: str) -> np.ndarray:
        """Give the 名 of a parent who is no person of this city."""
        return np.asarray(self._phantoms[sex][pid])


def _translated(texts: pd.Series, table: Mapping[int, int | str]) -> np.ndarray:
    """Translate each distinct text once."""
    codes, distinct = pd.factorize(texts)
    return np.asarray(np.array([str(text).translate(table) for text in distinct], object)[codes])


def _spellings(surnames: pd.Series) -> np.ndarray:
    """Write every surname plainly, in old characters, and in those only 戸籍 has (style, row)."""
    return np.stack([_translated(surnames, table) for table in ({}, OLD, KOSEKI_ONLY)])


def _parent_names(people: pd.DataFrame, sex: str, rng: np.random.Generator) -> np.ndarray:
    """Draw for each person the 名 of a parent nobody recorded: one usual among people born a generation earlier."""
    bearers = people[(people["sex"] == sex) & ~people["foreign"].astype(bool)].sort_values("birth", kind="stable")
    if bearers.empty:
        return np.asarray(people["given"], object)
    place = np.searchsorted(bearers["birth"].to_numpy(), people["birth"].to_numpy() - GENERATION)
    place += rng.integers(0, SAME_GENERATION, len(people))
    return np.asarray(bearers["given"].to_numpy(object)[np.minimum(place, len(bearers) - 1 - place % 2)])


def _roots(parent: np.ndarray) -> np.ndarray:
    """Follow each row's pointer to the row that points to itself."""
    while not np.array_equal(parent, parent[parent]):
        parent = parent[parent]
    return parent


class Honseki:
    """本籍 and 筆頭者 of every register, and which registers this municipality keeps."""

    def __init__(
        self, city: City, books: FamilyRegisters, names: RegisterNames, rates: RegistryRates, rng: np.random.Generator
    ) -> None:
        """Place every register."""
        registers = books.registers
        n, head = len(registers), registers["head"].to_numpy(np.int64)
        prior = registers["prior"].to_numpy(np.int64)
        rooted = (prior < 0) | (np.append(head, -1)[prior] < 0) | (rng.random(n) >= rates.honseki_kept)
        root = _roots(np.where(rooted, np.arange(n), prior))
        self.inside = (rng.random(n)[root] >= rates.honseki_elsewhere) & (head >= 0)
        stays = ~rooted & (self.inside == np.append(self.inside, False)[prior]) & (rng.random(n) < SAME_ADDRESS)
        place = _roots(np.where(stays, prior, np.arange(n)))
        first = books.entries.drop_duplicates("register").set_index("register").reindex(np.arange(n))
        bearer = np.where(head >= 0, head, first["pid"].to_numpy(np.int64))
        given = np.where(head >= 0, names.given[bearer], names.phantom(bearer, "M"))
        made, itself = registers["made"].to_numpy(np.int64), np.arange(n)
        self.koseki_head = names.surname(bearer, made, itself, koseki=True) + given
        self.juki_head = names.surname(bearer, made, itself) + "　" + given
        town, number = _towns(city, self.inside, rng)[place], rng.integers(1, LAST_NUMBER + 1, n)[place]
        number = _parted(town, number, self.koseki_head)
        digits = np.array([str(value) for value in range(number.max(initial=0) + 1)], object)
        full = np.array([text.translate(FULL_DIGITS) for text in digits], object)
        self.juki = np.where(self.inside, CITY_NAME + town, town) + digits[number] + "番地"
        self.koseki = np.where(self.inside, PREFECTURE + CITY_NAME + town, town) + full[number] + "番地"


def _towns(city: City, inside: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw a town for each register: one of ours, or of a municipality people come from."""
    here = np.sort(city.places["town"].unique().astype(object))
    known = city.outside["address"].head(KNOWN_ADDRESSES).tolist()
    away = sorted({re.split("[0-9０-９]", str(text))[0] for text in known} - {""})
    there = np.array(away or [ELSEWHERE], object)
    return np.where(inside, rng.choice(here, len(inside)), rng.choice(there, len(inside)))


def _parted(town: np.ndarray, number: np.ndarray, head: np.ndarray) -> np.ndarray:
    """Move registers apart that would share 本籍 and 筆頭者, the only key they have (K5)."""
    twins = pd.DataFrame({"town": town, "number": number, "head": head}).groupby(["town", "number", "head"])
    return np.asarray(number + LAST_NUMBER * twins.cumcount().to_numpy())
