"""From exports to a published generation, and what is published."""

import argparse
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from commands import common


def ingest(args: argparse.Namespace) -> int:
    """Read exports, build and publish one generation, print the reconciliation."""
    from ingest import pipeline
    from ingest.language import mapping
    from report import reconciliation

    if args.explain:
        return _explain(args)
    if args.accept_refused and not args.folders:
        return _accept(args)
    policy, opener = common.policy(args), common.opener(args)
    if args.from_store:
        run_id = pipeline.rescore(args.workspace, policy=policy, open_store=opener, progress=common.progress(args))
        common.emit(args, {"run_id": run_id, "published": True}, [{"run_id": run_id}])
        return _accept(args)
    mappings = mapping.load(args.mappings)
    run = pipeline.ingest(
        args.workspace,
        args.folders,
        mappings=mappings,
        policy=policy,
        open_store=opener,
        progress=common.progress(args),
        accept_shrink=args.accept_shrink,
    )
    common.emit(args, reconciliation.shape(run, args.words), reconciliation.rows(run, args.words))
    for sentence in reconciliation.warnings(run, args.words):
        common.say(args, sentence)
    fatal = (said.to(args.words.lang) for said in run.fatal)
    for sentence in (*fatal, *filter(None, [reconciliation.changes(run, args.words)])):
        common.say(args, sentence, always=bool(run.fatal))
    return _accept(args) if run.published else 1


def _accept(args: argparse.Namespace) -> int:
    """Record what is accepted to lack, then tell everything that lacks."""
    with common.workspace(args) as opened:
        return common.complete(args, opened.accept(args.accept_refused, args.accept_shrink))


def _explain(args: argparse.Namespace) -> int:
    from ingest.drafting import preview
    from ingest.language import mapping

    told = preview.explain(args.explain, mapping.load(args.mappings))
    common.emit(args, told, preview.rows(told, args.words))
    return 0


def _ingest_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    found.add_argument("--mappings", action="append", default=[], type=Path, metavar="DIR")
    found.add_argument("--explain", type=Path, metavar="FILE")
    found.add_argument("--accept-shrink", action="append", default=[], metavar="FILE",
                       help="take this full file although it looks cut off or lacks much of what is held")  # fmt: skip
    found.add_argument("--from-store", action="store_true", help="read no export; score the store's links again")
    found.add_argument("--accept-refused", action="extend", nargs="+", default=[], metavar="NAME",
                       help="go on without this file, or days of a log (SYSTEM:DAY, SYSTEM:FIRST..LAST)")  # fmt: skip


def status(args: argparse.Namespace) -> int:
    """Say what is loaded and what is missing; with --compare, set two stores side by side."""
    from report import console

    if args.compare:
        from graph.store.compare import compare

        with closing(common.opener(args)()) as here, closing(common.opener(args, args.compare)()) as there:
            rows = [asdict(difference) for difference in compare(here, there)]
        common.emit(args, {"equal": not rows, "differences": rows}, rows or [{"equal": True}])
        return 1 if rows else 0
    with common.workspace(args) as opened:
        found = opened.status()
        common.emit(args, found, console.status_rows(found, args.words))
    return 0


def _status_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--compare", metavar="URI", help="the other store")


COMMANDS = (
    ingest,
    status,
)
OPTIONS = {
    "ingest": _ingest_options,
    "status": _status_options,
}
