"""How it is worded what has changed since an earlier report."""

from collections.abc import Iterator

from report.since import Part, Since
from report.wording.words import listed, say

LISTED = ("new", "grown", "gone")  # with their ids; the rest stands among the conflicts, marked
BORROWED = ("他人の端末・IDの可能性", "another's session, perhaps")
HOLES = ("ログの欠け", "holes in the logs")


def since_words(since: Since, lang: str) -> list[str]:
    """Say part by part how many are new, grown, changed, still open and gone, and which; and what the logs lack now."""
    head = say("since", lang)
    told = [f"{head}: {_counts(since.parts['conflicts'], lang)}"]
    told += [f"{head} ({say('to_confirm', lang)}): {_counts(since.parts['to_confirm'], lang)}"]
    told += [f"{head} ({BORROWED[0 if lang == 'ja' else 1]}): {_counts(since.parts['borrowed'], lang)}"]
    told += _holes(since, lang)
    return told + [sentence.to(lang) for sentence in since.not_compared]


def _counts(part: Part, lang: str) -> str:
    changed = [key for key in part.changed if key not in part.grown]
    counts = {
        "new": part.new,
        "grown": part.grown,
        "changed": changed,
        "still_open": part.still_open,
        "gone": part.gone,
    }
    return listed((_count(name, tuple(ids), lang) for name, ids in counts.items()), lang)


def _count(name: str, ids: tuple[str, ...], lang: str) -> str:
    return f"{say(name, lang)} {len(ids)}" + (f" ({' '.join(ids)})" if ids and name in LISTED else "")


def _holes(since: Since, lang: str) -> Iterator[str]:
    if since.coverage is not None and (since.coverage.new or since.coverage.gone):
        counts = (_count(name, getattr(since.coverage, name), lang) for name in ("new", "gone"))
        yield f"{say('since', lang)} ({HOLES[0 if lang == 'ja' else 1]}): {listed(counts, lang)}"
