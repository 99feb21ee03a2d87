"""Kin links that the personnel records state: each dependant or emergency contact has a 続柄 to a member of staff.

A 続柄 is walked from the member of staff as it is from the head of a household (E1): what stands between is another
dependant, or whom the registers name, or a placeholder. What the registers say already, or contradict, is not said.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from graph.model import UNKNOWN_START, Grade, Nature
from ingest.personnel.dependants import Relative
from japanese.terms import zokugara, zokugara_words

FIRM = (Grade.REGISTERED, Grade.STATED, Grade.COMPOSED)
SEXES = dict.fromkeys(zokugara_words.MEN, "M") | dict.fromkeys(zokugara_words.WOMEN, "F")
OLDER_BY = 12  # years a parent is older than a child at least (E1)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """One step of a 続柄: `person` is `step` (子, 妻, 父, 兄 …) of `anchor`."""

    anchor: str
    step: str
    person: str
    adopted: bool
    source: Relative


class Known:
    """What the registers say of the kin of anybody, for finding who stands between and what is said already."""

    def __init__(self, graph: Mapping[str, pa.Table]) -> None:
        """Index the parent and spouse links that are more than probable."""
        people = graph["Person"].select(["person_id", "sex", "birth_date"])
        columns = (people.column(name).to_pylist() for name in people.column_names)
        self.traits = {person: (sex, birth) for person, sex, birth in zip(*columns, strict=True)}
        self.parents: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.spouses: dict[str, dict[str, date | None]] = defaultdict(dict)
        for start, end, nature in _firm(graph["PARENT_OF"], "nature"):
            self.parents[end].add((start, nature))
        for start, end, valid_to in _firm(graph["SPOUSE_OF"], "valid_to"):
            self.spouses[start][end] = self.spouses[end][start] = valid_to

    def learn(self, people: Iterable[Row]) -> None:
        """Take in the sex and birth date of people whom only HR names."""
        self.traits.update((person["person_id"], (person["sex"], person["birth_date"])) for person in people)

    def between(self, person: str, step: str) -> str | None:
        """Give the one person whom the registers put at this step; None where they name none or several."""
        if step in zokugara_words.SPOUSES:
            found = [other for other, until in self.spouses[person].items() if until is None]
            return _only(found or self.spouses[person])
        if step in zokugara_words.PARENTS:
            return _only({parent for parent, _ in self.parents[person] if self.sex(parent) == SEXES.get(step)})
        return None

    def sex(self, person: str) -> str:
        """Give somebody's sex, or nothing."""
        return str(self.traits.get(person, ("", None))[0])

    def refuses_parent(self, parent: str, child: str, adopted: bool) -> bool:
        """Say whether the registers have this link, or another parent in its place, or dates that refute it."""
        have = self.parents[child]
        taken = {self.sex(other) for other, nature in have if nature in (Nature.BIRTH, Nature.RECOGNISED)} - {""}
        elder, younger = (self.traits.get(person, ("", None))[1] for person in (parent, child))
        impossible = elder and younger and elder.year + OLDER_BY > younger.year
        return bool(impossible) or parent in {p for p, _ in have} or (not adopted and self.sex(parent) in taken)

    def refuses_spouse(self, one: str, other: str) -> bool:
        """Say whether the registers have this couple, or show one of the two married to somebody else."""
        married = {p for person in (one, other) for p, until in self.spouses[person].items() if until is None}
        return other in self.spouses[one] or bool(married - {one, other})


def _firm(table: pa.Table, column: str) -> Iterator[tuple[str, str, Any]]:
    columns = (table.column(name).to_pylist() for name in ("start", "end", "grade", column))
    for start, end, grade, value in zip(*columns, strict=True):
        if grade in FIRM:
            yield start, end, value


def _only(found: Iterable[str]) -> str | None:
    people = list(found)
    return people[0] if len(people) == 1 else None


def statements(staff: str, relatives: Iterable[Relative], known: Known) -> Iterator[Statement]:
    """Walk the 続柄 of one member of staff's relatives; `staff` is the person that member is."""
    chains = [(relative, zokugara.parse(relative.relation).steps) for relative in relatives]
    kin = [
        (relative, steps) for relative, steps in chains if steps and all(step in zokugara_words.STEPS for step in steps)
    ]
    named: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for relative, steps in kin:
        named[_canonical(steps)].append(relative.person_id)
    for relative, steps in sorted(kin, key=lambda pair: (len(pair[1]), pair[0].person_id)):
        anchor = staff
        for place in range(1, len(steps)):
            prefix = steps[:place]
            person = _only(named[_canonical(prefix)]) or known.between(anchor, prefix[-1])
            if person is None:
                person = f"anon:{_digest(staff, *prefix)}"
                yield Statement(anchor, prefix[-1], person, False, relative)
            anchor = person
        if relative.person_id != anchor:
            yield Statement(anchor, steps[-1], relative.person_id, "養" in relative.relation, relative)


def _canonical(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("配偶者" if step in zokugara_words.SPOUSES else step for step in steps)


def parent_rows(said: Iterable[Statement], known: Known) -> Iterator[Row]:
    """Give the PARENT_OF rows of the statements; siblings share an anonymous parent (E4)."""
    for each in said:
        if each.step == zokugara_words.CHILD:
            pairs = [(each.anchor, each.person)]
        elif each.step in zokugara_words.PARENTS:
            pairs = [(each.person, each.anchor)]
        elif each.step in zokugara_words.SIBLINGS and not _siblings(each, known):
            parent = f"anon:parent-of-{each.anchor}"
            pairs = [(parent, each.anchor), (parent, each.person)]
        else:
            continue
        yield from (_parent(*pair, each, known) for pair in pairs if not known.refuses_parent(*pair, each.adopted))


def _siblings(each: Statement, known: Known) -> bool:
    mine, theirs = ({parent for parent, _ in known.parents[person]} for person in (each.anchor, each.person))
    return bool(mine & theirs)


def _parent(parent: str, child: str, each: Statement, known: Known) -> Row:
    born = known.traits.get(child, ("", None))[1]
    since = each.source.valid_from if each.adopted else born
    return {"start": parent, "end": child, "nature": "adoptive" if each.adopted else "birth"} | _link(each, since)


def spouse_rows(said: Iterable[Statement], known: Known) -> Iterator[Row]:
    """Give the SPOUSE_OF rows of the statements; one whose declaration has ended is none (it may be a divorce)."""
    for each in said:
        partner = each.step in zokugara_words.PARTNERS
        if not (partner or each.step in zokugara_words.SPOUSES) or each.source.valid_to is not None:
            continue
        if not known.refuses_spouse(each.anchor, each.person):
            one, other = sorted((each.anchor, each.person))
            yield {"start": one, "end": other, "nature": "de_facto" if partner else "legal"} | _link(each, None)


def _link(each: Statement, since: date | None) -> Row:
    between = "anon:" in each.anchor or "anon:" in each.person
    return {
        "grade": Grade.COMPOSED if between else Grade.STATED,
        "valid_from": since or UNKNOWN_START,
        "valid_to": None,
        "ended_by": "",
        "source_file": each.source.file,
        "source_line": each.source.line,
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
