"""The demo municipality: generated and ingested, for the command line and for the explorer alike."""

from pathlib import Path

import synthetic
from graph.conflicts.rules import Policy
from graph.errors import EnkanError
from ingest import pipeline
from ingest.language import mapping

SIZE, SEED = "village", 1


def make(workspace: Path, policy: Policy, open_store: pipeline.OpenStore, progress: pipeline.Progress) -> None:
    """Generate the demo under a workspace and publish it there. Raises EnkanError where it cannot be published."""
    exports = workspace / "demo"
    synthetic.make(SIZE, SEED, exports, [], lambda done, text: progress(done / 2, text))
    run = pipeline.ingest(
        workspace, [exports / "exports"], mappings=mapping.load([]), policy=policy, open_store=open_store,
        progress=lambda done, text: progress(0.5 + done / 2, text),
    )  # fmt: skip
    if not run.published:
        raise EnkanError("; ".join(each.en for each in run.fatal), "".join(each.ja for each in run.fatal))
