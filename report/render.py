"""A conflict report in every format of the command line."""

from graph.records.results import Borrowed, ConflictCase, Report, plain
from report import html, output
from report.since import Since
from report.wording import decided
from report.wording.lacking import lacking, part_lacking
from report.wording.policy import policy_line
from report.wording.sentences import assurance, denominators, tie_words
from report.wording.since_words import since_words
from words import Words
from words.visible import visible


def render(
    report: Report,
    fmt: str,
    words: Words,
    *,
    picture: html.Picture,
    clears: html.Clears,
    excel: bool = False,
    since: Since | None = None,
) -> str:
    """Give the report as table, json, csv or html, with what changed since an earlier one; the same gives the same."""
    if fmt == "html":
        return html.page(report, words, picture=picture, clears=clears, since=since)
    if fmt == "table":
        return console(report, words, since)
    data = plain(report, words) | ({"since_report": plain(since, words)} if since else {})
    return output.render(data, rows(report, words, since), fmt, excel=excel)


def console(report: Report, words: Words, since: Since | None = None) -> str:
    """Give the report for a terminal: what was examined, then one line a conflict."""
    parts = [assurance(report, words), *lacking(report, words), *denominators(report.denominators, words)]
    parts += [policy_line(report.policy, words), *(since_words(since, words) if since else [])]
    parts += [*decided.notes(report, words), ""]
    for part in ("conflicts", "to_confirm", "annex"):
        cases = decided.first(getattr(report, part))
        if cases:
            parts += [
                f"■ {words.say(f'report.part.{part}')}: {len(cases)}",
                output.as_table([_row(case, words) for case in cases]),
            ]
        parts += [f"{case.conflict_id}: {said}" for case in cases for said in _changes(case, words)]
    if report.borrowed:
        found = [_borrowed_row(group, words) for group in report.borrowed]
        parts += [
            f"■ {words.say('report.part.borrowed')}: {len(found)} (+{report.borrowed_not_listed})",
            output.as_table(found),
        ]
    parts += [f"■ {said}" for said in part_lacking(report, "borrowed", words)]
    return visible("\n".join(parts), lines=True)


def rows(report: Report, words: Words, since: Since | None = None) -> list[dict[str, object]]:
    """Give one flat row a conflict, for CSV: the same columns whatever the part."""
    parts = (("conflicts", report.conflicts), ("to_confirm", report.to_confirm), ("annex", report.annex))
    found = [{"part": part} | _flat(case, words) for part, cases in parts for case in cases]
    found += [{"part": "lacking"} | dict.fromkeys(FLAT) | {"relation": line} for line in lacking(report, words)]
    return [row | {"since": since.of(str(row["conflict_id"]))} for row in found] if since else found


def _changes(case: ConflictCase, words: Words) -> list[str]:
    return decided.changes(case.disposition, case.ties, words) if case.disposition else []


def _row(case: ConflictCase, words: Words) -> dict[str, object]:
    flat = _flat(case, words)
    shown = ("conflict_id", "score", "viewer", "viewer_name", "section", "relation", "subject", "subject_name")
    return {
        say_column(key, words): flat[key] for key in (*shown, "lookups", "first_lookup", "last_lookup", "disposition")
    }


def say_column(key: str, words: Words) -> str:
    """Word a column of the console table."""
    names = {"conflict_id": "id", "relation": "relation", "lookups": "lookups_n", "first_lookup": "first"}
    names |= {"last_lookup": "last", "score": "score", "viewer": "viewer", "subject": "subject", "section": "section"}
    if key == "disposition":
        return words.say("decision.disposition")
    return words.say(f"report.column.{names[key]}") if key in names else {"viewer_name": "", "subject_name": " "}[key]


FLAT = (
    "conflict_id", "outcome", "score", "viewer", "viewer_name", "section", "subject", "subject_name", "relation",
    "ties", "identity_p", "identity_tier", "lookups", "first_lookup", "last_lookup", "systems", "disposition",
    "decided", "changed",
)  # fmt: skip


def _flat(case: ConflictCase, words: Words) -> dict[str, object]:
    return {
        "conflict_id": case.conflict_id,
        "outcome": case.outcome,
        "score": round(case.score, 3),
        "viewer": case.viewer,
        "viewer_name": case.viewer_name,
        "section": case.viewer_section,
        "subject": case.subject,
        "subject_name": case.subject_name,
        "relation": tie_words(case.ties[0], words),
        "ties": len(case.ties),
        "identity_p": case.identity.p,
        "identity_tier": case.identity.tier,
        "lookups": len(case.lookups),
        "first_lookup": f"{case.first_lookup:%Y-%m-%d}",
        "last_lookup": f"{case.last_lookup:%Y-%m-%d}",
        "systems": " ".join(case.systems),
        "disposition": decided.state(case.disposition, words),
        "decided": decided.sentence(case.disposition, words) if case.disposition else "",
        "changed": words.listed(_changes(case, words)),
    }


def _borrowed_row(group: Borrowed, words: Words) -> dict[str, object]:
    first = group.candidates[0]
    return {
        words.say("report.holder"): group.holder,
        words.say("report.column.subject"): group.subject,
        words.say("report.candidates"): f"{first.viewer} {tie_words(first.ties[0], words)}",
        words.say("report.column.lookups_n"): len(group.lookups),
    }
