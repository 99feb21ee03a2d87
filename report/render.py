"""A conflict report in every format of the command line."""

from graph.records.results import Borrowed, ConflictCase, Report, plain
from report import html, output
from report.since import Since
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_line
from report.wording.since_words import since_words
from report.wording.words import assurance, denominators, listed, say, tie_words
from words import Words
from words.visible import visible


def render(
    report: Report,
    fmt: str,
    lang: str,
    *,
    picture: html.Picture,
    clears: html.Clears,
    excel: bool = False,
    since: Since | None = None,
) -> str:
    """Give the report as table, json, csv or html, with what changed since an earlier one; the same gives the same."""
    if fmt == "html":
        return html.page(report, lang, picture=picture, clears=clears, since=since)
    if fmt == "table":
        return console(report, lang, since)
    data = plain(report, Words(lang)) | ({"since_report": plain(since, Words(lang))} if since else {})
    return output.render(data, rows(report, lang, since), fmt, excel=excel)


def console(report: Report, lang: str, since: Since | None = None) -> str:
    """Give the report for a terminal: what was examined, then one line a conflict."""
    parts = [assurance(report, lang), *lacking(report, lang), *denominators(report.denominators, lang)]
    parts += [policy_line(report.policy, lang), *(since_words(since, lang) if since else [])]
    parts += [*decided.notes(report, lang), ""]
    for part in ("conflicts", "to_confirm", "annex"):
        cases = decided.first(getattr(report, part))
        if cases:
            parts += [f"■ {say(part, lang)}: {len(cases)}", output.as_table([_row(case, lang) for case in cases])]
        parts += [f"{case.conflict_id}: {said}" for case in cases for said in _changes(case, lang)]
    if report.borrowed:
        found = [_borrowed_row(group, lang) for group in report.borrowed]
        parts += [f"■ {say('borrowed', lang)}: {len(found)} (+{report.borrowed_not_listed})", output.as_table(found)]
    parts += [f"■ {said}" for said in part_lacking(report, "borrowed", lang)]
    return visible("\n".join(parts), lines=True)


def rows(report: Report, lang: str, since: Since | None = None) -> list[dict[str, object]]:
    """Give one flat row a conflict, for CSV: the same columns whatever the part."""
    parts = (("conflicts", report.conflicts), ("to_confirm", report.to_confirm), ("annex", report.annex))
    found = [{"part": part} | _flat(case, lang) for part, cases in parts for case in cases]
    found += [{"part": "lacking"} | dict.fromkeys(FLAT) | {"relation": line} for line in lacking(report, lang)]
    return [row | {"since": since.of(str(row["conflict_id"]))} for row in found] if since else found


def _changes(case: ConflictCase, lang: str) -> list[str]:
    return decided.changes(case.disposition, case.ties, lang) if case.disposition else []


def _row(case: ConflictCase, lang: str) -> dict[str, object]:
    flat = _flat(case, lang)
    shown = ("conflict_id", "score", "viewer", "viewer_name", "section", "relation", "subject", "subject_name")
    return {
        say_column(key, lang): flat[key] for key in (*shown, "lookups", "first_lookup", "last_lookup", "disposition")
    }


def say_column(key: str, lang: str) -> str:
    """Word a column of the console table."""
    names = {"conflict_id": "id", "relation": "relation", "lookups": "lookups_n", "first_lookup": "first"}
    names |= {"last_lookup": "last", "score": "score", "viewer": "viewer", "subject": "subject", "section": "section"}
    if key == "disposition":
        return decided.say(key, lang)
    return say(names[key], lang) if key in names else {"viewer_name": "", "subject_name": " "}[key]


FLAT = (
    "conflict_id", "outcome", "score", "viewer", "viewer_name", "section", "subject", "subject_name", "relation",
    "ties", "identity_p", "identity_tier", "lookups", "first_lookup", "last_lookup", "systems", "disposition",
    "decided", "changed",
)  # fmt: skip


def _flat(case: ConflictCase, lang: str) -> dict[str, object]:
    return {
        "conflict_id": case.conflict_id,
        "outcome": case.outcome,
        "score": round(case.score, 3),
        "viewer": case.viewer,
        "viewer_name": case.viewer_name,
        "section": case.viewer_section,
        "subject": case.subject,
        "subject_name": case.subject_name,
        "relation": tie_words(case.ties[0], lang),
        "ties": len(case.ties),
        "identity_p": case.identity.p,
        "identity_tier": case.identity.tier,
        "lookups": len(case.lookups),
        "first_lookup": f"{case.first_lookup:%Y-%m-%d}",
        "last_lookup": f"{case.last_lookup:%Y-%m-%d}",
        "systems": " ".join(case.systems),
        "disposition": decided.state(case.disposition, lang),
        "decided": decided.sentence(case.disposition, lang) if case.disposition else "",
        "changed": listed(_changes(case, lang), lang),
    }


def _borrowed_row(group: Borrowed, lang: str) -> dict[str, object]:
    first = group.candidates[0]
    return {
        say("holder", lang): group.holder,
        say("subject", lang): group.subject,
        say("candidates", lang): f"{first.viewer} {tie_words(first.ties[0], lang)}",
        say("lookups_n", lang): len(group.lookups),
    }
