"""make bench, third part: a graph's first load into Neo4j, sent row by row and by bulk import; --write fills the page.

Both servers run on this machine and begin empty; the bulk time has both starts of the server in it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from graph.kinship import network
from graph.store import bulk, server
from graph.store.compare import compare
from graph.store.jars import jars
from graph.store.opening import open_store
from graph.store.schema import KINDS
from report.drawn.page import put

ROOT = Path(__file__).parents[1]
PASSWORD = "for-the-benchmark"


def build(size: str, folder: Path) -> None:
    """Generate a municipality without logs and publish it in the embedded store, if it is not there."""
    enkan = [sys.executable, "cli.py"]
    made = ["generate", f"--size={size}", "--seed=1", f"--out={folder}", "--set=logs=0.05", "--quiet"]
    if not (folder / "exports").exists():
        subprocess.run([*enkan, *made], cwd=ROOT, check=True)
    if not (folder / "workspace" / "current").exists():
        read = ["ingest", str(folder / "exports"), f"--workspace={folder / 'workspace'}", "--quiet"]
        subprocess.run([*enkan, *read], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def sent(root: Path, home: Path) -> tuple[int, float]:
    """Send every row to a server of its own; give the rows and the seconds."""
    source, target = open_store("duckdb:", root), _target(server.start(home, jars(), PASSWORD), root)
    generation = source.current()
    assert generation is not None
    begun, rows = time.perf_counter(), 0
    target.begin(generation.run_id)
    for kind in KINDS:
        for piece in source.pieces(kind, [column.name for column in KINDS[kind].columns]):
            rows += target.write(kind, piece)
    target.publish(generation.run_id, generation.facts)
    took = time.perf_counter() - begun
    assert compare(source, target) == []
    server.stop(home)
    return rows, took


def imported(root: Path, home: Path) -> tuple[int, float]:
    """Import the same in bulk."""
    source = open_store("duckdb:", root)
    begun = time.perf_counter()
    rows = bulk.load(source, home, PASSWORD, lambda share, text: None)
    return rows, time.perf_counter() - begun


def read_back(root: Path, home: Path) -> dict[str, Any]:
    """Read the links that kinship needs, from both stores."""
    took: dict[str, Any] = {}
    for name, store in (("embedded", open_store("duckdb:", root)), ("server", _target(server.running(home), root))):
        begun = time.perf_counter()
        took["people"] = len(network.load(store).people)
        took[name] = time.perf_counter() - begun
        store.close()
    return took


def _target(found: server.Server | None, root: Path) -> Any:
    assert found is not None
    return open_store(found.uri, root, user=found.user, password=found.password)


def measure(size: str, folder: Path, only_bulk: bool) -> str:
    """Load both ways and word the figures."""
    build(size, folder)
    root = folder / "workspace"
    rows, bulk_took = imported(root, folder / "bulk")
    back = read_back(root, folder / "bulk")
    server.stop(folder / "bulk")
    slow = (0, 0.0) if only_bulk else sent(root, folder / "sent")
    found = {"rows": rows, "bulk_s": bulk_took, "sent_s": slow[1]} | back
    print(json.dumps(found), file=sys.stderr)
    sent_rate = "not run" if only_bulk else f"{slow[0] / slow[1]:,.0f}"
    ratio = "" if only_bulk else f"{(rows / bulk_took) / (slow[0] / slow[1]):.1f}"
    read = f"{back['embedded']:.1f} | {back['server']:.1f}"
    return "\n".join((
        "| size | rows | sent, rows/s | bulk, rows/s | ratio | links read back, embedded s | from Neo4j s |",
        "|---|---|---|---|---|---|---|",
        f"| {size} | {rows:,} | {sent_rate} | {rows / bulk_took:,.0f} | {ratio} | {read} |",
    )) + "\n"  # fmt: skip


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.neo4j_load", description=__doc__)
    parser.add_argument("--size", default="ward")
    parser.add_argument("--folder", type=Path, help="keep the municipality here, or use the one that is there")
    parser.add_argument("--only-bulk", action="store_true", help="do not send row by row")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        table = measure(args.size, args.folder or Path(temporary), args.only_bulk)
    print(table)
    if args.write:
        put("performance.md", table, "neo4j")


if __name__ == "__main__":
    main()
