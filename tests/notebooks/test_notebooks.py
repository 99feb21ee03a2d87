"""Every notebook runs from its first cell to its last, and is kept without output."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from graph.kinship.examples import EXAMPLES
from report.rules import said

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
