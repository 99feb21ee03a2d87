"""Every stage that reads personnel records, in order, and what the stages start from; `staff` and `kin` run them."""

from graph.steps.step import Plan
from ingest.personnel.duty import DAYS, DUTY
from ingest.personnel.postings import KINDS_OF, STAFF
from ingest.personnel.relatives import MET, NAMED

PLAN = Plan(
    "personnel",
    "Personnel records become staff, their accounts and duty, and the kin they name.",
    stages=(STAFF, DAYS, DUTY, NAMED, MET),
    given={
        "staff": "the rows of the personnel records, as handed over",
        "account": "who held which account, as handed over",
        "terminal": "where terminals stood, as handed over",
        "duty": "the duty roster, as handed over",
        "dependant": "dependants that staff have declared, as handed over",
        "emergency_contact": "whom staff have named for an emergency, as handed over",
        "resident": "the rows of the resident register, as handed over",
        "duty_span": "hours on duty without the hours away, worked out between stages (duty.py)",
        "linked": "which resident a member of staff certainly is, as identity linking found (docs/identity.md)",
        "called": "the names of residents that are, folded, a declared one, worked out between stages (dependants.py)",
    },
    results=(
        *KINDS_OF.values(), "duty_day", "on_duty", "named_relative", "staff_entry", "resident_name", "housemate",
        "namesake",
    ),
)  # fmt: skip
