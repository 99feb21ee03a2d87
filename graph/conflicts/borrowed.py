"""R3: lookups under the account of somebody who is no kin, where a colleague on duty beside that desk is.

Listed only where that colleague has an own unexplained conflict with the same person or household (Q3), or held the
account that day as well; everything else that kinship and duty alone would suggest is a count. The words ask, they
accuse nobody (Q2).
"""

from collections.abc import Mapping
from typing import Any

import duckdb

from graph.conflicts.doubled import DOUBLED
from graph.errors import Said

# Unexplained lookups whose holder is tied to nobody they showed, with the section the terminal stood in that day.
DESKS = """
CREATE TABLE work.desk AS
SELECT e.row, e.person_id, e.time, e.day, e.staff_id AS holder, p."end" AS section_id
FROM work.exposed e
JOIN graph_located_in p ON p.start = e.terminal_id AND work.holds(e.day, p.valid_from, p.valid_to)
WHERE e.class = 'joined' AND e.row NOT IN (SELECT row FROM work.explained)
  AND e.row NOT IN (SELECT row FROM work.related)
"""

# A colleague who is kin of the person shown and was on duty in that section in that very minute.
COLLEAGUES = """
CREATE TABLE work.colleague AS
WITH kin AS MATERIALIZED (
    SELECT DISTINCT d.*, v.staff_id AS viewer FROM work.desk d
    JOIN graph_related_to t ON t."end" = d.person_id AND t.kind <> 'tie' AND t.valid_from <= d.day
    JOIN work.viewer v ON v.person_id = t.start AND v.staff_id <> d.holder AND v.certain
)
FROM work.doubled
UNION
SELECT k.row, k.person_id, k.day, k.time, k.holder, k.viewer
FROM kin k
JOIN graph_on_duty o ON o.start = k.viewer AND o."end" = k.section_id AND o.present
  AND work.holds(k.time, o.valid_from, o.valid_to)
"""

# Own unexplained lookups of the colleague at the same person, or at who lived in the same household that day.
OWN = """
CREATE TABLE work.own AS
SELECT n.row, n.person_id, n.holder, n.viewer, c.row AS own_row, n.near = n.person_id AS same
FROM (
    SELECT row, person_id, holder, viewer, person_id AS near FROM work.colleague
    UNION
    SELECT k.row, k.person_id, k.holder, k.viewer, b.start FROM work.colleague k
    JOIN graph_member_of a ON a.start = k.person_id AND work.holds(k.day, a.valid_from, a.valid_to)
    JOIN graph_member_of b ON b."end" = a."end" AND work.holds(k.day, b.valid_from, b.valid_to)
) n
JOIN work.counted c ON c.staff_id = n.viewer AND c.person_id = n.near AND c.outcome = 'suspicious'
UNION ALL
SELECT row, person_id, holder, viewer, NULL, true FROM work.doubled
"""

# A household view shows many: it is listed once, under the person whom the colleagues themselves looked up most.
SUBJECTS = """
CREATE TABLE work.subject AS
SELECT row, person_id FROM work.own GROUP BY row, person_id
QUALIFY row_number() OVER (PARTITION BY row ORDER BY count(DISTINCT own_row) FILTER (same) DESC, person_id) = 1
"""

AWAY = """
CREATE TABLE work.away AS
SELECT DISTINCT k.row FROM work.colleague k
JOIN graph_on_duty o ON o.start = k.holder AND NOT o.present AND work.holds(k.time, o.valid_from, o.valid_to)
"""

RANK = "own DESC, away DESC, len(lookups) DESC, subject, holder"

GROUPS = f"""
CREATE TABLE work.borrowed AS
SELECT o.person_id AS subject, o.holder, list(DISTINCT o.viewer ORDER BY o.viewer) AS viewers,
       list(DISTINCT l.lookup_id ORDER BY l.lookup_id) AS lookups, list(DISTINCT o.row) AS rows,
       count(DISTINCT o.own_row) AS own, count(DISTINCT a.row) AS away, count(DISTINCT d.row) AS doubled
FROM work.own o JOIN work.subject USING (row, person_id) JOIN work.lookup l USING (row)
LEFT JOIN work.away a USING (row)
LEFT JOIN (SELECT DISTINCT row FROM work.doubled) d USING (row)
GROUP BY o.person_id, o.holder
ORDER BY {RANK} LIMIT $limit
"""

LISTED = f"SELECT subject, holder, viewers, lookups, own, away, doubled FROM work.borrowed ORDER BY {RANK}"
NOT_LISTED = """
SELECT count(DISTINCT row) FROM work.colleague WHERE row NOT IN (SELECT unnest(rows) FROM work.borrowed)
"""

ASK = Said(
    "Check with member of staff {holder}: were these {lookups} lookups their own?",
    "職員{holder}に確認してください。この{lookups}件は本人の操作でしたか。",
)
GONE = Said(
    "At the time of {away} of them the duty roster has {holder} away.",
    "そのうち{away}件の時刻、勤務の記録では職員{holder}は席を外していました。",
)
KIN = Said(
    "Member of staff {viewers}, on duty in the same section, is tied to the subject and has {own} lookups of the "
    "subject or the household under an own account without a business record.",
    "同じ所属で勤務中だった職員{viewers}は対象者の親族等にあたり、自分の操作者IDでも対象者またはその世帯を"
    "業務上の記録なしに{own}件閲覧しています。",
)
TWO = Said(
    "On the day of {doubled} of them the account was registered to more than one member of staff, among them "
    "{viewers}, who is tied to the subject.",
    "そのうち{doubled}件の日、この操作者IDは2人以上の職員のものとして登録され、職員{viewers}はその中の対象者の親族等です。",
)
CAUTION = Said(
    "This is a question, not an accusation of anybody.", "確認の依頼であり、だれの不正をいうものでもありません。"
)


def find_borrowed(con: duckdb.DuckDBPyConnection, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Give the groups to check, those with most own unexplained lookups first, and how many lookups are not listed."""
    for query in (DESKS, DOUBLED, COLLEAGUES, OWN, SUBJECTS, AWAY):
        con.execute(query)
    con.execute(GROUPS, {"limit": limit})
    groups = [_group(*row) for row in con.execute(LISTED).fetchall()]
    return groups, int(con.execute(NOT_LISTED).fetchall()[0][0])


def sentences(group: Mapping[str, Any]) -> tuple[Said, ...]:
    """Word a group as a question to its account holder."""
    found = [(GONE, group["away"]), (KIN, group["own"]), (TWO, group.get("doubled", 0))]
    told = (ASK, *(said for said, count in found if count), CAUTION)
    return tuple(Said(en=_filled(said.en, group, ", "), ja=_filled(said.ja, group, "、")) for said in told)


def _filled(text: str, group: Mapping[str, Any], comma: str) -> str:
    return text.format(
        holder=group["holder"],
        lookups=len(group["lookups"]),
        viewers=comma.join(candidate["viewer"] for candidate in group["candidates"]),
        own=group["own"],
        away=group["away"],
        doubled=group.get("doubled", 0),
    )


def _group(
    subject: str, holder: str, viewers: list[str], lookups: list[str], own: int, away: int, doubled: int
) -> dict[str, Any]:
    candidates = [{"viewer": viewer} for viewer in viewers]
    return {
        "subject": subject, "holder": holder, "candidates": candidates, "lookups": lookups, "own": own, "away": away,
        "doubled": doubled,
    }  # fmt: skip
