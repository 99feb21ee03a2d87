"""A workspace's answers as an investigator takes them on: DataFrames with stated columns, kin as a networkx graph."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import networkx as nx
import pandas as pd

from graph.answers.history import Looked
from graph.records.kin_answers import Relatives
from graph.records.results import ConflictCase, Report
from words import both

PARTS = ("conflicts", "to_confirm", "annex")
CONFLICTS = {
    "conflict_id": "str", "part": "str", "outcome": "str", "score": "float64", "viewer": "str", "section": "str",
    "subject": "str", "relation": "str", "grade": "str", "tense": "str", "identity_p": "float64", "lookups": "int64",
    "first": "datetime64[us]", "last": "datetime64[us]",
}  # fmt: skip
LOOKUPS = {
    "lookup_id": "str", "time": "datetime64[us]", "system": "str", "via": "str", "viewer": "str", "section": "str",
    "subject": "str", "account": "str", "terminal": "str", "view": "str", "attribution": "str", "outcome": "str",
    "template": "str", "record": "str", "file": "str", "line": "int64",
}  # fmt: skip


def conflicts(report: Report) -> pd.DataFrame:
    """Give every conflict of a report, a row each: columns and dtypes of `CONFLICTS`."""
    return _frame([_conflict(part, case) for part in PARTS for case in getattr(report, part)], CONFLICTS)


def lookups(found: Iterable[Looked]) -> pd.DataFrame:
    """Give lookups, a row for each person that one showed: columns and dtypes of `LOOKUPS`."""
    return _frame([_lookup(each) for each in found], LOOKUPS)


def network(found: Relatives) -> nx.MultiDiGraph:
    """Give what `relatives` found as a graph: people, and each link on a line to them with type, grade, file and line.

    A link that two registers tell stands once for each entry. Where nobody knows which resident somebody is, the
    graph's own `kin_unknown` says so in both languages: an empty graph is then no answer.
    """
    unknown = [asdict(both(reason)) for reason in found.kin_unknown or ()]
    graph: nx.MultiDiGraph = nx.MultiDiGraph(kin_unknown=unknown)
    graph.add_node(found.a)
    ties = [tie for relative in found.relatives for tie in relative.ties]
    for step in (step for tie in ties for step in tie.path):
        graph.add_node(step.person, name=step.name, placeholder=step.placeholder)
    for edge in (edge for tie in ties for edge in tie.edges):
        entry = {"type": edge.type, "grade": edge.grade, "file": edge.file, "line": edge.line}
        graph.add_edge(edge.from_, edge.to, key=f"{edge.type} {edge.file}:{edge.line}", **entry)
    return graph


def _conflict(part: str, case: ConflictCase) -> dict[str, Any]:
    closest = case.ties[0]
    return {
        "conflict_id": case.conflict_id, "part": part, "outcome": case.outcome, "score": case.score,
        "viewer": case.viewer, "section": case.viewer_section, "subject": case.subject, "relation": closest.term_ja,
        "grade": closest.grade, "tense": closest.tense, "identity_p": case.identity.p, "lookups": len(case.lookups),
        "first": case.first_lookup, "last": case.last_lookup,
    }  # fmt: skip


def _lookup(each: Looked) -> dict[str, Any]:
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
