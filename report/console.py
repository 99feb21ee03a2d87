"""Rows and pages for a terminal: the demo's summary, status, ties, lookups, staff to decide."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.records.answers import Candidate, DisclosedLookup, Disclosure, History, HistoryEntry, StaffIdentity, Status
from graph.records.clocks import clock_words
from graph.records.kin_answers import Leak, Observed, Related, Relative, Relatives
from graph.records.results import Report, Tie, plain
from report.render import console
from report.wording.lacking import log_words, refused_words
from words import Words

NO_CANDIDATE = {"person": "", "p": None, "tier": None, "evidence": ""}


def demo(report: Report, words: Words, workspace: Path) -> str:
    """Give the demo's conflicts and how to go on from there."""
    return console(report, words) + words.say("report.demo", workspace=workspace)


def status_rows(found: Status, words: Words) -> list[dict[str, Any]]:
    """Flatten what is loaded into name and value."""
    rows: list[tuple[str, Any]] = [("run_id", found.run_id), *sorted(found.counts.items())]
    rows += [(k, f"{v:.1%}" if k.startswith("with_") else v) for k, v in sorted(found.coverage.items())]
    rows += [("missing", " ".join(found.missing) or "-"), ("identity open", found.identity_open)]
    rows += [("nobody matched", f"{tree.file} ({tree.people:,})") for tree in found.unmatched_trees]
    rows += [("refused", refused_words(each, words)) for each in found.refused]
    rows += [("shrunk", refused_words(each, words)) for each in found.shrunk]
    rows += [(f"log {each.system}", f"{each.first} – {each.last}") for each in found.log_coverage]
    rows += [("log", sentence) for sentence in log_words(found.log_coverage, words)]
    rows += [("clock", sentence) for sentence in map(words.tell, clock_words(found.clocks))]
    rows += [(f"decisions {key}", count) for key, count in plain(found.decisions).items()]
    return [{"item": key, "value": value} for key, value in rows]


def relation_rows(found: Related, words: Words) -> list[dict[str, Any]]:
    """Give one row a tie, with its line; last what holds only if somebody is a candidate."""
    rows = [_tie(tie, words) for tie in found.ties]
    if found.conditional is None:
        return rows
    cases = [(f"{case.a} {case.b} (p {case.p:.2f})", case.ties) for case in found.conditional]
    return _only_if(rows, [(name, [_tie(tie, words) for tie in ties]) for name, ties in cases])


def relative_rows(found: Relatives, words: Words) -> list[dict[str, Any]]:
    """Give one row a relative and tie; last those of whom one only may be."""
    rows = _relatives(found.relatives, words)
    if found.conditional is None:
        return rows
    cases = [(f"{case.a} (p {case.p:.2f})", case.relatives) for case in found.conditional]
    return _only_if(rows, [(name, _relatives(relatives, words)) for name, relatives in cases])


def _relatives(relatives: Iterable[Relative], words: Words) -> list[dict[str, Any]]:
    return [{"person": each.person} | _tie(tie, words) for each in relatives for tie in each.ties]


def _only_if(rows: list[dict[str, Any]], cases: Iterable[tuple[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """Add the ties of candidates, each with who somebody would have to be."""
    certain = [row | {"only_if": ""} for row in rows]
    return certain + [row | {"only_if": name} for name, conditional in cases for row in conditional]


def observed_rows(found: Observed, words: Words) -> list[dict[str, Any]]:
    """Give one row a system; what nobody can know is no 0."""
    unknown = words.say("report.unknown")
    rows = plain(found.systems)
    return [{key: unknown if value is None else value for key, value in row.items()} for row in rows]


def leak_rows(found: Leak, words: Words) -> list[dict[str, Any]]:
    """Give one row a person who is kin of both sides of a conflict."""
    return [
        {"person": each.person, "name": each.name, "staff": each.staff or ""}
        | {"to_viewer": _terms(each.to_viewer, words), "to_subject": _terms(each.to_subject, words)}
        for each in found.between
    ]


def history_rows(found: History, words: Words) -> list[dict[str, Any]]:
    """Give one row a lookup: when, in which system, by whom, explained by what, and what ties the two."""
    return [_lookup(each) | {"ties": known_ties(each, words)} for each in found.lookups]


def disclosed_rows(found: Disclosure) -> list[dict[str, Any]]:
    """Give one row a lookup as the person may have it."""
    return [_lookup(each) for each in found.lookups]


def _lookup(each: HistoryEntry | DisclosedLookup) -> dict[str, Any]:
    kept = ("time", "system", "via", "viewer", "viewer_section", "view", "outcome")
    explanation = each.explanation.template if each.explanation else ""
    return {name: plain(getattr(each, name)) for name in kept} | {"explanation": explanation}


def _tie(tie: Tie, words: Words) -> dict[str, Any]:
    kept = ("kind", "degree", "nature", "half", "grade", "tense")
    path = " → ".join(step.person for step in tie.path)
    return {"term": tie.term(words.lang)} | {name: getattr(tie, name) for name in kept} | {"path": path}


def known_ties(each: HistoryEntry, words: Words) -> str:
    """Name the ties of a viewer; where nobody knows which resident they are, that."""
    ties = _terms(each.ties, words)
    return ties if ties or each.ties_known else words.say("report.kin_unknown")


def _terms(ties: Iterable[Tie], words: Words) -> str:
    return words.listed(tie.term(words.lang) for tie in ties)


def identity_rows(found: Iterable[StaffIdentity], words: Words) -> list[dict[str, Any]]:
    """Give one row a candidate of a member of staff."""
    return [
        {"staff": entry.staff, "outcome": entry.outcome, "p_nobody": entry.p_nobody} | candidate
        for entry in found
        for candidate in [_candidate(each, words) for each in entry.candidates] or [NO_CANDIDATE]
    ]


def _candidate(each: Candidate, words: Words) -> dict[str, Any]:
    evidence = words.listed(words.tell(said) for said in each.evidence)
    return {"person": each.person, "p": each.p, "tier": each.tier, "evidence": evidence}


def evaluation_rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Flatten an evaluation for a table: section, measure, value; every miss is a line with its cause."""
    return [
        {"part": part, "measure": name, "value": value}
        for part, content in found.items()
        for name, value in (content.items() if isinstance(content, dict) else [("", content)])
        if not isinstance(value, list)
    ] + [{"part": "miss", "measure": f"{m['viewer']} {m['subject']}", "value": m["cause"]}
         for m in found["kin_conflicts"]["misses"]]  # fmt: skip
