"""The command line in this process, and a real Neo4j server for the tests that ask for one.

The server is that of `NEO4J_TEST_URI` if that is set, else one of our own.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from neo4j import GraphDatabase, Session
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import StoreUnavailable
from graph.store import server
from graph.store.jars import jars
from tests.commands import Done, run

HERE = Path(__file__).parent
# Rooms whose tests run the whole program, a store, or the generator of municipalities.
WHOLE = {"cli", "explorer", "faults", "install", "layout", "notebooks", "store", "synthetic"}
PASSWORD = "for-tests-only"
# So little that full batches of larger records do not fit: every test that writes many also tests the halving.
SETTINGS = {"db.memory.transaction.max": "64m"}
EMPTY = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
)


@dataclass
class Neo4j:
    """How to reach the server under test; `home` is None where it is not ours to kill."""

    uri: str
    user: str
    password: str
    home: Path | None

    def run(self, query: str, **params: object) -> list[dict[str, object]]:
        """Ask the server behind the store's back."""
        with self._session() as session:
            return session.run(query, params).data()

    def clear(self) -> None:
        """Delete everything."""
        for query in EMPTY:
            self.run(query)

    def plan(self, query: str) -> str:
        """Ask how the server would run a query."""
        with self._session() as session:
            return str(session.run(f"EXPLAIN {query}").consume().plan)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        auth = (self.user, self.password)
        with (
            GraphDatabase.driver(self.uri, auth=auth, notifications_min_severity="OFF") as driver,
            driver.session(database="neo4j") as session,
        ):
            yield session

    def start(self) -> None:
        """Start the server of our own, on whatever port is free."""
        assert self.home is not None
        self.uri = server.start(self.home, _jars(), PASSWORD, SETTINGS).uri

    def kill(self) -> None:
        """Kill the server of our own, as a loss of power would."""
        if self.home is None:
            pytest.skip("the server of NEO4J_TEST_URI is not ours to kill")
        server.stop(self.home, now=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read the rooms that hold no unit test when only those are asked for."""
    return (
        config.option.markexpr == "unit" and collection_path.parent == HERE and collection_path.name in WHOLE
    ) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the unit tests: those that rest on nothing that is made once for many, as a town or a server is."""
    for item in items:
        if not (WHOLE & set(item.path.relative_to(HERE).parts) or _shared(item)):
            item.add_marker(pytest.mark.unit)


def _shared(item: pytest.Item) -> bool:
    """Say whether a test uses a fixture of ours that outlives it."""
    info = getattr(item, "_fixtureinfo", None)
    used = [last for *_, last in info.name2fixturedefs.values()] if info else []
    return any(fixture.scope != "function" and fixture.baseid.startswith("tests") for fixture in used)


@pytest.fixture(scope="session")
def stage() -> None:
    """Asked for by fixtures that run a whole stage: a third of a second however few the rows, too long for a unit."""


@pytest.fixture(scope="session")
def enkan() -> Callable[..., Done]:
    """Run one command line in this process."""
    return run


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the one server of the run when the last test, in whatever worker, is done."""
    if not hasattr(session.config, "workerinput"):
        home = session.config._tmp_path_factory.getbasetemp() / "neo4j"  # type: ignore[attr-defined]
        if home.exists():
            server.stop(home, now=True)
            shutil.rmtree(home)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run's server; it is started by the first worker that needs it."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "neo4j"
    if not os.environ.get("NEO4J_TEST_URI"):
        try:
            with _locked(home):
                server.start(home, _jars(), PASSWORD, SETTINGS)
        except StoreUnavailable as error:
            _cannot(str(error))
    return home


@pytest.fixture
def neo4j(neo4j_server: Path) -> Iterator[Neo4j]:
    """The server with nothing in it, for one test at a time."""
    uri = os.environ.get("NEO4J_TEST_URI")
    with _locked(neo4j_server):
        found = _given(uri) if uri else _own(neo4j_server)
        yield found
        found.clear()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _own(home: Path) -> Neo4j:
    found = server.start(home, _jars(), PASSWORD, SETTINGS)  # unless the test before left it dead, it runs
    return Neo4j(found.uri, found.user, found.password, home)


def _given(uri: str) -> Neo4j:
    found = Neo4j(uri, os.environ.get("NEO4J_TEST_USER", "neo4j"), os.environ.get("NEO4J_TEST_PASSWORD", ""), None)
    try:
        (row,) = found.run("MATCH (n) RETURN count(n) AS nodes")
    except (DriverError, Neo4jError) as error:
        _cannot(f"NEO4J_TEST_URI={uri}: {error}")
    if row["nodes"]:
        pytest.fail(f"NEO4J_TEST_URI={uri} is not empty ({row['nodes']} nodes); tests would delete what is in it")
    return found


def _jars() -> Path:
    """Give the server's jars, or say aloud why there are none."""
    try:
        return jars()
    except StoreUnavailable as error:
        _cannot(str(error))


def _cannot(reason: str) -> NoReturn:
    """Skip aloud; under CI a server that cannot be had is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
