"""Whether two stores hold the same published graph."""

from typing import Any

from graph.model import record
from graph.store.base import GraphStore
from graph.store.schema import KINDS


@record
class Difference:
    """One kind in which two stores differ: how many each holds, and whether any property differs."""

    kind: str
    first: int
    second: int

    def row(self) -> dict[str, Any]:
        """Give the difference as a row to print."""
        return {"kind": self.kind, "first": self.first, "second": self.second}


def compare(a: GraphStore, b: GraphStore) -> list[Difference]:
    """Give the kinds whose published content is not the same in both stores; equal counts mean another property."""
    ours, theirs = a.counts(), b.counts()
    left, right = a.fingerprint(), b.fingerprint()
    return [Difference(kind=kind, first=ours[kind], second=theirs[kind]) for kind in KINDS if left[kind] != right[kind]]
