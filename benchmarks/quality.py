"""make evaluate: generate, ingest and evaluate several seeds; --write puts the figures into docs/evaluation.md."""

import argparse
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import evaluation
import synthetic
from graph.conflicts.rules import read_policy
from graph.records.reader import Reader
from graph.store.opening import open_store
from graph.workspace import Workspace
from ingest import pipeline
from ingest.language import mapping
from report.drawn.page import put

ROOT = Path(__file__).parents[1]


def quiet(done: float, text: str) -> None:
    """Show no progress."""


def one(size: str, seed: int, settings: Iterable[str]) -> dict[str, Any]:
    """Generate, ingest and evaluate one municipality."""
    policy = read_policy()
    with tempfile.TemporaryDirectory() as temporary:
        folder, root = Path(temporary) / "city", Path(temporary) / "var"
        synthetic.make(size, seed, folder, settings, quiet)
        pipeline.ingest(
            root,
            [folder / "exports"],
            mappings=mapping.load([]),
            policy=policy,
            open_store=lambda: open_store("duckdb:", root),
            progress=quiet,
        )
        store = open_store("duckdb:", root)
        opened = Workspace(root, store, policy, Reader(name="evaluation"), lambda: datetime(2018, 8, 1, tzinfo=UTC))
        return evaluation.evaluate(folder, opened, store)


def table(found: list[dict[str, Any]]) -> str:
    """Set the seeds side by side, a measure a line."""
    names = ["measure", *(f"seed {result['seed']}" for result in found)]
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for name in _measures(found[0]):
        lines.append(f"| {name} | {' | '.join(_word(_measures(result).get(name)) for result in found)} |")
    return "\n".join(lines) + "\n"


def misses(found: list[dict[str, Any]]) -> str:
    """List every visible pair that was not found, with the stage that lost it."""
    lines = [
        f"- seed {result['seed']}: {miss['viewer']} → {miss['subject']}: {miss['cause']}"
        for result in found
        for miss in result["kin_conflicts"]["misses"]
    ]
    return "\n".join(lines or ["- none"]) + "\n"


def _measures(result: Mapping[str, Any]) -> dict[str, Any]:
    kin = {f"kin conflicts: {key}": value for key, value in result["kin_conflicts"].items()}
    rest = {
        f"{part}: {name}": value
        for part in ("top", "borrowed", "lead_time_days", "identity", "patterns", "hard_negatives", "links")
        for name, value in result[part].items()
    }
    return {key: value for key, value in (kin | rest).items() if not isinstance(value, list)}


def _word(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return ", ".join(f"{name} {_word(part)}" for name, part in value.items())
    return "-" if value is None else str(value)


def main() -> None:
    """Evaluate and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--size", default="ward")
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = [one(args.size, seed, args.set) for seed in args.seeds]
    text = f"Size {args.size}.\n\n{table(found)}\nVisible pairs that were not found:\n\n{misses(found)}"
    print(text)
    if args.write:
        put("evaluation.md", text)


if __name__ == "__main__":
    main()
