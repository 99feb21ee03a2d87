"""The reconciliation of one ingest: what went in, file by file."""

from typing import Any

from graph.records.results import plain
from ingest.changes import Change
from ingest.pipeline import Run
from report.wording.measures import warning
from words import Words

COUNTS = ("rows", "loaded", "quarantined", "duplicate")
TOTALS = (*COUNTS, "idle")


def shape(run: Run, words: Words) -> dict[str, Any]:
    """Give the interface's reconciliation."""
    files = [plain(file, words) for file in run.accepted.files]
    for file in files:
        file["warnings"] |= _unmatched(run, file["file"])
    totals = {key: sum(file[key] for file in files) for key in COUNTS}
    missing = list(run.accepted.missing)
    told = {"run_id": run.run_id, "published": run.published, "files": files, "missing": missing, "totals": totals}
    return told | {"changes": {change.kind: _counts(change) for change in run.changes}}


def changes(run: Run, words: Words) -> str:
    """Say in one line what the run changed since the generation before; nothing where there was none."""
    told = [_change(change, words) for change in run.changes]
    return words.say("report.changes_since", changes=", ".join(told)) if told else ""


def _change(change: Change, words: Words) -> str:
    return f"{words.say(f'report.kind.{change.kind}')} +{change.added} -{change.gone} ~{change.changed}"


def warnings(run: Run, words: Words) -> list[str]:
    """Say file by file what is odd and no error."""
    return [
        f"{file.file}: {warning(word, words)}: {count:,}"
        for file in run.accepted.files
        for word, count in sorted((file.warnings | _unmatched(run, file.file)).items())
    ]


def _unmatched(run: Run, file: str) -> dict[str, int]:
    """Give the warning of a genealogy of which nobody stands in the registers, with how many people it has."""
    people = sum(tree.people for tree in run.unmatched if tree.file == file)
    return {"nobody_matched": people} if people else {}


def _counts(change: Change) -> dict[str, int]:
    return {"added": change.added, "gone": change.gone, "changed": change.changed}


def rows(run: Run, words: Words) -> list[dict[str, Any]]:
    """Give one row a file and one for the totals."""
    found = shape(run, words)
    listed = [_row(file) for file in found["files"]]
    total = {"file": words.say("report.total"), "source": "", "encoding": ""} | found["totals"]
    return [*listed, total | {"idle": sum(file["idle"] for file in found["files"]), "reasons": ""}]


def _row(file: dict[str, Any]) -> dict[str, Any]:
    counted = (*sorted(file["reasons"].items()), *sorted(file["idle_reasons"].items()))
    reasons = " ".join(f"{reason}:{count}" for reason, count in counted) or file["problem"] or file.get("ignored", "")
    return {key: file[key] for key in ("file", "source", "encoding", *TOTALS)} | {"reasons": reasons}
