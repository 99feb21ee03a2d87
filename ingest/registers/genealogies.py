"""家系図 (GEDCOM) as a family register: its persons are matched to those of the other registers, its links join theirs.

A person of a genealogy is one of the registers under the same full name and birth date, or by a 宛名番号 written there;
then who stands in the same place beside somebody matched — parent, child or spouse — under the same given name. What
fits two is nobody. Everyone else is `ged:` with the genealogy's name and the person's id in it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from typing import Any

import duckdb
import pyarrow as pa

from graph.model import UNKNOWN_START
from graph.records.facts import UnmatchedTree
from ingest.reading.gedcom.families import Genealogy, genealogy
from ingest.reading.gedcom.lines import Node, parse
from ingest.reading.gedcom.persons import Person, dated, person
from ingest.reading.gedcom.weddings import Bond, Union, unions

RECORDS = """
SELECT source, file, line, text, written FROM genealogy WHERE seen_until IS NULL ORDER BY source, file, line
"""
TEXT, DAY = pa.string(), pa.date32()
PLACE = {"file": TEXT, "line": pa.int64()}
SCHEMAS = {
    "r_ged_person": {"tree": TEXT, "known": TEXT, "name": TEXT, "kana": TEXT, "sex": TEXT, "birth": DAY,
                     "earliest": DAY, "latest": DAY, "birth_text": TEXT, "dead": pa.bool_(), "death": DAY,
                     "death_earliest": DAY, "number": TEXT} | PLACE,
    "r_ged_name": {"known": TEXT, "name_key": TEXT, "given_key": TEXT},
    "r_ged_parent": {"parent": TEXT, "child": TEXT, "nature": TEXT, "day": DAY} | PLACE,
    "r_ged_spouse": {"a": TEXT, "b": TEXT, "nature": TEXT, "grade": TEXT, "day": DAY, "may_end": DAY, "ended": DAY,
                     "ended_by": TEXT} | PLACE,
}  # fmt: skip

# Everyone the registers know, under every name they know: residents also under the one before a marriage (旧氏).
NAMED = """
CREATE OR REPLACE TEMP TABLE r_ged_met AS
SELECT DISTINCT person_id, name_key, given_key, sex, birth AS earliest, birth_latest AS latest FROM r_spell
UNION
SELECT DISTINCT s.person_id, f.key || s.given_key, s.given_key, s.sex, s.birth, s.birth_latest
FROM r_spell s JOIN resident r USING (person_id, history_no) JOIN r_name f ON f.text = r.former_surname
WHERE s.given_key <> '' AND f.key <> ''
UNION
SELECT DISTINCT i.person_id, surname || given_key, given_key, known_sex, birth_earliest,
    coalesce(birth, (birth_earliest + INTERVAL 1 YEAR)::DATE)
FROM r_entry JOIN r_identity i USING (entry)
UNION
SELECT DISTINCT parent, text, '', sex, NULL::DATE, NULL::DATE FROM r_koseki_parent WHERE by_name
UNION
SELECT DISTINCT other, counterpart, '', other_sex, NULL::DATE, NULL::DATE FROM r_other WHERE by_name
"""
SAME_SEX = "(g.sex IN ('', m.sex) OR m.sex = '')"
SAME = f"""
CREATE OR REPLACE TEMP TABLE r_ged_same AS
WITH met AS (
    SELECT DISTINCT g.tree, g.known, m.person_id FROM r_ged_person g JOIN r_ged_name n USING (known)
    JOIN r_ged_met m ON m.name_key = n.name_key AND m.earliest = g.birth AND m.latest = g.birth AND {SAME_SEX}
    UNION
    SELECT g.tree, g.known, m.person_id FROM r_ged_person g JOIN r_ged_name n USING (known)
    JOIN r_ged_met m ON m.person_id = g.number AND {SAME_SEX}
        AND (m.earliest <= g.birth AND m.latest >= g.birth OR n.name_key = m.name_key)
)
SELECT * FROM met QUALIFY count(*) OVER (PARTITION BY known) = 1 AND count(*) OVER (PARTITION BY tree, person_id) = 1
"""
PLACES = """
CREATE OR REPLACE TEMP TABLE r_ged_place AS
SELECT parent AS known, 'parent' AS role, child AS other FROM r_ged_parent
UNION SELECT child, 'child', parent FROM r_ged_parent
UNION SELECT unnest([a, b]), 'spouse', unnest([b, a]) FROM r_ged_spouse;
CREATE OR REPLACE TEMP TABLE r_place_of AS
SELECT parent AS person_id, 'parent' AS role, child AS other FROM r_parent
UNION SELECT child, 'child', parent FROM r_parent
UNION SELECT unnest([a, b]), 'spouse', unnest([b, a]) FROM r_spouse
UNION SELECT person_id, last, head FROM r_said WHERE steps = 1 AND last IN ('parent', 'child', 'spouse')
UNION SELECT head, CASE last WHEN 'parent' THEN 'child' WHEN 'child' THEN 'parent' ELSE last END, person_id FROM r_said
    WHERE steps = 1 AND last IN ('parent', 'child', 'spouse')
