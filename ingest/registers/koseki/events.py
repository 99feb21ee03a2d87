"""身分事項 of 戸籍, each told once and of whom it is (K1); an unknown day has a first and a last one."""

from graph.steps.step import Stage, Step

EVENT_KEYED = """
SELECT v.event, coalesce(v.happened, v.happened_earliest, v.notified, v.notified_earliest) AS day,
       coalesce(v.happened, least(v.happened_latest, v.notified, v.notified_latest), d.spoken) AS latest,
       c.key AS counterpart, v.counterpart AS counterpart_text, v.file, v.line, v.source, v.seen_until, v.version,
       own.reg, g.key AS given_key, other.reg AS other_reg
FROM koseki_event v
JOIN written_register own ON own.honseki = v.honseki AND own.head = v.register_head
JOIN written_register other ON other.honseki = v.counterpart_honseki AND other.head = v.counterpart_head
JOIN name g ON g.text = v.given_name JOIN name c ON c.text = v.counterpart
LEFT JOIN delivery d ON d.source = v.source AND d.file = v.file
"""

EVENT_OWNER = """
SELECT person_id, reg, given_key, version, min(coalesce(birth, birth_earliest)) AS birth,
       list(entered) || list(left_on) AS days, max(coalesce(left_on, DATE '9999-12-31')) AS until
FROM owned_entry GROUP BY person_id, reg, given_key, version
"""

EVENT_HELD = """
SELECT o.person_id, k.* FROM event_keyed k JOIN event_owner o USING (reg, given_key, version)
WHERE (o.birth IS NULL OR k.day IS NULL OR CASE k.event
    WHEN 'marriage' THEN o.birth + INTERVAL 15 YEAR <= k.day WHEN 'recognition' THEN true ELSE o.birth <= k.day END)
    AND (k.day IS NULL OR k.day <= o.until)
QUALIFY rank() OVER (
    PARTITION BY k.file, k.line, k.source ORDER BY coalesce(list_contains(o.days, k.day), false) DESC
) = 1
"""

LIFE_EVENT = """
WITH sure AS (
    SELECT * FROM event_held QUALIFY count(*) OVER (PARTITION BY file, line, source) = 1
)
SELECT row_number() OVER (ORDER BY person_id, event, day, counterpart) AS event_no, person_id, event, day,
       greatest(day, min(latest)) AS latest, counterpart, min(counterpart_text) AS counterpart_text,
       max(other_reg) AS other_reg,
       min_by(file, (file, line)) AS file, min_by(line, (file, line)) AS line,
       CASE WHEN bool_or(seen_until IS NULL) THEN NULL ELSE max(seen_until) END AS seen_until
FROM sure GROUP BY person_id, event, day, counterpart
"""

EVENTS = Stage(
    "events",
    "What 身分事項 tell, of whom, and on which days it may have been.",
    (
        Step("event_keyed", EVENT_KEYED,
             why="Each event with both registers' keys; a day nobody knows was before the register spoke (K5).",
             kind="VIEW"),
        Step("event_owner", EVENT_OWNER, why="Whose an event may be: who has that given name in that register."),
        Step("event_held", EVENT_HELD,
             why="Of two of one given name age decides, who had left by then, whose entry begins or ends on that day.",
             kind="VIEW"),
        Step("life_event", LIFE_EVENT,
             why="K10: the same event of several registers counts once, and what still fits two is nobody's."),
    ),
    results=("life_event",),
)  # fmt: skip
