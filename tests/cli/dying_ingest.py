"""An ingest that kills itself at its n-th report of progress: dying_ingest.py N EXPORTS MAPPINGS WORKSPACE.

With N = 0 it lives, and prints how often it reported.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

from graph.conflicts.rules import read_policy
from graph.store.base import open_store
from ingest import mapping, pipeline

ROOT = Path(__file__).parents[2]


def main(moment: int, exports: Path, mappings: Path, workspace: Path) -> None:
    """Ingest until the moment comes."""
    reports = itertools.count(1)
    seen = 0

    def progress(done: float, text: str) -> None:
        nonlocal seen
        seen = next(reports)
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    pipeline.ingest(
        workspace,
        [exports],
        mappings=mapping.load([mappings]),
        policy=read_policy(ROOT / "policy.toml"),
        open_store=lambda: open_store("duckdb:", workspace),
        progress=progress,
    )
    print(seen)


if __name__ == "__main__":
    main(int(sys.argv[1]), *map(Path, sys.argv[2:]))
