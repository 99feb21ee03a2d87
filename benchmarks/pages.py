"""make bench, last part: how long the explorer's pages take on a ward; --write fills docs/performance.md.

Each page is run as Streamlit runs it, on a workspace that is open already, for people of the report: time from the
request to the last element, without the browser. The first run of each page is left out: it imports.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from graph.conflicts.rules import read_policy
from graph.records.reader import Reader
from graph.store.opening import open_store
from graph.workspace import Workspace
from report.drawn.page import put

ROOT = Path(__file__).parents[1]
TIMES = 20  # runs of each page


def build(size: str, folder: Path) -> Path:
    """Generate and read a municipality, if it is not there."""
    enkan, root = [sys.executable, "cli.py"], folder / "workspace"
    made = ["generate", f"--size={size}", "--seed=1", f"--out={folder}", "--quiet"]
    if not (folder / "exports").exists():
        subprocess.run([*enkan, *made], cwd=ROOT, check=True)
    if not (root / "current").exists():
        read = ["ingest", str(folder / "exports"), f"--workspace={root}", "--quiet"]
        subprocess.run([*enkan, *read], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return root


def views(root: Path) -> dict[str, list[dict[str, str]]]:
    """Give for each page the queries to ask it: conflicts, their viewers, subjects and terminals."""
    opened = Workspace(root, open_store("duckdb:", root), read_policy(), Reader(name="bench"), _now)
    with opened:
        found = opened.report()
    cases = random.Random(0).choices(found.conflicts + found.annex, k=TIMES)
    last = [case.lookups[-1] for case in cases]
    return {
        "overview": [{}] * TIMES,
        "cases": [{"case": case.conflict_id} for case in cases],
        "relations": [{"a": f"staff:{case.viewer}", "b": case.subject} for case in cases],
        "relations, one person": [{"a": f"staff:{case.viewer}"} for case in cases],
        "history": [{"person": case.subject} for case in cases],
        "staff": [{"staff": case.viewer} for case in cases],
        "terminal": [{"terminal": each.terminal, "day": f"{each.time:%Y-%m-%d}"} for each in last],
        "identity": [{}] * TIMES,
        "quality": [{}] * TIMES,
    }


def measure(root: Path) -> Iterator[tuple[str, list[float]]]:
    """Run every page and give its times in ms, sorted."""
    from streamlit.testing.v1 import AppTest

    os.environ["ENKAN_WORKSPACE"] = str(root)
    for view, queries in views(root).items():
        page, times = view.partition(",")[0], []
        for query in [queries[0], *queries]:
            test = AppTest.from_string(f"from explorer.screens import {page}\n{page}.page()", default_timeout=60)
            for name, value in query.items():
                test.query_params[name] = value
            begun = time.perf_counter()
            test.run()
            times.append(1000 * (time.perf_counter() - begun))
            if test.exception:
                raise SystemExit(f"{view} {query}: {test.exception[0].value}")
        yield view, sorted(times[1:])


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--size", default="ward")
    parser.add_argument("--folder", type=Path, help="keep the municipality here, or use the one that is there")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = build(args.size, args.folder or Path(temporary))
        found = dict(measure(root))
    lines = [
        f"Size {args.size}, seed 1, {TIMES} runs of each page.",
        "",
        "| page | median ms | p95 ms |",
        "|---|---|---|",
    ]
    lines += [f"| {view} | {times[TIMES // 2]:.0f} | {times[int(TIMES * 0.95)]:.0f} |" for view, times in found.items()]
    print(table := "\n".join(lines) + "\n")
    if args.write:
        put("performance.md", table, "pages")


def _now() -> datetime:
    return datetime.now().astimezone()


if __name__ == "__main__":
    main()
