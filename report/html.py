"""One self-contained HTML page for a chief of section: prints on A4, loads nothing, can be signed.

Here stands what is said on it, as text; where it stands is `templates/report.html.jinja`'s.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from graph.model import Outcome, record
from graph.records.results import Borrowed, ConflictCase, LookupEntry, Report, Tie
from report.document import rendered
from report.since import Since
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_words
from report.wording.since_words import since_words
from report.wording.words import (
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
Rows = list[list[str]]

OVERVIEW = ("id", "viewer", "section", "subject", "relation", "lookups_n", "first", "last", "score")
LOOKUP = ("time", "system", "operation", "account", "terminal", "outcome", "line")


@record
class TieText:
    """One tie of a case as it is printed."""

    term: str
    path: str
    basis: str


@record
class CaseText:
    """One case as it is printed; what is `foremost` stands above everything else."""

    conflict_id: str
    parties: str
    foremost: list[str]
    outcome: str
    score: str
    ties: list[TieText]
    picture: Markup
    lookups: Rows
    clearing: list[str]
    factors: list[str]
    decision: str


@record
class BorrowedText:
    """Lookups that a colleague may have made under another's account, as they are printed."""

    parties: str
    sentences: list[str]
    lookups: Rows


def page(report: Report, lang: str, *, picture: Picture, clears: Clears, since: Since | None = None) -> str:
    """Render the whole report; `picture` draws a conflict's pedigree, `clears` words what would clear a lookup."""
    parts = ("conflicts", "to_confirm", "annex")
    cases = {
        part: [_case(each, lang, picture, clears) for each in decided.first(getattr(report, part))] for part in parts
    }
    return rendered(
        "report.html.jinja",
        lang,
        title=say("title", lang),
        notice=say("notice", lang),
        facts=_facts(report, lang),
        assurance=assurance(report, lang),
        lacking=lacking(report, lang),
        examined=_examined(report, lang, since),
        overview_names=[*(say(name, lang) for name in OVERVIEW), decided.say("disposition", lang)],
        overview=[_overview_row(case, lang) for case in decided.first(report.conflicts)],
        lookup_names=[say(name, lang) for name in LOOKUP],
        **cases,
        borrowed=[_borrowed(group, lang) for group in report.borrowed],
        borrowed_lacking=part_lacking(report, "borrowed", lang),
        not_listed=report.borrowed_not_listed,
        limits=[pair[0 if lang == "ja" else 1] for pair in LIMITS],
        sources=report.sources,  # last on the page, since there may be many
    )


def _facts(report: Report, lang: str) -> list[tuple[str, str]]:
    return [
        (say("period", lang), f"{report.period.since} 〜 {report.period.until}"),
        (say("as_of", lang), str(report.as_of)),
        (say("policy", lang), policy_words(report.policy, lang)),
        (say("missing", lang), listed(report.missing, lang) or say("none", lang)),
    ]


def _examined(report: Report, lang: str, since: Since | None) -> list[str]:
    told = [*denominators(report.denominators, lang), *(since_words(since, lang) if since else [])]
    return told + decided.notes(report, lang)


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


def _case(case: ConflictCase, lang: str, picture: Picture, clears: Clears) -> CaseText:
    return CaseText(
        conflict_id=case.conflict_id,
        parties=(
            f"{say('viewer', lang)}: {case.viewer_name or ''} ({case.viewer}) {case.viewer_section} → "
            f"{say('subject', lang)}: {case.subject_name or ''} ({case.subject})"
        ),
        foremost=[told for told in (identity_words(case.identity, lang), *_put_back(case, lang)) if told],
        outcome=case.outcome,
        score=f"{case.score:.2f}",
        ties=[_tie(tie, lang) for tie in case.ties],
        # The one place where markup is taken as it is: graph.pedigree.svg writes it and escapes every name in it.
        picture=Markup(picture(case, lang)),
        lookups=_lookups(case.lookups, lang),
        clearing=_clearing(case, lang, clears),
        factors=[f"{factor.sentence.to(lang)} (×{factor.value:g})" for factor in case.factors],
        decision=decided.sentence(case.disposition, lang) if case.disposition else "",
    )


def _put_back(case: ConflictCase, lang: str) -> Iterable[str]:
    """Say first of all that a case is back although somebody has decided on it, and why."""
    if case.disposition:
        head = f"{decided.say('put_back', lang)}: " if case.disposition.changed else ""
        yield from (head + told for told in decided.changes(case.disposition, case.ties, lang))


def _tie(tie: Tie, lang: str) -> TieText:
    evidence = (f"{edge.file}:{edge.line} ({say(edge.grade, lang)})" for edge in tie.edges if edge.file)
    return TieText(term=tie_words(tie, lang), path=path_words(tie), basis=" / ".join(evidence))


def _lookups(lookups: Iterable[LookupEntry], lang: str) -> Rows:
    return [_lookup_row(lookup, lang) for lookup in lookups]


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


def _clearing(case: ConflictCase, lang: str, clears: Clears) -> list[str]:
    """Name the missing facts that would clear the unexplained lookups (X4), each sentence once."""
    open_lookups = [lookup for lookup in case.lookups if lookup.outcome != Outcome.EXPLAINED]
    return [sentence for sentence in dict.fromkeys(clears(lookup, lang) for lookup in open_lookups) if sentence]


def _borrowed(group: Borrowed, lang: str) -> BorrowedText:
    who = listed((f"{each.viewer} ({tie_words(each.ties[0], lang)})" for each in group.candidates), lang)
    return BorrowedText(
        parties=f"{say('holder', lang)} {group.holder} → {group.subject} ・ {say('candidates', lang)}: {who}",
        sentences=[said.to(lang) for said in group.sentences],
        lookups=_lookups(group.lookups, lang),
    )


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}"
