"""What a report says in sentences; output is a review candidate (確認対象), never a verdict (S2)."""

from collections.abc import Iterator
from dataclasses import asdict

from graph.conflicts.score import CERTAIN
from graph.records.results import Denominators, Identity, LookupEntry, Report, Tie
from report.wording.lacking import except_for
from words import Words

LIMITS = ("outside", "foreign", "ended", "shared", "relayed", "friends", "staff")


def limits(words: Words) -> list[str]:
    """Say what a report cannot see."""
    return [words.say(f"report.limit.{each}") for each in LIMITS]


def tie_words(tie: Tie, words: Words) -> str:
    """Word a tie with its tense and grade: 父方の伯父(血族3親等・戸籍)."""
    term = tie.term_ja if words.lang == "ja" else tie.term_en
    codes = [tie.tense] * (tie.tense != "current") + [tie.grade] * bool(tie.grade)
    notes = [words.say(f"report.code.{code}") for code in codes]
    return f"{term}[{'・'.join(notes)}]" if notes else term


def identity_words(identity: Identity, words: Words) -> str:
    """Say whether the viewer is the resident whom the kinship starts from; empty where that is sure."""
    if identity.decided_by:
        key = "report.identity_refuted" if identity.p == 0 else "report.identity_decided"
        return words.say(key, by=identity.decided_by)
    if identity.p is None or identity.p >= CERTAIN:
        return ""
    return words.say("report.identity_first", p=identity.p, tier=identity.tier)


def path_words(tie: Tie, words: Words) -> str:
    """Word the line person by person; a placeholder is never named (E9)."""
    return " → ".join(step.name or words.say("report.no_name") for step in tie.path)


def system_words(system: str, via: str, words: Words) -> str:
    """Name the system that was read, and the one that asked it for somebody."""
    return f"{system} ({words.say('report.code.relayed')}: {via})" if via else system


def operation_words(operation: str, view: str, words: Words) -> str:
    """Name what was done, and where more than one person was shown, that it was so."""
    return operation if view == "direct" else f"{operation} [{words.say(f'report.code.{view}')}]"


def outcome_words(lookup: LookupEntry, words: Words) -> str:
    """Word whether and how work explains one lookup; a template of a policy of one's own stands by its id."""
    if lookup.explanation is None:
        return words.say(f"report.code.{lookup.outcome}")
    template = words.of("report.template", lookup.explanation.template)
    return f"{words.say('report.code.explained')}: {template} {lookup.explanation.record}"


def denominators(found: Denominators, words: Words) -> tuple[str, ...]:
    """Word the denominators in sentences whose sums the reader can check."""
    reasons = [f"{words.say(f'report.unjoinable.{key}')} {n:,}" for key, n in found.unjoinable.items() if n]
    figures = asdict(found) | {"lost": sum(found.unjoinable.values()), "reasons": reasons}
    told = ("rows", "lookups_lost" if reasons else "lookups", "joined", "unlinked")
    return tuple(words.say(f"report.denominators.{each}", **figures) for each in told)


def assurance(report: Report, words: Words) -> str:
    """Say first of all what the review comes to, also when there is nothing to review, and how far that reaches."""
    told = (_examined(report, words), except_for(report, words), _listed(report, words))
    return words.running([*told, *asked_words(report, words)])


def _examined(report: Report, words: Words) -> str:
    """Say what was looked at, and of how much of it the viewer's kin are unknown; nobody's looking is no all-clear."""
    section = report.section.asked if report.section else ""
    return words.say(
        "report.assurance.examined" if report.denominators.lookups else "report.assurance.no_lookup",
        since=report.period.since,
        until=report.period.until,
        count=report.denominators.lookups,
        whose=words.say("report.assurance.whose", section=section) if section else "",
        unlinked=_unlinked(report.denominators, words),
    )


def _unlinked(found: Denominators, words: Words) -> str:
    """Say of what part of the lookups with known viewer and subject the viewer's kin are unknown."""
    if not found.unlinked_viewer:
        return ""
    return words.say("report.assurance.unlinked", part=max(round(100 * found.unlinked_viewer / found.joined), 1))


def _listed(report: Report, words: Words) -> str:
    if not report.denominators.lookups:
        return ""
    count = len(report.conflicts)
    return words.say("report.assurance.listed" if count else "report.assurance.nothing", count=count)


def asked_words(report: Report, words: Words) -> tuple[str, ...]:
    """Say what a section took along, and what part of the period asked for lies outside what was examined."""
    return tuple(filter(None, (words.running(_sections(report, words)), _outside(report, words))))


def _sections(report: Report, words: Words) -> Iterator[str]:
    if report.section:
        yield words.say("report.assurance.sections", units=report.section.units)
        if report.section.alike:
            yield words.say("report.assurance.alike", alike=report.section.alike)


def _outside(report: Report, words: Words) -> str:
    span, asked = report.span, report.asked
    last = min((day for day in (asked.until, asked.as_of) if day), default=None)
    if not ((asked.since and span.since and asked.since < span.since) or (last and span.until and last > span.until)):
        return ""
    return words.say("report.assurance.outside", since=span.since, until=span.until)
