"""Every stage of reading the registers in its order, and what the stages start from; `build` runs them."""

from graph.steps.step import Plan
from ingest.registers.contradictions import LINKED, POSSIBLE
from ingest.registers.genealogy.links import TREE_LINKS
from ingest.registers.genealogy.matches import TREES, beside, matched
from ingest.registers.kept import KEEP, KINDS_OF
from ingest.registers.koseki.addresses import ADDRESSES
from ingest.registers.koseki.adoptions import PARENTS as REGISTERED_PARENTS
from ingest.registers.koseki.counterparts import COUNTERPARTS
from ingest.registers.koseki.entries import ENTRIES
from ingest.registers.koseki.events import EVENTS
from ingest.registers.koseki.identities import IDENTITIES
from ingest.registers.koseki.marriages import MARRIAGES
from ingest.registers.koseki.matches import MATCHES
from ingest.registers.koseki.parents import NAMED_PARENTS
from ingest.registers.parents import PARENTS
from ingest.registers.persons import PERSONS
from ingest.registers.register_keys import KEYS, SPELLINGS
from ingest.registers.resident.claims import CLAIMS
from ingest.registers.resident.intermediates import INTERMEDIATES
from ingest.registers.resident.links import LINKS
from ingest.registers.resident.plain_links import PLAIN_LINKS
from ingest.registers.resident.spells import SPELLS
from ingest.registers.siblings import ANONYMOUS_PARENTS, APART
from ingest.registers.spouses import SEEN, SPOUSES
from ingest.registers.unite import UNITED

# The stages between what is worked out otherwise: what is read letter by letter, whose entries belong together, whom
# a genealogy leads to, which siblings are one family, who would be their own ancestor.
READ = (KEYS, SPELLS, ENTRIES)
MET = (MATCHES, ADDRESSES)
REGISTERED = (IDENTITIES, EVENTS, NAMED_PARENTS, REGISTERED_PARENTS, COUNTERPARTS, MARRIAGES)
STATED = (TREE_LINKS, PLAIN_LINKS, INTERMEDIATES, LINKS, CLAIMS, UNITED, PERSONS, SEEN, SPOUSES, PARENTS, APART)
CHECKED = (ANONYMOUS_PARENTS, POSSIBLE)
LAST = (LINKED, KEEP)

PLAN = Plan(
    "registers",
    "Registers become persons, households and kin links.",
    # one round along a genealogy stands for all
    stages=(SPELLINGS, *READ, *MET, *REGISTERED, TREES, beside(0), matched(1), *STATED, *CHECKED, *LAST),
    given={
        "resident": "住民基本台帳: a row for each change of a person, numbers of one human united",
        "koseki_entry": "戸籍: the entries of each register",
        "koseki_event": "戸籍: 身分事項 of the entries",
        "koseki_address": "戸籍の附票: where somebody lived while in a register",
        "genealogy": "家系図: the lines of GEDCOM files",
        "delivered": "when each file was delivered",
        "united": "宛名番号 of one human, with what spoke for it (J7)",
        "place": "spellings of 本籍 and their keys, worked out between stages (register_keys.py)",
        "name": "spellings of names and their keys, worked out between stages (register_keys.py)",
        "chain": "every 続柄 read by its grammar, worked out between stages (resident/chains.py)",
        "unread_relation": "every 続柄 that the grammar leaves unread, worked out between stages (resident/chains.py)",
        "entry_label": "entries bonded through any number of others, worked out between stages (koseki/entries.py)",
        "address": "spellings of addresses and their keys, worked out between stages (register_keys.py)",
        "tree_person": "the people of genealogies, read from their lines (genealogy/records.py)",
        "tree_name": "the names of those people (genealogy/records.py)",
        "tree_parent": "the parents of those people (genealogy/records.py)",
        "tree_spouse": "the couples among those people (genealogy/records.py)",
        "sibling_family": "siblings of siblings, worked out between stages (siblings.py)",
        "circle": "links that run in circles, worked out between stages (contradictions.py)",
    },
    results=(
        *SPELLINGS.results, "unread_row", "bond", "address_text", "tree_match_1", "siblings_apart", "impossible_line",
        "parent_possible", "circular_line", *KINDS_OF.values(),
    ),
)  # fmt: skip
