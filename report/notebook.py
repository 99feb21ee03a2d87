"""What an investigator asks a workspace for in a notebook: DataFrames with stated columns, the family as a graph."""

from datetime import datetime
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from graph.conflicts.rules import read_policy
from graph.history import Looked
from graph.store.opening import open_store
from graph.workspace import Workspace
from report.words import tie_words

POLICY = Path(__file__).parents[1] / "policy.toml"
CONFLICTS = {
    "conflict_id": "str", "part": "str", "outcome": "str", "score": "float64", "viewer": "str", "section": "str",
    "subject": "str", "relation": "str", "identity_p": "float64", "lookups": "int64", "first": "datetime64[us]",
    "last": "datetime64[us]",
}  # fmt: skip
LOOKUPS = {
    "lookup_id": "str", "time": "datetime64[us]", "system": "str", "via": "str", "viewer": "str", "section": "str",
    "subject": "str", "account": "str", "terminal": "str", "view": "str", "attribution": "str", "outcome": "str",
    "template": "str", "record": "str", "file": "str", "line": "int64",
}  # fmt: skip


def open_workspace(root: Path, store: str = "duckdb:", user: str = "notebook") -> Workspace:
    """Open the published generation of a workspace. Raises NothingPublished where there is none."""
    clock = lambda: datetime.now().astimezone()  # noqa: E731
    return Workspace(root, open_store(store, root), read_policy(POLICY), user=user, clock=clock)


def conflicts(workspace: Workspace, **wanted: Any) -> pd.DataFrame:
    """Give every conflict of the report (`preset`, `since`, `until`, `as_of`): columns and dtypes of `CONFLICTS`."""
    report = workspace.report(**wanted)
    rows = [
        {"conflict_id": case.conflict_id, "part": part, "outcome": case.outcome, "score": case.score,
         "viewer": case.viewer, "section": case.viewer_section, "subject": case.subject,
         "relation": tie_words(case.ties[0], "ja"), "identity_p": case.identity.p, "lookups": len(case.lookups),
         "first": case.first_lookup, "last": case.last_lookup}
        for part in ("conflicts", "to_confirm", "annex") for case in getattr(report, part)
    ]  # fmt: skip
    return _frame(rows, CONFLICTS)


def lookups(workspace: Workspace, **wanted: Any) -> pd.DataFrame:
    """Give lookups by `viewer`, `subject`, `terminal`, `since`, `until`: columns and dtypes of `LOOKUPS`."""
    return _frame([_row(each) for each in workspace.lookups(**wanted)], LOOKUPS)


def _row(each: Looked) -> dict[str, Any]:
    found, explained = each.lookup, each.lookup.explanation
    return {
        "lookup_id": found.lookup_id, "time": found.time, "system": found.system, "via": found.via,
        "viewer": each.viewer, "section": each.section, "subject": each.subject, "account": found.account,
        "terminal": found.terminal, "view": found.view, "attribution": found.attribution, "outcome": found.outcome,
        "template": explained.template if explained else "", "record": explained.record if explained else "",
        "file": found.file, "line": found.line,
    }  # fmt: skip


def _frame(rows: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def network(workspace: Workspace, person: str) -> nx.MultiDiGraph:
    """Give one person's kin as a graph: people, and each register link on a line to them with grade, file and line."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    graph.add_node(person)
    for relative in workspace.relatives(person)["relatives"]:
        for tie in relative["ties"]:
            for step in tie["path"]:
                graph.add_node(step["person"], name=step["name"], placeholder=step["placeholder"])
            for edge in tie["edges"]:
                key = f"{edge['type']} {edge['file']}:{edge['line']}"
                graph.add_edge(
                    edge["from"], edge["to"], key=key, **{k: edge[k] for k in ("type", "grade", "file", "line")}
                )
    return graph
