"""How it is worded what has changed since an earlier report."""

from collections.abc import Iterator

from report.since import Part, Since
from words import Words

LISTED = ("new", "grown", "gone")  # with their ids; the rest stands among the conflicts, marked


def since_words(since: Since, words: Words) -> list[str]:
    """Say part by part how many are new, grown, changed, still open and gone, and which; and what the logs lack now."""
    head = words.say("report.since")
    told = [f"{head}: {_counts(since.parts['conflicts'], words)}"]
    told += [f"{head} ({words.say('report.part.to_confirm')}): {_counts(since.parts['to_confirm'], words)}"]
    told += [f"{head} ({words.say('report.since_borrowed')}): {_counts(since.parts['borrowed'], words)}"]
    told += _holes(since, words)
    return told + [words.tell(each) for each in since.not_compared]


def _counts(part: Part, words: Words) -> str:
    changed = [key for key in part.changed if key not in part.grown]
    counts = {
        "new": part.new,
        "grown": part.grown,
        "changed": changed,
        "still_open": part.still_open,
        "gone": part.gone,
    }
    return words.listed((_count(name, tuple(ids), words) for name, ids in counts.items()))


def _count(name: str, ids: tuple[str, ...], words: Words) -> str:
    return f"{words.say(f'report.change.{name}')} {len(ids)}" + (
        f" ({' '.join(ids)})" if ids and name in LISTED else ""
    )


def _holes(since: Since, words: Words) -> Iterator[str]:
    if since.coverage is not None and (since.coverage.new or since.coverage.gone):
        counts = (_count(name, getattr(since.coverage, name), words) for name in ("new", "gone"))
        yield f"{words.say('report.since')} ({words.say('report.since_holes')}): {words.listed(counts)}"
