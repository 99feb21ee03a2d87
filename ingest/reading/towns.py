"""The municipality's own towns and name, as its registers tell them."""

import re
from collections import Counter
from collections.abc import Iterable

import duckdb

from japanese.addresses import Towns
from japanese.places import DISTRICT, read_place

CHOME = re.compile("(?<=..)[0-9０-９一二三四五六七八九十]+丁目$")
# A sample is enough to hear the municipality's name; a million texts would only take longer.
TEXTS = """
(SELECT DISTINCT address AS text FROM staff ORDER BY 1 LIMIT 2000) UNION ALL
(SELECT DISTINCT honseki FROM resident WHERE honseki <> '' ORDER BY 1 LIMIT 2000) UNION ALL
(SELECT DISTINCT previous_address FROM resident WHERE reason = 'move' ORDER BY 1 LIMIT 2000)
"""


def read_towns(con: duckdb.DuckDBPyConnection) -> Towns:
    """Learn the municipality's towns from the register, and its name from what stands before them in addresses."""
    towns = [town for (town,) in con.sql("SELECT DISTINCT town FROM resident WHERE town <> '' ORDER BY 1").fetchall()]
    return Towns(towns, *home((text for (text,) in con.sql(TEXTS).fetchall()), towns))


def home(texts: Iterable[str], towns: Iterable[str]) -> tuple[str, str]:
    """Give the word that most often stands right before one of the municipality's own towns, and its prefecture."""
    own = sorted({name for town in towns for name in (town, CHOME.sub("", town)) if name}, key=_longest)
    heads: Counter[str] = Counter()
    prefectures: dict[str, Counter[str]] = {}
    for text in texts:
        at = next((text.find(town) for town in own if town in text), 0)
        prefecture = read_place(text[:at]).prefecture
        head = DISTRICT.sub("", text[:at].removeprefix(prefecture))
        if head.endswith(("市", "区", "町", "村")):
            heads[head] += 1
            prefectures.setdefault(head, Counter())[prefecture] += 1
    name = min(heads, key=lambda head: (-heads[head], -len(head), head), default="")
    return name, _commonest(prefectures.get(name, Counter()))


def _longest(town: str) -> tuple[int, str]:
    return -len(town), town


def _commonest(prefectures: Counter[str]) -> str:
    told = {name: count for name, count in prefectures.items() if name}
    return min(told, key=lambda name: (-told[name], name), default="")
