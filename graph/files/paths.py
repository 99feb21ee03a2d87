"""Where a workspace keeps things."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import WorkspaceLocked
from graph.files import seal
from graph.files.whole_files import make_folder

KEPT_GENERATIONS = 3  # the published one, one behind it for readers that are open, one to look back at


@dataclass(frozen=True, slots=True)
class WorkspacePaths:
    """The folders and files under one workspace."""

    root: Path

    @property
    def ledger(self) -> Path:
        """Decisions and the audit chain; never rebuilt."""
        return self.root / "ledger.sqlite"

    @property
    def neo4j(self) -> Path:
        """The files of the workspace's own Neo4j server."""
        return self.root / "neo4j"

    @property
    def lock(self) -> Path:
        """The file a run holds locked."""
        return self.root / "lock"

    @property
    def refused(self) -> Path:
        """The files that were given and could not be taken, as long as they lack."""
        return self.root / "refused.json"

    def seal(self, run_id: str) -> Path:
        """What the files of one generation were like when they were written."""
        return self.root / "generations" / run_id / "files.seal"

    def check(self, run_id: str, *, whole: bool = False) -> None:
        """Raise Damaged where a file of a generation beside its graph is not as it was written."""
        seal.check(self.root, self.seal(run_id), whole=whole)

    def manifest(self, run_id: str) -> Path:
        """The sources and lookup files that one generation covers."""
        return self.root / "generations" / run_id / "manifest.json"

    def judged(self, run_id: str) -> Path:
        """Every lookup of one generation as it was judged."""
        return self.root / "generations" / run_id / "lookups.parquet"

    def quarantine(self, run_id: str) -> Path:
        """Every rejected row of one generation's sources."""
        return self.root / "quarantine" / f"{run_id}.parquet"


@contextmanager
def one_run(root: Path) -> Iterator[None]:
    """Hold the workspace for one run; the lock dies with the process that holds it.

    Raises WorkspaceLocked where another run holds it.
    """
    paths = WorkspacePaths(root)
    make_folder(root)
    with paths.lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkspaceLocked(
                f"another run holds the workspace {root}; try again when it has ended",
                f"ワークスペース {root} は別の処理が使用中です。終わってからやり直してください",
            ) from None
        yield
