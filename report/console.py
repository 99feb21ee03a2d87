"""Rows and pages for a terminal: the demo's summary, status, ties, lookups, staff to decide."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.records.clocks import clock_words
from graph.records.results import Report
from report.render import console
from report.wording.lacking import log_words, refused_words
from words import Words


def demo(report: Report, words: Words, workspace: Path) -> str:
    """Give the demo's conflicts and how to go on from there."""
    return console(report, words) + words.say("report.demo", workspace=workspace)


def status_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Flatten what is loaded into name and value."""
    rows = [("run_id", found["run_id"]), *sorted(found["counts"].items())]
    rows += [(k, f"{v:.1%}" if k.startswith("with_") else v) for k, v in sorted(found["coverage"].items())]
    rows += [("missing", " ".join(found["missing"]) or "-"), ("identity open", found["identity_open"])]
    rows += [("nobody matched", f"{tree['file']} ({tree['people']:,})") for tree in found["unmatched_trees"]]
    rows += [(word, refused_words(each, words)) for word in ("refused", "shrunk") for each in found[word]]
    rows += [(f"log {each['system']}", f"{each['first']} – {each['last']}") for each in found["log_coverage"]]
    rows += [("log", said) for said in log_words(found["log_coverage"], words)]
    rows += [("clock", said) for said in map(words.tell, clock_words(found["clocks"]))]
    rows += [(f"decisions {key}", count) for key, count in found["decisions"].items()]
    return [{"item": key, "value": value} for key, value in rows]


def relation_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Give one row a tie, with its line; last what holds only if somebody is a candidate."""
    rows = [_tie(tie, words) for tie in found["ties"]]
    return _conditional(rows, found, lambda case: [_tie(tie, words) for tie in case["ties"]])


def relative_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Give one row a relative and tie; last those of whom one only may be."""

    def told(case: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [{"person": x["person"]} | _tie(tie, words) for x in case["relatives"] for tie in x["ties"]]

    return _conditional(told(found), found, told)


def _conditional(
    rows: list[dict[str, Any]], found: Mapping[str, Any], told: Callable[[Mapping[str, Any]], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Add the ties of candidates, each with who somebody would have to be; without candidates there is no column."""
    if "conditional" not in found:
        return rows
    cases = [(" ".join(c[side] for side in "ab" if side in c) + f" (p {c['p']:.2f})", c) for c in found["conditional"]]
    return [row | {"only_if": ""} for row in rows] + [row | {"only_if": name} for name, c in cases for row in told(c)]


def observed_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Give one row a system; what nobody can know is no 0."""
    unknown = words.say("report.unknown")
    return [{key: unknown if value is None else value for key, value in row.items()} for row in found["systems"]]


def leak_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Give one row a person who is kin of both sides of a conflict."""
    return [
        {key: each[key] or "" for key in ("person", "name", "staff")}
        | {side: _terms(each[side], words) for side in ("to_viewer", "to_subject")}
        for each in found["between"]
    ]


def history_rows(found: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Give one row a lookup: when, in which system, by whom, explained by what, and what ties the two."""
    kept = ("time", "system", "via", "viewer", "viewer_section", "view", "outcome")
    return [
        {key: each[key] for key in kept}
        | {"explanation": each["explanation"]["template"] if each["explanation"] else ""}
        | ({"ties": _known_ties(each, words)} if "ties" in each else {})
        for each in found["lookups"]
    ]


def _tie(tie: Mapping[str, Any], words: Words) -> dict[str, Any]:
    shown = {"term": tie[f"term_{words.lang}"]} | {
        key: tie[key] for key in ("kind", "degree", "nature", "half", "grade")
    }
    return shown | {"tense": tie["tense"], "path": " → ".join(step["person"] for step in tie["path"])}


def _known_ties(each: Mapping[str, Any], words: Words) -> str:
    """Name the ties of a viewer; where nobody knows which resident they are, that."""
    told = _terms(each["ties"], words)
    return told if told or each["ties_known"] else words.say("report.kin_unknown")


def _terms(ties: Iterable[Mapping[str, Any]], words: Words) -> str:
    return words.listed(tie[f"term_{words.lang}"] for tie in ties)


def identity_rows(found: Iterable[Mapping[str, Any]], words: Words) -> list[dict[str, Any]]:
    """Give one row a candidate of a member of staff."""
    return [
        {"staff": entry["staff"], "outcome": entry["outcome"], "p_nobody": entry["p_nobody"]}
        | {"person": candidate["person"], "p": candidate["p"], "tier": candidate["tier"]}
        | {"evidence": words.listed(words.tell(said) for said in candidate["evidence"])}
        for entry in found
        for candidate in entry["candidates"] or [{"person": "", "p": None, "tier": None, "evidence": []}]
    ]


def evaluation_rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Flatten an evaluation for a table: section, measure, value; every miss is a line with its cause."""
    return [
        {"part": part, "measure": name, "value": value}
        for part, content in found.items()
        for name, value in (content.items() if isinstance(content, dict) else [("", content)])
        if not isinstance(value, list)
    ] + [{"part": "miss", "measure": f"{m['viewer']} {m['subject']}", "value": m["cause"]}
         for m in found["kin_conflicts"]["misses"]]  # fmt: skip
