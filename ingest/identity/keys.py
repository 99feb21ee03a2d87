"""What identity linking compares, as tables of keys: staff as HR writes them, residents as the register spells them."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from japanese import columns, kana, latin, names
from japanese.addresses import Address, Towns

# Parts of an address key up to 号: the town bears its 丁目 here, elsewhere 丁目 is a number of its own.
HERE, OUTSIDE = 3, 4

# The dead and the struck-off are not staff; who moved away may still be.
PEOPLE = """
CREATE OR REPLACE TEMP TABLE i_person AS
SELECT person_id, arg_max(sex, o) AS sex, arg_max(birth, o) AS birth, arg_max(status, o) AS status,
       bool_or(contains(note, '支援措置')) AS protected, max(history_no) AS latest
FROM (SELECT *, row(history_no, file, line) AS o FROM resident)
GROUP BY person_id HAVING arg_max(status, o) IN ('resident', 'moved')
"""
BIRTHS = """
CREATE OR REPLACE TEMP TABLE i_birth AS
SELECT DISTINCT person_id, birth FROM resident SEMI JOIN i_person USING (person_id) WHERE birth IS NOT NULL
"""

# Every spelling of everybody, and in what way it is theirs: now, before a change of name, or as 通称 only.
FORMS = """
SELECT person_id AS id, name, kana, CASE WHEN bool_or(way = 'now') THEN 'now' ELSE min(way) END AS way FROM (
    SELECT person_id, name, kana, CASE WHEN history_no = latest THEN 'now' ELSE 'past' END AS way
    FROM resident JOIN i_person USING (person_id)
    UNION ALL SELECT person_id, latin_name, kana, 'now' FROM resident SEMI JOIN i_person USING (person_id)
    UNION ALL SELECT person_id, alias, '', 'alias' FROM resident SEMI JOIN i_person USING (person_id)
) WHERE name <> '' GROUP BY ALL ORDER BY ALL
"""
FORMER = "SELECT DISTINCT person_id, former_surname AS name FROM resident WHERE former_surname <> '' ORDER BY ALL"

STAFF = """
CREATE OR REPLACE TEMP TABLE i_staff AS
SELECT staff_id, arg_max(birth, o) FILTER (birth IS NOT NULL) AS birth,
       coalesce(arg_max(sex, o) FILTER (sex <> ''), '') AS sex,
       coalesce(arg_max(address, o) FILTER (address <> ''), '') AS address
FROM (SELECT *, row(coalesce(valid_from, DATE '0001-01-01'), file, line) AS o FROM staff WHERE seen_until IS NULL)
GROUP BY staff_id
"""
# A posting without a name is no other spelling of whom another one names.
STAFF_FORMS = """
SELECT DISTINCT staff_id AS id, name, kana, 'now' AS way FROM (
    SELECT *, name <> '' OR kana <> '' AS named FROM staff WHERE seen_until IS NULL
    QUALIFY named OR NOT bool_or(named) OVER (PARTITION BY staff_id))
ORDER BY ALL
"""

PLACES = "SELECT DISTINCT person_id, town, number FROM resident SEMI JOIN i_person USING (person_id) ORDER BY ALL"
NOW = """
SELECT person_id, town, number FROM resident JOIN i_person USING (person_id)
WHERE history_no = latest QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY file, line) = 1
"""


def write(con: duckdb.DuckDBPyConnection, towns: Towns) -> None:
    """Write the tables of keys: i_person, i_birth, i_form, i_former, i_place, i_staff, i_staff_form, i_staff_place."""
    for statement in (PEOPLE, BIRTHS, STAFF):
        con.execute(statement)
    keep(con, "i_form", named(con.sql(FORMS).to_arrow_table()))
    of_staff = con.sql(STAFF_FORMS).to_arrow_table()
    keep(con, "i_staff_form", pa.concat_tables([named(of_staff), turned(of_staff)]))
    former = con.sql(FORMER).to_arrow_table()
    keep(con, "i_former", _with(former, former_surname=columns.fold_column(former["name"])))
    keep(con, "i_place", _placed(con.sql(PLACES).to_arrow_table(), towns))
    keep(con, "i_home", _placed(con.sql(NOW).to_arrow_table(), towns))
    _write_staff_places(con, towns)


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


def _write_staff_places(con: duckdb.DuckDBPyConnection, towns: Towns) -> None:
    rows = con.sql("SELECT staff_id, address FROM i_staff ORDER BY ALL").fetchall()
    parsed = [(staff, towns.parse(address)) for staff, address in rows]
    found = [(staff, at.place, at.town, _numbered(at.block), dwelling(at)) for staff, at in parsed]
    schema = pa.schema([(name, pa.string()) for name in ("staff_id", "place", "town", "block", "dwelling")])
    keep(
        con, "i_staff_place", pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in found], schema)
    )


def _with(table: pa.Table, **keys: pa.Array) -> pa.Table:
    for name, column in keys.items():
        table = table.append_column(name, column)
    return table


def keep(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Keep a table for the joins that follow."""
    con.register("i_incoming", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM i_incoming")
    con.unregister("i_incoming")
