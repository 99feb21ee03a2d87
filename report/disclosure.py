"""A person's access history as handed to them (保有個人情報開示請求): what, when, by which section; no third person.

It says itself whether it is complete, and how much is withheld for which reason.
"""

from graph.records.answers import DisclosedLookup, Disclosure
from graph.records.results import plain
from report import output
from report.document import rendered
from report.wording.lacking import log_words
from report.wording.words import listed, operation_words, say, system_words
from words.visible import visible

WRITTEN = ("table", "html")
SPAN = {
    "ja": "{system}のログ: {first}から{last}まで(下に挙げる日を除き全て)",
    "en": "Log of {system}: from {first} to {last}, whole but for the days named below",
}
COLUMNS = ("time", "system", "section", "operation", "outcome")


def written(found: Disclosure, fmt: str, lang: str) -> str:
    """Give the version for the person as a table for a terminal, or as a page to print."""
    return (
        page(found, lang)
        if fmt == "html"
        else "\n".join([*map(visible, statement(found, lang)), "", output.as_table(rows(found, lang))])
    )


def page(found: Disclosure, lang: str) -> str:
    """Give the version for the person as a page to print."""
    return rendered(
        "disclosure.html.jinja",
        lang,
        title=say("disclosure", lang),
        notice=say("disclosure_notice", lang),
        facts=_facts(found, lang),
        statement=statement(found, lang),
        names=[say(name, lang) for name in COLUMNS],
        rows=[row.values() for row in rows(found, lang)],
    )


def rows(found: Disclosure, lang: str) -> list[dict[str, str]]:
    """Give one row a lookup, in time order."""
    return [
        {say(name, lang): cell for name, cell in zip(COLUMNS, _cells(each, lang), strict=True)}
        for each in found.lookups
    ]


def statement(found: Disclosure, lang: str) -> tuple[str, ...]:
    """Say whether these are all lookups, and if not what is withheld or could not be known."""
    examined, reasons = found.denominators, {**plain(found.withheld), **plain(found.unknown)}
    missing = [f"{say('missing', lang)}: {listed(examined.missing, lang)}"]
    return (
        say("complete" if found.complete else "incomplete", lang),
        *(f"{say(reason, lang)}: {count:,}" for reason, count in reasons.items()),
        *(SPAN[lang].format(system=span.system, first=span.first, last=span.last) for span in examined.spans),
        *log_words(examined.log_coverage, lang),
        *(missing if examined.missing else []),
    )


def _facts(found: Disclosure, lang: str) -> list[tuple[str, str]]:
    systems = (f"{name} {count:,}" for name, count in found.denominators.systems.items())
    return [
        (say("person_id", lang), found.person),
        (say("as_of", lang), found.as_of.isoformat()),
        (say("lookups_n", lang), f"{len(found.lookups):,}"),
        (say("examined", lang), listed(systems, lang)),
    ]


def _cells(each: DisclosedLookup, lang: str) -> tuple[str, ...]:
    system = system_words(each.system, each.via, lang)
    operation = operation_words(each.operation, each.view, lang)
    section = each.viewer_section or say("not_named", lang)
    return f"{each.time:%Y-%m-%d %H:%M:%S}", system, section, operation, say(each.outcome, lang)
