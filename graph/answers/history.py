"""The lookups of one person, one member of staff, one terminal: who looked, through what, explained by what (O6).

The version for the person who asks for it (保有個人情報開示請求) leaves out what is not theirs to know: names and
numbers of staff, other people, and what an open inquiry still needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from graph.answers import postings
from graph.answers.identities import Decisions, member_of_staff
from graph.answers.ties import people_on, ties
from graph.answers.who import standings
from graph.errors import WorkspaceError
from graph.model import Attribution, CaseState, DutySpan, Outcome, Tense, Unjoinable, View, record
from graph.records import deliveries
from graph.records.answers import (
    Accounts,
    DisclosedLookup,
    Examined,
    HistoryEntry,
    OnDuty,
    Revocable,
    Unsure,
    Withheld,
)
from graph.records.decisions import Disposition
from graph.records.facts import Facts
from graph.records.results import Caller, Explained, LookupEntry, Tie
from graph.store.base import GraphStore

WANTED = {
    "viewer": "viewer = $viewer",
    "subject": "subject = $subject",
    "terminal": "terminal_id = $terminal",
    "since": "CAST(time AS DATE) >= $since",
    "until": "CAST(time AS DATE) <= $until",
}
SYSTEMS = "SELECT system, count(DISTINCT lookup_id) FROM read_parquet($path) GROUP BY system ORDER BY system"
TOLD = ("time", "system", "via", "operation", "view", "outcome", "explanation")
OF_LOOKUP = tuple(field.name for field in fields(LookupEntry))


@record
class Looked:
    """One lookup of one subject and who it was, with what ties the two."""

    subject: str
    viewer: str  # 職員番号, or empty where the account is nobody's alone
    name: str
    section: str  # on the day of the lookup
    lookup: LookupEntry
    ties: tuple[Tie, ...] = ()
    ties_known: bool = True  # false where nobody knows which resident the viewer is


def lookups(path: Path, wanted: Mapping[str, Any]) -> list[Looked]:
    """Read the judged lookups of a generation that fit: by viewer, subject, terminal, first and last day.

    Raises WorkspaceError where the generation has none kept.
    """
    kept = {name: value for name, value in wanted.items() if value is not None}
    tests = " AND ".join(WANTED[name] for name in kept) or "true"
    query = f"SELECT * FROM read_parquet($path) WHERE {tests} ORDER BY time, lookup_id, subject"
    with duckdb.connect() as con:
        rows = con.sql(query, params={"path": there(path)} | kept).to_arrow_table().to_pylist()
    return [_looked(row) for row in rows]


def systems(path: Path) -> dict[str, int]:
    """Count the lookups of each system that were examined."""
    with duckdb.connect() as con:
        return dict(con.execute(SYSTEMS, {"path": there(path)}).fetchall())


def there(path: Path) -> str:
    """Give a file of judged lookups as DuckDB wants it. Raises WorkspaceError where it is not kept."""
    if not path.exists():
        raise WorkspaceError(
            f"this generation kept no lookups ({path.name} is missing); run an ingest again",
            f"この世代には閲覧の記録が残っていません（{path.name} がありません）。"
            "もう一度 enkan ingest を実行してください",
        )
    return str(path)


def _looked(row: Mapping[str, Any]) -> Looked:
    names = ("lookup_id", "time", "system", "via", "operation", "file", "line")
    explanation = Explained(template=row["template"], record=row["record"]) if row["template"] else None
    caller = Caller(file=row["caller_file"], line=row["caller_line"]) if row["caller_line"] else None
    entry = LookupEntry(
        **{name: row[name] for name in names}, account=row["account_id"].split(":", 1)[-1],
        terminal=row["terminal_id"], view=View(row["view"]), attribution=Attribution(row["attribution"]),
        tense=Tense(row["tense"]), outcome=Outcome(row["outcome"]), explanation=explanation, caller=caller,
    )  # fmt: skip
    return Looked(subject=row["subject"], viewer=row["viewer"], name="", section="", lookup=entry)


def disclosed(
    found: Iterable[Looked], held: Iterable[str], protected: Sequence[str] = ()
) -> tuple[list[Looked], Withheld]:
    """Give what the person themself may see, and of how many lookups what is withheld for which reason.

    `held` are lookups that an open inquiry still needs: they are held back until it has ended. Of a section whose name
    has one of the `protected` words in it only the name is left out: it would tell whom that section protects (G3).
    What to suspect is not the register's to tell, and a record's number may be another person's.
    """
    open_inquiry, found = set(held), list(found)
    kept = [each for each in found if each.lookup.lookup_id not in open_inquiry]
    told = [_without_section(each) if any(word in each.section for word in protected) else each for each in kept]
    withheld = Withheld(
        open_inquiry=len(found) - len(kept) or None,
        protected_section=sum(each is not other for each, other in zip(kept, told, strict=True)) or None,
    )
    return [replace(each, lookup=_without_suspicion(each.lookup)) for each in told], withheld


def _without_section(each: Looked) -> Looked:
    return replace(each, section="")


def _without_suspicion(lookup: LookupEntry) -> LookupEntry:
    explanation = replace(lookup.explanation, record="") if lookup.explanation else None
    outcome = Outcome.EXPLAINED if lookup.outcome == Outcome.EXPLAINED else Outcome.UNEXPLAINED
    return replace(lookup, outcome=outcome, explanation=explanation)


def unknown(facts: Facts, found: Iterable[Looked]) -> Unsure:
    """Count by reason what keeps a history from being sure to be whole.

    Files that could not be taken, log rows that could not be read and those whose subject is in no register may be of
    this person; of their own lookups, those whose operator nobody knows are told without one.
    """
    unreadable = sum(file.quarantined for file in facts.sources if file.table == "lookup")
    return Unsure(
        refused_file=len(facts.refused) or None,
        unreadable_row=unreadable or None,
        unknown_subject=sum(day.unjoinable.get(Unjoinable.UNKNOWN_SUBJECT, 0) for day in facts.days) or None,
        unknown_operator=sum(not each.viewer for each in found) or None,
    )


def examined(facts: Facts, path: Path) -> Examined:
    """Give what a history rests on: log rows read, lookups of each system, sources that were missing."""
    return Examined(
        rows=sum(day.rows for day in facts.days),
        systems=systems(path),
        missing=facts.missing,
        spans=tuple(log.span for log in facts.log_coverage),
        log_coverage=deliveries.holes(facts.log_coverage, None, None),
    )


def with_staff(store: GraphStore, found: Sequence[Looked]) -> list[Looked]:
    """Add the viewers' names, and the sections they belonged to on the day of each lookup."""
    staff = postings.read(store, (each.viewer for each in found))
    return [
        replace(each, name=staff.name(each.viewer), section=staff.section(each.viewer, each.lookup.time.date()))
        for each in found
    ]


