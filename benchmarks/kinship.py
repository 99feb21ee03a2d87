"""make bench, second part: closure of all staff and single pairs on a whole city; --write fills docs/performance.md.

No logs are generated: the links are read, kept in the embedded store, read back, and walked, each in its own process.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report.drawn.page import put

ROOT = Path(__file__).parents[1]
PAIRS = 2000


def build(folder: Path) -> None:
    """Read the exports, link the staff and publish the links in the embedded store."""
    from graph.store.opening import open_store
    from graph.store.schema import REGISTER_KINDS
    from ingest.identity.link import link
    from ingest.language import mapping
    from ingest.pipeline import database, links
    from ingest.sources import acceptance
    from ingest.sources.effective import effective

    root = folder / "workspace"
    acceptance.accept(root, [folder / "exports"], mapping.load([]))
    with database(root) as con:
        effective(con, root)
        graph = links(con, link(con))
    store = open_store("duckdb:", root)
    store.begin("links")
    for kind in REGISTER_KINDS:
        store.write(kind, graph.pop(kind))
    store.publish("links", "{}")


def closure(folder: Path) -> None:
    """Read the links back and work out the relatives of all staff."""
    from graph.kinship import network
    from graph.kinship.closure import relations
    from graph.store.opening import open_store

    store, took = open_store("duckdb:", folder / "workspace"), {}
    store.current()
    staff = sorted(set(store.read("IDENTIFIED_AS")["end"].to_pylist()))
    begun = time.perf_counter()
    kin = network.load(store)
    took["read"] = time.perf_counter() - begun
    took["loaded_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.perf_counter()
    found = relations(kin, staff)
    took["closure"] = time.perf_counter() - begun
    took |= {"people": len(kin.people), "staff": len(staff), "relations": found.num_rows}
    print(json.dumps(took | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def pair(folder: Path) -> None:
    """Ask for every tie and every line of many pairs: half of them relatives, half of them anybody."""
    from graph.kinship import network
    from graph.kinship.pair import Loaded
    from graph.store.opening import open_store

    store, rng = open_store("duckdb:", folder / "workspace"), random.Random(0)
    store.current()
    staff = sorted(set(store.read("IDENTIFIED_AS")["end"].to_pylist()))
    links = network.load(store)
    kin, times = Loaded(links), []
    for number in range(PAIRS):
        one, other = rng.choice(staff), str(links.people[rng.randrange(len(links.people))])
        relatives = sorted({relation.end for relation in kin.relations(one)}) if number % 2 else []
        begun = time.perf_counter()
        kin.ties(one, rng.choice(relatives) if relatives else other)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    print(json.dumps({"median_ms": times[PAIRS // 2], "p95_ms": times[int(PAIRS * 0.95)], "most_ms": times[-1]}))


def measure(size: str, folder: Path) -> str:
    """Run every stage and word the figures."""
    enkan = [sys.executable, "cli.py", "generate", f"--size={size}", "--seed=1", f"--out={folder}", "--set=logs=0"]
    if not (folder / "exports").exists():
        subprocess.run([*enkan, "--quiet"], cwd=ROOT, check=True)
    if not (folder / "workspace").exists():
        subprocess.run([sys.executable, "-m", "benchmarks.kinship", "build", str(folder)], cwd=ROOT, check=True)
    found = {stage: _ask(stage, folder) for stage in ("closure", "pair")}
    return _table(size, found["closure"], found["pair"])


def _ask(stage: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.kinship", stage, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return told


def _table(size: str, closure: dict[str, float], pair: dict[str, float]) -> str:
    return "\n".join((
        f"Size {size}, seed 1, no logs: {closure['people']:,} people, {closure['staff']:,} of them staff.", "",
        "| links read s | peak MB | closure s | relations | peak MB | a pair, median ms | p95 ms | most ms |",
        "|---|---|---|---|---|---|---|---|",
        f"| {closure['read']:.1f} | {closure['loaded_mb']:,} | {closure['closure']:.1f} | {closure['relations']:,} "
        f"| {closure['peak_mb']:,} | {pair['median_ms']:.1f} | {pair['p95_ms']:.1f} | {pair['most_ms']:.1f} |",
    )) + "\n"  # fmt: skip


STAGES = {"build": build, "closure": closure, "pair": pair}


def main() -> None:
    """Measure and print, or write; `build`, `closure` and `pair` with a folder are its own processes."""
    if sys.argv[1] in STAGES:
        STAGES[sys.argv[1]](Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kinship", description=__doc__)
    parser.add_argument("--size", default="city")
    parser.add_argument("--folder", type=Path, help="keep the city here, or use the one that is there")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        table = measure(args.size, args.folder or Path(temporary))
    print(table)
    if args.write:
        put("performance.md", table, "kinship")


if __name__ == "__main__":
    main()
