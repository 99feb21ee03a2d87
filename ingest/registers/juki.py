"""住民基本台帳: whole-row snapshots become dated memberships and statements 「member is … of the head」 (E8, J6)."""

import duckdb
import pyarrow as pa

from japanese.terms import zokugara, zokugara_words

# A cancelling row (J10) undoes the row before it and restates what held before that, so the undone row is left out.
# Of a person whose only row is that of leaving, the time before it is known from 住民となった日. A text that could mean
# this or that (義兄) gives way to codes.
SPELLS = """
CREATE OR REPLACE TEMP TABLE r_spell AS
WITH kept AS (
    SELECT * FROM (SELECT *, lead(reason) OVER (PARTITION BY person_id ORDER BY history_no) AS later FROM resident)
    WHERE later IS DISTINCT FROM 'cancelled'
), dated AS (
    SELECT *, coalesce(event, event_earliest, resident_since, resident_since_earliest, DATE '0001-01-01') AS day,
        row_number() OVER (PARTITION BY person_id ORDER BY history_no) = 1 AS first
    FROM kept
), bounded AS (
    SELECT *,
        CASE WHEN first AND status <> 'resident' THEN least(coalesce(resident_since, birth, day), day)
            ELSE day END AS starts,
        CASE WHEN status <> 'resident' THEN day
            ELSE least(lead(day) OVER (PARTITION BY person_id ORDER BY history_no), seen_until) END AS ends
    FROM dated
)
SELECT b.person_id, b.history_no, b.household_id, c.canonical AS relation, c.steps, c.first_step, c.prefix, c.last,
    c.also, c.kind, c.up, c.down, c.side,
    n.key AS name_key, n.given AS given_key, b.sex, coalesce(b.birth, b.birth_earliest) AS birth,
        coalesce(b.birth, b.birth_latest) AS birth_latest,
    register_key(p.key, h.key) AS reg, h.key AS head_key, b.status, b.starts, b.ends,
    CASE WHEN b.status = 'resident' THEN b.starts ELSE b.ends - 1 END AS said_on, b.file, b.line, b.seen_until
FROM bounded b
JOIN r_chain c ON c.text = CASE WHEN b.relation = '' OR b.relation_codes <> ''
    AND b.relation IN (SELECT text FROM r_chain WHERE open) THEN b.relation_codes ELSE b.relation END
JOIN r_name n ON n.text = b.name
JOIN r_place p ON p.text = b.honseki
JOIN r_name h ON h.text = b.register_head
"""

# A membership starts on its row's 異動日: a row made by 改製 says nothing about the time before it was made.
MEMBERSHIPS = """
CREATE OR REPLACE TEMP TABLE r_membership AS
WITH lasting AS (
    SELECT * FROM r_spell WHERE household_id <> '' AND (ends IS NULL OR ends > starts)
), marked AS (
    SELECT *, lag(household_id) OVER w = household_id AND lag(relation) OVER w = relation
        AND lag(ends) OVER w = starts AS goes_on
    FROM lasting WINDOW w AS (PARTITION BY person_id ORDER BY history_no)
), numbered AS (
    SELECT *, sum(CASE WHEN goes_on THEN 0 ELSE 1 END) OVER (PARTITION BY person_id ORDER BY history_no) AS island
        FROM marked
)
SELECT person_id, household_id, relation, min(starts) AS valid_from,
    CASE WHEN bool_or(ends IS NULL) THEN NULL ELSE max(ends) END AS valid_to,
    arg_min(file, history_no) AS file, arg_min(line, history_no) AS line
FROM numbered GROUP BY person_id, household_id, relation, island
QUALIFY row_number() OVER (PARTITION BY person_id, household_id, min(starts) ORDER BY max(history_no) DESC) = 1
"""

# Z10: a household of many people of whom next to none is anybody's kin, or of several without any head, is an
# institution.
HOUSEHOLDS = """
CREATE OR REPLACE TEMP TABLE r_household AS
SELECT household_id,
    (count(DISTINCT person_id) >= 8 AND count(DISTINCT person_id) FILTER (kin) * 10 <= count(DISTINCT person_id))
    OR (count(DISTINCT person_id) >= 4 AND NOT bool_or(relation = '世帯主') AND NOT bool_or(kin)) AS institution
FROM (SELECT *, relation NOT IN ('世帯主', '同居人', '縁故者', '') AS kin FROM r_membership)
GROUP BY household_id
"""

