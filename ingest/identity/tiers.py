"""The tiers of a pair (W2) and the codes of what agrees and what differs."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from graph.records.evidence import MARKS

SCORE_ALONE = 10  # behind the nine; tier 0 is a member of staff as HR knows them (graph.model.IdentityLink)


def tiers(columns: Mapping[str, Any]) -> Any:
    """Give the best tier of every pair, SCORE_ALONE where none fits."""
    surname, given = columns["surname"].astype(float), columns["given"].astype(float)
    foreign = np.isnan(surname) & (given >= 5)  # a name in Latin letters is compared whole
    has_surname, has_given = (surname >= 3) | foreign, given >= 3
    name = has_surname & has_given
    born, near = columns["birth"] == "equal", np.isin(columns["birth"], ["near", "missing"])
    place = np.isin(columns["address"], ["dwelling", "before", "block"])
    dwelling = columns["address"] == "dwelling"
    dependant = columns["dependants"].astype(float) >= 1
    sexed = columns["sex"] != "differs"
    outside = columns["address"] == "outside"
    holds = [
        name & born & place,
        name & born & dependant,
        has_given & born & sexed & ((surname == 2) | place | dependant),
        (name & near & (place | dependant))
        | (has_given & near & sexed & place & dependant)
        | (name & sexed & dwelling & dependant),
        has_surname & born & sexed & (dwelling | (place & dependant)),
        name & born & ~outside,
        name & born,
        (given == 6) & born & sexed,
        name & near & sexed,
    ]
    return np.select(holds, range(1, SCORE_ALONE), SCORE_ALONE)


def evidence(pair: Mapping[str, Any]) -> Iterator[str]:
    """Give the codes of what agrees and what differs (their marks: graph.records.evidence)."""
    for field in ("surname", "given"):
        if pair[field] is not None:
            yield f"{field}:{pair[field]}"
    if pair["unreadable"]:
        yield "unreadable"
    yield f"birth:{pair['birth']}"
    if f"address:{pair['address']}" in MARKS:
        yield f"address:{pair['address']}"
    if pair["sex"] == "differs":
        yield "sex:differs"
    if pair["dependants"] is not None:
        yield f"dependants:{pair['dependants'] or 'none'}"
    yield from (code for code in ("alias_only", "turned_only", "protected") if pair[code])
    if pair["status"] == "moved":
        yield "moved"
