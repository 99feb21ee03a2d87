"""Keys of whole columns: each distinct text is read once, however often the register repeats it."""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from japanese import kana
from japanese.addresses import Towns
from japanese.names import fold, split

BETWEEN = "\x1f"  # stands between the fields of one address
Column: TypeAlias = pa.Array | pa.ChunkedArray


def fold_column(names: Column) -> pa.Array:
    """Give the comparison key of every name; a null stays null, here and in every column below."""
    return read_column(names, fold)


def strict_column(readings: Column) -> pa.Array:
    """Give the kana key that counts as equal of every reading."""
    return read_column(readings, kana.strict)


def loose_column(readings: Column) -> pa.Array:
    """Give the weaker kana key of every reading."""
    return read_column(readings, kana.loose)


def split_columns(names: Column) -> tuple[pa.Array, pa.Array]:
    """Part every name at its space into surname and given name, as written."""
    return _read_two(names, split)


def address_columns(towns: Towns, town: Column, number: Column, building: Column) -> tuple[pa.Array, pa.Array]:
    """Give block and key of every address of the register's own fields."""
    fields = pc.binary_join_element_wise(
        *(pc.fill_null(_whole(column), "") for column in (town, number, building)), BETWEEN
    )

    def read(text: str) -> tuple[str, str]:
        address = towns.register(*text.split(BETWEEN))
        return address.block, address.key

    return _read_two(fields, read)


def read_column(texts: Column, read: Callable[[str], object], kind: pa.DataType | None = None) -> pa.Array:
    """Read every distinct text once; `kind` is the type of what is read, text unless said otherwise."""
    encoded = _whole(texts).dictionary_encode()
    return pa.array([read(text) for text in encoded.dictionary.to_pylist()], kind or pa.string()).take(encoded.indices)


def _read_two(texts: Column, read: Callable[[str], tuple[str, str]]) -> tuple[pa.Array, pa.Array]:
    encoded = _whole(texts).dictionary_encode()
    pairs = [read(text) for text in encoded.dictionary.to_pylist()]
    first, second = (pa.array([pair[n] for pair in pairs], pa.string()).take(encoded.indices) for n in (0, 1))
    return first, second


def _whole(column: Column) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
