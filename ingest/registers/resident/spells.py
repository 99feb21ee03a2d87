"""住民基本台帳: whole-row snapshots become spells, memberships, and what each member is of the head (E8, J6)."""

from graph.steps.step import Stage, Step

KEPT_ROW = """
SELECT * FROM resident
QUALIFY lead(reason) OVER (PARTITION BY person_id ORDER BY history_no) IS DISTINCT FROM 'cancelled'
"""

DATED_ROW = """
SELECT *, coalesce(event, event_earliest, resident_since, resident_since_earliest, DATE '0001-01-01') AS day,
       row_number() OVER (PARTITION BY person_id ORDER BY history_no) = 1 AS first
FROM kept_row
"""

# Of a person whose only row is that of leaving, the time before it is known from 住民となった日.
BOUNDED_ROW = """
SELECT *,
       CASE WHEN first AND status <> 'resident' THEN least(coalesce(resident_since, birth, day), day)
            ELSE day END AS starts,
       CASE WHEN status <> 'resident' THEN day
            ELSE least(lead(day) OVER (PARTITION BY person_id ORDER BY history_no), seen_until) END AS ends
FROM dated_row
"""

# A text that could mean this or that (義兄) gives way to codes.
SPELL = """
SELECT b.person_id, b.history_no, b.household_id, c.canonical AS relation, c.steps, c.first_step, c.prefix, c.last,
       c.also, c.kind, c.up, c.down, c.side, n.key AS name_key, n.given AS given_key, b.sex,
       coalesce(b.birth, b.birth_earliest) AS birth, coalesce(b.birth, b.birth_latest) AS birth_latest,
       w.reg, w.head_key, b.status, b.starts, b.ends,
       CASE WHEN b.status = 'resident' THEN b.starts ELSE b.ends - 1 END AS said_on, b.file, b.line, b.seen_until
FROM bounded_row b
JOIN chain c ON c.text = CASE WHEN b.relation = '' OR b.relation_codes <> ''
    AND b.relation IN (SELECT text FROM chain WHERE open) THEN b.relation_codes ELSE b.relation END
JOIN name n ON n.text = b.name
JOIN written_register w ON w.honseki = b.honseki AND w.head = b.register_head
"""

# A membership starts on its row's 異動日: a row made by 改製 says nothing about the time before it was made.
MEMBERSHIP = """
WITH lasting AS (
    SELECT * FROM spell WHERE household_id <> '' AND (ends IS NULL OR ends > starts)
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

# Many people of whom next to none is anybody's kin, or several without any head.
HOUSEHOLD = """
SELECT household_id,
       (count(DISTINCT person_id) >= 8 AND count(DISTINCT person_id) FILTER (kin) * 10 <= count(DISTINCT person_id))
       OR (count(DISTINCT person_id) >= 4 AND NOT bool_or(relation = '世帯主') AND NOT bool_or(kin)) AS institution
FROM (SELECT *, relation NOT IN ('世帯主', '同居人', '縁故者', '') AS kin FROM membership)
GROUP BY household_id
"""

# Where nobody was head yet (an export without history dates each person's row by its own last 異動), a row is relative
# to the first head after that.
RELATION_TO_HEAD = """
WITH heads AS (
    SELECT s.*, h.person_id AS head, s.said_on >= h.valid_from
           AND (h.valid_to IS NULL OR s.said_on < h.valid_to) AS held,
           CASE WHEN s.said_on < h.valid_from THEN h.valid_from END AS later
    FROM spell s JOIN household USING (household_id)
    JOIN membership h ON h.household_id = s.household_id AND h.relation = '世帯主' AND h.person_id <> s.person_id
    WHERE NOT institution AND s.last <> '' AND (s.ends IS NULL OR s.ends > s.starts)
        AND (h.valid_to IS NULL OR h.valid_to > s.said_on) AND (s.ends IS NULL OR h.valid_from < s.ends)
), nearest AS (
    SELECT * FROM heads
    QUALIFY rank() OVER (PARTITION BY person_id, history_no ORDER BY CASE WHEN held THEN 0 ELSE 1 END, later) = 1
)
SELECT * FROM nearest QUALIFY count(*) OVER (PARTITION BY person_id, history_no) = 1
"""

SPELLS = Stage(
    "spells",
    "The rows of the resident register as spells of time, who lived in which household, and who is what of its head.",
    (
        Step("kept_row", KEPT_ROW, why="J10: a cancelling row undoes the row before it.", kind="VIEW"),
        Step("dated_row", DATED_ROW,
             why="A person's history is a row for each change, in their order (J6).", kind="VIEW"),
        Step("bounded_row", BOUNDED_ROW, why="J6: a row holds until the next one, or until a newer file lacks it.",
             kind="VIEW"),
        Step("spell", SPELL, why="Each row with its time, its 続柄 read, and the keys of its name and 戸籍."),
        Step("membership", MEMBERSHIP, why="E8: who lived in which household, and when."),
        Step("household", HOUSEHOLD, why="Z10: an institution makes nobody kin."),
        Step("relation_to_head", RELATION_TO_HEAD,
             why="Z1: 続柄 is relative to who was head when the row was written."),
    ),
    results=("spell", "membership", "household", "relation_to_head"),
)  # fmt: skip
