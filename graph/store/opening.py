"""From a URI to the store it names."""

import os
from pathlib import Path

from graph.errors import ConfigError
from graph.files.paths import WorkspacePaths
from graph.store.base import GraphStore
from graph.store.duckdb import DuckDBStore


def credentials() -> dict[str, str]:
    """Give the user and password of a Neo4j server as the environment tells them (interface: Every command)."""
    return {"user": os.environ.get("NEO4J_USER", "neo4j"), "password": os.environ.get("NEO4J_PASSWORD", "")}


def open_store(uri: str, workspace: Path, *, user: str = "neo4j", password: str = "") -> GraphStore:
    """Open the store that a URI names: `duckdb:` the workspace's own, `duckdb:DIR` another's, or a Neo4j server.

    The server that `enkan neo4j start` runs for this workspace is known by its address, and needs no password told.
    """
    scheme, _, rest = uri.partition(":")
    if scheme == "duckdb":
        return DuckDBStore(Path(rest) if rest else workspace)
    if scheme.split("+")[0] in {"neo4j", "bolt"}:
        from graph.store import server
        from graph.store.neo4j import Neo4jStore  # here: the driver is loaded only where a server is meant

        own = server.running(WorkspacePaths(workspace.resolve()).neo4j)
        if own is not None and uri.split("://")[-1] == own.uri.split("://")[-1]:
            user, password = own.user, own.password
        return Neo4jStore(uri, user=user, password=password, owner=str(workspace.resolve()))
    raise ConfigError(
        f"no store is known by {uri!r}; it begins with duckdb:, neo4j:// or bolt://",
        f"{uri!r} という保存先はありません。duckdb:、neo4j://、bolt:// のどれかで始めてください",
    )
