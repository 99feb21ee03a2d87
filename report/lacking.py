"""The words for files that were delivered and are not in a report."""

from collections.abc import Mapping
from typing import Any

from graph.views import Report, plain

REFUSED = {"ja": "受け入れられなかったファイル", "en": "Files that were not taken"}
ACCEPTED = {"ja": "{by}が{day}に了承", "en": "accepted by {by} on {day}"}


def refused_words(refused: Mapping[str, Any], lang: str) -> str:
    """Say of a file (in its JSON shape) why it was not taken, and who accepted that it lacks."""
    accepted = refused["accepted"]
    if not accepted:
        return str(refused["reason"])
    known = ACCEPTED[lang].format(by=accepted["by"], day=accepted["at"][:10])
    return f"{refused['reason']} ({known})"


def not_taken(report: Report, lang: str) -> tuple[str, ...]:
    """Name the files that were delivered and are not in the report, a sentence each."""
    told = (refused_words(plain(refused, lang), lang) for refused in report.refused)
    return tuple(f"{REFUSED[lang]}: {sentence}" for sentence in told)
