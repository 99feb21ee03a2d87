"""The key of a 戸籍 (K5): 本籍 and 筆頭者 folded so that two registers' spellings of one place and name meet."""

import re
import unicodedata
from collections import Counter
from functools import cache

import duckdb
import pyarrow as pa

from japanese import names, numerals
from japanese.invisible import visible
from japanese.places import read_place, without_prefecture

KANJI_NUMBER = re.compile(f"[{numerals.SIGNS}]+(?=丁目|番|号|[のノ-]|$)")
DASHES = re.compile(r"(?<=\d)(?:丁目|番地の|番地|番|号|の|[‐－−ー―–—-])+")
# A register needs both halves of its key; half a key is none (J1).
REGISTER_KEY = """
    CREATE OR REPLACE TEMP MACRO register_key(place, head) AS
        CASE WHEN coalesce(place, '') = '' OR coalesce(head, '') IN ('', 'なし', '不明') THEN ''
            ELSE place || '|' || head END
"""
SPACE = re.compile(r"\s")
NOWHERE = ("", "なし", "不明", "無し", "不詳")
PLACES = """
    SELECT DISTINCT honseki AS text FROM resident
    UNION SELECT DISTINCT unnest([honseki, prior_honseki, new_honseki]) FROM koseki_entry
    UNION SELECT DISTINCT unnest([honseki, counterpart_honseki]) FROM koseki_event
    UNION SELECT DISTINCT honseki FROM koseki_address
"""
NAMES = """
    SELECT DISTINCT unnest([name, register_head, former_surname]) AS text FROM resident
    UNION SELECT DISTINCT unnest([register_head, prior_head, new_head, given_name, father, mother, adoptive_father,
                                  adoptive_mother]) FROM koseki_entry
    UNION SELECT DISTINCT unnest([register_head, given_name, counterpart, counterpart_head]) FROM koseki_event
    UNION SELECT DISTINCT unnest([register_head, given_name]) FROM koseki_address
"""


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


def write_keys(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_place(text, key)` and `r_name(text, key, given)`: every spelling in the registers, folded once."""
    write_places(con, "r_place", f"SELECT text FROM ({PLACES}) WHERE text IS NOT NULL")
    named = [text for (text,) in con.sql(f"SELECT text FROM ({NAMES}) WHERE text IS NOT NULL").fetchall()]
    given = [names.fold(names.split(text)[1]) if SPACE.search(text) else "" for text in named]
    _write(con, "r_name", {"text": named, "key": [names.fold(text) for text in named], "given": given})
    con.execute(REGISTER_KEY)


def write_places(con: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    """Write a table (text, key) of a query's texts: 本籍 or addresses, at home without the municipality's name."""
    home = _home(con)
    places = [text for (text,) in con.sql(query).fetchall()]
    _write(con, table, {"text": places, "key": [_at_home(key(text), *home) for text in places]})


def _at_home(key: str, prefecture: str, name: str) -> str:
    """Leave out one's own municipality; a namesake in another prefecture is not it."""
    return key.removeprefix(prefecture).removeprefix(name) if key.startswith((name, prefecture + name)) else key


def _home(con: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Give the municipality's prefecture and name, whose 戸籍 are all its own (K6): a register at home may leave both
    out."""
    kept = [text for (text,) in con.sql("SELECT DISTINCT honseki FROM koseki_entry").fetchall()]
    places = [read_place(re.sub(r"\s", "", unicodedata.normalize("NFKC", visible(text)))) for text in kept]
    heads = Counter(place.municipality for place in places if place.municipality)
    name, count = min(heads.items(), key=lambda head: (-head[1], head[0]), default=("", 0))
    told = Counter(place.prefecture for place in places if place.prefecture and place.municipality == name)
    prefecture = min(told, key=lambda each: (-told[each], each), default="")
    return (prefecture, name) if count * 10 >= len(kept) * 9 else ("", "")


def _write(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[str]]) -> None:
    con.register("spelled", pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM spelled")
    con.unregister("spelled")
