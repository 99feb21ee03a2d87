"""A finished run against an answer key (interface: evaluate). With the generator the only code that may read truth/."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import pandas as pd

from graph.errors import SourceError
from graph.kinship import law
from graph.model import Attribution, Kind, Nature, Outcome, Tense
from graph.records.certainty import is_certain
from graph.records.results import ConflictCase, Report
from graph.store.base import GraphStore
from graph.workspace import Workspace

FIRM = ("registered", "stated", "composed")
ATTRIBUTABLE = ("own", "relayed")
REACH = 6
CAUSES = ("identity", "register", "kinship", "lookup")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Key:
    """The answer key as tables of text."""

    meta: dict[str, Any]
    staff: pd.DataFrame
    links: pd.DataFrame
    written: pd.DataFrame
    lookups: pd.DataFrame
    planted: pd.DataFrame
    negatives: pd.DataFrame
    people: pd.DataFrame


@dataclass(frozen=True)
class Pairs:
    """The viewer-subject pairs of the key within a preset: all of them, and those that the exports show."""

    true: set[Pair]
    visible: set[Pair]
    long_chain: set[Pair]  # visible only through a 続柄 chain of more than one link
    wrongful: set[Pair]  # with a lookup for which no business reason exists


def evaluate(folder: Path, workspace: Workspace, store: GraphStore) -> dict[str, Any]:
    """Hold the workspace's published report against `folder`/truth. Raises SourceError where there is no key."""
    key = _read(folder / "truth")
    report = workspace.report()
    pairs = _pairs(key, workspace.policy.preset)
    return {
        "seed": key.meta["seed"],
        "size": key.meta["size"],
        "kin_conflicts": _kin_conflicts(key, report, pairs, store),
        "top": {str(k): _top(report, pairs, k) for k in (20, 50, 100)},
        "patterns": _patterns(key, report),
        "hard_negatives": _hard_negatives(key, report),
        "borrowed": _borrowed(key, report),
        "lead_time_days": _lead_time(key, report),
        "identity": _identity(key, workspace, store),
        "links": _links(key, store),
    }


def _read(truth: Path) -> Key:
    if not (truth / "meta.json").exists():
        raise SourceError(f"{truth} has no answer key (meta.json)", f"{truth} に正解（meta.json）がありません")
    names = ("staff", "links", "written", "kin_lookups", "planted", "hard_negatives", "people")
    return Key(json.loads((truth / "meta.json").read_text("utf-8")), *(_table(truth, name) for name in names))


def key_table(folder: Path, name: str) -> pd.DataFrame:
    """Give one table of the answer key as text: staff, people, links, written … (docs/synthetic.md)."""
    return _table(folder / "truth", name)


def numbers(folder: Path) -> dict[str, str]:
    """Give the 宛名番号 that everybody bears now, by each one they have or had (J7)."""
    return _numbers(_table(folder / "truth", "people"))


def _numbers(people: pd.DataFrame) -> dict[str, str]:
    by_number = (people.set_index(name, drop=False)["person_id"] for name in ("former_number", "person_id"))
    united: dict[str, str] = pd.concat(by_number).drop("", errors="ignore").to_dict()
    return united


