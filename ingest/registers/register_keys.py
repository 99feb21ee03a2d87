"""The key of a 戸籍 (K5): 本籍 and 筆頭者 folded so that two registers' spellings of one place and name meet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

import pyarrow as pa

from graph.steps.step import Stage, Step
from japanese import names, numerals
from japanese.invisible import visible
from japanese.places import read_place, without_prefecture

KANJI_NUMBER = re.compile(f"[{numerals.SIGNS}]+(?=丁目|番|号|[のノ-]|$)")
DASHES = re.compile(r"(?<=\d)(?:丁目|番地の|番地|番|号|の|[‐－−ー―–—-])+")
SPACE = re.compile(r"\s")
NOWHERE = ("", "なし", "不明", "無し", "不詳")
PLACE_TEXT = """
SELECT text FROM (
    SELECT DISTINCT honseki AS text FROM resident
    UNION SELECT DISTINCT unnest([honseki, prior_honseki, new_honseki]) FROM koseki_entry
    UNION SELECT DISTINCT unnest([honseki, counterpart_honseki]) FROM koseki_event
    UNION SELECT DISTINCT honseki FROM koseki_address
) WHERE text IS NOT NULL
"""

NAME_TEXT = """
SELECT text FROM (
    SELECT DISTINCT unnest([name, register_head, former_surname]) AS text FROM resident
    UNION SELECT DISTINCT unnest([register_head, prior_head, new_head, given_name, father, mother, adoptive_father,
                                  adoptive_mother]) FROM koseki_entry
    UNION SELECT DISTINCT unnest([register_head, given_name, counterpart, counterpart_head]) FROM koseki_event
    UNION SELECT DISTINCT unnest([register_head, given_name]) FROM koseki_address
) WHERE text IS NOT NULL
"""

GENEALOGY_LINE = """
SELECT source, file, line, text, written FROM genealogy WHERE seen_until IS NULL
ORDER BY source, file, line
"""

SPELLINGS = Stage(
    "spellings",
    "What is read letter by letter, once a text: places, names, 続柄, genealogies.",
    (
        Step("place_text", PLACE_TEXT, why="Every spelling of a 本籍.", kind="VIEW"),
        Step("name_text", NAME_TEXT, why="Every spelling of a name.", kind="VIEW"),
        Step("kept_place", "SELECT DISTINCT honseki FROM koseki_entry",
             why="The registers kept here tell the municipality's own name (K6).", kind="VIEW"),
        Step("relation_text", "SELECT DISTINCT relation, relation_codes FROM resident",
             why="Every 続柄 as text and as codes.", kind="VIEW"),
        Step("genealogy_line", GENEALOGY_LINE, why="The lines of every genealogy in their order.", kind="VIEW"),
    ),
    results=("place_text", "name_text", "kept_place", "relation_text", "genealogy_line"),
)  # fmt: skip

WRITTEN_REGISTER = """
SELECT w.honseki, w.head, h.key AS head_key,
       CASE WHEN p.key = '' OR h.key IN ('', 'なし', '不明') THEN '' ELSE p.key || '|' || h.key END AS reg
FROM (
    SELECT honseki, register_head AS head FROM resident
    UNION SELECT unnest([honseki, prior_honseki, new_honseki]), unnest([register_head, prior_head, new_head])
        FROM koseki_entry
    UNION SELECT unnest([honseki, counterpart_honseki]), unnest([register_head, counterpart_head]) FROM koseki_event
    UNION SELECT honseki, register_head FROM koseki_address
) w JOIN place p ON p.text = w.honseki JOIN name h ON h.text = w.head
"""

DELIVERY = """
SELECT source, file, CAST(date_trunc('month', min(day)) AS DATE) AS spoken FROM delivered GROUP BY source, file
"""

UNREAD_ROW = """
SELECT DISTINCT u.what, r.file, r.line FROM resident r JOIN unread_relation u USING (relation, relation_codes)
ORDER BY r.file, r.line, u.what
"""

KEYS = Stage(
    "keys",
    "What stands for a 戸籍 however it is written, when each file spoke, and which 続柄 nobody can read.",
    (
        Step("written_register", WRITTEN_REGISTER,
             why="J1: a register needs both halves of its key; half a key is none."),
        Step("delivery", DELIVERY,
             why="What a register tells without a day had happened by the month in which it was delivered."),
        Step("unread_row", UNREAD_ROW, why="E12: rows whose 続柄 is no term of the grammar, or names no side."),
    ),
    results=("written_register", "delivery", "unread_row"),
)  # fmt: skip

TEXT = pa.string()


@cache
def key(text: str) -> str:
    """Give the comparison key of a 本籍; empty where it names no place (J1).

    >>> key("青原県南沢郡椋川町本町一丁目１２番地") == key("椋川町本町1丁目12番地")
    True
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", visible(text)))
    if plain in NOWHERE:
        return ""
    plain = KANJI_NUMBER.sub(lambda run: numerals.value(run[0]) or run[0], without_prefecture(plain))
    return DASHES.sub("-", plain).rstrip("-").replace("大字", "")


def named(texts: Sequence[str]) -> pa.Table:
    """Give a table (text, key, given): every spelling of a name, folded once."""
    given = [names.fold(names.split(text)[1]) if SPACE.search(text) else "" for text in texts]
    keys = [names.fold(text) for text in texts]
    return pa.table({"text": pa.array(texts, TEXT), "key": pa.array(keys, TEXT), "given": pa.array(given, TEXT)})


def placed(texts: Sequence[str], prefecture: str, name: str) -> pa.Table:
    """Give a table (text, key) of 本籍 or addresses, at home without the municipality's name."""
    keys = [_at_home(key(text), prefecture, name) for text in texts]
    return pa.table({"text": pa.array(texts, TEXT), "key": pa.array(keys, TEXT)})


def _at_home(key: str, prefecture: str, name: str) -> str:
    """Leave out one's own municipality; a namesake in another prefecture is not it."""
    return key.removeprefix(prefecture).removeprefix(name) if key.startswith((name, prefecture + name)) else key


def home(kept: Sequence[str]) -> tuple[str, str]:
    """Give the municipality's prefecture and name, whose 戸籍 are all its own (K6): a register at home may leave both
    out."""
    places = [read_place(re.sub(r"\s", "", unicodedata.normalize("NFKC", visible(text)))) for text in kept]
    heads = Counter(place.municipality for place in places if place.municipality)
    name, count = min(heads.items(), key=lambda head: (-head[1], head[0]), default=("", 0))
    told = Counter(place.prefecture for place in places if place.prefecture and place.municipality == name)
    prefecture = min(told, key=lambda each: (-told[each], each), default="")
    return (prefecture, name) if count * 10 >= len(kept) * 9 else ("", "")
