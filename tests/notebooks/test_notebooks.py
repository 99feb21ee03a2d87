"""Every notebook runs from its first cell to its last, and is kept without output."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from graph.conflicts.rules import read_policy
from graph.errors import UsageError
from graph.kinship.examples import EXAMPLES
from graph.questions.dataframes import CONFLICTS, LOOKUPS
from graph.store.opening import open_store
from graph.workspace import open_workspace
from ingest import pipeline
from ingest.language import mapping
from report.drawn.kinship import said

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_kept_without_output(path):
    cells = nbformat.read(path, as_version=4).cells
    assert cells and not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_the_notebook_on_kinship_draws_every_rule():
    notebook = nbformat.read(NOTEBOOKS / "03_kinship.ipynb", as_version=4)
    done = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS.parent)}}).execute()
    outputs = [output for cell in done.cells for output in cell.get("outputs", ())]
    text = "".join(output.get("text", "") for output in outputs)
    pictures = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    assert len(pictures) == len(EXAMPLES) and all(said(example) in text for example in EXAMPLES)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The municipality written by hand, published."""
    folder = tmp_path_factory.mktemp("notebooks")
    handmade = NOTEBOOKS.parent / "tests" / "handmade"
    run = pipeline.ingest(
        folder, [handmade / "exports"], mappings=mapping.load([handmade / "mappings"]), policy=read_policy(),
        open_store=lambda: open_store("duckdb:", folder), progress=lambda done, text: None,
    )  # fmt: skip
    assert run.published
    return folder


@pytest.mark.parametrize("name", ["01_tour.ipynb", "02_case.ipynb"])
def test_a_notebook_runs_on_a_workspace(name, workspace, monkeypatch):
    monkeypatch.setenv("ENKAN_WORKSPACE", str(workspace))
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS.parent)}}).execute()


def test_frames_have_their_columns_and_say_what_the_report_says(workspace):
    opened = open_workspace(workspace)
    found, report = opened.conflicts(), opened.report()
    assert {name: str(kind) for name, kind in found.dtypes.items()} == CONFLICTS
    assert set(found["conflict_id"]) == {c.conflict_id for c in (*report.conflicts, *report.annex, *report.to_confirm)}
    case = report.conflicts[0]
    rows = opened.lookups(viewer=case.viewer, subject=case.subject)
    assert {name: str(kind) for name, kind in rows.dtypes.items()} == LOOKUPS
    assert {each.lookup_id for each in case.lookups} <= set(rows["lookup_id"])
    stranger = next(
        c.viewer for c in report.conflicts if c.viewer not in set(opened.lookups(subject=case.subject)["viewer"])
    )
    none = opened.lookups(viewer=stranger, subject=case.subject)
    assert none.empty and list(none.columns) == list(LOOKUPS)
    with pytest.raises(UsageError):
        opened.lookups(viewer="nobody")
    first = rows["time"].min().date()
    assert (opened.lookups(viewer=case.viewer, until=first)["time"].dt.date <= first).all()


def test_the_family_graph_has_the_register_entry_behind_every_edge(workspace):
    opened = open_workspace(workspace)
    case = opened.report().conflicts[0]
    family = opened.to_networkx(case.subject)
    assert case.subject in family and family.number_of_edges() > 0
    assert all(data["file"] and data["line"] for *_, data in family.edges(data=True))
