"""Who asks: a name, a role, and whom the answers must not tell of."""

from enum import StrEnum

from graph.model import record


class Role(StrEnum):
    """What somebody is here for; `graph/questions/access.py` says what each may do."""

    LOCAL = "local"  # whoever works at the machine that holds the workspace


@record
class Reader:
    """One person who asks.

    `barred` are the people and staff (`staff:職員番号`) of whom this reader is told nothing: asked for by name they are
    refused, in lists they are left out.
    """

    name: str
    role: Role = Role.LOCAL
    barred: frozenset[str] = frozenset()
