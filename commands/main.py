"""`enkan`: one short function a command, heavy imports deferred so that --help is quick."""

import io
import sys
from collections.abc import Sequence
from typing import cast

from commands import arguments, cases, common, loading, making, people, reading, reporting, servers
from graph.errors import UsageError

FAMILIES = (making, loading, reporting, people, cases, reading, servers)
ORDER = (
    "demo", "generate", "ingest", "status", "report", "relation", "relatives", "history", "accounts", "observed",
    "leak", "decide", "decisions", "note", "identity", "genealogy", "zokugara", "normalise", "evaluate", "mapping",
    "neo4j", "audit",
)  # fmt: skip
COMMANDS = sorted((run for family in FAMILIES for run in family.COMMANDS), key=lambda run: ORDER.index(run.__name__))
OPTIONS = {name: options for family in FAMILIES for name, options in family.OPTIONS.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; whatever goes wrong is one sentence and exit status 1, with --debug a traceback."""
    for stream in (sys.stdout, sys.stderr):
        cast(io.TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    args = arguments.read(COMMANDS, OPTIONS, argv)
    try:
        return int(args.run(args))
    except (Exception, KeyboardInterrupt) as error:
        if args.debug:
            raise
        common.say(args, f"enkan {args.command}: {common.sentence(error, args.lang)}", always=True)
        return 2 if isinstance(error, UsageError) else 1
