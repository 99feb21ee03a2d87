"""The columns of the tables that register steps read: text unless marked :n (number), :d (day) or :b (yes or no)."""

from datetime import date
from hashlib import sha256
from typing import Any

import pyarrow as pa

KINDS = {"": (pa.string(), ""), "n": (pa.int64(), 0), "d": (pa.date32(), None), "b": (pa.bool_(), False)}

PLACE = "file line:n seen_until:d"
LINK = f"anchor member last grade also household_id starts:d ends:d reg head_key birth:d {PLACE}"
PARENT = f"parent child nature grade valid_from:d valid_to:d may_end:d ended_by {PLACE}"
SPOUSE = f"a b nature grade valid_from:d valid_to:d may_end:d ended_by {PLACE} stands:b"
SPELL = (
    "person_id history_no:n household_id relation steps:n first_step prefix last also kind up:n down:n side name_key"
    f" given_key sex birth:d birth_latest:d reg head_key status starts:d ends:d said_on:d {PLACE}"
)
RELATION = f"{SPELL} head"
CHAINED = f"{RELATION} first_said:d first_sex several:b other_sex"
FITTING = f"{CHAINED} anchor surname family"
WEIGHED = f"{FITTING} evident:b present:b elsewhere:b doubtful:b"
OWNED = (
    "person_id entry:n version made:d reg prior_reg new_reg given_key surname birth:d birth_earliest:d known_sex is_head:b"
    " adoptive_father adoptive_mother"
    f" spouse_role entered:d entered_earliest:d entered_by left_on:d left_on_earliest:d left_for_sure:d left_by {PLACE}"
)
EVENT = f"event_no:n person_id event day:d latest:d counterpart counterpart_text other_reg {PLACE}"
PARENT_NAME = (
    f"person_id role sex text name birth:d entry:n entered:d entered_by reg prior_reg home entry_order:n {PLACE}"
)
MET = "person_id other event day:d"
CLAIM = f"parent child nature grade birth:d starts:d ends:d household_id {PLACE}"
TOLD = "a b day:d ended:d latest:d parted:b how stands:b " + PLACE
PERSON = "person_id name sex birth:d born:d"
PAIR = "a b nature grade first_said:d said_again:d last_said:d file line:n gone:d"
SEEN = "a b nature grade valid_from:d valid_to:d ended_by file line:n gone:d said_again:d"

