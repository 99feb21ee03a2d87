"""An ingest that kills itself: dying_ingest.py MOMENT EXPORTS MAPPINGS WORKSPACE [STORE].

It dies by SIGKILL at its MOMENT-th report of progress, or, where MOMENT is a fraction, as soon as that share of the
work is done. With 0 it lives, and prints how often it reported.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

from graph.conflicts.rules import read_policy
from graph.store.opening import open_store
from ingest import pipeline
from ingest.language import mapping

ROOT = Path(__file__).parents[2]


def main(moment: str, exports: Path, mappings: Path, workspace: Path, store: str = "duckdb:") -> None:
    """Ingest until the moment comes."""
    reports = itertools.count(1)
    seen = 0

    def progress(done: float, text: str) -> None:
        nonlocal seen
        seen = next(reports)
        if done >= float(moment) if "." in moment else seen == int(moment):
            os.kill(os.getpid(), signal.SIGKILL)

    user, password = os.environ.get("NEO4J_USER", ""), os.environ.get("NEO4J_PASSWORD", "")
    pipeline.ingest(
        workspace,
        [exports],
        mappings=mapping.load([mappings]),
        policy=read_policy(),
        open_store=lambda: open_store(store, workspace, user=user, password=password),
        progress=progress,
    )
    print(seen)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]), *sys.argv[5:])
