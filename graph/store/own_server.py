"""A Neo4j server of a workspace's own, for who has no Docker: its files and its password stay in the workspace."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.files.paths import WorkspacePaths
from graph.files.whole_files import write_text
from graph.store import bulk, server
from graph.store.base import GraphStore
from graph.store.bulk import Progress
from graph.store.jars import jars, version


def run(what: str, root: Path, open_source: Callable[[], GraphStore], progress: Progress) -> dict[str, Any]:
    """Do what `enkan neo4j` was asked for; the source is opened for a load only."""
    if what == "load":
        with open_source() as source:
            return load(root, source, progress)
    return {"start": start, "stop": stop, "status": status}[what](root)


def start(root: Path) -> dict[str, Any]:
    """Start the server, or find it running. Raises StoreUnavailable where Java or the jars are missing."""
    home = _home(root)
    running = server.running(home)
    if running is None:
        server.start(home, jars(), _password(home))
    return status(root)


def stop(root: Path) -> dict[str, Any]:
    """Stop the server; its data stays for the next start."""
    server.stop(_home(root))
    return status(root)


def load(root: Path, source: GraphStore, progress: Progress) -> dict[str, Any]:
    """Fill the empty server from a store by bulk import; give the server's status and how many rows it has now."""
    home = _home(root)
    rows = bulk.load(source, home, _password(home), progress)
    return status(root) | {"rows": rows}


def status(root: Path) -> dict[str, Any]:
    """Say whether the server runs, and by which address; its password stands in neo4j/password, readable by its owner.

    Neo4j Browser is not among the jars: ask in Cypher through any client, or in a notebook.
    """
    running = server.running(_home(root))
    state = {
        "running": running is not None,
        "uri": running.uri if running else None,
        "user": running.user if running else None,
    }
    return state | {"password_file": str(_home(root) / "password"), "browser": None, "version": version()}


def _home(root: Path) -> Path:
    return WorkspacePaths(root.resolve()).neo4j


def _password(home: Path) -> str:
    """Give the password of this server, made once."""
    kept = home / "password"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_text(kept, secrets.token_urlsafe(24), mode=0o600)
    return kept.read_text(encoding="utf-8")
