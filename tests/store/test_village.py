"""A village on a real server: the graph is that of the embedded store, and Cypher finds the report's kin lookups."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import synthetic
from graph.conflicts.rules import read_policy
from graph.records.reader import Reader
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.neo4j import Neo4jStore
from graph.workspace import Workspace
from ingest import pipeline
from ingest.language import mapping

DOCS = Path(__file__).parents[2] / "docs"
KIN = ("blood", "spouse", "affinity")


@pytest.fixture
def policy():
    """The policy of a small place, which writes every lookup to the graph."""
    return replace(read_policy(), graph_lookups="all", preset="725")


@pytest.fixture
def stores(neo4j, policy, tmp_path):
    """One village in both stores."""
    synthetic.make("village", 5, tmp_path, ["logs=0.1"], lambda done, text: None)
    opened = (
        lambda: DuckDBStore(tmp_path / "duckdb"),
        lambda: Neo4jStore(neo4j.uri, user=neo4j.user, password=neo4j.password, owner="test"),
    )
    for folder, open_store in zip((tmp_path / "duckdb", tmp_path / "neo4j"), opened, strict=True):
        run = pipeline.ingest(
            folder, [tmp_path / "exports"], mappings=mapping.load([]), policy=policy, open_store=open_store,
            progress=lambda done, text: None,
        )  # fmt: skip
        assert run.published
    embedded, server = (open_store() for open_store in opened)
    with embedded, server:
        yield embedded, server


def test_a_village_is_the_same_in_both_stores_and_cypher_finds_the_reports_kin_lookups(stores, neo4j, policy, tmp_path):
    embedded, server = stores
    assert compare(embedded, server) == []
    (query,) = re.findall(r"```cypher\n// kin lookups\n(.*?)```", (DOCS / "neo4j.md").read_text("utf-8"), re.DOTALL)
    found = {(row["viewer"], row["subject"], row["lookup"]) for row in neo4j.run(query)}
    assert found == kin_lookups(embedded, policy, tmp_path / "duckdb") and len(found) > 20


def kin_lookups(store, policy, folder):
    """Give viewer, subject and lookup of what the report tells of kin in law under personal accounts."""
    workspace = Workspace(folder, store, policy, Reader(name="test"), lambda: datetime(2026, 1, 1).astimezone())
    personal = {account.account_id for account in store.select("Account", {"kind": ["personal"]})}
    report = workspace.report()
    return {
        (case.viewer, case.subject, lookup.lookup_id)
        for case in (*report.conflicts, *report.annex)
        for lookup in case.lookups
        if f"{lookup.via or lookup.system}:{lookup.account}" in personal and any(tie.kind in KIN for tie in case.ties)
    }
