"""Whether what somebody names is there: a member of staff, a person, a terminal; if not, the nearest that are."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from graph.errors import EnkanError, UsageError
from graph.model import Conflict
from graph.store.base import GraphStore
from words.nearest import nearest, spellings, unknown

USED = "SELECT DISTINCT terminal_id FROM read_parquet($path) WHERE terminal_id <> ''"


def must_be(store: GraphStore, judged: Path, kind: str, name: str, error: type[EnkanError]) -> None:
    """Raise an error that names the nearest there are where no staff, person or terminal is called so."""
    near: Iterable[str]
    if kind == "person":
        found = name if store.people([name]) else ""
        near = [] if found else _people(store, name)
    else:
        known = _staff(store) if kind == "staff" else _terminals(store, judged)
        found, near = (name if name in known else ""), nearest(name, known)
    if not found:
        raise error(*unknown(kind, name, near))


def of_conflict(store: GraphStore, conflict_id: str) -> Conflict:
    """Give a conflict. Raises UsageError where the generation has none of that id."""
    found: list[Conflict] = store.select("Conflict", {"conflict_id": [conflict_id]})
    if not found:
        near = nearest(conflict_id, (conflict.conflict_id for conflict in store.select("Conflict")))
        raise UsageError(
            f"{conflict_id} is no conflict of this generation; `enkan report --format json` lists them"
            + (f"; nearest: {', '.join(near)}" if near else ""),
            f"{conflict_id} という事案は、この世代にありません(enkan report --format json で一覧できます)。"
            + (f"近いもの: {'、'.join(near)}" if near else ""),
        )
    return found[0]


def _staff(store: GraphStore) -> set[str]:
    return {member.staff_id for member in store.select("Staff")}


def _people(store: GraphStore, name: str) -> list[str]:
    """Give people of the same number in another width, else of a number with the digits in it."""
    found = store.people(spellings(name)) or store.search(name, 3)
    return [person.person_id for person in found][:3]


def _terminals(store: GraphStore, judged: Path) -> set[str]:
    """Give the terminals of the list, and those that only the log knows."""
    listed = {terminal.terminal_id for terminal in store.select("Terminal")}
    if not judged.exists():
        return listed
    with duckdb.connect() as con:
        return listed | {name for (name,) in con.execute(USED, {"path": str(judged)}).fetchall()}
