"""One self-contained HTML page for a chief of section: prints on A4, loads nothing, can be signed."""

from collections.abc import Callable, Iterable

from graph.views import Borrowed, ConflictCase, LookupEntry, Report, Tie
from graph.visible import escape
from report import decided
from report.document import document, head, listing, table
from report.lacking import lacking, part_lacking
from report.policy import policy_words
from report.since import Since
from report.since_words import since_words
from report.words import (
    LIMITS,
    assurance,
    denominators,
    identity_words,
    listed,
    operation_words,
    outcome_words,
    path_words,
    say,
    system_words,
    tie_words,
)

Picture = Callable[[ConflictCase, str], str]
Clears = Callable[[LookupEntry, str], str]


def page(report: Report, lang: str, *, picture: Picture, clears: Clears, since: Since | None = None) -> str:
    """Render the whole report; `picture` draws a conflict's pedigree, `clears` words what would clear a lookup."""
    parts = [
        _head(report, lang),
        _examined(report, lang, since),
        _overview(report, lang),
        *_cases("conflicts", report.conflicts, lang, picture, clears),
        *_cases("to_confirm", report.to_confirm, lang, picture, clears),
        _borrowed(report, lang),
        *_cases("annex", report.annex, lang, picture, clears),
        _limits(lang),
        _sources(report, lang),
    ]
    return document(say("title", lang), lang, parts)


def _head(report: Report, lang: str) -> str:
    period = f"{report.period.since} 〜 {report.period.until}"
    facts = [
        (say("period", lang), period),
        (say("as_of", lang), str(report.as_of)),
        (say("policy", lang), policy_words(report.policy, lang)),
        (say("missing", lang), listed(report.missing, lang) or say("none", lang)),
    ]
    return head(say("title", lang), say("notice", lang), facts)


def _examined(report: Report, lang: str, since: Since | None) -> str:
    told = [*denominators(report.denominators, lang), *(since_words(since, lang) if since else [])]
    told += decided.notes(report, lang)
    lacks = "".join(f"<p class='identity'><strong>{escape(line)}</strong></p>" for line in lacking(report, lang))
    return (
        f"<section><h2>{escape(say('examined', lang))}</h2><p><strong>{escape(assurance(report, lang))}</strong></p>"
        f"{lacks}{listing(told)}</section>"
    )


def _sources(report: Report, lang: str) -> str:
    """List the files that went in with their hashes, last, since there may be many."""
    rows = "".join(f"<tr><td>{escape(s.file)}</td><td class='hash'>{s.sha256}</td></tr>" for s in report.sources)
    heading = f"{say('sources', lang)} ({len(report.sources)})"
    return f"<section><h2>{escape(heading)}</h2><table class='sources'>{rows}</table></section>"


def _overview(report: Report, lang: str) -> str:
    if not report.conflicts:
        return ""
    names = ("id", "viewer", "section", "subject", "relation", "lookups_n", "first", "last", "score")
    rows = (_overview_row(case, lang) for case in decided.first(report.conflicts))
    heading = f"{say('conflicts', lang)}: {len(report.conflicts)}"
    titles = [*(say(name, lang) for name in names), decided.say("disposition", lang)]
    return f"<section><h2>{escape(heading)}</h2>{table(titles, rows)}</section>"


def _overview_row(case: ConflictCase, lang: str) -> list[str]:
    return [
        case.conflict_id,
        case.viewer_name or case.viewer,
        case.viewer_section,
        case.subject_name or case.subject,
        tie_words(case.ties[0], lang),
        str(len(case.lookups)),
        _day(case.first_lookup),
        _day(case.last_lookup),
        f"{case.score:.2f}",
        decided.state(case.disposition, lang),
    ]


def _cases(part: str, cases: Iterable[ConflictCase], lang: str, picture: Picture, clears: Clears) -> Iterable[str]:
    found = decided.first(cases)
    if found:
        yield f"<h2 class='part'>{escape(say(part, lang))}</h2>"
    for case in found:
        yield _case(case, lang, picture, clears)


