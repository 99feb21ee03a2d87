"""Keys of names and addresses, worked out of what personnel records and registers write (SQL has no such words)."""

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from japanese import columns, kana, latin, names
from japanese.addresses import Address, Towns

# Parts of an address key up to 号: the town bears its 丁目 here, elsewhere 丁目 is a number of its own.
HERE, OUTSIDE = 3, 4
TOLD = pa.schema([(name, pa.string()) for name in ("person_id", "town", "block", "dwelling")])
MEMBERS = pa.schema([(name, pa.string()) for name in ("staff_id", "place", "town", "block", "dwelling")])


def keyed(read: Callable[[str], pa.Table], towns: Towns) -> Iterator[tuple[str, pa.Table]]:
    """Give the tables of keys by their names; `read` gives what is written."""
    yield "form", named(read("spelling"))
    of_staff = read("member_spelling")
    yield "member_form", pa.concat_tables([named(of_staff), turned(of_staff)])
    former = read("former_name")
    yield "former", _with(former, former_surname=columns.fold_column(former["name"]))
    yield "place", _placed(read("lived_at"), towns)
    yield "home", _placed(read("lives_at"), towns)
    yield "member_place", _member_places(read("member"), towns)
    declared = read("declared_name")
    yield "declared_form", _with(named(declared), name=declared["name"], kana=declared["kana"])


def told(homes: pa.Table, towns: Towns) -> pa.Table:
    """Give the keys of addresses as people told them; one that cannot be read is none."""
    rows = [(row["person_id"], row["address"]) for row in homes.to_pylist() if row["address"]]
    read = {text: towns.parse(text) for text in sorted({text for _, text in rows})}
    found = [(person, read[text]) for person, text in rows if read[text].place != "unknown"]
    known = [(person, at.town, at.block if at.block != at.town else "", dwelling(at)) for person, at in found]
    return _table(known, TOLD)


def named(forms: pa.Table) -> pa.Table:
    """Add the keys of both parts of every name; one in Latin letters is all given name, for its order says nothing.

    Of such a name the reading is what can be compared with a name in kana or kanji.
    """
    foreign = columns.read_column(forms["name"], latin.is_latin, pa.bool_())
    latin_key = columns.read_column(forms["name"], latin.key)
    surname, given = columns.split_columns(forms["name"])
    readings = _readings(forms)
    surname_kana, given_kana = columns.split_columns(readings)
    keys = {
        "surname": pc.if_else(foreign, "", columns.fold_column(surname)),
        "given": pc.if_else(foreign, latin_key, columns.fold_column(given)),
        "surname_kana": columns.loose_column(surname_kana),
        "given_kana": columns.loose_column(given_kana),
        "whole": pc.if_else(foreign, latin_key, columns.fold_column(forms["name"])),
        "reading": columns.loose_column(readings),
        "latin": foreign,
    }
    return _with(forms.drop_columns(["name", "kana"]), **keys)


def turned(forms: pa.Table) -> pa.Table:
    """Give the keys that names would have with surname and given name in each other's place; one part alone is given.

    A known slip of entry (W6), tried on the staff's side only: they are few.
    """
    swapped = pa.table({
        "id": forms["id"], "name": columns.read_column(forms["name"], names.turned),
        "kana": columns.read_column(forms["kana"], names.turned), "way": pa.repeat("turned", forms.num_rows),
    })  # fmt: skip
    found = named(swapped)
    for surname, given in (("surname", "given"), ("surname_kana", "given_kana")):
        alone = pc.equal(found[given], "")
        parts = {surname: pc.if_else(alone, "", found[surname]), given: pc.if_else(alone, found[surname], found[given])}
        for name, column in parts.items():
            found = found.set_column(found.schema.get_field_index(name), name, column)
    return found


def _readings(forms: pa.Table) -> pa.Array:
    """Give the reading of every name; one that is written in kana is its own."""
    spoken = columns.read_column(forms["name"], lambda name: name if kana.is_kana(name) else "")
    return pc.if_else(pc.equal(forms["kana"], ""), spoken, forms["kana"])


def _placed(places: pa.Table, towns: Towns) -> pa.Table:
    """Put keys in place of every dwelling's fields: to 丁目, to 番 and to 号."""
    nothing = pa.array([""] * places.num_rows)
    block, whole = columns.address_columns(towns, places["town"], places["number"], nothing)
    town = columns.read_column(places["town"], lambda text: towns.register(text, "", "").town)
    kept = places.select(["person_id"])
    return _with(
        kept,
        town=town,
        block=columns.read_column(block, _numbered),
        dwelling=columns.read_column(whole, lambda key: cut(key, HERE)),
    )


def dwelling(address: Address) -> str:
    """Give an address to 号 (to 番地 where there is no 号): rooms are left out as often as not."""
    return cut(address.key, OUTSIDE if address.place == "outside" else HERE)


def cut(key: str, parts: int) -> str:
    """Keep so many parts of an address key; a town alone is no dwelling."""
    found = key.split("-")
    return "-".join(found[:parts]) if len(found) > 1 else ""


def _numbered(block: str) -> str:
    """Leave out what names a town only."""
    return block if block[-1:].isdigit() else ""


def _member_places(members: pa.Table, towns: Towns) -> pa.Table:
    """Put keys in place of what HR writes of everybody's address."""
    rows = sorted(zip(members["staff_id"].to_pylist(), members["address"].to_pylist(), strict=True))
    parsed = [(staff, towns.parse(address)) for staff, address in rows]
    found = [(staff, at.place, at.town, _numbered(at.block), dwelling(at)) for staff, at in parsed]
    return _table(found, MEMBERS)


def _table(rows: Sequence[tuple[str, ...]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)


def _with(table: pa.Table, **keys: pa.Array) -> pa.Table:
    for name, column in keys.items():
        table = table.append_column(name, column)
    return table
