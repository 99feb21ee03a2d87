"""A Neo4j server of one's own, from its published jars: loopback, free port, its files under one folder."""

import json
import os
import shutil
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.errors import StoreError, StoreUnavailable
from graph.files.whole_files import write_text
from graph.model import record

USER, FIRST_PASSWORD = "neo4j", "neo4j"
HEAP = "1g"
STARTING_SECONDS, STOPPING_SECONDS = 120, 60
DATABASE = "neo4j"  # Community has this one
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
OPENING = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
SETTINGS = {
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.memory.pagecache.size": "256m",
}


@record
class Server:
    """A server that answers: how to reach it, and the process it is."""

    uri: str
    user: str
    password: str
    pid: int


def start(home: Path, jars: Path, password: str, settings: Mapping[str, str] | None = None) -> Server:
    """Start the server whose files are under `home` and wait until it answers; one that runs already is given.

    It outlives this process, and has another free port at every start. Raises StoreUnavailable where it cannot be had.
    """
    other = running(home)
    if other is not None:
        return other
    java = java_on_path()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    uri = f"bolt://127.0.0.1:{_free_port()}"
    _write_settings(home, SETTINGS | {"server.bolt.listen_address": uri.removeprefix("bolt://")} | dict(settings or {}))
    pid = _spawn(_command(java, home, jars), home / "console.log")
    server = Server(uri=uri, user=USER, password=password, pid=pid)
    _write_state(home, server)
    _until_answers(server, home)
    return server


def java_on_path() -> str:
    """Give the java to run. Raises StoreUnavailable where there is none."""
    java = shutil.which("java")
    if java is None:
        raise StoreUnavailable(
            "Neo4j needs Java 17 or 21, and there is no java on the path",
            "Neo4j には Java 17 または 21 が必要ですが、java が見つかりません",
        )
    return java


def running(home: Path) -> Server | None:
    """Give the server that was started under `home`, if it still runs."""
    state = home / "server.json"
    if not state.exists():
        return None
    server = Server(**json.loads(state.read_text(encoding="utf-8")))
    return server if _alive(server.pid, home) else None


def stop(home: Path, *, now: bool = False) -> None:
    """Stop the server under `home` and wait for its end; `now` kills it, as a loss of power would."""
    server = running(home)
    if server is not None:
        os.kill(server.pid, signal.SIGKILL if now else signal.SIGTERM)
        deadline = time.monotonic() + STOPPING_SECONDS
        while _alive(server.pid, home):
            if time.monotonic() > deadline:
                raise StoreError(
                    f"the Neo4j server under {home} does not stop (process {server.pid})",
                    f"{home} の Neo4j サーバーが停止しません（プロセス {server.pid}）",
                )
            time.sleep(0.1)
    (home / "server.json").unlink(missing_ok=True)


def _command(java: str, home: Path, jars: Path) -> list[str]:
    # Heap settings in neo4j.conf do not reach a JVM that is started this way.
    main = ["-cp", f"{jars}/*", "org.neo4j.server.CommunityEntryPoint"]
    return [java, f"-Xmx{HEAP}", *OPENING, *main, f"--home-dir={home}", f"--config-dir={home / 'conf'}"]


def _write_settings(home: Path, settings: Mapping[str, str]) -> None:
    (home / "conf").mkdir(exist_ok=True)
    lines = "".join(f"{name}={value}\n" for name, value in sorted(settings.items()))
    (home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")


def _write_state(home: Path, server: Server) -> None:
    state = home / "server.json"
    content = {"uri": server.uri, "user": server.user, "password": server.password, "pid": server.pid}
    write_text(state, json.dumps(content), mode=0o600)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _spawn(command: list[str], console: Path) -> int:
    """Start a process in a session of its own, so that it outlives this one."""
    write = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(console), write, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], command, os.environ, file_actions=files, setsid=True)


def _until_answers(server: Server, home: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while not (_listens(server) and _answers(server)):
        if not _exists(server.pid):
            raise StoreUnavailable(
                f"the Neo4j server ended at once; {home / 'console.log'} says why",
                f"Neo4j サーバーがすぐに終了しました。理由は {home / 'console.log'} にあります",
            )
        if time.monotonic() > deadline:
            stop(home, now=True)
            raise StoreUnavailable(
                f"the Neo4j server did not answer within {STARTING_SECONDS} s; see {home / 'logs'}",
                f"Neo4j サーバーが{STARTING_SECONDS}秒以内に応答しませんでした。{home / 'logs'} を見てください",
            )
        time.sleep(0.1)


def _listens(server: Server) -> bool:
    host, _, port = server.uri.removeprefix("bolt://").partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def _answers(server: Server) -> bool:
    """Ask the server; on its first start give it the password it shall have."""
    try:
        with GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver, driver.session() as session:
            session.run("RETURN 1").consume()
        return True
    except AuthError:
        return _set_password(server)
    except (DriverError, Neo4jError):
        return False


def _set_password(server: Server) -> bool:
    query = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    with (
        suppress(DriverError, Neo4jError),
        GraphDatabase.driver(server.uri, auth=(USER, FIRST_PASSWORD)) as driver,
        driver.session(database="system") as session,
    ):
        session.run(query, old=FIRST_PASSWORD, new=server.password).consume()
    return False  # the next question finds the new password in force, or asks again


def _alive(pid: int, home: Path) -> bool:
    """Say whether a process is still this server, not another one that was given its number."""
    arguments = Path(f"/proc/{pid}/cmdline")
    return _exists(pid) and (not arguments.exists() or os.fsencode(f"--home-dir={home}") in arguments.read_bytes())


def _exists(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # a child that ended stays in the process table until it is asked for
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
