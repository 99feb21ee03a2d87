"""What lies in a folder of exports: the files to read, and what no file can be read from."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import ConfigError, SourceError, failure
from ingest.language.known_source import Mapping
from ingest.reading import source
from ingest.reading.encodings import undecodable
from ingest.sources.refusals import bare
from words import Said

NOTES = (".md", ".toml")
LITTER = ("thumbs.db", "desktop.ini")  # written by a desktop that somebody opened the folder with


def exports(folder: Path, given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """List what a folder holds but for notes about exports, and for sub-folders that are `given` themselves.

    Raises SourceError where it is no folder or cannot be listed.
    """
    if not folder.is_dir():
        raise SourceError(
            f"{folder} is no folder; name the folder that holds the exports",
            f"{folder} はフォルダではありません。抽出ファイルのあるフォルダを指定してください。",
        )
    others = {path.resolve() for path in given}
    return tuple(path for path in _inside(folder) if not _ignored(path) and path.resolve() not in others)


def unfit(path: Path) -> Said | None:
    """Say why something in a folder is no file that could be read at all; None where it may be."""
    name = shown(path)
    if name != path.name:
        return Said(
            en=f"{name}: its name is not written in UTF-8; rename it and deliver it again",
            ja=f"{name}: ファイル名が UTF-8 ではありません。名前を改めて、もう一度渡してください。",
        )
    if path.is_symlink() and not path.exists():
        return Said(en=f"{name}: a link to a file that is not there", ja=f"{name}: リンク先のファイルがありません。")
    if path.is_dir():
        return Said(
            en=f"{name}: a folder with exports in it; folders inside a folder are not read, name it as well",
            ja=f"{name}: 抽出ファイルの入ったフォルダです。中のフォルダは読みません。これも指定してください。",
        )
    if not path.is_file():
        return Said(en=f"{name}: no ordinary file", ja=f"{name}: 通常のファイルではありません。")
    return None


def shown(path: Path) -> str:
    r"""Give a file's name as it can be written: bytes that are no UTF-8 as \x.. escapes."""
    if not undecodable(path.name):
        return path.name
    return os.fsencode(path.name).decode("ascii", errors="backslashreplace")


def holds_exports(folder: Path, mappings: Sequence[Mapping]) -> bool:
    """Say whether a folder, or one inside it, holds a file that some mapping names or reads; one kept from us may."""
    files = list(_files(folder))
    return (
        not os.access(folder, os.R_OK | os.X_OK)
        or any(_named(path, mappings) for path in files)
        or any(_read_by_some(path, mappings) for path in files)
    )


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        why = failure(error)
        raise SourceError(
            f"{folder} cannot be listed ({why.en})", f"{folder} の中を見られません({why.ja})。"
        ) from error


def _ignored(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith((".", "readme")) or name.endswith(NOTES) or name in LITTER


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for path in (Path(place, name) for name in sorted(names)) if not _ignored(path))


def _named(path: Path, mappings: Sequence[Mapping]) -> bool:
    return any(mapping.named_like(name) for mapping in mappings for name in (path.name, f"{bare(path.name)}.csv"))


def _read_by_some(path: Path, mappings: Sequence[Mapping]) -> bool:
    try:
        source.identify(path, mappings)
    except (SourceError, OSError):
        return False
    except ConfigError:
        return True  # more than one reads it
    return True
