"""The files that were given and could not be taken: kept until they are, so that reports name them while they lack."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import WorkspaceError
from graph.files.paths import WorkspacePaths
from graph.files.whole_files import write_text
from graph.questions.incomplete import read_refused
from graph.records.facts import DoubtedFile
from ingest.reading import file_date
from ingest.sources.accepted import Kept
from words import Said

# A file delivered once more without its wrapping is the same delivery: log.csv after log.csv.gz, staff.csv after .xlsx.
WRAPPING = re.compile(r"(?:\.(?:csv|txt|tsv|dat|zip|gz|bz2|xz|zst|7z|lzh|tar|tgz|xlsx?|html?|pdf))+$", re.IGNORECASE)
LOST = Said(
    en="refused.json: the list of files that were not taken was damaged; which files it named is no longer known",
    ja="refused.json: 受け入れられなかったファイルの一覧が壊れていて、それまでの内容が分かりません。",
)


def remember(root: Path, taken: Iterable[str], refused: Sequence[DoubtedFile], held: Sequence[Kept]) -> None:
    """Keep what lacks after a run: the files it refused, and those refused before that are still missed.

    An earlier one is no longer missed once a file of its name was taken or its bytes are held, or where a full file of
    its source is of a later day. What is refused now is missed now, whatever lies beside it.
    """
    names = [*taken, *(each.file for each in refused)]
    before = [each for each in _before(root) if not _made_good(each, names, held)]
    lacking = {(each.file, each.sha256): each for each in (*before, *refused)}
    _write(WorkspacePaths(root).refused, [lacking[key] for key in sorted(lacking)])


def _before(root: Path) -> list[DoubtedFile]:
    try:
        return list(read_refused(root))
    except WorkspaceError:
        return [DoubtedFile(file=WorkspacePaths(root).refused.name, reason=LOST, sha256="", source="")]


def _made_good(refused: DoubtedFile, given: Sequence[str], held: Sequence[Kept]) -> bool:
    if any(bare(name) == bare(refused.file) for name in given):
        return True
    return any(source.sha256 == refused.sha256 for source in held) or _followed(refused, held)


def _followed(refused: DoubtedFile, held: Sequence[Kept]) -> bool:
    """Say whether a full file of a later day says all that the refused one would still say."""
    day = file_date.in_name(refused.file) or date.max
    return any(source.full and source.source == refused.source and source.seen_on > day for source in held)


def bare(name: str) -> str:
    """Give a file's name without what it is wrapped in.

    >>> bare("zei_log_202405.csv.gz"), bare("zei_log_202405.zip")
    ('zei_log_202405', 'zei_log_202405')
    """
    return WRAPPING.sub("", name)


def _write(path: Path, lacking: Sequence[DoubtedFile]) -> None:
    content: list[dict[str, Any]] = [
        {"file": each.file, "reason": {"en": each.reason.en, "ja": each.reason.ja}, "sha256": each.sha256}
        | {"source": each.source}
        for each in lacking
    ]
    if not content and not path.exists():
        return
    write_text(path, json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
