"""What HR has on file: names, kana, birth dates and addresses, with the errors such files have."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ingest.synthetic.city import CITY_NAME, PREFECTURE, City
from ingest.synthetic.exports import half_kana
from ingest.synthetic.roster import LAST
from ingest.synthetic.settings import WorkRates
from ingest.synthetic.town import Town

VARIANTS = str.maketrans("髙﨑邊邉齋齊濵濱澤廣櫻嶋冨眞德惠國", "高崎辺辺斎斉浜浜沢広桜島富真徳恵国")
SLIPS = str.maketrans("ガギグゲゴザジズゼゾダデドバビブベボッャュョ", "カキクケコサシスセソタテトハヒフヘホツヤユヨ")
SMALL_SLIPS = str.maketrans("カキクケコサシスセソタテトハヒフヘホ", "ガギグゲゴザジズゼゾダデドバビブベボ")
ELSEWHERE = ("深見市港南", "深見市緑町", "青原市本町", "青原市東台", "南沢町栄", "三崎市浜田")
DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI_DIGITS = dict(zip("123456789", "一二三四五六七八九", strict=True))


def personnel(town: Town, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Give for each member of staff what HR has on file: name, kana, former, birth (text), address."""
    former = _former_names(town.city, staff, rates, rng)
    surname = former["surname"].fillna(staff["surname"])
    kana = former["surname_kana"].fillna(staff["surname_kana"]) + "　" + staff["given_kana"]
    name = surname + "　" + _wrong_given(staff["given"], town, rates, rng)
    plain = rng.random(len(staff)) < rates.variants_simplified
    name = name.where(~plain, name.map(lambda text: text.translate(VARIANTS)))
    columns = {"name": name, "kana": _kana(kana, rates, rng), "former": former["surname"].notna()}
    columns["birth"] = pd.Series(_births(staff, rates, rng), index=staff.index)
    return pd.DataFrame(columns | {"address": _addresses(town, staff, rates, rng)})


def _former_names(city: City, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Find the last other 氏 of those who work under it (旧姓使用)."""
    names = city.names[city.names["pid"].isin(staff["pid"])].sort_values(["pid", "start"], kind="stable")
    now = staff.loc[staff["pid"] >= 0].set_index("pid")["surname"]
    others = names[names["surname"] != names["pid"].map(now)].drop_duplicates("pid", keep="last").set_index("pid")
    former = others.reindex(staff["pid"].to_numpy())[["surname", "surname_kana"]].set_axis(staff.index)
    return former[rng.random(len(staff)) < rates.former_name_used].reindex(staff.index)


def _wrong_given(given: pd.Series, town: Town, rates: WorkRates, rng: np.random.Generator) -> pd.Series:
    """Exchange the last kanji of a few given names for one of another name."""
    other = pd.Series(rng.choice(town.text("given"), len(given)), index=given.index)
    return given.where(rng.random(len(given)) >= rates.given_wrong, given.str[:-1] + other.str[-1])


def _kana(kana: pd.Series, rates: WorkRates, rng: np.random.Generator) -> np.ndarray:
    slipped = kana.map(lambda text: _slip(text, rng))
    kana = kana.where(rng.random(len(kana)) >= rates.kana_slip, slipped)
    return half_kana(kana.where(rng.random(len(kana)) >= rates.kana_missing, "").to_numpy(dtype=object))


def _slip(text: str, rng: np.random.Generator) -> str:
    """Put or drop one voicing mark, or swap the last two kana where there is nothing to voice."""
    places = [n for n, c in enumerate(text) if c.translate(SLIPS) != c or c.translate(SMALL_SLIPS) != c]
    if not places:
        return text[:-2] + text[:-3:-1]
    n = int(rng.choice(places))
    changed = text[n].translate(SLIPS)
    return text[:n] + (changed if changed != text[n] else text[n].translate(SMALL_SLIPS)) + text[n + 1 :]


def _births(staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> np.ndarray:
    """Give birth dates as HR has them (NaT: none): swapped, one off or ten off where wrong."""
    birth = staff["birth"].to_numpy().astype("datetime64[D]").copy()
    for n in np.flatnonzero(rng.random(len(birth)) < rates.birth_wrong):
        year, month, day = str(birth[n]).split("-")
        swapped = int(day) <= 12 and rng.random() < 0.4 and day != month
        shift = int(rng.choice([-10, -1, 1, 10]))
        birth[n] = np.datetime64(f"{year}-{day}-{month}") if swapped else birth[n] + shift
    birth[rng.random(len(birth)) < rates.birth_missing] = np.datetime64("NaT")
    return np.asarray(birth)


def _addresses(town: Town, staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> list[str]:
    """Write each address in one of six styles; some are old, some wrong, some without their room."""
    pid = staff["pid"].to_numpy()
    home = town.household(np.maximum(pid, 0), np.full(len(pid), LAST))
    latest, previous = _places(town.city)
    chance, roomless = rng.random(len(pid)), rng.random(len(pid)) < rates.room_missing
    some = rng.choice(latest.index.to_numpy(), len(pid))
    addresses = []
    for n, household in enumerate(home):
        if not staff["resident"].iat[n] or household not in latest.index:
            addresses.append(_outside(rng))
            continue
        old = chance[n] < rates.address_old and int(pid[n]) in previous
        elsewhere = not old and chance[n] > 1 - rates.address_elsewhere
        now = latest.loc[some[n] if elsewhere else household]
        town_name, number, building = previous[int(pid[n])] if old else now
        addresses.append(styled(town_name, number, "" if roomless[n] else building, int(rng.integers(0, 6))))
    return addresses


def _places(city: City) -> tuple[pd.DataFrame, dict[int, tuple[str, str, str]]]:
    """Give the present place of each household, and the place before the last move of each resident."""
    places = city.places.sort_values(["household", "start"], kind="stable")
    latest = places.drop_duplicates("household", keep="last").set_index("household")[["town", "number", "building"]]
    stays = city.stays.sort_values(["pid", "start"], kind="stable")
    lived = stays.merge(places, on="household", suffixes=("", "_place"))
    lived["since"] = lived[["start", "start_place"]].max(axis=1)
    lived = lived[lived["since"] < lived["end"].fillna(pd.Timestamp("2200-01-01"))]
    lived = lived.sort_values(["pid", "since"], kind="stable")
    before = lived[lived["pid"].duplicated(keep="last")].drop_duplicates("pid", keep="last")
    rows = before[["pid", "town", "number", "building"]].itertuples(index=False)
    return latest, {int(pid): (town, number, building) for pid, town, number, building in rows}


def _outside(rng: np.random.Generator) -> str:
    first, second, third = rng.integers(1, 9), rng.integers(1, 30), rng.integers(1, 25)
    return f"{ELSEWHERE[int(rng.integers(0, len(ELSEWHERE)))]}{first}丁目{second}番{third}号"


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
