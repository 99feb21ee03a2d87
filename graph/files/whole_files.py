"""The one way a file is written: under a temporary name beside its place, then renamed, so that it is whole or absent.

A file is on the disk before it has its name, and the name is on the disk before the writer goes on: after a loss of
power, too, a reader finds either what was there before or all of what was written.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

AT_ONCE = 8  # a disk makes many files durable in little more than the time of one
NO_FOLDERS = (errno.EBADF, errno.EINVAL)  # some file systems, such as shares of a network, know no durable folder


@contextmanager
def written_whole(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give the name to write to; what stands there at the end replaces the file, an error leaves the file as it was.

    Without `durable` it may be lost with the power: for parts that `make_durable` takes together before they count.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        yield temporary
        put_in_place(temporary, path) if durable else os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str, *, mode: int = 0o666) -> None:
    """Write a text whole; `mode` says who may read it, from its first byte on."""
    with written_whole(path) as temporary:
        temporary.touch(mode)
        temporary.write_text(text, encoding="utf-8")


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file of the same folder its name, durably."""
    _sync(temporary)
    os.replace(temporary, path)
    _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they lack, durably."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        _sync_folder(path.parent)


def make_durable(root: Path, files: Iterable[Path]) -> None:
    """Make files under a root outlast a loss of power, and the folders that name them up to the root."""
    paths = list(files)
    folders = {folder for file in paths for folder in file.parents if folder.is_relative_to(root)}
    with ThreadPoolExecutor(AT_ONCE) as disk:
        list(disk.map(_sync, paths))
        list(disk.map(_sync_folder, folders))


def _sync_folder(path: Path) -> None:
    try:
        _sync(path)
    except OSError as error:
        if error.errno not in NO_FOLDERS:
            raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
