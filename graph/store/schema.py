"""Which label, relationship type, table, key and columns a record has; both stores are generated from it."""

import hashlib
from dataclasses import dataclass, fields
from enum import StrEnum
from types import UnionType
from typing import get_args, get_type_hints

from graph import __version__, model

Record = type  # by another name, for fields below are called `type`
Members = type[StrEnum]


@dataclass(frozen=True, slots=True)
class Column:
    """One property: its name, the Python type behind it, whether it may be null, and its closed set if it has one."""

    name: str
    type: type
    nullable: bool
    members: Members | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A label, the record it holds and the property that identifies one within a run.

    What is `computed` a run works out from the registers and the logs; the rest it reads from them.
    """

    label: str
    record: Record
    key: str
    computed: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give every property of the label, in the record's order."""
        return columns_of(self.record)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type, its two ends, and the properties that tell parallel ones apart; `computed` as of a node."""

    type: str
    record: Record
    start: str
    end: str
    parallel: tuple[str, ...] = ()
    computed: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give `start`, `end` and every property of the type, in the record's order."""
        return columns_of(self.record)


def columns_of(record: Record) -> tuple[Column, ...]:
    """Read a record's columns from its annotations."""
    hints = get_type_hints(record)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: object) -> Column:
    if isinstance(hint, UnionType):
        inner = next(kind for kind in get_args(hint) if kind is not type(None))
        return Column(name, inner, True)
    if get_args(hint):
        return Column(name, tuple, False)
    assert isinstance(hint, type)
    if issubclass(hint, StrEnum):
        return Column(name, str, False, hint)
    return Column(name, hint, False)


NODES = (
    Node("Person", model.Person, "person_id"),
    Node("Household", model.Household, "household_id"),
    Node("FamilyRegister", model.FamilyRegister, "register_id"),
    Node("Staff", model.Staff, "staff_id"),
    Node("Section", model.Section, "section_id"),
    Node("Account", model.Account, "account_id"),
    Node("Terminal", model.Terminal, "terminal_id"),
    Node("Lookup", model.Lookup, "lookup_id", computed=True),
    Node("Conflict", model.Conflict, "conflict_id", computed=True),
)

RELATED_KEY = ("kind", "up", "down", "side", "nature", "half", "label", "valid_from")

RELATIONSHIPS = (
    Relationship("PARENT_OF", model.ParentLink, "Person", "Person", ("nature", "valid_from")),
    Relationship("SPOUSE_OF", model.SpouseLink, "Person", "Person", ("nature", "valid_from")),
    Relationship("MEMBER_OF", model.Membership, "Person", "Household", ("valid_from",)),
    Relationship("REGISTERED_IN", model.RegisterEntry, "Person", "FamilyRegister", ("valid_from",)),
    Relationship("IDENTIFIED_AS", model.IdentityLink, "Staff", "Person"),
    Relationship("BELONGS_TO", model.SectionTerm, "Staff", "Section", ("valid_from",)),
    Relationship("ON_DUTY", model.DutySpan, "Staff", "Section", ("valid_from", "what")),
    Relationship("USES", model.AccountUse, "Staff", "Account", ("valid_from",)),
    Relationship("LOCATED_IN", model.TerminalPlace, "Terminal", "Section", ("valid_from",)),
    Relationship("MADE_BY", model.MadeBy, "Lookup", "Account", computed=True),
    Relationship("AT", model.At, "Lookup", "Terminal", computed=True),
    Relationship("OF", model.LookupOf, "Lookup", "Person", computed=True),
    Relationship("RELATED_TO", model.Relation, "Person", "Person", RELATED_KEY, computed=True),
    Relationship("VIEWER", model.ConflictViewer, "Conflict", "Staff", computed=True),
    Relationship("SUBJECT", model.ConflictSubject, "Conflict", "Person", computed=True),
    Relationship("COUNTS", model.ConflictLookup, "Conflict", "Lookup", computed=True),
)

KINDS: dict[str, Node | Relationship] = {n.label: n for n in NODES} | {r.type: r for r in RELATIONSHIPS}

REGISTER_KINDS = tuple(kind for kind, found in KINDS.items() if not found.computed)
FINDING_KINDS = tuple(kind for kind, found in KINDS.items() if found.computed)


def version() -> str:
    """Name the present shape of what a run keeps: another, another name, so that no reader takes one for the other."""
    shape = {kind: [(column.name, column.type.__name__) for column in entry.columns] for kind, entry in KINDS.items()}
    return hashlib.sha256(repr((__version__, shape)).encode()).hexdigest()[:8]