# A 続柄 is relative to who was head when the row was written (Z1). Where nobody was yet (an export without history
# dates each person's row by its own last 異動), it is relative to the first head after that.
SAID = """
CREATE OR REPLACE TEMP TABLE r_said AS
WITH heads AS (
    SELECT s.*, h.person_id AS head, s.said_on >= h.valid_from
        AND (h.valid_to IS NULL OR s.said_on < h.valid_to) AS held,
        CASE WHEN s.said_on < h.valid_from THEN h.valid_from END AS later
    FROM r_spell s JOIN r_household USING (household_id)
    JOIN r_membership h ON h.household_id = s.household_id AND h.relation = '世帯主' AND h.person_id <> s.person_id
    WHERE NOT institution AND s.last <> '' AND (s.ends IS NULL OR s.ends > s.starts)
        AND (h.valid_to IS NULL OR h.valid_to > s.said_on) AND (s.ends IS NULL OR h.valid_from < s.ends)
), nearest AS (
    SELECT * FROM heads
    QUALIFY rank() OVER (PARTITION BY person_id, history_no ORDER BY CASE WHEN held THEN 0 ELSE 1 END, later) = 1
)
SELECT * FROM nearest QUALIFY count(*) OVER (PARTITION BY person_id, history_no) = 1
"""

LAST = (
    dict.fromkeys(zokugara_words.SPOUSES, "spouse")
    | dict.fromkeys(zokugara_words.PARTNERS, "partner")
    | dict.fromkeys(zokugara_words.PARENTS, "parent")
    | dict.fromkeys(zokugara_words.SIBLINGS, "sibling")
    | {zokugara_words.CHILD: "child", zokugara_words.CO_RESIDENT: "apart", zokugara_words.OTHER_TIE: "apart"}
)
CHAIN_SCHEMA = pa.schema(
    [
        ("text", pa.string()), ("canonical", pa.string()), ("steps", pa.int64()), ("first_step", pa.string()),
        ("prefix", pa.string()), ("last", pa.string()), ("also", pa.string()), ("kind", pa.string()),
        ("up", pa.int64()), ("down", pa.int64()), ("side", pa.string()),
        ("open", pa.bool_()),
    ]
)  # fmt: skip


def write_spells(con: duckdb.DuckDBPyConnection) -> None:
    """Write `r_spell` (rows with their time), `r_membership`, `r_household` and `r_said` (rows with their head)."""
    _write_chains(con)
    for statement in (SPELLS, MEMBERSHIPS, HOUSEHOLDS, SAID):
        con.execute(statement)


def unread(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """List the rows whose 続柄 is no term of the grammar, or names no side, as (sentence, file, line)."""
    rows = con.sql("SELECT DISTINCT relation, relation_codes, file, line FROM resident ORDER BY file, line").fetchall()
    read = ((zokugara.unread(text, codes), file, line) for text, codes, file, line in rows)
    return [(problem.en, file, line) for problem, file, line in read if problem]


def _write_chains(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.sql("SELECT DISTINCT unnest([relation, relation_codes]) FROM resident").fetchall()
    said = {text for (text,) in rows}
    heads = {"の".join(steps[:n]) for steps in (zokugara.parse(text).steps for text in said) for n in range(len(steps))}
    texts = sorted(said | heads | set(zokugara_words.STEPS))
    chains = pa.Table.from_pylist([_chain(text) for text in texts], schema=CHAIN_SCHEMA)
    con.register("chains", chains)
    con.execute("CREATE OR REPLACE TEMP TABLE r_chain AS SELECT * FROM chains")
    con.unregister("chains")


def _chain(text: str) -> dict[str, object]:
    chain = zokugara.parse(text)
    steps = () if chain.problem else chain.steps
    prefix = "の".join(steps[:-1])
    last = LAST.get(steps[-1], "") if steps else ""
    first = steps[0] if steps else ""
    return {
        "text": text, "canonical": chain.canonical, "steps": len(steps), "first_step": first, "prefix": prefix,
        "last": last, "also": chain.also, "kind": chain.kind, "up": chain.up, "down": chain.down,
        "side": chain.side, "open": chain.open,
    }  # fmt: skip
