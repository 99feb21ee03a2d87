"""What decides a generation beside its sources and their mappings: where any of it changes, there is another one."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import graph
from graph.conflicts.rules import Policy
from graph.records.facts import Given
from graph.records.results import plain
from graph.store import schema
from ingest.identity import parameters
from japanese import names

FOLD_TABLES = "kanji_folds*.tsv"


def deciding(policy: Policy, given: Given) -> tuple[str, ...]:
    """Give versions, policy, fold tables, identity parameters and what a run was given, as text."""
    tables = sorted(names.FOLDS.parent.glob(FOLD_TABLES))
    return (
        f"version {graph.__version__}",
        f"schema {schema.version()}",
        f"names {names.NORM_VERSION}",
        f"holidays {version('holidays')}",  # which days are office days: another edition, another coverage
        f"policy {policy.sha256}",
        *(f"{path.name} {_hash(path)}" for path in (*tables, parameters.PARAMETERS)),
        json.dumps(plain(given), ensure_ascii=False, sort_keys=True),
    )


def run_id_of(*parts: str) -> str:
    """Name a run by everything that went in."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