def _case(case: ConflictCase, lang: str, picture: Picture, clears: Clears) -> str:
    who = (
        f"{say('viewer', lang)}: {case.viewer_name or ''} ({case.viewer}) {case.viewer_section} → "
        f"{say('subject', lang)}: {case.subject_name or ''} ({case.subject})"
    )
    ties = "".join(_tie(tie, lang) for tie in case.ties)
    factors = listing(f"{f.sentence.to(lang)} (×{f.value:g})" for f in case.factors)
    outcome = f"{escape(say(case.outcome, lang))} ・ {say('score', lang)} {case.score:.2f}"
    identity = identity_words(case.identity, lang)
    first = "".join(
        f"<p class='identity'><strong>{escape(told)}</strong></p>"
        for told in (identity, *_put_back(case, lang))
        if told
    )
    return (
        f"<article id='{case.conflict_id}'><h3>{escape(who)}</h3>\n{first}"
        f"<p class='outcome {case.outcome}'>{outcome}</p>"
        f"<h4>{say('relation', lang)}</h4><ul class='ties'>{ties}</ul>\n<figure>{picture(case, lang)}</figure>\n"
        f"<h4>{say('lookups', lang)}</h4>{_lookups(case.lookups, lang)}\n{_clearing(case, lang, clears)}"
        f"<h4>{say('factors', lang)}</h4>{factors}\n{_boxes(case, lang)}</article>"
    )


def _put_back(case: ConflictCase, lang: str) -> Iterable[str]:
    """Say first of all that a case is back although somebody has decided on it, and why."""
    if case.disposition:
        head = f"{decided.say('put_back', lang)}: " if case.disposition.changed else ""
        yield from (head + told for told in decided.changes(case.disposition, case.ties, lang))


def _tie(tie: Tie, lang: str) -> str:
    evidence = " / ".join(f"{edge.file}:{edge.line} ({say(edge.grade, lang)})" for edge in tie.edges if edge.file)
    return (
        f"<li><strong>{escape(tie_words(tie, lang))}</strong><br>{say('path', lang)}: {escape(path_words(tie))}"
        f"<br><span class='evidence'>{say('basis', lang)}: {escape(evidence)}</span></li>"
    )


def _lookups(lookups: Iterable[LookupEntry], lang: str) -> str:
    names = ("time", "system", "operation", "account", "terminal", "outcome", "line")
    rows = (_lookup_row(lookup, lang) for lookup in lookups)
    return table([say(name, lang) for name in names], rows)


def _lookup_row(lookup: LookupEntry, lang: str) -> list[str]:
    caller = f" ← {lookup.caller.file}:{lookup.caller.line}" if lookup.caller else ""
    return [
        f"{lookup.time:%Y-%m-%d %H:%M:%S}",
        system_words(lookup.system, lookup.via, lang),
        operation_words(lookup.operation, lookup.view, lang),
        lookup.account,
        lookup.terminal,
        outcome_words(lookup, lang),
        f"{lookup.file}:{lookup.line}{caller}",
    ]


def _clearing(case: ConflictCase, lang: str, clears: Clears) -> str:
    """Name the missing facts that would clear the unexplained lookups (X4), each sentence once."""
    open_lookups = [lookup for lookup in case.lookups if lookup.outcome != "explained"]
    sentences = dict.fromkeys(clears(lookup, lang) for lookup in open_lookups)
    told = [sentence for sentence in sentences if sentence]
    return f"<h4>{say('clears', lang)}</h4>{listing(told)}\n" if told else ""


def _boxes(case: ConflictCase, lang: str) -> str:
    state = decided.sentence(case.disposition, lang) if case.disposition else ""
    cells = "".join(f"<th>{say(name, lang)}</th><td></td>" for name in ("checked_by", "checked_on"))
    return f"<table class='boxes'><tr>{cells}<th>{say('result', lang)}</th><td>{escape(state)}</td></tr></table>"


def _borrowed(report: Report, lang: str) -> str:
    lacks = part_lacking(report, "borrowed", lang)
    if not report.borrowed and not report.borrowed_not_listed and not lacks:
        return ""
    groups = "".join(_group(group, lang) for group in report.borrowed)
    rest = f"<p>{'ほか' if lang == 'ja' else 'not listed:'} {report.borrowed_not_listed:,}</p>"
    return f"<section><h2>{escape(say('borrowed', lang))}</h2>{listing(lacks) if lacks else ''}{groups}{rest}</section>"


def _group(group: Borrowed, lang: str) -> str:
    who = listed((f"{c.viewer} ({tie_words(c.ties[0], lang)})" for c in group.candidates), lang)
    title = f"{say('holder', lang)} {group.holder} → {group.subject} ・ {say('candidates', lang)}: {who}"
    asked = listing(said.to(lang) for said in group.sentences)
    return f"<article><h3>{escape(title)}</h3>{asked}{_lookups(group.lookups, lang)}</article>"


def _limits(lang: str) -> str:
    told = listing(pair[0 if lang == "ja" else 1] for pair in LIMITS)
    note = escape(say("synthetic", lang))
    return f"<section><h2>{escape(say('limits', lang))}</h2>{told}<p class='notice'>{note}</p></section>"


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}"
