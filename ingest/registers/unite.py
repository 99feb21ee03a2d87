"""One human under two ids: known to 戸籍 by name or entry only, and to the resident register by number (E9).

Whom 戸籍 knows but no register ties to a resident is the resident whom 続柄 puts in the same place: under the same
given name (for an entry also the same birth date), or a foreigner, whose name 戸籍 writes otherwise (K6). From then on
every link of the one is the other's.
"""

from graph.steps.step import Stage, Step

FOREIGNER = "SELECT person_id FROM spell GROUP BY person_id HAVING bool_and(reg = '')"

SAME_PARENT = """
SELECT DISTINCT k.parent AS known, k.text, k.sex, k.by_name, c.parent AS resident, c.grade, true AS stands
FROM parent_named k JOIN claim_stated c USING (child)
WHERE k.role = 'birth' AND k.parent LIKE 'koseki:%' AND k.parent <> c.parent
"""

SAME_SPOUSE = """
SELECT o.other AS known, o.counterpart AS text, o.other_sex AS sex, true AS by_name, t.other AS resident, t.grade,
       m.a IS NOT NULL AS stands
FROM counterpart o JOIN (
    SELECT unnest([anchor, member]) AS one, unnest([member, anchor]) AS other, grade FROM link_stated
    WHERE last = 'spouse'
) t ON t.one = o.person_id
LEFT JOIN spouse_known m ON m.a = least(o.person_id, o.other) AND m.b = greatest(o.person_id, o.other)
    AND m.valid_to IS NULL
WHERE o.by_name
"""

IN_ONE_PLACE = """
SELECT known, resident FROM (SELECT * FROM same_parent UNION ALL SELECT * FROM same_spouse) p
JOIN spell s ON s.person_id = p.resident AND (p.sex = '' OR s.sex IN ('', p.sex))
WHERE (by_name AND s.given_key <> '' AND ends_with(text, s.given_key))
    OR (by_name AND stands AND grade <> 'probable' AND resident IN (SELECT f.person_id FROM foreigner f))
UNION
SELECT known, resident FROM same_parent p JOIN appearance m ON m.person_id = p.known
JOIN spell s ON s.person_id = p.resident AND s.birth = m.birth AND ends_with(s.name_key, m.given_key)
WHERE NOT by_name AND m.given_key <> ''
"""

TOO_YOUNG = """
SELECT DISTINCT known, resident FROM in_one_place met
JOIN parent_named k ON k.parent = met.known JOIN spell s ON s.person_id = met.resident
WHERE k.birth < s.birth + CASE k.role WHEN 'birth' THEN INTERVAL 12 YEAR ELSE INTERVAL 1 DAY END
"""

SAME_PERSON = """
SELECT DISTINCT known, resident FROM in_one_place ANTI JOIN too_young_resident USING (known, resident)
QUALIFY count(DISTINCT resident) OVER (PARTITION BY known) = 1
"""

LINK = """
SELECT s.* EXCLUDE (anchor, member), coalesce(a.resident, s.anchor) AS anchor, coalesce(b.resident, s.member) AS member
FROM link_stated s LEFT JOIN same_person a ON a.known = s.anchor LEFT JOIN same_person b ON b.known = s.member
"""

PARENT = """
SELECT p.* EXCLUDE (parent), coalesce(a.resident, p.parent) AS parent
FROM {} p LEFT JOIN same_person a ON a.known = p.parent
"""

SPOUSE = """
SELECT s.* EXCLUDE (a, b), least(coalesce(x.resident, s.a), coalesce(y.resident, s.b)) AS a,
       greatest(coalesce(x.resident, s.a), coalesce(y.resident, s.b)) AS b
FROM spouse_known s LEFT JOIN same_person x ON x.known = s.a LEFT JOIN same_person y ON y.known = s.b
"""

SPOUSE_ENDED = """
WITH ends AS (
    SELECT a, b, valid_to, may_end, ended_by FROM spouse_renamed WHERE valid_from = DATE '0001-01-01' AND ended_by <> ''
    QUALIFY row_number() OVER (PARTITION BY a, b ORDER BY valid_to, may_end, ended_by) = 1
)
SELECT w.* EXCLUDE (valid_to, may_end, ended_by), CASE WHEN e.a IS NULL THEN w.valid_to ELSE e.valid_to END AS valid_to,
       CASE WHEN e.a IS NULL THEN w.may_end WHEN e.may_end IS NOT NULL THEN greatest(e.may_end, w.valid_from) END
           AS may_end,
       coalesce(e.ended_by, w.ended_by) AS ended_by
FROM spouse_renamed w LEFT JOIN ends e ON e.a = w.a AND e.b = w.b AND w.ended_by = ''
    AND w.valid_from > DATE '0001-01-01' AND (e.valid_to IS NULL OR w.valid_from < e.valid_to)
"""

SPOUSE_UNITED = """
SELECT * FROM spouse_ended e WHERE NOT (valid_from = DATE '0001-01-01' AND EXISTS (
    SELECT 1 FROM spouse_ended w WHERE w.a = e.a AND w.b = e.b AND w.valid_from > e.valid_from AND e.ended_by <> ''
        AND w.ended_by = e.ended_by AND w.valid_to IS NOT DISTINCT FROM e.valid_to))
"""

UNITED = Stage(
    "one human",
    "Who is known to 戸籍 and to the resident register under two ids, and every link under the one that stays.",
    (
        Step("foreigner", FOREIGNER, why="K6: only Japanese have a 戸籍; others have none in any row."),
        Step("same_parent", SAME_PARENT, why="A parent whom 戸籍 knows beside one whom 続柄 states."),
        Step("same_spouse", SAME_SPOUSE, why="A spouse whom 戸籍 knows by name beside one whom 続柄 states."),
        Step("in_one_place", IN_ONE_PLACE, why="E9: in the same place under the same given name, or a foreigner."),
        Step("too_young_resident", TOO_YOUNG,
             why="A13: nobody is a parent of whom they are not twelve years older than (adoptive: older; 民法793条)."),
        Step("same_person", SAME_PERSON, why="E9: what fits two is nobody."),
        Step("link_united", LINK, why="Statements of 続柄 under the id that stays."),
        Step("claim", PARENT.format("claim_stated"), why="Parents by 続柄 under the id that stays."),
        Step("parent_united", PARENT.format("parent_known"), why="Parents by 戸籍 under the id that stays."),
        Step("spouse_renamed", SPOUSE, why="Couples under the id that stays."),
        Step("spouse_ended", SPOUSE_ENDED,
             why="A9: a wedding and its end, told of one person under two names, are one marriage."),
        Step("spouse_united", SPOUSE_UNITED, why="A9: an end that a wedding has taken is no marriage of its own."),
    ),
    results=("same_person", "link_united", "claim", "parent_united", "spouse_united"),
)  # fmt: skip
