"""make evaluate, second part: how well staff are linked, on cities without logs; --write fills docs/identity.md."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from report.drawn.page import put

ROOT = Path(__file__).parents[1]
ACCEPTED, LIKELY = 0.99, 0.95
BINS = (0.01, 0.2, 0.5, 0.8, 0.95, 0.99, 1.01)
ELSEWHERE = 7
HARD = ("hr_errors=2.5",)
SETS = (("ward", ()), ("ward", HARD), ("1000000", ()), ("1000000", HARD))
STAFF = {"1000000": ("staff=12000",)}
GOALS = {
    "": {"precision at .99": 0.9999, "recall at .99": 0.995, "queue": 0.015},
    HARD[0]: {"precision at .99": 0.9999, "recall at .99": 0.98, "queue": 0.015},
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What linking gave on one city; shares are of the residents among the staff unless said otherwise."""

    size: str
    settings: str
    seed: int
    staff: int
    residents: int
    behind: int  # residents whose true record stands behind tier 7
    precision: dict[str, float | None]  # at .99 and .95, of all links claimed
    recall: dict[str, float | None]  # of residents not behind tier 7
    queue: float  # share of all staff
    shown: float | None  # of the residents in the queue: their record is among the candidates
    elsewhere_linked: int  # links at tier 7 claimed without a person
    bins: list[tuple[int, int]]  # candidates with p in each bin, and how many are true
    seconds: float
    peak_mb: int
    cases: list[str]


def one(size: str, settings: Iterable[str], seed: int, folder: Path) -> Figures:
    """Generate a city, read its exports and link its staff, each in a process of its own."""
    chosen = [*settings, *STAFF.get(size, ()), "logs=0"]
    words = [f"--set={pair}" for pair in chosen]
    enkan = [sys.executable, "cli.py", "generate", f"--size={size}", f"--seed={seed}", f"--out={folder}", "--quiet"]
    if not (folder / "exports").exists():
        subprocess.run([*enkan, *words], cwd=ROOT, check=True)
    for stage in ("read", "link"):
        subprocess.run([sys.executable, "-m", "benchmarks.identity", stage, str(folder)], cwd=ROOT, check=True)
    found = json.loads((folder / "linking.json").read_text())
    return figures(size, ",".join(settings), seed, found, folder)


def read(folder: Path) -> None:
    """Read the exports to typed rows."""
    from ingest.language import mapping
    from ingest.sources import acceptance

    acceptance.accept(folder / "accepted", [folder / "exports"], mapping.load([]))


def link(folder: Path) -> None:
    """Link the staff and set down candidates, seconds and peak memory (MB)."""
    import duckdb

    from ingest.identity.link import link as link_staff
    from ingest.sources.effective import effective

    with tempfile.TemporaryDirectory() as work, duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{work}'")
        effective(con, folder / "accepted")
        begun = time.perf_counter()
        linking = link_staff(con)
        seconds = time.perf_counter() - begun
    columns = ("start", "end", "p", "tier", "evidence")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = {"links": linking.links.select(columns).to_pylist(), "p_nobody": linking.p_nobody}
    (folder / "linking.json").write_text(json.dumps(found | {"seconds": seconds, "peak_mb": peak}))


def figures(size: str, settings: str, seed: int, found: Mapping[str, Any], folder: Path) -> Figures:
    """Hold what linking gave against the answer key."""
    import evaluation

    key = evaluation.key_table(folder, "staff")
    now = {staff: person for staff, person in zip(key["staff_id"], key["person_id"], strict=True) if person}
    ever = dict(zip(key["staff_id"], key["former_person_id"], strict=True))
    numbers = evaluation.numbers(folder)
    links = [row | {"end": numbers.get(row["end"], row["end"])} for row in found["links"]]
    behind = {row["start"] for row in links if row["tier"] == ELSEWHERE and now.get(row["start"]) == row["end"]}
    best = {level: {row["start"]: row for row in links if row["p"] >= level} for level in (ACCEPTED, LIKELY)}
    queue = {staff for staff, p in found["p_nobody"].items() if p <= LIKELY} - set(best[ACCEPTED])
    right = {level: {s for s, row in rows.items() if ever.get(s) == row["end"]} for level, rows in best.items()}
    reachable = set(now) - behind
    among = {row["start"] for row in links if now.get(row["start"]) == row["end"]}
    return Figures(
        size=size, settings=settings, seed=seed, staff=len(key), residents=len(now), behind=len(behind),
        precision={f"{level:g}": _ratio(len(right[level]), len(best[level])) for level in best},
        recall={f"{level:g}": _ratio(len(right[level] & reachable), len(reachable)) for level in best},
        queue=len(queue) / len(key), shown=_ratio(len(queue & among), len(queue & set(now))),
        elsewhere_linked=sum(row["tier"] == ELSEWHERE for row in best[ACCEPTED].values()),
        bins=[_bin(links, ever, low, high) for low, high in pairwise(BINS)],
        seconds=found["seconds"], peak_mb=found["peak_mb"],
        cases=_cases(best[ACCEPTED], right[ACCEPTED], sorted(reachable - set(best[ACCEPTED])), links, now),
    )  # fmt: skip


