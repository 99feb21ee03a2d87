"""The reconciliation of one ingest: what went in, file by file."""

from typing import Any

from graph.views import plain
from ingest.pipeline import Run

COUNTS = ("rows", "loaded", "quarantined", "duplicate")


def shape(run: Run) -> dict[str, Any]:
    """Give the interface's reconciliation."""
    files = [plain(file) for file in run.accepted.files]
    totals = {key: sum(file[key] for file in files) for key in COUNTS}
    missing = list(run.accepted.missing)
    return {"run_id": run.run_id, "published": run.published, "files": files, "missing": missing, "totals": totals}


def rows(run: Run, lang: str) -> list[dict[str, Any]]:
    """Give one row a file and one for the totals."""
    found = shape(run)
    listed = [_row(file) for file in found["files"]]
    total = {"file": "合計" if lang == "ja" else "total", "source": "", "encoding": ""} | found["totals"]
    return [*listed, total | {"reasons": ""}]


def _row(file: dict[str, Any]) -> dict[str, Any]:
    reasons = (
        " ".join(f"{reason}:{count}" for reason, count in sorted(file["reasons"].items())) or file["problem"] or ""
    )
    return {key: file[key] for key in ("file", "source", "encoding", *COUNTS)} | {"reasons": reasons}
