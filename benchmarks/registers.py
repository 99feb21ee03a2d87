"""make evaluate, third part: how many kin pairs the registers give, and how many wrong; --write fills docs/kinship.md.

Pairs are residents within the fourth degree (blood up to 4, affinity up to 3, spouses). *Visible* is a pair of which
one line stands whole in the exports, registered, stated or composed, with links that held at one time: whoever is
born after a divorce never was kin of the one who left. A pair is *wrong* where the key does not relate the two, and has
*a relation too many* where the key has none of that kind, up and down. There dates are left out, for tenses have tests
of their own: that a stepchild who was adopted was an affine before is right.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

import evaluation
from graph.kinship import network
from graph.kinship.closure import relations
from graph.kinship.law import in_preset
from graph.model import UNKNOWN_START, Grade
from graph.store.tables import arrow_schema
from report.drawn.page import put

ROOT = Path(__file__).parents[1]
RANK = {str(grade): rank for rank, grade in enumerate(Grade)}  # the best first
FIRM = (Grade.REGISTERED, Grade.STATED, Grade.COMPOSED)
EVERY = 12  # of so many residents one is asked for all their kin
Said = tuple[str, str, str, int, int]  # two 宛名番号, kind, up, down


def one(size: str, seed: int, folder: Path) -> dict[str, Any]:
    """Generate a municipality without logs and hold its links, with 戸籍 and without, against the key."""
    enkan = [sys.executable, "cli.py", "generate", f"--size={size}", f"--seed={seed}", f"--out={folder}", "--quiet"]
    if not (folder / "exports").exists():
        subprocess.run([*enkan, "--set=logs=0"], cwd=ROOT, check=True)
    key, numbers = evaluation.key_table(folder, "links"), evaluation.numbers(folder)
    asked = sorted(set(numbers.values()))[::EVERY]
    true = set(_of_key(key, asked))
    written = evaluation.key_table(folder, "written")
    visible = set(_of_key(written[written["grade"].isin(FIRM)], asked, dated=True)) & true
    both, alone = (_claimed(folder, asked, numbers, koseki) for koseki in (True, False))
    found = {"seed": seed, "asked": len(asked), "true": len(_pairs(true)), "visible": len(_pairs(visible))}
    shares = {"both": _share(visible, both), "alone": _share(visible, alone)}
    return found | shares | {"grades": _grades(both, true)}


def _of_key(links: pd.DataFrame, asked: Iterable[str], dated: bool = False) -> Iterable[Said]:
    """Give what the people asked for are to residents by links of the answer key; `dated`: that held at one time."""
    ends = pd.concat([links[["a", "person_a"]].set_axis(["pid", "id"], axis=1),
                      links[["b", "person_b"]].set_axis(["pid", "id"], axis=1)])  # fmt: skip
    ids = {pid: person or f"?{pid}" for pid, person in ends.drop_duplicates("pid").itertuples(index=False)}
    return _said(_graph(links, ids, dated), asked)


def _graph(links: pd.DataFrame, ids: Mapping[str, str], dated: bool) -> dict[str, pa.Table]:
    rows: dict[str, list[dict[str, object]]] = {"PARENT_OF": [], "SPOUSE_OF": [], "Household": [], "MEMBER_OF": []}
    base: dict[str, object] = {
        "grade": Grade.REGISTERED,
        "ended_by": "divorce" if dated else "",
        "may_end": None,
        "source_file": "",
        "source_line": 0,
    }
    told = links[["link", "a", "b", "nature", "start", "end"]].drop_duplicates()
    for link, a, b, nature, start, end in told.itertuples(index=False):
        row = base | {"start": ids[a], "end": ids[b]}
        row["valid_from"] = date.fromisoformat(start) if dated and start else UNKNOWN_START
        row["valid_to"] = date.fromisoformat(end) if dated and end else None
        if link == "parent":
            rows["PARENT_OF"].append(row | {"nature": nature or "birth"})
        elif link in ("spouse", "de_facto"):
            rows["SPOUSE_OF"].append(row | {"nature": "legal" if link == "spouse" else link})
    rows["Person"] = [{"person_id": person, "placeholder": False} for person in sorted(set(ids.values()))]
    return {kind: pa.Table.from_pylist(found, schema=arrow_schema(kind)) for kind, found in rows.items()}


def _said(graph: Mapping[str, pa.Table], asked: Iterable[str]) -> Iterable[Said]:
    found = relations(network.read(graph), list(asked), blood=4)
    columns = (found[name].to_pylist() for name in ("start", "end", "kind", "up", "down"))
    return (said for said in zip(*columns, strict=True) if _counts(said))


def _counts(said: Said) -> bool:
    _, other, kind, up, down = said
    resident = ":" not in other and other[0] != "?"
    return resident and kind not in ("household", "self") and in_preset("4", kind, up, down)


def _claimed(folder: Path, asked: list[str], numbers: Mapping[str, str], koseki: bool) -> dict[Said, str]:
    """Give what our links say, with the best grade, each person under the number they bear now."""
    from ingest.language import mapping
    from ingest.registers import build
    from ingest.sources import acceptance
    from ingest.sources.effective import effective

    if not (folder / "accepted").exists():
        acceptance.accept(folder / "accepted", [folder / "exports"], mapping.load([]))
    with duckdb.connect() as con:
        effective(con, folder / "accepted")
        for table in () if koseki else ("koseki_entry", "koseki_event"):
            con.execute(f"CREATE OR REPLACE VIEW {table} AS FROM written.{table} WHERE false")
        graph = build.build(con)
    found = relations(network.read(graph), asked, blood=4)
    best: dict[Said, str] = {}
    columns = (found[name].to_pylist() for name in ("start", "end", "kind", "up", "down", "grade"))
    for start, end, kind, up, down, grade in zip(*columns, strict=True):
        said = (start, numbers.get(end, end), kind, up, down)
        if _counts(said) and RANK[grade] <= RANK[best.get(said, Grade.HINT)]:
            best[said] = grade
    return best


def _pairs(said: Iterable[Said]) -> set[tuple[str, str]]:
    return {(a, b) for a, b, *_ in said}


def _share(visible: set[Said], claimed: Mapping[Said, str]) -> float:
    wanted = _pairs(visible)
    return len(wanted & _pairs(set(claimed) & visible)) / len(wanted)


def _grades(claimed: Mapping[Said, str], true: set[Said]) -> dict[str, tuple[int, int, int]]:
    """Count by grade: pairs claimed (by their best relation), pairs the key does not relate, relations it lacks."""
    pairs: dict[tuple[str, str], str] = {}
    for said, grade in sorted(claimed.items(), key=lambda row: RANK[row[1]], reverse=True):
        pairs[said[:2]] = grade
    related = _pairs(true)
    every, wrong = Counter(pairs.values()), Counter(grade for pair, grade in pairs.items() if pair not in related)
    false = Counter(grade for said, grade in claimed.items() if said not in true and _as_blood(said) not in true)
    return {str(grade): (every[grade], wrong[grade], false[grade]) for grade in Grade if every[grade]}


def _as_blood(said: Said) -> Said:
    return (*said[:2], "blood", *said[3:])


def page(found: list[dict[str, Any]]) -> str:
    """Write both tables."""
    heads = ("seed", "residents asked", "pairs", "visible", "found from 住民基本台帳 alone", "with 戸籍")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for each in found:
        counts = (str(each["seed"]), *(f"{each[name]:,}" for name in ("asked", "true", "visible")))
        lines.append(f"| {' | '.join(counts)} | {each['alone']:.4f} | {each['both']:.4f} |")
    grades = ("grade", "pairs claimed", "wrong", "wrong per million", "a relation too many")
    lines += ["", f"| {' | '.join(grades)} |", "|---" * len(grades) + "|"]
    for grade in map(str, Grade):
        claimed, wrong, false = (sum(each["grades"].get(grade, (0, 0, 0))[at] for each in found) for at in range(3))
        if claimed:
            lines.append(f"| {grade} | {claimed:,} | {wrong:,} | {1e6 * wrong / claimed:,.0f} | {false} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description=__doc__)
    parser.add_argument("--size", default="ward")
    parser.add_argument("--seeds", type=int, nargs="+", default=[31, 32, 33])
    parser.add_argument("--folder", type=Path, help="keep the municipalities here, or use those that are there")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = []
    for seed in args.seeds:
        with tempfile.TemporaryDirectory() as temporary:
            found.append(one(args.size, seed, (args.folder or Path(temporary)) / f"{args.size}{seed}"))
        print(json.dumps(found[-1], ensure_ascii=False), file=sys.stderr, flush=True)
    print(page(found))
    if args.write:
        put("kinship.md", page(found))


if __name__ == "__main__":
    main()
