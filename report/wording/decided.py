"""How decisions are worded: their states, what they cover, why a case is back, what identity took out of a report."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from graph.answers.standing import tie_key
from graph.records.decisions import Change, Covers, Disposition, IdentityEffect
from graph.records.results import JST, ConflictCase, Report, Tie
from report.wording.words import listed, tie_words

WORDS: Mapping[str, tuple[str, str]] = {
    "open": ("未処理", "open"),
    "needs_inquiry": ("要照会", "needs inquiry"),
    "cleared": ("問題なし", "cleared"),
    "confirmed": ("確認済(要対応)", "confirmed"),
    "linked": ("この住民", "this resident"),
    "nobody": ("該当する住民なし", "no resident"),
    "later": ("保留", "later"),
    "disposition": ("判断", "Decision"),
    "by": ("判断した人", "By"),
    "at": ("判断日時", "At"),
    "reason": ("理由", "Reason"),
    "until": ("いつまで", "Until"),
    "covers": ("判断の対象", "Covers"),
    "changed": ("その後の変化", "Since then"),
    "put_back": ("判断後に変化", "changed since the decision"),
    "valid_until": ("{until}まで", "until {until}"),
    "covered": ("閲覧{lookups}件・関係{ties}", "{lookups} lookups, {ties} ties"),
    "covered_before": (
        "対象の記録がない判断: その日より前の閲覧{lookups}件だけを対象とみなします",
        "it kept no record of what it was made on: taken to cover only the {lookups} lookups before its day",
    ),
    "not_kept": ("記録なし", "not recorded"),
    "lookups": ("閲覧が{count}件加わりました", "{count} more lookups"),
    "score": ("優先度が{then:.2f}から{now:.2f}に上がりました", "the score rose from {then:.2f} to {now:.2f}"),
    "ties": ("関係が加わりました: {ties}", "new ties: {ties}"),
    "expired": ("期限({until})を過ぎました", "it held until {until}"),
    "identity": (
        "閲覧者はこの続柄の起点の住民ではないと判断されました",
        "somebody decided that the viewer is not the resident whom the ties start from",
    ),
    "taken_away": (
        "職員 {staff} の照合の判断({state}、{by}、{at}: {reason})により、この資料から外れた事案: {removed}",
        "The decision on who {staff} is ({state}, {by}, {at}: {reason}) took out of this report: {removed}",
    ),
    "lost": (
        "判断済みの事案のうち、いまの資料では閲覧又は関係が現れないもの: {ids}",
        "Decided conflicts whose lookups or ties do not occur in what is published now: {ids}",
    ),
    "other_policy": (
        "方針は、{count}件の判断の後に変わりました。それらの優先度は比べていません。",
        "The policy has changed since {count} decisions were made; their scores were not compared.",
    ),
}


def say(key: str, lang: str) -> str:
    """Give the word for a key in the reader's language."""
    return WORDS[key][0 if lang == "ja" else 1]


def moment(at: str) -> str:
    """Give the time of an entry of the ledger as the office's clock shows it, like the times of lookups."""
    return f"{datetime.fromisoformat(at).astimezone(JST):%Y-%m-%d %H:%M}"


def state(found: Disposition | None, lang: str) -> str:
    """Word a decision in a cell: its state, first of all that the case is back; empty where nobody has decided."""
    if found is None:
        return ""
    return f"{say('put_back', lang)} ({say(found.state, lang)})" if found.changed else say(found.state, lang)


def sentence(found: Disposition, lang: str) -> str:
    """Word a decision whole: state, reason, who, when, until when."""
    until = [say("valid_until", lang).format(until=found.until)] if found.until else []
    who = listed([found.by, moment(found.at), *until], lang)
    return f"{say(found.state, lang)} ・ {found.reason} ({who})"


def covers(found: Covers | None, lang: str) -> str:
    """Word what a decision covers."""
    if found is None:
        return say("not_kept", lang)
    key = "covered_before" if found.assumed else "covered"
    return say(key, lang).format(lookups=len(found.lookups), ties=len(found.ties))


def changes(found: Disposition, ties: Iterable[Tie], lang: str) -> list[str]:
    """Say, a sentence each, what a decision does not cover; an older one says what it is taken to cover."""
    assumed = [covers(found.covers, lang)] if found.covers and found.covers.assumed else []
    if found.changed is None:
        return assumed
    return [*_changes(found.changed, found.until, tuple(ties), lang), *assumed]


def _changes(found: Change, until: str | None, ties: tuple[Tie, ...], lang: str) -> Iterator[str]:
    if found.lookups:
        yield say("lookups", lang).format(count=len(found.lookups))
    if found.ties:
        words = [tie_words(tie, lang) for tie in ties if tie_key(tie) in found.ties] or found.ties
        yield say("ties", lang).format(ties=listed(words, lang))
    if found.score:
        yield say("score", lang).format(then=found.score.then, now=found.score.now)
    if found.expired:
        yield say("expired", lang).format(until=until)
    if found.identity:
        yield say("identity", lang)


def first(cases: Iterable[ConflictCase]) -> list[ConflictCase]:
    """Give cases with those that are back after a decision first, each in the order they have."""
    return sorted(cases, key=lambda case: not (case.disposition and case.disposition.changed))


def notes(report: Report, lang: str) -> list[str]:
    """Say once what decisions do to a whole report: what identity took away, what is lost, that the policy changed."""
    told = [taken_away(each, lang) for each in report.identity_decisions if each.removed]
    if report.lost_decisions:
        ids = [f"{each.conflict_id} ({say(each.disposition.state, lang)})" for each in report.lost_decisions]
        told.append(say("lost", lang).format(ids=listed(ids, lang)))
    if report.other_policy:
        told.append(say("other_policy", lang).format(count=report.other_policy))
    return told


def taken_away(effect: IdentityEffect, lang: str) -> str:
    """Say which conflicts a decision on who somebody is took out of a report."""
    told = {"staff": effect.staff, "by": effect.by, "at": moment(effect.at), "reason": effect.reason or "—"}
    return say("taken_away", lang).format(state=say(effect.state, lang), removed=listed(effect.removed, lang), **told)


def rows(found: Iterable[Disposition], lang: str) -> list[dict[str, str]]:
    """Give one row a decision."""
    return [
        {
            say("at", lang): moment(each.at),
            say("disposition", lang): say(each.state, lang),
            say("by", lang): each.by,
            say("reason", lang): each.reason,
            say("until", lang): each.until or "",
            say("covers", lang): covers(each.covers, lang),
            say("changed", lang): listed(_changed_words(each, lang), lang),
        }
        for each in found
    ]


def _changed_words(found: Disposition, lang: str) -> list[str]:
    return list(_changes(found.changed, found.until, (), lang)) if found.changed else []
