"""One self-contained HTML page for a chief of section: prints on A4, loads nothing, can be signed.

Here stands what is said on it, as text; where it stands is `templates/report.html.jinja`'s.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from graph.model import record
from graph.records.results import Borrowed, ConflictCase, Edge, LookupEntry, Report, Tie
from report.document import rendered
from report.since import Since
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_words
from report.wording.sentences import (
    assurance,
    denominators,
    identity_words,
    limits,
    operation_words,
    outcome_words,
    path_words,
    system_words,
    tie_words,
)
from report.wording.since_words import since_words
from words import Words

Picture = Callable[[ConflictCase, Words], str]
Clears = Callable[[LookupEntry, Words], str]
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


def page(report: Report, words: Words, *, picture: Picture, clears: Clears, since: Since | None = None) -> str:
    """Render the whole report; `picture` draws a conflict's pedigree, `clears` words what would clear a lookup."""
    parts = ("conflicts", "to_confirm", "annex")
    cases = {
        part: [_case(each, words, picture, clears) for each in decided.first(getattr(report, part))] for part in parts
    }
    return rendered(
        "report.html.jinja",
        words,
        title=words.say("report.title"),
        notice=words.say("report.notice"),
        facts=_facts(report, words),
        assurance=assurance(report, words),
        lacking=lacking(report, words),
        examined=_examined(report, words, since),
        overview_names=[*(words.say(f"report.column.{name}") for name in OVERVIEW), words.say("decision.disposition")],
        overview=[_overview_row(case, words) for case in decided.first(report.conflicts)],
        lookup_names=[words.say(f"report.column.{name}") for name in LOOKUP],
        **cases,
        borrowed=[_borrowed(group, words) for group in report.borrowed],
        borrowed_lacking=part_lacking(report, "borrowed", words),
        not_listed=report.borrowed_not_listed,
        limits=limits(words),
        sources=report.sources,  # last on the page, since there may be many
    )


def _facts(report: Report, words: Words) -> list[tuple[str, str]]:
    return [
        (words.say("report.period"), f"{report.period.since} 〜 {report.period.until}"),
        (words.say("report.as_of"), str(report.as_of)),
        (words.say("report.policy"), policy_words(report.policy, words)),
        (words.say("report.missing"), words.listed(report.missing) or words.say("report.none")),
    ]


def _examined(report: Report, words: Words, since: Since | None) -> list[str]:
    told = [*denominators(report.denominators, words), *(since_words(since, words) if since else [])]
    return told + decided.notes(report, words)


def _overview_row(case: ConflictCase, words: Words) -> list[str]:
    return [
        case.conflict_id,
        case.viewer_name or case.viewer,
        case.viewer_section,
        case.subject_name or case.subject,
        tie_words(case.ties[0], words),
        str(len(case.lookups)),
        _day(case.first_lookup),
        _day(case.last_lookup),
        f"{case.score:.2f}",
        decided.state(case.disposition, words),
    ]


def _case(case: ConflictCase, words: Words, picture: Picture, clears: Clears) -> CaseText:
    return CaseText(
        conflict_id=case.conflict_id,
        parties=(
            f"{words.say('report.column.viewer')}: {case.viewer_name or ''} ({case.viewer}) {case.viewer_section} → "
            f"{words.say('report.column.subject')}: {case.subject_name or ''} ({case.subject})"
        ),
        foremost=[told for told in (identity_words(case.identity, words), *_put_back(case, words)) if told],
        outcome=case.outcome,
        score=f"{case.score:.2f}",
        ties=[_tie(tie, words) for tie in case.ties],
        # The one place where markup is taken as it is: graph.pedigree.svg writes it and escapes every name in it.
        picture=Markup(picture(case, words)),
        lookups=_lookups(case.lookups, words),
        clearing=_clearing(case, words, clears),
        factors=[f"{words.tell(factor.sentence)} (×{factor.value:g})" for factor in case.factors],
        decision=decided.sentence(case.disposition, words) if case.disposition else "",
    )


def _put_back(case: ConflictCase, words: Words) -> Iterable[str]:
    """Say first of all that a case is back although somebody has decided on it, and why."""
    if case.disposition:
        head = f"{words.say('decision.put_back')}: " if case.disposition.changed else ""
        yield from (head + told for told in decided.changes(case.disposition, case.ties, words))


def _tie(tie: Tie, words: Words) -> TieText:
    evidence = (_entry(edge, words) for edge in tie.edges if edge.file)
    return TieText(term=tie_words(tie, words), path=path_words(tie, words), basis=" / ".join(evidence))


def _entry(edge: Edge, words: Words) -> str:
    return f"{edge.file}:{edge.line} ({words.say(f'report.code.{edge.grade}')})"


def _lookups(lookups: Iterable[LookupEntry], words: Words) -> Rows:
    return [_lookup_row(lookup, words) for lookup in lookups]


def _lookup_row(lookup: LookupEntry, words: Words) -> list[str]:
    caller = f" ← {lookup.caller.file}:{lookup.caller.line}" if lookup.caller else ""
    return [
        f"{lookup.time:%Y-%m-%d %H:%M:%S}",
        system_words(lookup.system, lookup.via, words),
        operation_words(lookup.operation, lookup.view, words),
        lookup.account,
        lookup.terminal,
        outcome_words(lookup, words),
        f"{lookup.file}:{lookup.line}{caller}",
    ]


def _clearing(case: ConflictCase, words: Words, clears: Clears) -> list[str]:
    """Name the missing facts that would clear the unexplained lookups (X4), each sentence once."""
    open_lookups = [lookup for lookup in case.lookups if lookup.outcome != "explained"]
    return [sentence for sentence in dict.fromkeys(clears(lookup, words) for lookup in open_lookups) if sentence]


def _borrowed(group: Borrowed, words: Words) -> BorrowedText:
    who = words.listed(f"{each.viewer} ({tie_words(each.ties[0], words)})" for each in group.candidates)
    holder = f"{words.say('report.holder')} {group.holder} → {group.subject}"
    return BorrowedText(
        parties=f"{holder} ・ {words.say('report.candidates')}: {who}",
        sentences=[words.tell(said) for said in group.sentences],
        lookups=_lookups(group.lookups, words),
    )


def _day(moment: object) -> str:
    return f"{moment:%Y-%m-%d}"
