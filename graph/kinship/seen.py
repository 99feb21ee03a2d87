"""What the words for a relation depend on: its numbers, and the sex and birth of those on its line."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graph.model import Half, Kind, Nature, Person, Relation, Side, Tense, record


@record
class Seen:
    """One relation as its first person sees it; `sexes` (M, F or empty) and `births` go along its line."""

    kind: Kind
    up: int
    down: int
    side: Side
    nature: Nature
    half: Half
    label: str
    former: bool
    bereaved: bool  # a marriage that death ended
    sexes: tuple[str, ...]
    births: tuple[date | None, ...]

    @property
    def sex(self) -> str:
        """The sex of the person seen."""
        return self.sexes[-1]

    @property
    def elder(self) -> bool | None:
        """Whether the person seen is older than the one of the same generation on the near line (T3); None: unknown."""
        own, theirs = self.births[self.up - self.down], self.births[-1]
        return None if own is None or theirs is None or own == theirs else theirs < own

    @property
    def branch(self) -> str:
        """The sex of the parent through whom the line goes up (父方, 母方), or empty."""
        return self.sexes[1] if self.up and len(self.sexes) > 2 else ""

    def blood(self, first: int, last: int) -> "Seen":
        """Give the blood relation inside a longer line, from the person at `first` to the one at `last`."""
        part = slice(first, last + 1)
        return replace(self, kind=Kind.BLOOD, sexes=self.sexes[part], births=self.births[part], former=False)

    def sibling(self, first: int) -> "Seen":
        """Give the sibling two steps after the person at `first`."""
        return replace(self.blood(first, first + 2), up=1, down=1)


def seen(relation: Relation, people: Mapping[str, Person], tense: str) -> Seen:
    """Look up what the words need; a person who is not among `people` has no known sex or birth."""
    line = [people.get(person_id) for person_id in relation.path]
    end = people.get(relation.end)
    former = tense == Tense.FORMER
    return Seen(
        kind=relation.kind,
        up=relation.up,
        down=relation.down,
        side=relation.side,
        nature=relation.nature,
        half=relation.half,
        label=relation.label,
        former=former,
        bereaved=former and end is not None and end.death_date is not None and end.death_date == relation.valid_to,
        sexes=tuple(person.sex if person else "" for person in line),
        births=tuple(person.birth_date if person else None for person in line),
    )
