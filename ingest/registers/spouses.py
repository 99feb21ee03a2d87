"""Spouse links: marriages seen in 続柄 beside those of 戸籍, with start and end as the registers show them (J9)."""

from graph.steps.step import Stage, Step

# A couple of nationals shares a 戸籍; it shows the wedding as a change into it, the divorce as a change out of it by
# one of the two to another 筆頭者.
REGISTER_SPELL = """
WITH marked AS (
    SELECT person_id, history_no, reg, head_key, starts, coalesce(lag(reg) OVER w <> reg, true) AS fresh
    FROM spell WHERE reg <> '' WINDOW w AS (PARTITION BY person_id ORDER BY history_no)
), numbered AS (
    SELECT *, sum(CAST(fresh AS INT)) OVER (PARTITION BY person_id ORDER BY history_no) AS nth FROM marked
), spells AS (
    SELECT person_id, nth, any_value(reg) AS reg, any_value(head_key) AS head_key, min(starts) AS starts
    FROM numbered GROUP BY person_id, nth
)
SELECT *, nth > 1 AS changed, lead(starts) OVER w AS ends, lead(head_key) OVER w AS next_head
FROM spells WINDOW w AS (PARTITION BY person_id ORDER BY nth)
"""

COUPLE_TOLD = """
SELECT anchor, member, last, grade, starts, ends, file, line, seen_until,
       CASE grade WHEN 'stated' THEN 0 WHEN 'composed' THEN 1 ELSE 2 END AS rank
FROM link_united WHERE last IN ('spouse', 'partner')
UNION ALL
SELECT f.member, m.member, 'spouse', 'probable', greatest(f.starts, m.starts), f.ends, f.file, f.line, f.seen_until, 2
FROM link_united f JOIN link_united m ON m.anchor = f.anchor AND m.household_id = f.household_id AND f.last = 'parent'
    AND m.last = 'parent'
JOIN trait x ON x.person_id = f.member AND x.sex = 'M' JOIN trait y ON y.person_id = m.member AND y.sex = 'F'
WHERE f.starts < coalesce(m.ends, DATE '9999-01-01') AND m.starts < coalesce(f.ends, DATE '9999-01-01')
"""

PAIR = """
SELECT least(anchor, member) AS a, greatest(anchor, member) AS b,
       CASE last WHEN 'partner' THEN 'de_facto' ELSE 'legal' END AS nature,
       min_by(grade, rank) AS grade, min(starts) AS first_said, max(starts) AS said_again,
       CASE WHEN bool_or(ends IS NULL) THEN NULL ELSE max(ends) END AS last_said,
       min_by(file, (rank, file, line)) AS file, min_by(line, (rank, file, line)) AS line,
       CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS gone
FROM couple_told
GROUP BY ALL
"""

SHARED = """
WITH shared AS (
    SELECT p.a, p.b, greatest(x.starts, y.starts) AS met,
           greatest(CASE WHEN x.changed THEN x.starts END, CASE WHEN y.changed THEN y.starts END) AS wed,
           least(CASE WHEN x.next_head <> x.head_key THEN x.ends END,
                 CASE WHEN y.next_head <> y.head_key THEN y.ends END) AS parted
    FROM pair p JOIN register_spell x ON x.person_id = p.a JOIN register_spell y ON y.person_id = p.b AND y.reg = x.reg
    WHERE p.nature = 'legal' AND x.starts < coalesce(y.ends, DATE '9999-01-01')
        AND y.starts < coalesce(x.ends, DATE '9999-01-01')
)
SELECT a, b, min_by(wed, met) AS wed, max_by(coalesce(parted, DATE '9999-01-01'), met) AS parted FROM shared
GROUP BY a, b
"""

LODGERS = """
SELECT p.a, p.b, min(s.starts) AS parted FROM pair p
JOIN relation_to_head s ON s.last = 'apart' AND least(s.head, s.person_id) = p.a
    AND greatest(s.head, s.person_id) = p.b AND s.starts > p.first_said
WHERE p.nature = 'legal' GROUP BY ALL
"""

PAIR_DATED = """
SELECT p.*, CASE WHEN p.nature = 'legal' THEN t.wed ELSE p.first_said END AS wed,
       CASE WHEN p.nature = 'legal' THEN nullif(least(t.parted, l.parted), DATE '9999-01-01')
            ELSE p.last_said END AS parted
FROM pair p LEFT JOIN pair_in_register t USING (a, b) LEFT JOIN pair_apart l USING (a, b)
"""

PAIR_SEEN = """
WITH partings AS (
    SELECT unnest([a, b]) AS person_id, parted FROM pair_dated WHERE nature = 'legal'
), before AS (
    SELECT DISTINCT d.a, d.b, d.nature FROM (SELECT *, unnest([a, b]) AS person_id FROM pair_dated) d
    JOIN partings o ON o.person_id = d.person_id AND o.parted > coalesce(d.wed, DATE '0001-01-01')
        AND o.parted <= d.first_said
)
SELECT a, b, nature, grade, CASE WHEN (a, b, nature) IN (SELECT (b.a, b.b, b.nature) FROM before b) THEN first_said
           ELSE coalesce(wed, DATE '0001-01-01') END AS valid_from,
       parted AS valid_to, CASE WHEN parted IS NOT NULL AND nature = 'legal' THEN 'divorce' ELSE '' END AS ended_by,
       file, line, gone, said_again
FROM pair_dated d WHERE parted IS NULL OR wed IS NULL OR parted > wed
"""