COLUMNS = {
    "resident": "person_id history_no:n reason honseki register_head relation relation_codes name kana sex birth:d"
    f" birth_earliest:d birth_text moved_to town number building {PLACE}",
    "koseki_entry": "honseki prior_honseki new_honseki register_head prior_head new_head",
    "koseki_event": "honseki counterpart_honseki register_head counterpart_head",
    "koseki_address": "honseki register_head",
    "place": "text key", "name": "text key given", "unread_relation": "relation relation_codes what",
    "dated_row": "person_id history_no:n first:b status resident_since:d birth:d day:d seen_until:d",
    "spell": SPELL, "membership": "person_id household_id relation valid_from:d valid_to:d file line:n",
    "household": "household_id institution:b", "relation_to_head": RELATION, "chain": "text last",
    "entry": "entry:n reg prior_reg new_reg given_key surname birth:d birth_earliest:d birth_latest:d birth_key father_key"
    " known_sex number version made_text honseki register_head",
    "entry_label": "entry:n label:n", "matched_by_name": "label:n person_id how:n",
    "entry_without_resident": "label:n given_key birth:d birth_earliest:d birth_latest:d known_sex address since:d",
    "resident_without_entry": "person_id given_key birth:d birth_latest:d sex starts:d address",
    "address_pair": "label:n person_id told lived", "address": "text key", "entry_match": "label:n person_id how:n",
    "owned_entry": OWNED, "event_held": f"person_id event day:d latest:d counterpart counterpart_text other_reg source {PLACE}",
    "life_event": EVENT, "marriage_event": EVENT, "parent_name": PARENT_NAME,
    "parent_wanted": "person_id role sex text birth:d reg pointed:b", "register_couple": "person_id spouse",
    "appearance": "person_id reg name_key given_key birth:d sex adult:b source:n",
    "parent_met": "person_id role sex text parent",
    "parent_named": f"child role sex text name home birth:d entered:d {PLACE} parent by_name:b",
    "adoption_met": f"{MET} {PLACE}", "recognised_child": "child", "adoption_dated": "child text sex event day:d",
    "parent_by_event": f"parent child event day:d birth:d {PLACE}",
    "parent_by_name": f"parent child nature valid_from:d {PLACE}",
    "parent_stated": f"parent child nature grade valid_from:d {PLACE}", "called": "person_id given_key",
    "dissolution": "person_id counterpart day:d latest:d", "adoption_ended": "parent child valid_from:d day:d latest:d",
    "wedding": "a b", "near_kin": "one other", "person_sex": "person_id sex", "spouse_register": "person_id reg",
    "counterpart_met": "event_no:n other exact:b", "sole_counterpart": "event_no:n other",
    "counterpart": "person_id counterpart counterpart_text other other_sex by_name:b file line:n",
    "marriage_told": TOLD, "end_told": "a b day:d latest:d ended_by", "end_dated": "a b day:d latest:d ended_by",
    "end_undated": "a b day:d latest:d ended_by", "wedding_day": "a b day:d", "marriage_end": "a b day:d latest:d until:d",
    "tree_parent_link": "parent child nature valid_from:d file line:n",
    "tree_couple": "a b nature grade day:d may_end:d ended:d ended_by file line:n",
    "chained_relation": CHAINED, "known_kin": "x class y", "trait": "person_id sex birth:d surname",
    "member_between": "person_id history_no:n anchor reg", "possible_intermediate": "person_id history_no:n anchor",
    "person_register": "person_id reg", "register_shared": "person_id anchor", "unmarried": "person_id",
    "crowded": "household_id head prefix", "denied_link": "one other", "unfit_parent": "parent child",
    "fitting_intermediate": FITTING, "weighed_intermediate": WEIGHED, "intermediate": WEIGHED, "link_stated": LINK,
    "parent_known": "parent child", "spouse_known": SPOUSE, "refuted_parent": "parent child day:d",
    "claim_told": f"parent child also grade birth:d reg head_key household_id starts:d ends:d {PLACE}",
    "claim_plain": CLAIM, "partners_child": "child parent mother starts:d", "stated_couple": "a b",
    "same_parent": "known text sex by_name:b resident grade stands:b",
    "same_spouse": "known text sex by_name:b resident grade stands:b", "foreigner": "person_id",
    "in_one_place": "known resident", "too_young_resident": "known resident", "spouse_renamed": SPOUSE,
    "spouse_ended": SPOUSE, "link_united": LINK, "pair": PAIR, "pair_apart": "a b parted:d",
    "register_spell": "person_id reg head_key next_head starts:d ends:d changed:b",
    "pair_in_register": "a b wed:d parted:d", "pair_dated": f"{PAIR} wed:d parted:d", "pair_seen": SEEN,
    "spouse_united": SPOUSE, "spouse_told": "a b nature grade valid_from:d valid_to:d may_end:d ended_by file line:n gone:d said_again:d",
    "spouse_followed": f"{SEEN} may_end:d died:d may_die:d next_wedding:d",
    "spouse_bounded": "a b nature grade valid_from:d may_end:d file line:n gone:d until:d how",
    "parent_united": PARENT, "person_known": PERSON, "settled_sex": "child sex", "claim": CLAIM,
    "claim_held": f"{CLAIM} sex settled:b first_said:d said_first:d", "claim_firm": "parent child nature sex",
    "parent_together": PARENT, "parent_evidence": "parent child stands:b gone:d", "parent_merged": PARENT,
    "spouse_link": "a b valid_from:d valid_to:d", "parent_settled": PARENT, "sibling_family": "parent child",
    "sibling_parent": PARENT, "impossible_line": "parent child", "parent_possible": PARENT, "circle": "parent child",
    "spouse_registered": SPOUSE, "parent_registered": PARENT,
}  # fmt: skip


def tables(**stated: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Give tables by name, each of rows that state what a case is about; the rest is empty."""
    return {name: _table(COLUMNS[name].split(), rows) for name, rows in stated.items()}


def _table(columns: list[str], rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {name: KINDS[kind] for name, _, kind in (column.partition(":") for column in columns)}
    assert not (unknown := {name for row in rows for name in row} - kinds.keys()), unknown
    return pa.table(
        {name: pa.array([row.get(name, usual) for row in rows], kind) for name, (kind, usual) in kinds.items()}
    )


def y(year: int, month: int = 1, day: int = 1) -> date:
    """Give a day, the first of a year or of a month where no more is said."""
    return date(year, month, day)


NEVER = y(1)  # where nobody knows since when


def by_name(text: str) -> str:
    """Give the id of somebody whom 戸籍 knows by name only."""
    return "koseki:" + sha256(text.encode()).hexdigest()[:16]
