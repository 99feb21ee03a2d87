"""What lacks though it was delivered or is due, and who has accepted that: exit status 4 rests on it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from graph.errors import UsageError, WorkspaceError
from graph.files.paths import WorkspacePaths
from graph.model import record
from graph.records.accepted import Accepted, DoubtfulFile
from graph.records.deliveries import absent
from graph.records.facts import DoubtedFile, Facts
from words import Message, Said

THROUGH = ".."  # SYSTEM:FIRST..LAST stands for every day between, both inclusive
NEAREST = 5


@record
class Gap:
    """One thing that lacks: its name for --accept-refused, what content that name had, and the sentence that says so.

    `content` is the hash of a file, so that what was accepted of one file is not accepted of the next that bears its
    name; it is empty for a day of a log, whose name is `SYSTEM:YYYY-MM-DD`.
    """

    name: str
    said: Message
    content: str = ""
    accepted: Accepted | None = None


def gaps(facts: Facts, accepted: Sequence[Accepted]) -> tuple[Gap, ...]:
    """Give everything that lacks, each with the acceptance that covers it: what is printed by every run and report."""
    found = (*_files(facts), *(Gap(name=name, said=said) for name, said in absent(facts.log_coverage)))
    return tuple(replace(gap, accepted=next((each for each in accepted if covers(each, gap)), None)) for gap in found)


def covers(accepted: Accepted, gap: Gap) -> bool:
    """Say whether an acceptance is of this gap: the same name and content, or a range of days that holds its day."""
    if accepted.name == gap.name:
        return accepted.content == gap.content
    system, _, days = accepted.name.rpartition(":")
    first, through, last = days.partition(THROUGH)
    gap_system, _, day = gap.name.rpartition(":")
    return bool(through) and not gap.content and system == gap_system and first <= day <= last


def named(names: Iterable[str], found: Sequence[Gap], accepted: Sequence[Accepted]) -> tuple[tuple[str, str], ...]:
    """Give what is to be accepted under these names, each with its content; what was accepted before is known too.

    Raises UsageError for a name of nothing that lacks.
    """
    wanted = dict.fromkeys(names)
    known = {each.name for each in accepted}
    for name in wanted:
        if not _of(name, found) and name not in known:
            raise _unknown(name, [gap.name for gap in found])
    return tuple(dict.fromkeys(pair for name in wanted for pair in _of(name, found)))


def gap_words(gap: Gap) -> Message:
    """Give the sentence of a gap, with who accepted it where somebody has."""
    if gap.accepted is None:
        return gap.said
    by, day = gap.accepted.by, gap.accepted.at[:10]
    return Message("delivery.file.accepted_gap", {"reason": gap.said, "by": by, "day": day})


def refused_files(facts: Facts, accepted: Sequence[Accepted]) -> tuple[DoubtfulFile, ...]:
    """Give the files that were delivered and are not in the graph, as a report lists them."""
    return _listed(facts.refused, facts, accepted)


def shrunk_files(facts: Facts, accepted: Sequence[Accepted]) -> tuple[DoubtfulFile, ...]:
    """Give the full files that were taken though something speaks against them, as a report lists them."""
    return _listed(facts.shrunk, facts, accepted)


def shrunk_names(facts: Facts, names: Iterable[str]) -> tuple[str, ...]:
    """Give those of these names that stand for a file taken though something speaks against it."""
    found = {each.file for each in facts.shrunk}
    return tuple(name for name in names if name in found)


def read_refused(root: Path) -> tuple[DoubtedFile, ...]:
    """Read which files the workspace has been given and could not take, sorted by name.

    It stands beside the generations: a file that nothing could be read from changes no generation.
    """
    path = WorkspacePaths(root).refused
    try:
        listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return tuple(
            DoubtedFile(file=each["file"], reason=Said(**each["reason"]), sha256=each["sha256"], source=each["source"])
            for each in listed
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path.name}, the list of files that were not taken, is damaged; run an ingest again",
            f"受け入れられなかったファイルの一覧({path.name})が壊れています。取込をもう一度実行してください。",
        ) from error


def _files(facts: Facts) -> tuple[Gap, ...]:
    return tuple(
        Gap(name=each.file, said=Message(key, {"reason": each.reason}), content=each.sha256)
        for files, key in ((facts.refused, "delivery.file.not_taken"), (facts.shrunk, "delivery.file.taken"))
        for each in files
    )


def _listed(files: Iterable[DoubtedFile], facts: Facts, accepted: Sequence[Accepted]) -> tuple[DoubtfulFile, ...]:
    by_name = {(gap.name, gap.content): gap.accepted for gap in gaps(facts, accepted)}
    return tuple(
        DoubtfulFile(file=each.file, reason=each.reason, accepted=by_name[each.file, each.sha256]) for each in files
    )


def _of(name: str, found: Sequence[Gap]) -> tuple[tuple[str, str], ...]:
    """Give the pairs of name and content that a name stands for; a range of days is kept as it was said."""
    if any(covers(Accepted(name=name, content="", by="", at=""), gap) for gap in found if gap.name != name):
        return ((name, ""),)
    return tuple((name, gap.content) for gap in found if gap.name == name)


def _unknown(name: str, names: Sequence[str]) -> UsageError:
    near = (get_close_matches(name, names, NEAREST, 0.3) or sorted(names))[:NEAREST]
    if not near:
        return UsageError(
            f"--accept-refused {name}: nothing was refused and no day of a log is absent",
            f"--accept-refused {name}: 受け入れられなかったファイルも、欠けている日もありません。",
        )
    return UsageError(
        f"--accept-refused {name}: nothing of that name lacks; there is {', '.join(near)}",
        f"--accept-refused {name}: その名前のものはありません。あるもの: {'、'.join(near)}",
    )