"""
NEXT = f"""
INSERT INTO r_ged_same
WITH met AS (
    SELECT DISTINCT g.tree, g.known, m.person_id FROM r_ged_person g JOIN r_ged_name n USING (known)
    JOIN r_ged_place p USING (known) JOIN r_ged_same s ON s.known = p.other
    JOIN r_place_of o ON o.other = s.person_id AND o.role = p.role
    JOIN r_ged_met m ON m.person_id = o.person_id AND {SAME_SEX}
        AND (n.name_key = m.name_key OR n.given_key = m.given_key AND n.given_key <> ''
            OR m.given_key = '' AND n.given_key <> '' AND ends_with(m.name_key, n.given_key))
        AND coalesce(m.earliest <= g.latest AND m.latest >= g.earliest, true)
    WHERE g.known NOT IN (SELECT known FROM r_ged_same)
        AND (g.tree, m.person_id) NOT IN (SELECT (tree, person_id) FROM r_ged_same)
)
SELECT * FROM met QUALIFY count(*) OVER (PARTITION BY known) = 1 AND count(*) OVER (PARTITION BY tree, person_id) = 1
"""
MATCHED = "SELECT count(*) FROM r_ged_same"

RENAMED = "coalesce((SELECT person_id FROM r_ged_same WHERE known = {0}), {0})"
PARENTS = f"""
INSERT INTO r_parent BY NAME
WITH told AS (
    SELECT {RENAMED.format("parent")} AS parent, {RENAMED.format("child")} AS child, nature,
        coalesce(CASE WHEN nature = 'adoptive' THEN day ELSE c.birth END, DATE '{UNKNOWN_START}') AS valid_from,
        p.file, p.line
    FROM r_ged_parent p JOIN r_ged_person c ON c.known = p.child
)
SELECT parent, child, nature, 'registered' AS grade, min(valid_from) AS valid_from, '' AS ended_by,
    min_by(file, (file, line)) AS file, min_by(line, (file, line)) AS line
FROM told t WHERE NOT EXISTS (FROM r_parent r WHERE r.parent = t.parent AND r.child = t.child
    AND (t.nature = 'birth' OR r.nature IN ('adoptive', 'special_adoptive')))
GROUP BY ALL
"""
# What the registers know of a couple counts; a marriage that only the record's being there tells is none where a
# register says 未届.
SPOUSES = f"""
INSERT INTO r_spouse BY NAME
WITH named AS (
    SELECT *, {RENAMED.format("a")} AS one, {RENAMED.format("b")} AS other FROM r_ged_spouse
), told AS (
    SELECT * EXCLUDE (a, b), least(one, other) AS a, greatest(one, other) AS b FROM named
), unregistered AS (
    SELECT least(head, person_id) AS a, greatest(head, person_id) AS b FROM r_said WHERE steps = 1 AND last = 'partner'
)
SELECT a, b, nature, grade, coalesce(day, DATE '{UNKNOWN_START}') AS valid_from, ended AS valid_to, may_end, ended_by,
    file, line, false AS stands
FROM told WHERE (a, b) NOT IN (SELECT (a, b) FROM r_spouse)
    AND NOT (grade = 'stated' AND nature = 'legal' AND (a, b) IN (FROM unregistered))
QUALIFY row_number() OVER (PARTITION BY a, b, nature, day ORDER BY ended_by = '', ended, file, line) = 1
"""
DEATHS = f"""
INSERT INTO r_death BY NAME
SELECT coalesce(s.person_id, g.known) AS person_id, coalesce(g.death_earliest, DATE '{UNKNOWN_START}') AS earliest,
    g.death AS day
FROM r_ged_person g LEFT JOIN r_ged_same s USING (known)
WHERE g.dead AND coalesce(s.person_id, g.known) NOT IN (SELECT person_id FROM r_death)
QUALIFY row_number() OVER (PARTITION BY coalesce(s.person_id, g.known) ORDER BY g.death - earliest, g.death) = 1
"""
# The trees of which nobody stands in the registers: all their people are persons of their own.
UNMATCHED = """
SELECT file, count(*) AS people FROM (
    SELECT DISTINCT file, concat_ws(':', 'ged', split_part(source, ':', 2), xref) AS id FROM genealogy
    WHERE what = 'person' AND seen_until IS NULL)
