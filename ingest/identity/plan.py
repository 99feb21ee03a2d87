"""Every stage of identity linking in its order, and what the stages start from; `compare` runs them."""

from graph.steps.step import Plan
from ingest.identity.candidates import PAIRS
from ingest.identity.comparison import COMPARING, FACTS, NAMES
from ingest.identity.written import WRITTEN

PLAN = Plan(
    "identity",
    "Staff and residents are put side by side, and compared.",
    stages=(WRITTEN, PAIRS, NAMES, FACTS, COMPARING),
    given={
        "resident": "the rows of the resident register, as handed over",
        "staff": "the rows of the personnel records, as handed over",
        "dependant": "dependants that staff have declared, as handed over",
        "form": "of every spelling of a resident the keys of its parts, worked out between stages (keys.py)",
        "member_form": "the same of staff, also with surname and given name in each other's place (W6)",
        "declared_form": "the same of the names of dependants",
        "former": "the keys of surnames before a marriage",
        "place": "of every dwelling of a resident its town, its block and itself, as keys",
        "home": "the same of the dwelling of now",
        "member_place": "the same of the address that HR has, and whether it is outside the municipality",
        "told_place": "the same of addresses that candidates told",
    },
    results=(
        "spelling", "former_name", "lived_at", "lives_at", "member", "member_spelling", "declared_name", "told_home",
        "candidate",
    ),
)  # fmt: skip
