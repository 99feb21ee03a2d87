"""What a spreadsheet writes around a value so that it stays text, taken off: `="0012"` and `'0012` are 0012 (F14)."""

import pyarrow as pa
import pyarrow.compute as pc

FORMULA = r'^\s*="(.*)"\s*$'
APOSTROPHE = r"^\s*'(.*)$"
# In a text an apostrophe may be the writer's own, as in a name: it goes only from what is an id by its letters.
BEFORE_ID = r"^\s*'([0-9A-Za-z_.-]*[0-9][0-9A-Za-z_.-]*\s*)$"


def unwrapped(cells: pa.Array, kind: str) -> pa.Array:
    """Take off what a spreadsheet put around the cells of a column of this kind.

    >>> unwrapped(pa.array(['="0012"', "'0012", "0012"]), "id").to_pylist()
    ['0012', '0012', '0012']
    >>> unwrapped(pa.array(["'Z0012", "'Aisea"]), "text").to_pylist()
    ['Z0012', "'Aisea"]
    """
    if pc.any(pc.match_substring(cells, '="'), min_count=0).as_py():
        cells = pc.replace_substring_regex(cells, FORMULA, r"\1")
    if pc.any(pc.match_substring(cells, "'"), min_count=0).as_py():
        cells = pc.replace_substring_regex(cells, BEFORE_ID if kind == "text" else APOSTROPHE, r"\1")
    return cells
