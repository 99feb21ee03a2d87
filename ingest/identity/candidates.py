"""Pairs of staff and residents who may be one (W2)."""

from graph.steps.step import Stage, Step

NEAR = """
(damerau_levenshtein(strftime({a}, '%Y%m%d'), strftime({b}, '%Y%m%d')) <= 1
 OR abs({a} - {b}) = 1
 OR (year({a}), month({a}), day({a})) = (year({b}), day({b}), month({b})))
""".strip()
# A name without a space whose halves stand in each other's place.
TURNED = """
(f.way = 'turned' AND (
    f.surname = '' AND f.whole = r.given || r.surname AND r.given <> '' AND r.surname <> ''
    OR f.surname_kana = '' AND f.reading = r.given_kana || r.surname_kana
       AND r.given_kana <> '' AND r.surname_kana <> ''))
""".strip()

NAMESAKE = """
SELECT f.id AS staff_id, r.id AS person_id FROM member_form f JOIN form r ON r.whole = f.whole AND f.whole <> ''
UNION
SELECT f.id, r.id FROM member_form f JOIN form r ON r.reading = f.reading AND f.reading <> ''
"""

LIKELY_NAMESAKE = f"""
SELECT n.* FROM namesake n JOIN member s USING (staff_id) JOIN person p USING (person_id)
WHERE s.birth IS NULL OR p.birth IS NULL OR s.birth = p.birth
   OR {NEAR.format(a="s.birth", b="p.birth")}
   OR EXISTS (SELECT 1 FROM member_place a JOIN place b ON b.block = a.block AND a.block <> ''
              WHERE a.staff_id = n.staff_id AND b.person_id = n.person_id)
"""

SAME_BIRTH = f"""
SELECT s.staff_id, b.person_id FROM member s JOIN birth_date b USING (birth)
JOIN member_form f ON f.id = s.staff_id JOIN form r ON r.id = b.person_id
WHERE f.surname = r.surname AND f.surname <> '' OR f.given = r.given AND f.given <> ''
   OR f.surname_kana = r.surname_kana AND f.surname_kana <> '' OR f.given_kana = r.given_kana AND f.given_kana <> ''
   OR {TURNED}
"""

SAME_DWELLING = """
SELECT a.staff_id, b.person_id FROM member_place a JOIN place b ON b.dwelling = a.dwelling AND a.dwelling <> ''
JOIN member_form f ON f.id = a.staff_id JOIN form r ON r.id = b.person_id
WHERE f.given = r.given AND f.given <> '' OR f.given_kana = r.given_kana AND f.given_kana <> ''
"""

SAME_DWELLING_AND_BIRTH = """
SELECT a.staff_id, b.person_id FROM member_place a JOIN place b ON b.dwelling = a.dwelling AND a.dwelling <> ''
JOIN member s ON s.staff_id = a.staff_id JOIN birth_date d ON d.person_id = b.person_id AND d.birth = s.birth
"""

PAIR = """
SELECT * FROM likely_namesake
UNION SELECT * FROM same_birth
UNION SELECT * FROM same_dwelling
UNION SELECT * FROM same_dwelling_and_birth
"""

TOLD_HOME = """
SELECT DISTINCT person_id, unnest([previous_address, moved_to]) AS address
FROM resident SEMI JOIN pair USING (person_id)
ORDER BY ALL
"""

PAIRS = Stage(
    "pairs",
    "Who may be whom, by what agrees (W2); and where these people lived before, or went.",
    (
        Step("namesake", NAMESAKE, why="W2: the whole name agrees, as written or as read.", kind="VIEW"),
        Step(
            "likely_namesake",
            LIKELY_NAMESAKE,
            why="W2: of namesakes born on another day altogether only those of one block can be told from strangers.",
            kind="VIEW",
        ),
        Step("same_birth", SAME_BIRTH, why="W2: the birth date and a part of the name agree.", kind="VIEW"),
        Step("same_dwelling", SAME_DWELLING, why="W2: the dwelling and the given name agree.", kind="VIEW"),
        Step(
            "same_dwelling_and_birth",
            SAME_DWELLING_AND_BIRTH,
            why="W6: dwelling and birth date agree, whatever the name.",
            kind="VIEW",
        ),
        Step("pair", PAIR, why="W2: each pair once, whatever found it."),
        Step("told_home", TOLD_HOME, why="Addresses as people told them are read for candidates only.", kind="VIEW"),
    ),
    results=("pair", "told_home"),
)
