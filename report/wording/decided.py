"""How decisions are worded: their states, what they cover, why a case is back, what identity took out of a report."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from graph.answers.standing import tie_key
from graph.records.decisions import Change, Covers, Disposition, IdentityEffect, LostDecision
from graph.records.results import JST, ConflictCase, Report, Tie
from report.wording.sentences import tie_words
from words import Words


def moment(at: str) -> str:
    """Give the time of an entry of the ledger as the office's clock shows it, like the times of lookups."""
    return f"{datetime.fromisoformat(at).astimezone(JST):%Y-%m-%d %H:%M}"


def state(found: Disposition | None, words: Words) -> str:
    """Word a decision in a cell: its state, first of all that the case is back; empty where nobody has decided."""
    if found is None:
        return ""
    told = words.say(f"decision.state.{found.state}")
    return f"{words.say('decision.put_back')} ({told})" if found.changed else told


def sentence(found: Disposition, words: Words) -> str:
    """Word a decision whole: state, reason, who, when, until when."""
    until = [words.say("decision.valid_until", until=found.until)] if found.until else []
    who = words.listed([found.by, moment(found.at), *until])
    state = words.say(f"decision.state.{found.state}")
    return f"{state} ・ {found.reason} ({who})"


def covers(found: Covers | None, words: Words) -> str:
    """Word what a decision covers."""
    if found is None:
        return words.say("decision.not_kept")
    key = "covered_before" if found.assumed else "covered"
    return words.say(f"decision.{key}", lookups=len(found.lookups), ties=len(found.ties))


def changes(found: Disposition, ties: Iterable[Tie], words: Words) -> list[str]:
    """Say, a sentence each, what a decision does not cover; an older one says what it is taken to cover."""
    assumed = [covers(found.covers, words)] if found.covers and found.covers.assumed else []
    if found.changed is None:
        return assumed
    return [*_changes(found.changed, found.until, tuple(ties), words), *assumed]


def _changes(found: Change, until: str | None, ties: tuple[Tie, ...], words: Words) -> Iterator[str]:
    if found.lookups:
        yield words.say("decision.lookups", count=len(found.lookups))
    if found.ties:
        named = [tie_words(tie, words) for tie in ties if tie_key(tie) in found.ties] or found.ties
        yield words.say("decision.ties", ties=named)
    if found.score:
        yield words.say("decision.score", then=found.score.then, now=found.score.now)
    if found.expired:
        yield words.say("decision.expired", until=until)
    if found.identity:
        yield words.say("decision.identity")


def first(cases: Iterable[ConflictCase]) -> list[ConflictCase]:
    """Give cases with those that are back after a decision first, each in the order they have."""
    return sorted(cases, key=lambda case: not (case.disposition and case.disposition.changed))


def notes(report: Report, words: Words) -> list[str]:
    """Say once what decisions do to a whole report: what identity took away, what is lost, that the policy changed."""
    told = [taken_away(each, words) for each in report.identity_decisions if each.removed]
    if report.lost_decisions:
        told.append(words.say("decision.lost", ids=[_lost(each, words) for each in report.lost_decisions]))
    if report.other_policy:
        told.append(words.say("decision.other_policy", count=report.other_policy))
    return told


def _lost(found: LostDecision, words: Words) -> str:
    return f"{found.conflict_id} ({words.say(f'decision.state.{found.disposition.state}')})"


def taken_away(effect: IdentityEffect, words: Words) -> str:
    """Say which conflicts a decision on who somebody is took out of a report."""
    told = {"staff": effect.staff, "by": effect.by, "at": moment(effect.at), "reason": effect.reason or "—"}
    return words.say("decision.taken_away", state=effect.state, removed=effect.removed, **told)


def rows(found: Iterable[Disposition], words: Words) -> list[dict[str, str]]:
    """Give one row a decision."""
    return [
        {
            words.say("decision.at"): moment(each.at),
            words.say("decision.disposition"): words.say(f"decision.state.{each.state}"),
            words.say("decision.by"): each.by,
            words.say("decision.reason"): each.reason,
            words.say("decision.until"): each.until or "",
            words.say("decision.covers"): covers(each.covers, words),
            words.say("decision.changed"): words.listed(_changed_words(each, words)),
        }
        for each in found
    ]


def _changed_words(found: Disposition, words: Words) -> list[str]:
    return list(_changes(found.changed, found.until, (), words)) if found.changed else []
