"""Whole columns: the same keys as text by text, nulls kept, order kept."""

import pyarrow as pa

from japanese import columns, kana, names
from japanese.addresses import Towns


def test_a_column_of_names_has_the_keys_of_its_names():
    texts = ["髙﨑　健一", "佐々木　愛", "髙﨑　健一", None, ""]
    keys = columns.fold_column(pa.chunked_array([texts[:2], texts[2:]]))
    assert keys.to_pylist() == [text and names.fold(text) for text in texts]


def test_kana_columns():
    texts = pa.array(["ｿｳﾏ ﾀｸﾔ", "ミヅコ"])
    assert columns.strict_column(texts).to_pylist() == ["ソウマタクヤ", "ミヅコ"]
    assert columns.loose_column(texts).to_pylist() == [kana.loose("ソウマタクヤ"), "ミズコ"]


def test_a_column_of_names_is_split():
    surnames, given = columns.split_columns(pa.array(["相馬　拓也", "ＮＧＵＹＥＮ　ＶＡＮ　ＭＩＮＨ", None]))
    assert surnames.to_pylist() == ["相馬", "ＮＧＵＹＥＮ", None]
    assert given.to_pylist() == ["拓也", "ＶＡＮ ＭＩＮＨ", None]


def test_the_register_s_address_fields_give_the_keys_of_each_address():
    towns = Towns(["本町一丁目", "三軒屋"])
    rows = [("本町一丁目", "14番5号", "コーポ椋201"), ("三軒屋", "18番地1", ""), ("", "", "")]
    block, key = columns.address_columns(towns, *(pa.array(column) for column in zip(*rows, strict=True)))
    expected = [towns.register(*row) for row in rows]
    assert block.to_pylist() == [address.block for address in expected]
    assert key.to_pylist() == [address.key for address in expected]
