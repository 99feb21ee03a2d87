"""Who may ask what: every answer of a workspace may be refused, is written down, and leaves out who is barred."""

import inspect
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.conflicts.rules import read_policy
from graph.errors import Refused
from graph.questions import access
from graph.questions.access import Action
from graph.questions.ledger import verify
from graph.records.kin_answers import Relatives
from graph.records.reader import Reader, Role
from graph.records.results import ConflictCase
from graph.store.opening import open_store
from graph.workspace import Workspace
from ingest import pipeline
from ingest.language import mapping

HANDMADE = Path(__file__).parents[1] / "handmade"
CLOCK = datetime(2024, 6, 1, 9, 0).astimezone
PERSON, STAFF = "0000100773", "0002345"
# What tells of nobody: the generation's name and its own figures, the form of a typed text, and the way out.
OPEN = {"run_id", "last_day", "form", "gaps", "refresh", "clears", "left_out", "is_staff"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-written municipality, published."""
    folder = tmp_path_factory.mktemp("access")
    run = pipeline.ingest(
        folder,
        [HANDMADE / "exports"],
        mappings=mapping.load([HANDMADE / "mappings"]),
        policy=read_policy(),
        open_store=lambda: open_store("duckdb:", folder),
        progress=lambda done, text: None,
    )
    assert run.published
    return folder


@pytest.fixture
def opened(root: Path) -> Iterator[Callable[..., Workspace]]:
    """Open it for a reader; everything is let go of at the end."""
    made: list[Workspace] = []

    def by(**reader: Any) -> Workspace:
        made.append(Workspace(root, open_store("duckdb:", root), read_policy(), Reader(name="試験", **reader), CLOCK))
        return made[-1]

    yield by
    for each in made:
        each.__exit__()


def public() -> list[str]:
    """Name all that can be asked of a workspace."""
    return [name for name in dir(Workspace) if not name.startswith("_")]


def asked(workspace: Workspace, name: str, case: ConflictCase, drawn: Relatives) -> object:
    """Ask one question with something that exists for each argument."""
    given = {
        "a": PERSON, "b": PERSON, "person": PERSON, "staff": STAFF, "conflict_id": case.conflict_id, "terminal": "CM01",
        "day": date(2024, 4, 1), "text": "山田", "state": "later", "reason": "試験", "name": "x.csv",
        "names": ("x.csv",), "section": None,
    }  # fmt: skip
    if name == "picture":
        return workspace.picture(case)
    if name == "pedigree":
        return workspace.pedigree(drawn)
    function = getattr(workspace, name)
    wanted = inspect.signature(function).parameters.values()
    needed = [each for each in wanted if each.default is each.empty and each.kind is not each.VAR_KEYWORD]
    return function(**{each.name: given[each.name] for each in needed})


def written(workspace: Workspace) -> int:
    return int(verify(workspace._paths.ledger)["length"])


@pytest.mark.parametrize("name", sorted(set(public()) - OPEN))
def test_every_answer_may_be_refused_and_the_refusal_is_written_down(
    opened: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A new function of the workspace that answers without asking fails here."""
    workspace = opened()
    case, drawn = workspace.report(preset="725").conflicts[0], workspace.relatives(PERSON)
    monkeypatch.setattr(access, "ALLOWED", {Role.LOCAL: frozenset()})
    before = written(workspace)
    with pytest.raises(Refused):
        asked(workspace, name, case, drawn)
    assert written(workspace) == before + 1
    assert verify(workspace._paths.ledger)["intact"]


def test_what_is_open_is_all_that_needs_no_asking() -> None:
    assert set(public()) >= OPEN


def test_the_local_reader_may_do_everything() -> None:
    assert access.ALLOWED[Role.LOCAL] == frozenset(Action)


def test_who_is_barred_is_refused_by_name_and_left_out_of_lists(opened: Callable[..., Workspace]) -> None:
    """Asked for: refused, in any place of the question. In lists: left out, and counted."""
    every = opened()
    whole = every.report(preset="725")
    case = (*whole.conflicts, *whole.annex)[0]
    name = every.search(case.subject)[0].name
    barred = opened(barred=frozenset({case.subject, f"staff:{case.viewer}"}))
    for ask in (
        lambda: barred.relation(PERSON, case.subject),
        lambda: barred.relation(f"staff:{case.viewer}", PERSON),
        lambda: barred.relatives(case.subject),
        lambda: barred.history(case.subject),
        lambda: barred.accounts(case.viewer),
        lambda: barred.observed(case.viewer),
        lambda: barred.leak(case.conflict_id),
        lambda: barred.decisions(case.conflict_id),
        lambda: barred.decide(case.conflict_id, "open", "試験"),
        lambda: barred.looked(subject=case.subject),
    ):
        with pytest.raises(Refused):
            ask()
    found = barred.report(preset="725")
    shown = {(each.viewer, each.subject) for each in (*found.conflicts, *found.annex, *found.to_confirm)}
    assert shown and not any(case.viewer == viewer or case.subject == subject for viewer, subject in shown)
    assert barred.left_out >= 1
    assert case.subject not in {person.person_id for person in barred.search(name)}
    assert case.viewer not in {member.staff_id for member in barred.find_staff(case.viewer)}
    terminals = [each.terminal for each in case.lookups]
    assert case.viewer in {each.viewer for each in every.looked(terminal=terminals[0])}
    assert case.viewer not in {each.viewer for each in barred.looked(terminal=terminals[0])}


def test_a_barred_person_is_meant_under_every_number(opened: Callable[..., Workspace]) -> None:
    """Barred as a resident: the member of staff is not told of either, and the other way round."""
    every = opened()
    entry = next(each for each in every.identity(everyone=True) if each.candidates and each.candidates[0].p)
    person, staff = entry.candidates[0].person, entry.staff
    for barred in (person, f"staff:{staff}"):
        reader = opened(barred=frozenset({barred}))
        for ask in (
            lambda reader=reader: reader.relatives(person),
            lambda reader=reader: reader.relatives(f"staff:{staff}"),
            lambda reader=reader: reader.history(person),
            lambda reader=reader: reader.accounts(staff),
        ):
            with pytest.raises(Refused):
                ask()
        cases = reader.report(preset="725")
        assert staff not in {case.viewer for case in (*cases.conflicts, *cases.annex, *cases.to_confirm)}


def test_a_list_is_cut_after_who_is_barred_is_left_out(opened: Callable[..., Workspace]) -> None:
    people = opened().search("相馬")
    assert len(people) > 1
    reader = opened(barred=frozenset({people[0].person_id}))
    assert [person.person_id for person in reader.search("相馬", 1)] == [people[1].person_id]


def test_a_disclosure_that_leaves_somebody_out_is_not_complete(opened: Callable[..., Workspace]) -> None:
    every = opened()
    case = every.report(preset="725").conflicts[0]
    whole = every.disclosure(case.subject)
    short = opened(barred=frozenset({f"staff:{case.viewer}"})).disclosure(case.subject)
    assert len(short.lookups) < len(whole.lookups) or whole.withheld != short.withheld
    assert not short.complete
