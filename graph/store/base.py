"""The interface of a graph store: few questions, two homes."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

import pyarrow as pa

from graph.model import Generation, Membership, ParentLink, Person, SpouseLink
from graph.store.schema import KINDS
from graph.store.tables import fingerprint_of, key_of

PIECE = 2_000_000  # rows that are held as text at once where a whole city is read
Where = Mapping[str, Sequence[object]]


class Found(list[Person]):
    """People found, by id; `total` says how many there are where only the first were asked for."""

    def __init__(self, people: Iterable[Person] = (), total: int | None = None) -> None:
        """Take the people, and how many there are in all if these are not all of them."""
        super().__init__(people)
        self.total = len(self) if total is None else total


class GraphStore(ABC):
    """One published generation to read, one unpublished generation to write.

    Reads are of the generation that `current` last found, so that several answers fit together; a long-lived reader
    calls `current` to follow the store to a newer one.
    """

    def __enter__(self) -> Self:
        """Give the store itself; it is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store, whatever happened."""
        self.close()

    @abstractmethod
    def begin(self, run_id: str) -> None:
        """Start a new unpublished generation; what an interrupted run left behind is removed."""

    @abstractmethod
    def write(self, kind: str, tables: pa.Table | Iterable[pa.Table]) -> int:
        """Write rows of one kind into the generation begun; give how many were stored.

        A row whose key is there already replaces the old one whole. A relationship one of whose ends is not in the
        graph cannot stand in it: it is left out and its number logged. So nodes are written first.
        """

    @abstractmethod
    def publish(self, run_id: str, facts: str) -> None:
        """Switch readers to the generation begun, all at once; `facts` is JSON text."""

    @abstractmethod
    def current(self) -> Generation | None:
        """Find the generation that is published now, and read that one from here on."""

    def check(self) -> None:  # noqa: B027
        """Raise Damaged where the published generation is not as it was written; a server looks after its own."""

    @abstractmethod
    def withdraw(self) -> None:
        """Let nothing be published: what was is damaged, and is to be built anew, maybe under the same name."""

    @abstractmethod
    def read(self, kind: str, run_id: str | None = None) -> pa.Table:
        """Give every row of a kind, sorted by key; of the published generation, or of the run named."""

    @abstractmethod
    def pieces(self, kind: str, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Give these columns of every published row of a kind in one table or more of some `PIECE` rows, unsorted."""

    @abstractmethod
    def select(self, kind: str, where: Where | None = None) -> list[Any]:
        """Give the published records of a kind whose columns have one of the given values, sorted by key.

        >>> store.select("COUNTS", {"start": ["c1", "c2"], "outcome": ["suspicious"]})  # doctest: +SKIP
        """

    @abstractmethod
    def search(self, text: str, limit: int | None = None) -> Found:
        """Find people whose search key contains every word of a text in that key's form, and say how many they are."""

    @abstractmethod
    def counts(self) -> dict[str, int]:
        """Count the published records of every kind."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; an unpublished generation is left to the next `begin`."""

    def people(self, ids: Sequence[str]) -> list[Person]:
        """Give people by id; unknown ids are left out."""
        return self.select("Person", {"person_id": ids})

    def links(self, ids: Sequence[str]) -> tuple[list[ParentLink], list[SpouseLink]]:
        """Give the parent and spouse links that touch any of these people: one hop."""
        return self._touching("PARENT_OF", ids), self._touching("SPOUSE_OF", ids)

    def memberships(self, ids: Sequence[str]) -> list[Membership]:
        """Give the household memberships of people, past ones too."""
        return self.select("MEMBER_OF", {"start": ids})

    def fingerprint(self) -> dict[str, str]:
        """Hash every property but run_id of the published generation, a hash for each kind."""
        return {kind: fingerprint_of(self.read(kind)) for kind in KINDS}

    def _touching(self, kind: str, ids: Sequence[str]) -> list[Any]:
        links = dict.fromkeys(self.select(kind, {"start": ids}) + self.select(kind, {"end": ids}))
        return sorted(links, key=lambda link: tuple(getattr(link, name) for name in key_of(kind)))
