"""The jars of the Neo4j server: given, kept from before, or fetched by Maven once."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from graph.errors import StoreUnavailable

POM = Path(__file__).with_name("neo4j.pom.xml")
GIVEN = "ENKAN_NEO4J_JARS"


def jars() -> Path:
    """Give the folder of the server's jars: `$ENKAN_NEO4J_JARS`, or the user's cache, which Maven fills.

    Raises StoreUnavailable where there are none and none can be had.
    """
    given = os.environ.get(GIVEN)
    if given:
        if not any(Path(given).glob("neo4j-*.jar")):
            raise StoreUnavailable(
                f"{GIVEN}={given} has no Neo4j jars", f"{GIVEN}={given} に Neo4j の jar がありません"
            )
        return Path(given)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "enkan"
    cache.mkdir(parents=True, exist_ok=True)
    return _kept(cache / f"neo4j-{version()}")


def version() -> str:
    """Name the server's version."""
    match = re.search(r"<neo4j.version>(.+)</neo4j.version>", POM.read_text(encoding="utf-8"))
    assert match is not None
    return match[1]


def _kept(folder: Path) -> Path:
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    if shutil.which("mvn") is None:
        raise StoreUnavailable(
            f"Neo4j is fetched by Maven, and there is no mvn on the path; or set {GIVEN} to its jars",
            f"Neo4j は Maven で取得しますが、mvn が見つかりません。{GIVEN} に jar の場所を指定することもできます",
        )
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    done = subprocess.run([*command, f"-DoutputDirectory={partial}"], capture_output=True, text=True)
    if done.returncode:
        raise StoreUnavailable(
            f"Maven could not fetch Neo4j: {done.stdout[-500:].strip()}",
            f"Maven で Neo4j を取得できませんでした: {done.stdout[-500:].strip()}",
        )
    partial.rename(folder)


def main() -> None:
    """Copy the jars into a folder: `python -m graph.store.jars DIR`."""
    shutil.copytree(jars(), sys.argv[1], dirs_exist_ok=True)


if __name__ == "__main__":
    main()
