"""What members of staff are called and where they belonged: of a lookup, the section of its own day counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from graph.model import SectionTerm, Staff, record
from graph.records.answers import Posting
from graph.store.base import GraphStore


@record
class Postings:
    """Some members of staff, their terms in a section (the oldest first) and the names of the sections."""

    members: Mapping[str, Staff]
    terms: Mapping[str, Sequence[SectionTerm]]
    names: Mapping[str, str]

    def name(self, staff: str) -> str:
        """Give a name; empty for an unknown number."""
        return self.members[staff].name if staff in self.members else ""

    def history(self, staff: str) -> tuple[Posting, ...]:
        """Give the sections one has belonged to with their days, the oldest first."""
        return tuple(
            Posting(section=self.names.get(term.end, term.end), valid_from=term.valid_from, valid_to=term.valid_to)
            for term in self.terms.get(staff, ())
        )

    def section(self, staff: str, day: date) -> str:
        """Give the name of the section on a day: that now where none is written down for it, empty for nobody."""
        if staff not in self.members:
            return ""
        held = [term.end for term in self.terms.get(staff, ()) if _holds(term, day)]
        section = held[-1] if held else self.members[staff].section_id
        return self.names.get(section, section)


def read(store: GraphStore, staff: Iterable[str]) -> Postings:
    """Read what is known of some members of staff, by number."""
    numbers = sorted(set(staff) - {""})
    terms: dict[str, list[SectionTerm]] = defaultdict(list)
    for term in store.select("BELONGS_TO", {"start": numbers}):
        terms[term.start].append(term)
    return Postings(
        members={member.staff_id: member for member in store.select("Staff", {"staff_id": numbers})},
        terms={number: sorted(held, key=lambda term: (term.valid_from, term.end)) for number, held in terms.items()},
        names={section.section_id: section.name for section in store.select("Section")},
    )


def _holds(term: SectionTerm, day: date) -> bool:
    return term.valid_from <= day and (term.valid_to is None or day < term.valid_to)
