"""Rows and pages for a terminal: the demo's summary, status, ties, lookups, staff to decide."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.views import Report
from report.lacking import refused_words
from report.render import console
from report.words import listed

OPEN = {
    "ja": "\n画面で見る: make app  (または streamlit run app.py)  ワークスペース: {workspace}\n"
    "印刷用: enkan report --format html --out report.html\n人物・番号・出来事はすべて架空です。\n",
    "en": "\nOpen the explorer: make app  (or streamlit run app.py)  workspace: {workspace}\n"
    "For print: enkan report --format html --out report.html\nAll persons, numbers and events are invented.\n",
}


def demo(report: Report, lang: str, workspace: Path) -> str:
    """Give the demo's conflicts and how to go on from there."""
    return console(report, lang) + OPEN[lang].format(workspace=workspace)


def status_rows(found: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Flatten what is loaded into name and value."""
    rows = [("run_id", found["run_id"]), *sorted(found["counts"].items())]
    rows += [(k, f"{v:.1%}" if k.startswith("with_") else v) for k, v in sorted(found["coverage"].items())]
    rows += [("missing", " ".join(found["missing"]) or "-"), ("identity open", found["identity_open"])]
    rows += [("refused", refused_words(each, lang)) for each in found["refused"]]
    rows += [(f"decisions {key}", count) for key, count in found["decisions"].items()]
    return [{"item": key, "value": value} for key, value in rows]


def tie_rows(ties: Iterable[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Give one row a tie, with its line."""
    return [_tie(tie, lang) for tie in ties]


def relative_rows(relatives: Iterable[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Give one row a relative and tie."""
    return [{"person": found["person"]} | _tie(tie, lang) for found in relatives for tie in found["ties"]]


def leak_rows(found: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Give one row a person who is kin of both sides of a conflict."""
    return [
        {key: each[key] or "" for key in ("person", "name", "staff")}
        | {side: _terms(each[side], lang) for side in ("to_viewer", "to_subject")}
        for each in found["between"]
    ]


def history_rows(found: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Give one row a lookup: when, in which system, by whom, explained by what, and what ties the two."""
    kept = ("time", "system", "via", "viewer", "viewer_section", "view", "outcome")
    return [
        {key: each[key] for key in kept}
        | {"explanation": each["explanation"]["template"] if each["explanation"] else ""}
        | ({"ties": _terms(each["ties"], lang)} if "ties" in each else {})
        for each in found["lookups"]
    ]


def _tie(tie: Mapping[str, Any], lang: str) -> dict[str, Any]:
    shown = {"term": tie[f"term_{lang}"]} | {key: tie[key] for key in ("kind", "degree", "nature", "half", "grade")}
    return shown | {"tense": tie["tense"], "path": " → ".join(step["person"] for step in tie["path"])}


def _terms(ties: Iterable[Mapping[str, Any]], lang: str) -> str:
    return listed((tie[f"term_{lang}"] for tie in ties), lang)


def identity_rows(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give one row a candidate of a member of staff."""
    return [
        {"staff": entry["staff"], "outcome": entry["outcome"], "p_nobody": entry["p_nobody"]}
        | {"person": candidate["person"], "p": candidate["p"], "tier": candidate["tier"]}
        | {"evidence": "、".join(candidate["evidence"])}
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