def _table(truth: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(truth / f"{name}.csv", dtype=str, keep_default_na=False)


def _pairs(key: Key, preset: str) -> Pairs:
    true: set[Pair] = set()
    visible: set[Pair] = set()
    short: set[Pair] = set()
    wrongful: set[Pair] = set()
    rows = key.lookups[key.lookups["attribution"] != Attribution.BORROWED]
    for viewer, subject, attribution, reason, text in rows[
        ["viewer", "subject", "attribution", "reason", "ties"]
    ].itertuples(index=False):
        ties = [tie for tie in json.loads(text) if _counts(tie, preset)]
        pair = (viewer, subject)
        if ties:
            true.add(pair)
        if ties and attribution in ATTRIBUTABLE:
            visible.update(pair for tie in ties if tie["visible"])
            short.update(pair for tie in ties if tie["visible"] and tie["chain"] <= 1)
            wrongful.update([pair] if reason == "none" else [])
    return Pairs(true, visible, visible - short, wrongful)


def _counts(tie: Mapping[str, Any], preset: str) -> bool:
    return tie["tense"] != Tense.FUTURE and law.in_preset(preset, tie["kind"], tie["up"], tie["down"])


def _listed(cases: Iterable[ConflictCase]) -> set[Pair]:
    return {(case.viewer, case.subject) for case in cases}


def _kin_conflicts(key: Key, report: Report, pairs: Pairs, store: GraphStore) -> dict[str, Any]:
    cases = (*report.conflicts, *report.annex)
    listed = _listed(cases)
    claimed = {(c.viewer, c.subject) for c in cases if any(_firm(tie, report.policy.preset) for tie in c.ties)}
    found = pairs.visible & listed
    missed = _causes(key, pairs.visible - found, store)
    apart = {"visible": len(pairs.long_chain), "found": len(pairs.long_chain & found)}
    return {
        "true": len(pairs.true),
        "visible": len(pairs.visible),
        "found": len(found),
        "recall": _ratio(len(found), len(pairs.visible)),
        "claimed": len(claimed),
        "precision": _ratio(len(claimed & pairs.true), len(claimed)),
        "missed": {cause: sum(found == cause for _, _, found in missed) for cause in CAUSES},
        "long_chain": apart,
        "probable_only": {"claimed": len(listed - claimed), "true": len((listed - claimed) & pairs.true)},
        "misses": [{"viewer": v, "subject": s, "cause": cause, "long_chain": (v, s) in pairs.long_chain}
                   for v, s, cause in missed],
        "not_true": [{"viewer": viewer, "subject": subject} for viewer, subject in sorted(claimed - pairs.true)],
    }  # fmt: skip


def _firm(tie: Any, preset: str) -> bool:
    """A tie that claims: founded better than probable. Oneself rests on the identity link alone."""
    return law.in_preset(preset, tie.kind, tie.up, tie.down) and (tie.grade in FIRM or tie.kind == Kind.SELF)


def _causes(key: Key, missed: set[Pair], store: GraphStore) -> list[tuple[str, str, str]]:
    """Name the stage that lost each visible pair."""
    linked = _linked(key, store)
    true = dict(zip(key.staff["staff_id"], key.staff["former_person_id"], strict=True))
    net = _net(store) if missed else nx.Graph()
    return [(v, s, _cause(v, s, linked, true, net, store)) for v, s in sorted(missed)]


def _cause(
    viewer: str, subject: str, linked: Mapping[str, str], true: Mapping[str, str], net: nx.Graph, store: GraphStore
) -> str:
    person = linked.get(viewer)
    if person is None or person != true.get(viewer):
        return "identity"
    if store.select("RELATED_TO", {"start": [person], "end": [subject]}):
        return "lookup"
    near = nx.single_source_shortest_path_length(net, person, cutoff=REACH) if person in net else {}
    return "kinship" if subject in near else "register"


def _net(store: GraphStore) -> nx.Graph:
    """Join everyone whom any link of the published graph joins, whatever the law says of the line."""
    net = nx.Graph()
    for kind in ("PARENT_OF", "SPOUSE_OF"):
        table = store.read(kind)
        net.add_edges_from(zip(table.column("start").to_pylist(), table.column("end").to_pylist(), strict=True))
    return net


def _top(report: Report, pairs: Pairs, k: int) -> float | None:
    first = report.conflicts[:k]
    return _ratio(sum((case.viewer, case.subject) in pairs.wrongful for case in first), len(first))


def _patterns(key: Key, report: Report) -> dict[str, dict[str, int]]:
    rows = key.planted[["pattern", "viewer", "subject"]]
    return _tally(rows, _listed(report.conflicts), "found")


def _hard_negatives(key: Key, report: Report) -> dict[str, dict[str, int]]:
    rows = key.negatives[["name", "viewer", "subject"]]
    return _tally(rows, _listed(report.conflicts[:50]), "in_top_50")


def _tally(rows: pd.DataFrame, listed: set[Pair], word: str) -> dict[str, dict[str, int]]:
    """Count by name how many pairs were planted, and how many of them are listed."""
    found: dict[str, dict[str, int]] = {}
    for name, viewer, subject in rows.itertuples(index=False):
        counts = found.setdefault(name, {"planted": 0, word: 0})
        counts["planted"] += 1
        counts[word] += (viewer, subject) in listed
    return dict(sorted(found.items()))


def _borrowed(key: Key, report: Report) -> dict[str, Any]:
    """Count lookups: a borrowed one is found where the true viewer is among those to check with."""
    rows = key.lookups[key.lookups["attribution"] == Attribution.BORROWED]
    planted = set(zip(rows["file"], rows["line"].astype(int), rows["viewer"], strict=True))
    listed = {
        (lookup.file, lookup.line, candidate.viewer)
        for group in report.borrowed
        for lookup in group.lookups
        for candidate in group.candidates
    }
    hits = len(planted & listed)
    ratios = {"recall": _ratio(hits, len(planted)), "precision": _ratio(hits, len({row[:2] for row in listed}))}
    return {"planted": len(planted), "found": hits, **ratios}


def _lead_time(key: Key, report: Report) -> dict[str, float | None]:
    """Days from a case's first planted lookup to the first that a daily report would list."""
    told = {(c.viewer, c.subject): [x for x in c.lookups if x.outcome == Outcome.SUSPICIOUS] for c in report.conflicts}
    waits = [
        max((pd.Timestamp(min(x.time for x in told[viewer, subject])) - pd.Timestamp(begun)).days, 0)
        for viewer, subject, begun in key.planted[["viewer", "subject", "first"]].itertuples(index=False)
        if (viewer, subject) in told
    ]
    return {"median": median(waits) if waits else None, "max": max(waits, default=None)}


def _linked(key: Key, store: GraphStore) -> dict[str, str]:
    """Give the resident of every member of staff whom the run took for one."""
    links, now = store.select("IDENTIFIED_AS"), _numbers(key.people)
    taken = (link for link in links if link.resident and link.p and is_certain(link.p))
    return {link.start: now.get(link.end, link.end) for link in taken}


def _identity(key: Key, workspace: Workspace, store: GraphStore) -> dict[str, float | None]:
    """Count residents among the staff for recall; a link to the record of who moved away is right too."""
    linked = _linked(key, store)
    ever = dict(zip(key.staff["staff_id"], key.staff["former_person_id"], strict=True))
    now = {s: p for s, p in zip(key.staff["staff_id"], key.staff["person_id"], strict=True) if p}
    right = sum(ever.get(staff) == person for staff, person in linked.items())
    return {
        "precision": _ratio(right, len(linked)),
        "recall": _ratio(sum(linked.get(staff) == person for staff, person in now.items()), len(now)),
        "review_share": _ratio(len(workspace.identity()), len(key.staff)),
    }


def _links(key: Key, store: GraphStore) -> dict[str, dict[str, int]]:
    """Count the links of residents by grade: claimed, wrong, and written by the exports but missing."""
    true = _truth_links(key.links)
    claimed = _claimed_links(store, _numbers(key.people))
    grades = dict.fromkeys((*FIRM, "probable", "hint"), 0)
    counts = {grade: {"claimed": 0, "wrong": 0, "missing": 0} for grade in grades}
    for link, grade in claimed.items():
        counts[grade]["claimed"] += 1
        counts[grade]["wrong"] += link not in true
    for link, grade in _written_links(key.written).items():
        counts[grade]["missing"] += link not in claimed
    return counts


def _claimed_links(store: GraphStore, now: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for kind, word in (("PARENT_OF", "parent"), ("SPOUSE_OF", "spouse")):
        for row in store.read(kind).select(["start", "end", "nature", "grade"]).to_pylist():
            if row["start"] in now and row["end"] in now:
                name = "de_facto" if row["nature"] == Nature.DE_FACTO else word
                found[_ordered(name, now[row["start"]], now[row["end"]])] = row["grade"]
    return found


def _truth_links(links: pd.DataFrame) -> set[tuple[str, str, str]]:
    return {_ordered(*row) for row in links[["link", "person_a", "person_b"]].itertuples(index=False)}


def _written_links(written: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """Give the best grade with which each link of two residents stands in any export (household ties are none)."""
    rank = {grade: place for place, grade in enumerate((*FIRM, "probable", "hint"))}
    best: dict[tuple[str, str, str], str] = {}
    rows = written[(written["person_a"] != "") & (written["person_b"] != "") & (written["link"] != Kind.HOUSEHOLD)]
    for link, a, b, grade in rows[["link", "person_a", "person_b", "grade"]].itertuples(index=False):
        key = _ordered(link, a, b)
        if grade in rank and rank[grade] < rank.get(best.get(key, ""), len(rank)):
            best[key] = grade
    return best


def _ordered(link: str, a: str, b: str) -> tuple[str, str, str]:
    return (link, a, b) if link == "parent" or a < b else (link, b, a)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
