"""What a generation keeps about itself, beside the graph: read and written here, and nowhere else."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import TypeAdapter, ValidationError

from graph.errors import WorkspaceError
from graph.model import Generation, Unjoinable, record, where_known
from graph.records.clocks import Clock
from graph.records.deliveries import Lacking, LogCoverage
from graph.store import schema
from words import Said


@record
class ScoredBy:
    """The policy that matched and scored, and the preset it usually reports by."""

    preset: str
    sha256: str


@record
class DayCounts:
    """One day's lookups in disjoint classes (see graph/conflicts/denominators.py)."""

    day: date
    rows: int
    relayed_merged: int
    search_only: int
    joined: int
    explained: int
    unlinked_viewer: int
    borrowed: int
    unjoinable: Mapping[Unjoinable, int]


@record
class Colleague:
    """Somebody who is kin of the person shown and was on duty there."""

    viewer: str


@record
class BorrowedGroup:
    """Lookups of one subject under one holder's account, and the colleagues to ask about them (R3)."""

    subject: str
    holder: str
    lookups: tuple[str, ...]
    own: int
    away: int
    doubled: int
    candidates: tuple[Colleague, ...]


@record
class Judged:
    """What finding conflicts leaves beside the graph: what a report's denominators rest on."""

    as_of: date | None
    policy: ScoredBy
    days: tuple[DayCounts, ...]
    clocks: tuple[Clock, ...]
    borrowed: tuple[BorrowedGroup, ...]
    borrowed_not_listed: int


@record
class SourceFile:
    """One source of a generation, and how its rows were accounted for; `same_as` names the file of these very rows."""

    day: str
    duplicate: int
    encoding: str
    file: str
    idle: int
    idle_reasons: Mapping[str, int]
    loaded: int
    mapping: str
    quarantined: int
    reasons: Mapping[str, int]
    rows: int
    same_as: str | None = where_known()
    sha256: str
    source: str
    table: str
    warnings: Mapping[str, int]


@record
class DoubtedFile:
    """A file that was not taken, or was although something speaks against it; what does, and which file it was."""

    file: str
    reason: Said
    sha256: str
    source: str = ""


@record
class UnmatchedTree:
    """A genealogy of which nobody stands in the registers."""

    file: str
    people: int


@record
class Given:
    """What a run is given; the rest it works out. `links_of` is the run whose links a rescoring started from."""

    missing: tuple[str, ...]
    folds: str
    links_of: str | None = where_known()


@record
class Facts(Judged):
    """Everything that a generation keeps about itself; `refused` the workspace adds, for it changes no generation."""

    sources: tuple[SourceFile, ...]
    missing: tuple[str, ...]
    folds: str
    links_of: str | None
    coverage: Mapping[str, int | float]
    log_coverage: tuple[LogCoverage, ...]
    not_examined: tuple[Lacking, ...]
    unmatched_trees: tuple[UnmatchedTree, ...]
    shrunk: tuple[DoubtedFile, ...]
    refused: tuple[DoubtedFile, ...] = ()


def read(generation: Generation) -> Facts:
    """Give what a run wrote down about itself. Raises WorkspaceError where another version of Enkan wrote the graph."""
    try:
        if is_current(generation):
            return _adapter().validate_json(generation.facts)
    except ValidationError as error:
        raise _of_another_version(generation) from error
    raise _of_another_version(generation)


def written(facts: Facts) -> str:
    """Give the JSON that a generation keeps, with the version that reads it."""
    content = _adapter().dump_python(facts, mode="json") | {"version": schema.version()}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def is_current(generation: Generation) -> bool:
    """Say whether this version of Enkan wrote a generation."""
    return bool(json.loads(generation.facts).get("version") == schema.version())


def _of_another_version(generation: Generation) -> WorkspaceError:
    return WorkspaceError(
        f"generation {generation.run_id} is of another version of Enkan; run an ingest again",
        f"世代 {generation.run_id} は別の版の Enkan のものです。もう一度 enkan ingest を実行してください",
    )


@cache
def _adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)