GROUP BY file HAVING bool_and(id IN (SELECT person_id FROM people)) ORDER BY file
"""
FORGET = "DROP TABLE r_ged_met; DROP TABLE r_place_of"
LEFT = "DELETE FROM r_ged_person WHERE known IN (SELECT known FROM r_ged_same)"


def write_links(con: duckdb.DuckDBPyConnection) -> None:
    """Add what genealogies say to `r_parent`, `r_spouse` and `r_death`; needs these.

    Leaves `r_ged_person`, whom only genealogies know.
    """
    if not _write_tables(con):
        return
    for statement in (NAMED, SAME, PLACES):
        con.execute(statement)
    before, now = -1, 0
    while now != before:
        con.execute(NEXT)
        before, now = now, con.sql(MATCHED).fetchall()[0][0]
    for statement in (PARENTS, SPOUSES, DEATHS, LEFT, FORGET):
        con.execute(statement)


def unmatched(con: duckdb.DuckDBPyConnection, people: pa.Table) -> tuple[UnmatchedTree, ...]:
    """List the trees of which nobody is matched, each with its file and how many people it has."""
    con.register("people", people)
    found = con.sql(UNMATCHED).fetchall()
    con.unregister("people")
    return tuple(UnmatchedTree(file=file, people=count) for file, count in found)


def _write_tables(con: duckdb.DuckDBPyConnection) -> int:
    """Write what the trees say, one table for each entry of `SCHEMAS`; give how many people they have."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for source, rows in groupby(con.sql(RECORDS).fetchall(), key=lambda row: row[0]):
        for name, row in _tree(source, list(rows)):
            found[name].append(row)
    for name, fields in SCHEMAS.items():
        con.register("ged", pa.Table.from_pylist(found[name], schema=pa.schema(list(fields.items()))))
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM ged")
        con.unregister("ged")
    return len(found["r_ged_person"])


def _tree(source: str, rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give one genealogy as rows of the tables it goes into."""
    _, file, _, _, written = rows[0]
    name = source.partition(":")[2]
    found = genealogy(chain.from_iterable(parse(text, line)[0] for _, _, line, text, _ in rows))
    ids = {xref: f"ged:{name}:{xref}" for xref in found.people}
    yield from _people(found, ids, name, file, written)
    for link in found.parents:
        day = _first_day(found.people[link.child], "ADOP") if link.adoptive else None
        nature = "adoptive" if link.adoptive else "birth"
        told = {"parent": ids[link.parent], "child": ids[link.child], "nature": nature, "day": day}
        yield "r_ged_parent", told | {"file": file, "line": link.number}
    for marriage in found.marriages:
        row: dict[str, Any] = {"a": ids[marriage.one], "b": ids[marriage.other], "file": file, "line": marriage.number}
        couple = [found.people[marriage.one], found.people[marriage.other]]
        for union in unions(found.families[marriage.family], couple, written):
            if union.bond != Bond.APART:
                yield "r_ged_spouse", row | _time(union)


def _people(
    found: Genealogy, ids: dict[str, str], tree: str, file: str, written: date | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for xref, node in found.people.items():
        read = person(node)
        yield (
            "r_ged_person",
            {"tree": tree, "known": ids[xref], "file": file, "line": read.number} | _traits(read, written),
        )
        for name in read.names:
            yield "r_ged_name", {"known": ids[xref], "name_key": name.key, "given_key": name.given_key}


def _traits(read: Person, written: date | None) -> dict[str, Any]:
    return {
        "name": read.names[0].written if read.names else "",
        "kana": read.kana,
        "sex": read.sex,
        "birth": read.birth.value,
        "earliest": read.birth.earliest,
        "latest": read.birth.latest,
        "birth_text": read.birth_text,
        "dead": read.dead,
        "death": read.death.latest or written,
        "death_earliest": read.death.earliest,
        "number": read.person_id,
    }


def _time(union: Union) -> dict[str, Any]:
    """Give what a union is, and from when to when."""
    legal = union.bond == Bond.MARRIED
    return {
        "nature": str(union.bond),
        "grade": "registered" if legal and union.told else "stated",
        "day": union.begin,
        "may_end": union.may_end,
        "ended": union.end,
        "ended_by": ("divorce" if legal else "parted") if union.ended else "",
    }


def _first_day(node: Node, tag: str) -> date | None:
    """Give the first day on which an event may have been."""
    days = (reading.earliest for event in node.all(tag) for _, reading in dated(event))
    return min(filter(None, days), default=None)
