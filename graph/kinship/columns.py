"""Columns as a store gives them, whatever wrote them, and their words as numbers."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def plain(table: pa.Table) -> pa.Table:
    """Let every text be of one Arrow type, whatever wrote the table."""
    large = [name for name, type_ in zip(table.column_names, table.schema.types, strict=True) if _is_large(type_)]
    for name in large:
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    return table


def in_order(column: pa.ChunkedArray) -> bool:
    """Say whether each id is less than the next."""
    ids = column.combine_chunks()
    return len(ids) < 2 or bool(pc.all(pc.less(ids[:-1], ids[1:])).as_py())


def codes(column: pa.ChunkedArray, words: tuple[str, ...]) -> np.ndarray:
    """Give each word's place among some words."""
    return pc.index_in(column, pa.array(words, pa.string())).to_numpy().astype(np.int8)


def _is_large(type_: pa.DataType) -> bool:
    return pa.types.is_large_string(type_) or pa.types.is_dictionary(type_)
