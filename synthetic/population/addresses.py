"""Addresses: invented towns, lots and flats of this municipality, and places elsewhere."""

from dataclasses import dataclass

import numpy as np
from faker import Faker

from synthetic.population import curves
from synthetic.population.names import words
from synthetic.population.state import ADDRESSES, stream

TOWN_HEADS = words(
    "桜野 若葉 緑野 青葉 朝日野 松風 竹原 梅園 富士見野 宮前 寺西 川辺 橋詰 柳原 藤枝 菊水 楠葉 栗原 榎本 椿台",
    "北浜 南風 東雲 西野 中里 上野台 下川原 新橋本 本郷 古市場 大和田 小池 長尾 広瀬 平松 岩代 泉野 滝見 森下 月見",
)
TOWN_TAILS = ("町", "台", "東", "西", "南", "北", "元町", "新町", "本町", "丘")
TOWN_PARTS = ("", "上", "中", "下", "奥")  # a city of millions has 上桜野町 beside 桜野町
KANJI_NUMBERS = "一二三四五"
CHOME = 5
BLOCKS, LOTS_PER_BLOCK = 40, 24  # 番 of a 丁目, 号 of a 番
FLOORS, ROOMS = 7, 9
FLATS_PER_BUILDING = (6, 40)
ELSEWHERE = words(
    "大阪府大阪市北区 大阪府堺市堺区 大阪府東大阪市 大阪府豊中市 大阪府高槻市",
    "兵庫県神戸市灘区 兵庫県尼崎市 兵庫県西宮市",
    "兵庫県姫路市 京都府京都市左京区 京都府宇治市 奈良県奈良市 奈良県橿原市 和歌山県和歌山市 滋賀県大津市 滋賀県草津市",
    "三重県津市 愛知県名古屋市千種区 愛知県豊橋市 岐阜県岐阜市 岡山県岡山市北区 広島県福山市 香川県高松市 徳島県徳島市",
    "愛媛県松山市 福岡県福岡市南区 鹿児島県鹿児島市 沖縄県那覇市 東京都世田谷区 東京都練馬区 神奈川県横浜市緑区",
    "神奈川県川崎市高津区 埼玉県川越市 千葉県柏市 静岡県浜松市中区 石川県金沢市 長野県松本市 新潟県長岡市",
    "北海道札幌市豊平区",
)
ELSEWHERE_TOWNS = words("栄町 本町 旭町 幸町 若松町 緑町 末広町 錦町 寿町 泉町 花園町 春日町")


@dataclass(frozen=True)
class Addresses:
    """Address texts by address number."""

    town: np.ndarray
    number: np.ndarray
    building: np.ndarray


def write(years: np.ndarray, seed: int) -> Addresses:
    """Give every address a lot of its own, or a flat in a building that it shares with others."""
    rng = stream(seed, ADDRESSES)
    count = len(years)
    flat = rng.random(count) < np.interp(years, *curves.FLATS)
    building, room = _buildings(flat, rng)
    lot = np.where(flat, building, building.max(initial=-1) + 1 + np.cumsum(~flat))
    towns = _towns(int(lot.max(initial=0)) + 1)
    place = rng.permutation(len(towns) * BLOCKS * LOTS_PER_BLOCK)[lot]
    chome, within = np.divmod(place, BLOCKS * LOTS_PER_BLOCK)
    block, number = np.divmod(within, LOTS_PER_BLOCK)
    text = [f"{b + 1}番{n + 1}号" for b, n in zip(block.tolist(), number.tolist(), strict=True)]
    titles = _titles(seed)
    names = [
        f"{titles[b % len(titles)]}{TOWN_HEADS[b % 37]}{r}" if f else ""
        for b, r, f in zip(building.tolist(), room.tolist(), flat.tolist(), strict=True)
    ]
    return Addresses(towns[chome], np.array(text, object), np.array(names, object))


def _buildings(flat: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Fill buildings of 6 to 40 flats one after another; flats that stand near each other are of one time."""
    flats = int(flat.sum())
    capacity = rng.integers(*FLATS_PER_BUILDING, flats // FLATS_PER_BUILDING[0] + 1)
    ends = np.cumsum(capacity)
    building = np.searchsorted(ends, np.arange(flats), side="right")
    place = np.arange(flats) - (ends - capacity)[building]
    floor, room = np.divmod(place, ROOMS)
    columns = np.full((2, len(flat)), -1)
    columns[0, flat], columns[1, flat] = building, (floor + 1) * 100 + room + 1
    return columns[0], columns[1]


def _towns(lots: int) -> np.ndarray:
    """List as many 町丁目 as the lots need, with some to spare."""
    wanted = lots // (BLOCKS * LOTS_PER_BLOCK * 4 // 5) + 1
    names = [f"{part}{head}{tail}" for part in TOWN_PARTS for tail in TOWN_TAILS for head in TOWN_HEADS]
    chome = [f"{name}{number}丁目" for name in names for number in KANJI_NUMBERS[:CHOME]]
    return np.array(chome[:wanted], object)


def _titles(seed: int) -> list[str]:
    fake = Faker("ja_JP")
    fake.seed_instance(seed)
    return [fake.building_name() for _ in range(61)]


def elsewhere(codes: np.ndarray) -> np.ndarray:
    """Write an address in another municipality for each code."""
    unique, inverse = np.unique(codes, return_inverse=True)
    return np.array([_elsewhere(int(code)) for code in unique], object)[inverse]


def _elsewhere(code: int) -> str:
    code, city = divmod(code, len(ELSEWHERE))
    code, town = divmod(code, len(ELSEWHERE_TOWNS))
    code, chome = divmod(code, CHOME)
    code, block = divmod(code, BLOCKS)
    return f"{ELSEWHERE[city]}{ELSEWHERE_TOWNS[town]}{chome + 1}丁目{block + 1}番{code % LOTS_PER_BLOCK + 1}号"
