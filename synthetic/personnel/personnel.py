"""What HR has on file: names, kana, birth dates and addresses, with the errors such files have."""

import numpy as np
import pandas as pd

from synthetic.exports import half_kana
from synthetic.personnel.whereabouts import NOWHERE, Whereabouts, invented
from synthetic.population.city import City
from synthetic.registers import slips
from synthetic.settings import WorkRates
from synthetic.staff.roster import LAST
from synthetic.work.town import Town

VARIANTS = str.maketrans("髙﨑邊邉齋齊濵濱澤廣櫻嶋冨眞德惠國", "高崎辺辺斎斉浜浜沢広桜島富真徳恵国")
FOREIGN_AS_REGISTERED, FOREIGN_BY_ALIAS = 0.4, 0.3  # shares; the rest in letters, turned round


def personnel(town: Town, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Give for each member of staff what HR has on file: name, kana, former, birth (text), address."""
    former = _former_names(town.city, staff, rates, rng)
    surname = former["surname"].fillna(staff["surname"])
    kana = former["surname_kana"].fillna(staff["surname_kana"]) + "　" + staff["given_kana"]
    name = surname + "　" + slips.wrong_given(staff["given"], town.text("given"), rates.given_wrong, rng)
    plain = rng.random(len(staff)) < rates.variants_simplified
    name = name.where(~plain, name.map(lambda text: text.translate(VARIANTS)))
    name = name.where(~staff["pid"].isin(_foreigners(town.city).index), _foreign_names(town.city, staff, rng))
    columns = {"name": name, "kana": _kana(kana, rates, rng), "former": former["surname"].notna()}
    columns["birth"] = pd.Series(_births(staff, rates, rng), index=staff.index)
    return pd.DataFrame(columns | {"address": _addresses(town, staff, columns["former"], rates, rng)})


def _foreigners(city: City) -> pd.DataFrame:
    return city.people[city.people["foreign"].to_numpy(bool)]


def _foreign_names(city: City, staff: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Write foreigners as HR does: as registered, with the parts of the name in another order, or under their 通称."""
    people = _foreigners(city).reindex(staff["pid"].to_numpy()).set_axis(staff.index)
    registered = people["surname"] + "　" + people["given"]
    letters = people["latin_name"].fillna("")
    turned = letters.str.replace(r"^(\S+)\s+(.+)$", r"\2 \1", regex=True)
    chance = rng.random(len(staff))
    found = registered.where((chance < FOREIGN_AS_REGISTERED) | (letters == ""), turned)
    alias = people["alias"].fillna("")
    return found.mask((alias != "") & (chance >= 1 - FOREIGN_BY_ALIAS), alias)


def _former_names(city: City, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Find the last other 氏 of those who work under it (旧姓使用)."""
    names = city.names[city.names["pid"].isin(staff["pid"])].sort_values(["pid", "start"], kind="stable")
    now = staff.loc[staff["pid"] >= 0].set_index("pid")["surname"]
    others = names[names["surname"] != names["pid"].map(now)].drop_duplicates("pid", keep="last").set_index("pid")
    former = others.reindex(staff["pid"].to_numpy())[["surname", "surname_kana"]].set_axis(staff.index)
    return former[rng.random(len(staff)) < rates.former_name_used].reindex(staff.index)


def _kana(kana: pd.Series, rates: WorkRates, rng: np.random.Generator) -> np.ndarray:
    slipped = kana.map(lambda text: slips.slip(text, rng))
    kana = kana.where(rng.random(len(kana)) >= rates.kana_slip, slipped)
    return half_kana(kana.where(rng.random(len(kana)) >= rates.kana_missing, "").to_numpy(dtype=object))


def _births(staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> np.ndarray:
    """Give birth dates as HR has them (NaT: none): swapped, one off or ten off where wrong."""
    birth = slips.wrong_births(staff["birth"].to_numpy(), rates.birth_wrong, rng)
    birth[rng.random(len(birth)) < rates.birth_missing] = np.datetime64("NaT")
    return np.asarray(birth)


def _addresses(
    town: Town, staff: pd.DataFrame, former: pd.Series, rates: WorkRates, rng: np.random.Generator
) -> np.ndarray:
    """Write each address in one of six styles; some are old, some wrong, some without their room."""
    pid, day = staff["pid"].to_numpy(dtype=int), np.full(len(staff), LAST)
    known = Whereabouts(town, pid[pid >= 0])
    now, before = known.now(pid, day), known.before(pid, day)
    chance, some = rng.random(len(pid)), rng.integers(0, len(town.city.places), len(pid))
    twice = 2 if rates.hr_errors > 1 else 1
    old = (chance < rates.address_old * np.where(former, twice, 1)) & (before != NOWHERE)
    wrong = (chance > 1 - rates.address_elsewhere) & (now != NOWHERE)
    place = np.select([old, wrong], [before, some], now)
    away = known.elsewhere(pid, day)
    away = np.where(away == "", invented(len(pid), rng), away)
    roomless = rng.random(len(pid)) < rates.room_missing
    outside = (place == NOWHERE) | (rng.random(len(pid)) < rates.address_outside)
    return np.where(outside, away, known.written(place, roomless, rng))
