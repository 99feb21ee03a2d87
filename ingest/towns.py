"""The municipality's own towns and name, as its registers tell them."""

from collections import Counter
from collections.abc import Iterable

import duckdb

from ingest.text.addresses import Towns

# A sample is enough to hear the municipality's name; a million texts would only take longer.
TEXTS = """
(SELECT DISTINCT address AS text FROM staff ORDER BY 1 LIMIT 2000) UNION ALL
(SELECT DISTINCT honseki FROM resident WHERE honseki <> '' ORDER BY 1 LIMIT 2000) UNION ALL
(SELECT DISTINCT previous_address FROM resident WHERE reason = 'move' ORDER BY 1 LIMIT 2000)
"""


def read_towns(con: duckdb.DuckDBPyConnection) -> Towns:
    """Learn the municipality's towns from the register, and its name from what stands before them in addresses."""
    towns = [town for (town,) in con.sql("SELECT DISTINCT town FROM resident WHERE town <> '' ORDER BY 1").fetchall()]
    return Towns(towns, municipality((text for (text,) in con.sql(TEXTS).fetchall()), towns))


def municipality(texts: Iterable[str], towns: Iterable[str]) -> str:
    """Give the word that most often stands right before one of the municipality's own towns."""
    own = sorted(towns, key=len, reverse=True)
    heads: Counter[str] = Counter()
    for text in texts:
        at = next((text.find(town) for town in own if town in text), 0)
        head = text[:at].split("郡")[-1].split("県")[-1].split("府")[-1]
        if head.endswith(("市", "区", "町", "村")):
            heads[head] += 1
    return min(heads, key=lambda head: (-heads[head], -len(head), head), default="")