def with_ties(store: GraphStore, decisions: Decisions, found: Iterable[Looked], subject: str) -> list[Looked]:
    """Add what ties each viewer to the subject on the day of the lookup, and whether that is known at all."""
    found = list(found)
    who = standings(store, decisions, (each.viewer for each in found))
    known = {staff for staff, each in who.items() if each.unknown is None}
    person = {staff: each.person for staff, each in who.items() if each.person}
    rows = store.select("RELATED_TO", {"start": sorted(set(person.values())), "end": [subject]})
    people = people_on(store, rows)

    def tied(each: Looked) -> Looked:
        own = [row for row in rows if row.start == person.get(each.viewer)]
        told = ties(own, people, each.lookup.time.date(), future=False)
        return replace(each, ties=told, ties_known=each.viewer in known)

    return [tied(each) for each in found]


def in_inquiry(store: GraphStore, standing: Mapping[str, Disposition], subject: str) -> set[str]:
    """Give the lookups of conflicts about a person that an open inquiry (needs_inquiry) still needs."""
    held = {key for key, decision in standing.items() if decision.state == CaseState.NEEDS_INQUIRY}
    about = sorted(link.start for link in store.select("SUBJECT", {"end": [subject]}) if link.start in held)
    return {count.end for count in store.select("COUNTS", {"start": about})} if about else set()


def on_duty(store: GraphStore, terminal: str, day: date) -> list[OnDuty]:
    """Give who was rostered where a terminal stands on a day."""
    places = store.select("LOCATED_IN", {"start": [terminal]})
    sections = sorted({place.end for place in places if place.valid_to is None or place.valid_to > day})
    rows = [duty for duty in store.select("ON_DUTY", {"end": sections}) if _on(duty, day)]
    staff = postings.read(store, (duty.start for duty in rows))
    return [
        OnDuty(staff=duty.start, name=staff.name(duty.start), section=duty.end, from_=duty.valid_from,
               to=duty.valid_to, present=duty.present)
        for duty in sorted(rows, key=lambda duty: (duty.start, duty.valid_from))
    ]  # fmt: skip


def _on(duty: DutySpan, day: date) -> bool:
    """Say whether a span has a minute in a day; one that ends at midnight has none in the next."""
    midnight = datetime.combine(day, time.min, duty.valid_to.tzinfo)
    return duty.valid_from < midnight + timedelta(days=1) and duty.valid_to > midnight


def revocation_list(store: GraphStore, staff: str) -> Accounts:
    """Give the accounts of a member of staff, past and present. Raises WorkspaceError for an unknown number."""
    member_of_staff(store, staff)
    uses = store.select("USES", {"start": [staff]})
    by_id = {each.account_id: each for each in store.select("Account", {"account_id": [use.end for use in uses]})}
    rows = [(by_id[use.end], use) for use in uses if use.end in by_id]
    rows.sort(key=lambda row: (row[0].system, row[0].operator, row[1].valid_from))
    accounts = tuple(
        Revocable(system=account.system, account=account.operator, kind=account.kind, valid_from=use.valid_from,
                  valid_to=use.valid_to)
        for account, use in rows
    )  # fmt: skip
    return Accounts(staff=staff, accounts=accounts)


def entry(each: Looked) -> HistoryEntry:
    """Give a lookup in the interface's shape, with viewer and ties."""
    return HistoryEntry(
        **{name: getattr(each.lookup, name) for name in OF_LOOKUP},
        viewer=each.viewer or None,
        viewer_name=each.name or None,
        viewer_section=each.section,
        ties=each.ties,
        ties_known=each.ties_known,
    )


def disclosed_entry(each: Looked) -> DisclosedLookup:
    """Give a lookup as the person is told of it: what was read, when, in which system, by which section, and why."""
    kept = {name: getattr(each.lookup, name) for name in TOLD}
    return DisclosedLookup(**kept, viewer=each.section, viewer_section=each.section)