def _bin(links: Iterable[Mapping[str, Any]], ever: Mapping[str, str], low: float, high: float) -> tuple[int, int]:
    inside = [row for row in links if low <= row["p"] < high]
    return len(inside), sum(ever.get(row["start"]) == row["end"] for row in inside)


def _cases(
    claimed: Mapping[str, Mapping[str, Any]], right: set[str], missed: list[str], links: Any, now: Mapping[str, str]
) -> list[str]:
    """Tell the wrong links, and of the missed ones what spoke against them."""
    told = [f"wrong: tier {claimed[staff]['tier']}, {_told(claimed[staff])}" for staff in sorted(set(claimed) - right)]
    true = {row["start"]: row for row in links if now.get(row["start"]) == row["end"]}
    return told + [f"missed: {_told(true[staff]) if staff in true else 'no candidate'}" for staff in missed]


def _told(row: Mapping[str, Any]) -> str:
    return f"p {row['p']:.3f}, {'、'.join(row['evidence'])}"


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _word(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def page(found: list[Figures]) -> str:
    """Write the table, the calibration, what missed its goal, and its cases."""
    heads = ("size", "HR errors", "seed", "staff", "residents", "behind tier 7", "P .99", "P .95", "R .99", "R .95",
             "queue", "truth shown", "tier 7 linked", "s", "MB")  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [f"| {' | '.join(_cells(each))} |" for each in found]
    spans = [f"{low:g}–{min(high, 1):g}" for low, high in pairwise(BINS)]
    lines += ["", "Candidates by probability, and how many of them are the right person:", ""]
    lines += [f"| size | HR errors | seed | {' | '.join(spans)} |", "|---" * (3 + len(spans)) + "|"]
    for each in found:
        bins = (f"{true} of {count}" for count, true in each.bins)
        lines.append(f"| {each.size} | {each.settings or 'normal'} | {each.seed} | {' | '.join(bins)} |")
    return "\n".join([*lines, "", *_missed_goals(found)]) + "\n"


def _cells(each: Figures) -> tuple[str, ...]:
    at = ("0.99", "0.95")
    shares = (*(each.precision[p] for p in at), *(each.recall[p] for p in at), each.queue, each.shown)
    named = (each.size, each.settings or "normal", str(each.seed))
    counts = (f"{each.staff:,}", f"{each.residents:,}", str(each.behind))
    cost = (str(each.elsewhere_linked), f"{each.seconds:.1f}", f"{each.peak_mb:,}")
    return (*named, *counts, *map(_word, shares), *cost)


def _missed_goals(found: Iterable[Figures]) -> list[str]:
    lines = ["Goals that were not reached, with their cases (of a long list the first twelve):", ""]
    for each in found:
        goals = GOALS["hr_errors=2.5" if "hr_errors" in each.settings else ""]
        got = {"precision at .99": each.precision["0.99"], "recall at .99": each.recall["0.99"], "queue": each.queue}
        bad = [f"{name} {_word(got[name])} (goal {goal:g})" for name, goal in goals.items() if _misses(name, got, goal)]
        if bad:
            lines += [f"- {each.size}, {each.settings or 'normal'}, seed {each.seed}: {'; '.join(bad)}"]
            lines += [f"  - {case}" for case in each.cases[:12]]
    return lines if len(lines) > 2 else ["Every goal was reached."]


def _misses(name: str, got: Mapping[str, float | None], goal: float) -> bool:
    value = got[name] or 0.0
    return value > goal if name == "queue" else value < goal


def main() -> None:
    """Measure and print, or write; `read FOLDER` and `link FOLDER` are its own processes."""
    if sys.argv[1:2] in (["read"], ["link"]):
        {"read": read, "link": link}[sys.argv[1]](Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["ward", "1000000"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = []
    for size, settings in SETS:
        for seed in args.seeds if size in args.sizes else ():
            with tempfile.TemporaryDirectory() as temporary:
                found.append(one(size, settings, seed, Path(temporary)))
            print(json.dumps(asdict(found[-1]), ensure_ascii=False), file=sys.stderr, flush=True)
    text = page(found)
    print(text)
    if args.write:
        put("identity.md", text)


if __name__ == "__main__":
    main()