SEEN = Stage(
    "couples",
    "Couples that 続柄 shows, dated by the 戸籍 in the two's own rows.",
    (
        Step("register_spell", REGISTER_SPELL, why="J9: a marriage shows as another 筆頭者 from one row to the next."),
        Step("couple_told", COUPLE_TOLD, why="E3: the head's father and mother being a couple is only probable."),
        Step("pair", PAIR, why="One row for each couple: the best grade, when it was first and last said."),
        Step("pair_in_register", SHARED,
             why="J9: the wedding is a change into a shared 戸籍, the divorce a change out of it."),
        Step("pair_apart", LODGERS, why="J9: who was a spouse and is 同居人 or 縁故者 later has parted."),
        Step("pair_dated", PAIR_DATED, why="Z9: those not married (未届) are a couple as long as it is said."),
        Step("pair_seen", PAIR_SEEN,
             why="A9: a wedding before the end of another marriage of either is none; the first row counts."),
    ),
    results=("pair_seen",),
)  # fmt: skip

SPOUSE_TOLD = """
SELECT s.a, s.b, s.nature, s.grade, s.valid_from, CASE WHEN told THEN m.valid_to ELSE s.valid_to END AS valid_to,
       CASE WHEN NOT told THEN s.may_end END AS may_end,
       CASE WHEN told AND s.ended_by = '' THEN m.ended_by ELSE s.ended_by END AS ended_by, s.file, s.line,
       CASE WHEN m.a IS NOT NULL AND m.gone IS NULL THEN NULL ELSE s.seen_until END AS gone,
       s.valid_from AS said_again
FROM (SELECT *, row_number() OVER (PARTITION BY a, b, nature ORDER BY valid_from DESC) = 1 AS last
      FROM spouse_united) s
LEFT JOIN pair_seen m ON m.a = s.a AND m.b = s.b AND m.nature = 'legal' AND s.nature = 'legal',
LATERAL (SELECT coalesce(NOT s.stands AND s.last AND m.valid_to > s.valid_from AND (s.ended_by = ''
    OR m.valid_to >= s.may_end AND m.valid_to <= coalesce(s.valid_to, m.valid_to)), false) AS told)
"""

SPOUSE_MERGED = """
WITH married AS (
    SELECT unnest([a, b]) AS person_id FROM spouse_told
)
SELECT * FROM spouse_told
UNION ALL
SELECT a, b, nature, grade, valid_from, valid_to, CAST(NULL AS DATE), ended_by, file, line, gone, said_again
FROM pair_seen m
WHERE (nature = 'de_facto' OR (a, b) NOT IN (SELECT (r.a, r.b) FROM spouse_told r WHERE r.nature = 'legal'))
    AND (grade <> 'probable'
        OR (a NOT IN (SELECT person_id FROM married) AND b NOT IN (SELECT person_id FROM married)))
"""

SPOUSE_FOLLOWED = """
WITH weddings AS (
    SELECT DISTINCT unnest([a, b]) AS person_id, valid_from FROM spouse_merged
    WHERE nature = 'legal' AND grade <> 'probable'
)
SELECT k.*, least(x.day, y.day) AS died,
       CASE WHEN ended_by = '' AND coalesce(x.earliest, y.earliest) IS NOT NULL
            THEN greatest(k.valid_from, least(x.earliest, y.earliest)) END AS may_die,
       least((SELECT min(w.valid_from) FROM weddings w WHERE w.person_id = k.a AND w.valid_from > k.said_again),
             (SELECT min(w.valid_from) FROM weddings w WHERE w.person_id = k.b AND w.valid_from > k.said_again))
           AS next_wedding
FROM spouse_merged k LEFT JOIN death x ON x.person_id = k.a LEFT JOIN death y ON y.person_id = k.b
"""

SPOUSE_ENDED = """
SELECT a, b, nature, grade, valid_from, coalesce(may_end, may_die) AS may_end, file, line, gone,
       least(valid_to, CASE WHEN ended_by <> 'termination' THEN died END, next_wedding) AS until,
       CASE WHEN may_end IS NOT NULL THEN ended_by
            WHEN valid_to IS NOT NULL
                AND valid_to <= least(coalesce(CASE WHEN ended_by <> 'termination' THEN died END, valid_to),
                                      coalesce(next_wedding, valid_to)) THEN ended_by
            WHEN least(may_die, died) <= coalesce(next_wedding, may_die, died) THEN 'death'
            WHEN next_wedding IS NOT NULL AND nature = 'legal' THEN 'divorce' ELSE '' END AS how
FROM spouse_followed
"""

SPOUSE_LINK = """
SELECT a, b, nature, grade, valid_from, least(gone, until) AS valid_to,
       CASE WHEN gone < coalesce(until, DATE '9999-01-01') THEN 'vanished' ELSE how END AS ended_by, file, line,
       CASE WHEN may_end < coalesce(least(gone, until), DATE '9999-01-01') THEN may_end END AS may_end
FROM spouse_bounded WHERE until IS NULL OR until > valid_from
QUALIFY row_number() OVER (PARTITION BY a, b, nature, valid_from ORDER BY file, line) = 1
"""

SPOUSES = Stage(
    "spouses",
    "Spouse links: 戸籍 settles what it knows of a couple, 続柄 adds couples of its own.",
    (
        Step("spouse_told", SPOUSE_TOLD, why="K10: 続柄 adds an end that no loaded register carries."),
        Step("spouse_merged", SPOUSE_MERGED, why="E3: who is married by 戸籍 is in no probable couple beside."),
        Step("spouse_followed", SPOUSE_FOLLOWED, why="What may have ended a marriage: a death, the next wedding.",
             kind="VIEW"),
        Step("spouse_bounded", SPOUSE_ENDED, why="C4: a death ends a marriage, but not one that ended by 姻族関係終了.",
             kind="VIEW"),
        Step("spouse_link", SPOUSE_LINK,
             why="E11: one link for a couple and a beginning; what newer files lack has vanished."),
    ),
    results=("spouse_link",),
)  # fmt: skip
