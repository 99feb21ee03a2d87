"""Every stage of the coverage map of the logs in its order, and what the stages start from; `logs` runs them."""

from graph.steps.step import Plan
from ingest.deliveries.rows import ROWS
from ingest.deliveries.serials import KEYS, NUMBERS
from ingest.deliveries.silent import STANDING, USE

PLAN = Plan(
    "deliveries",
    "Rows of access logs become days delivered, thin or absent, and accounts that fell silent.",
    stages=(ROWS, KEYS, NUMBERS, USE, STANDING),
    given={
        "log": "the accepted rows of the access logs",
        "turned_away": "what the quarantined rows of the access logs tell of their system, number and time",
        "width": "how many digits of a system's row numbers are the date, worked out between stages (serials.py)",
        "graph_uses": "who held which account, and when",
        "graph_belongs_to": "who belonged to which section, and when",
        "silence": "silences that are no usual pauses, worked out between stages (silent.py)",
    },
    results=(
        "log_row", "day_count", "parted_key", "dated", "ascending", "lack", "account_silence", "section_silence",
        "account_stands", "section_stands",
    ),
)  # fmt: skip
