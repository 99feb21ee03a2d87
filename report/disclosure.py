"""A person's access history as handed to them (保有個人情報開示請求): what, when, by which section; no third person.

It says itself whether it is complete, and how much is withheld for which reason.
"""

from collections.abc import Mapping
from typing import Any

from report import output
from report.document import rendered
from report.wording.lacking import log_words
from report.wording.sentences import operation_words, system_words
from words import Words
from words.visible import visible

WRITTEN = ("table", "html")
COLUMNS = ("time", "system", "section", "operation", "outcome")


def written(found: Mapping[str, Any], fmt: str, words: Words) -> str:
    """Give the version for the person as a table for a terminal, or as a page to print."""
    return (
        page(found, words)
        if fmt == "html"
        else "\n".join([*map(visible, statement(found, words)), "", output.as_table(rows(found, words))])
    )


def page(found: Mapping[str, Any], words: Words) -> str:
    """Give the version for the person as a page to print."""
    return rendered(
        "disclosure.html.jinja",
        words,
        title=words.say("report.disclosure"),
        notice=words.say("report.disclosure_notice"),
        facts=_facts(found, words),
        statement=statement(found, words),
        names=[words.say(f"report.column.{name}") for name in COLUMNS],
        rows=[row.values() for row in rows(found, words)],
    )


def rows(found: Mapping[str, Any], words: Words) -> list[dict[str, str]]:
    """Give one row a lookup, in time order."""
    return [
        {words.say(f"report.column.{name}"): cell for name, cell in zip(COLUMNS, _cells(each, words), strict=True)}
        for each in found["lookups"]
    ]


def statement(found: Mapping[str, Any], words: Words) -> tuple[str, ...]:
    """Say whether these are all lookups, and if not what is withheld or could not be known."""
    reasons = {**found["withheld"], **found["unknown"]}
    told = [f"{words.say(f'report.withheld.{reason}')}: {count:,}" for reason, count in reasons.items()]
    missing = [f"{words.say('report.missing')}: {words.listed(found['denominators']['missing'])}"]
    return (
        words.say("report.complete" if found["complete"] else "report.incomplete"),
        *told,
        *(words.say("report.span", **span) for span in found["denominators"]["spans"]),
        *log_words(found["denominators"]["log_coverage"], words),
        *(missing if found["denominators"]["missing"] else []),
    )


def _facts(found: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    examined = found["denominators"]
    systems = (f"{name} {count:,}" for name, count in examined["systems"].items())
    return [
        (words.say("report.person_id"), found["person"]),
        (words.say("report.as_of"), found["as_of"]),
        (words.say("report.column.lookups_n"), f"{len(found['lookups']):,}"),
        (words.say("report.examined"), words.listed(systems)),
    ]


def _cells(each: Mapping[str, Any], words: Words) -> tuple[str, ...]:
    system = system_words(each["system"], each["via"], words)
    operation = operation_words(each["operation"], each["view"], words)
    moment = each["time"].replace("T", " ")[:19]
    section = each["viewer_section"] or words.say("report.not_named")
    return moment, system, section, operation, words.say(f"report.code.{each['outcome']}")
