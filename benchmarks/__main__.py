"""make bench: run every stage at ward size and print the table; --write puts it into docs/performance.md."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from report.drawn.page import put

ROOT = Path(__file__).parents[1]

# (stage, its yardstick, both run before it); the yardstick of generation is reading back what was written.
PLAN = (
    ("generate", "decode"),
    ("accept", "bare_csv_to_parquet"),
    ("ingest", "bare_csv_to_parquet"),
    ("closure", "read_links"),
    ("match", "read_two_columns"),
    ("report", "start"),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one process took: seconds of wall and processor, and peak memory in MB."""

    wall: float
    cpu: float
    peak: int


def run(stage: str, folder: Path) -> Measure:
    """Run one stage in a process of its own and measure the whole process."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.stages", stage, str(folder)], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"stage {stage} failed")
    wall = time.perf_counter() - begun
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def measure(folder: Path) -> str:
    """Run the plan and give the table."""
    done: dict[str, Measure] = {}
    lines = [
        "| stage | wall s | CPU s | peak MB | yardstick | its CPU s | CPU ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for stage, yardstick in PLAN:
        for name in (stage, yardstick):
            done.setdefault(name, run(name, folder))
        found, bare = done[stage], done[yardstick]
        ratio = f"{found.cpu / bare.cpu:.1f}"
        numbers = f"{found.wall:.1f} | {found.cpu:.1f} | {found.peak:,}"
        lines.append(f"| {stage} | {numbers} | {yardstick} | {bare.cpu:.1f} | {ratio} |")
    return "\n".join(lines) + "\n"


def size_of(folder: Path) -> str:
    """Word what was measured: bytes and rows of the exports."""
    files = sorted((folder / "exports").glob("*.csv"))
    size = sum(path.stat().st_size for path in files)
    rows = sum(path.read_bytes().count(b"\n") - 1 for path in files)
    logs = sum(path.read_bytes().count(b"\n") - 1 for path in files if "_log_" in path.name)
    return f"{len(files)} files, {size / 1e6:,.0f} MB, {rows:,} rows, {logs:,} of them log rows"


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", default="ward")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "size").write_text(args.size)
        table = measure(folder)
        text = f"Size {args.size}, seed 1: {size_of(folder)}. Python {platform.python_version()}.\n\n{table}"
    print(text)
    if args.write:
        put("performance.md", text)


if __name__ == "__main__":
    main()
