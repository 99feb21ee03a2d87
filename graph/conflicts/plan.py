"""Every stage of finding conflicts in its order, and what the stages start from; `find` runs them."""

from graph.conflicts.accesses import ACCESSES, HOLDERS, OPERATORS
from graph.conflicts.aggregate import COUNT, SCORE
from graph.conflicts.borrowed import BORROWED, DOUBLED
from graph.conflicts.clocks import CLOCKS, OFFSETS
from graph.conflicts.denominators import DAYS
from graph.conflicts.explain import EXPLAIN
from graph.conflicts.match import MATCH
from graph.conflicts.outcomes import JUDGED, KEEP, KINDS_OF
from graph.conflicts.relay import CANDIDATES, pairing, relayed
from graph.conflicts.work_tables import BUSINESS
from graph.steps.step import Plan

PLAN = Plan(
    "conflicts",
    "Lookups become conflicts.",
    stages=(
        BUSINESS, ACCESSES, OPERATORS, HOLDERS, CLOCKS, CANDIDATES, pairing(0), relayed(1), OFFSETS, MATCH, EXPLAIN,
        COUNT, DOUBLED, BORROWED, SCORE, KEEP, DAYS, JUDGED,
    ),  # one round of pairing stands for all
    given={
        "account": "who held which account, as handed over",
        "crossref": "the keys by which other systems know a person, as handed over",
        "assignment": "who was in charge of which case, as handed over",
        "reception": "requests taken at the counter, as handed over",
        "issuance": "certificates issued, as handed over",
        "log": "the accepted rows of the access logs",
        "graph_person": "the graph's people",
        "graph_account": "the graph's accounts",
        "graph_terminal": "the graph's terminals",
        "graph_member_of": "who lived in which household, and when",
        "graph_identified_as": "which resident a member of staff is, or may be",
        "graph_on_duty": "when who was present or away",
        "graph_located_in": "where a terminal stood, and when",
        "graph_related_to": "who is tied to whom, and when (kinship.md)",
        "setting": "the policy's numbers, in one row",
        "template": "the templates that the policy approves, in its order",
        "workday": "the policy's working days",
        "spelled": "operator ids that differ from a known one only in writing, worked out between stages (accesses.py)",
        "centre": "the delays about which relayed rows find their calls, worked out between stages (clocks.py)",
    },
    results=(
        "known_operator", "unknown_operator", "delay", "calling", "unpaired_1", "evidence", "bond", "day_count",
        "clock_offset", "borrowed", "not_listed", "judged", *KINDS_OF.values(),
    ),
)  # fmt: skip
