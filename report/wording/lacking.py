"""The words for what a report lacks: files not taken, days of logs not delivered, parts that could not be examined.

Beside them stands what its times rest on: clocks that lie apart.
"""

from collections.abc import Iterable

from graph.records.accepted import DoubtfulFile
from graph.records.clocks import clock_words
from graph.records.deliveries import LogCoverage, hole_words, whole
from graph.records.results import Report

REFUSED = {"ja": "受け入れられなかったファイル", "en": "Files that were not taken"}
SHRUNK = {"ja": "欠けがあっても受け入れたファイル", "en": "Files taken though they look cut off"}
NOT_EXAMINED = {"ja": "調べられなかったもの", "en": "Could not be examined"}
EXCEPT = {
    "ja": "ただし、{systems}のログには届いていない日があり、その日は調べていません。",
    "en": "Days that were not delivered of the log of {systems} are not among them.",
}
PARTS = {
    "borrowed": ("他人の端末・IDによる閲覧の可能性", "lookups perhaps under a colleague's account"),
    "identity": ("職員と住民の照合", "who of the residents is staff"),
    "viewers": ("閲覧者", "who looked"),
    "kinship": ("戸籍による親族関係", "kinship by family registers"),
    "explanation": ("業務記録による説明", "explanation by work records"),
}
ACCEPTED = {"ja": "{by}が{day}に了承", "en": "accepted by {by} on {day}"}


def refused_words(refused: DoubtfulFile, lang: str) -> str:
    """Say of a file what speaks against it, and who accepted that."""
    reason, accepted = refused.reason.to(lang), refused.accepted
    return f"{reason} ({ACCEPTED[lang].format(by=accepted.by, day=accepted.at[:10])})" if accepted else reason


def lacking(report: Report, lang: str) -> tuple[str, ...]:
    """Name what the report lacks (files not taken or cut off, days of logs, parts not examined) and clocks apart."""
    files = ((REFUSED, report.refused), (SHRUNK, report.shrunk))
    doubtful = (f"{head[lang]}: {refused_words(each, lang)}" for head, found in files for each in found)
    parts = (part_words(each.part, each.reason.to(lang), lang) for each in report.not_examined)
    logs = (*log_words(report.log_coverage, lang), *clock_words(report.clocks, lang))
    return (*doubtful, *logs, *parts)


def log_words(holes: Iterable[LogCoverage], lang: str) -> tuple[str, ...]:
    """Say of each log which days were not delivered, or not whole."""
    return tuple(said.to(lang) for log in holes for said in hole_words(log))


def part_lacking(report: Report, part: str, lang: str) -> tuple[str, ...]:
    """Say where a part's result would stand why it could not be examined; nothing where it was."""
    return tuple(part_words(part, each.reason.to(lang), lang) for each in report.not_examined if each.part == part)


def except_for(report: Report, lang: str) -> str:
    """Say that what was examined does not reach the days that were not delivered; empty where all were."""
    if whole(report.log_coverage):
        return ""
    return EXCEPT[lang].format(systems=("、" if lang == "ja" else ", ").join(log.system for log in report.log_coverage))


def part_words(part: str, reason: str, lang: str) -> str:
    """Say of a part of the report that it could not be examined."""
    return f"{NOT_EXAMINED[lang]}: {PARTS[part][0 if lang == 'ja' else 1]} ({reason})"
