"""戸籍: the entries with their keys, which of them are bonded, and the table of those who belong together (K1, K3)."""

import numpy as np
import pyarrow as pa

from graph.steps.step import Stage, Step

ENTRY_KEYED = """
SELECT e.honseki, e.register_head, e.version, e.made, e.made_text, e.closed, e.position, e.given_name, e.kana, e.birth,
       e.birth_earliest, e.birth_latest, e.birth_text, e.father, e.mother, e.adoptive_father, e.adoptive_mother,
       e.spouse_role, e.entered, e.entered_earliest, e.entered_by, e.left_on, e.left_on_earliest, e.left_by,
       e.person_id AS number, e.file, e.line, e.seen_until,
       coalesce(e.left_on, e.left_on_latest, d.spoken) AS left_for_sure, own.reg, own.head_key, g.key AS given_key,
       coalesce(CAST(e.birth AS VARCHAR), e.birth_text) AS birth_key, f.key AS father_key, m.key AS mother_key,
       af.key AS adoptive_father_key, am.key AS adoptive_mother_key, prior.reg AS prior_reg, later.reg AS new_reg,
       ends_with(own.head_key, g.key) AND own.head_key <> g.key AS is_head,
       CASE WHEN e.sex <> '' THEN e.sex WHEN e.spouse_role = '夫' THEN 'M' WHEN e.spouse_role = '妻' THEN 'F'
            WHEN regexp_matches(e.relation_to_parents || e.adoptive_relation, '女') THEN 'F'
            WHEN regexp_matches(e.relation_to_parents, '男') THEN 'M' ELSE '' END AS known_sex
FROM koseki_entry e
JOIN written_register own ON own.honseki = e.honseki AND own.head = e.register_head
JOIN written_register prior ON prior.honseki = e.prior_honseki AND prior.head = e.prior_head
JOIN written_register later ON later.honseki = e.new_honseki AND later.head = e.new_head
JOIN name g ON g.text = e.given_name
JOIN name f ON f.text = e.father JOIN name m ON m.text = e.mother
JOIN name af ON af.text = e.adoptive_father JOIN name am ON am.text = e.adoptive_mother
LEFT JOIN delivery d ON d.source = e.source AND d.file = e.file
"""

REGISTER_SURNAME = """
SELECT reg, min(left(head_key, length(head_key) - length(given_key))) AS surname FROM entry_keyed WHERE is_head
GROUP BY reg
"""

ENTRY = r"""
SELECT row_number() OVER (ORDER BY reg, version, made, position, given_key, birth_key, file, line) AS entry, k.*,
       coalesce(surname, '') AS surname,
       left(regexp_replace(register_head, '\s', '', 'g'), coalesce(length(surname), 0)) AS spelled
FROM entry_keyed k LEFT JOIN register_surname USING (reg)
"""

BOND = """
SELECT entry, hash(given_key, birth_key, reg) AS bond FROM (
    SELECT DISTINCT entry, given_key, birth_key, unnest([reg, prior_reg, new_reg]) AS reg FROM entry
    WHERE birth_key <> ''
) WHERE reg <> ''
UNION
SELECT entry, hash(given_key, birth_key, 'father', father_key) FROM entry WHERE birth IS NOT NULL AND father_key <> ''
UNION
SELECT entry, hash(given_key, reg) FROM entry WHERE birth_key = ''
UNION
SELECT entry, hash('person', number) FROM entry WHERE number <> ''
UNION
SELECT entry, hash('alone', entry) FROM entry
"""

ENTRIES = Stage(
    "entries",
    "Every entry of the family registers with its keys, and what bonds entries of one human.",
    (
        Step("entry_keyed", ENTRY_KEYED, why="Each entry with the keys of its register and of its names (K5)."),
        Step("register_surname", REGISTER_SURNAME,
             why="A register's surname is its 筆頭者's name without the given name of the entry that is the 筆頭者."),
        Step("entry", ENTRY, why="The entries, numbered in an order that does not rest on the files' (K1)."),
        Step("bond", BOND,
             why="K3: one person has one given name and birth, and shares a register (own, 従前, 新) or the father.",
             kind="VIEW"),
    ),
    results=("entry", "bond"),
)  # fmt: skip


def bonded(bonds: pa.Table) -> pa.Table:
    """Give each entry of a table (entry, bond) the least entry it is bonded with, through any number of others."""
    entries, entry = np.unique(bonds["entry"].to_numpy(), return_inverse=True)
    kinds, bond = np.unique(bonds["bond"].to_numpy(), return_inverse=True)
    label, before = entries, np.empty(0, entries.dtype)
    while not np.array_equal(label, before):
        before = label
        least = np.full(len(kinds), entries.max(initial=0), entries.dtype)
        np.minimum.at(least, bond, label[entry])
        label = label.copy()
        np.minimum.at(label, entry, least[bond])
    return pa.table({"entry": entries, "label": label})
