"""The command line: one short function a command, heavy imports deferred so that --help is quick."""

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any, cast

import arguments
import commandline
from deciding import decide, decisions, identity, note
from graph.errors import ConfigError, UsageError
from singles import genealogy, mapping, normalise, zokugara


def generate(args: argparse.Namespace) -> int:
    """Write a synthetic municipality: raw exports and the answer key."""
    from ingest import synthetic
    from report import usage

    if args.out is None:
        raise ConfigError("--out is missing: say where to write", "--out がありません。書き出す先を指定してください")
    synthetic.make(args.size, args.seed, args.out, args.set, commandline.progress(args))
    told = usage.say("wrote %s: exports and truth (all persons in it are synthetic)")
    commandline.say(args, told % args.out)
    return 0


def ingest(args: argparse.Namespace) -> int:
    """Read exports, build and publish one generation, print the reconciliation."""
    from ingest import mapping, pipeline
    from report import reconciliation

    if args.explain:
        return _explain(args)
    if args.accept_refused and not args.folders:
        return _accept(args)
    policy, opener = commandline.policy(args), commandline.opener(args)
    if args.from_store:
        run_id = pipeline.rescore(args.workspace, policy=policy, open_store=opener, progress=commandline.progress(args))
        commandline.emit(args, {"run_id": run_id, "published": True}, [{"run_id": run_id}])
        return _accept(args)
    mappings = mapping.load(args.mappings)
    run = pipeline.ingest(
        args.workspace,
        args.folders,
        mappings=mappings,
        policy=policy,
        open_store=opener,
        progress=commandline.progress(args),
        accept_shrink=args.accept_shrink,
    )
    commandline.emit(args, reconciliation.shape(run, args.lang), reconciliation.rows(run, args.lang))
    for sentence in reconciliation.warnings(run, args.lang):
        commandline.say(args, sentence)
    fatal = (said.to(args.lang) for said in run.fatal)
    for sentence in (*fatal, *filter(None, [reconciliation.changes(run, args.lang)])):
        commandline.say(args, sentence, always=bool(run.fatal))
    return _accept(args) if run.published else 1


def _accept(args: argparse.Namespace) -> int:
    """Record what is accepted to lack, then tell everything that lacks."""
    with commandline.workspace(args) as opened:
        return commandline.complete(args, opened.accept(args.accept_refused, args.accept_shrink))


def _explain(args: argparse.Namespace) -> int:
    from ingest import explain, mapping

    told = explain.explain(args.explain, mapping.load(args.mappings))
    commandline.emit(args, asdict(told), explain.rows(told, args.lang))
    return 0


def demo(args: argparse.Namespace) -> int:
    """Generate the demo municipality, ingest it, print its conflicts and how to open the explorer."""
    from ingest import demo
    from report import console

    demo.make(args.workspace, commandline.policy(args), commandline.opener(args), commandline.progress(args))
    with commandline.workspace(args) as opened:
        commandline.write(args, console.demo(opened.report(), args.lang, args.workspace))
    return 0


def status(args: argparse.Namespace) -> int:
    """Say what is loaded and what is missing; with --compare, set two stores side by side."""
    from graph.views import plain
    from report import console

    if args.compare:
        from graph.store.compare import compare

        with closing(commandline.opener(args)()) as here, closing(commandline.opener(args, args.compare)()) as there:
            rows = [asdict(difference) for difference in compare(here, there)]
        commandline.emit(args, {"equal": not rows, "differences": rows}, rows or [{"equal": True}])
        return 1 if rows else 0
    with commandline.workspace(args) as opened:
        found = plain(opened.status(), args.lang)
        commandline.emit(args, found, console.status_rows(found, args.lang))
    return 0


def report(args: argparse.Namespace) -> int:
    """Print the conflict report."""
    from report import since

    if args.kind == "unattended":
        return _unattended(args)
    earlier = since.read(args.since_report) if args.since_report else None
    with commandline.workspace(args) as opened:
        found = opened.report(**arguments.asked(args))
        told = None if earlier is None else since.compare(found, earlier)
        _write_report(args, opened, found, told)
        gaps = opened.gaps()
        incomplete = commandline.complete(args, gaps)
    accepted = {gap.name for gap in gaps if gap.accepted}
    if incomplete or (told and told.coverage and set(told.coverage.new) - accepted):
        return 4
    more = told.more if told else bool(found.conflicts or found.to_confirm or found.borrowed)
    return 3 if args.fail_on_new and more else 0


def _write_report(args: argparse.Namespace, opened: Any, found: Any, told: Any) -> None:
    """Write a report; what has no row of its own in CSV is said beside it."""
    from report import decided, render, since_words

    if args.format == "xlsx":
        from report import xlsx  # its library is loaded for a workbook only

        commandline.write(args, xlsx.workbook(found, args.lang, since=told))
        return
    if args.format == "csv":
        for sentence in (*(since_words.since_words(told, args.lang) if told else ()), *decided.notes(found, args.lang)):
            commandline.say(args, sentence)
    text = render.render(
        found, args.format, args.lang, picture=opened.picture, clears=opened.clears, excel=args.excel, since=told
    )
    commandline.write(args, text)


def _unattended(args: argparse.Namespace) -> int:
    if args.format not in arguments.PLAIN:
        raise ConfigError(
            f"--kind unattended is written as {', '.join(arguments.PLAIN)}",
            f"--kind unattended の形式は {'、'.join(arguments.PLAIN)} です",
        )
    with commandline.workspace(args) as opened:
        commandline.emit(args, found := opened.unattended(args.section), found["sessions"])
        return commandline.complete(args, opened.gaps())


def relation(args: argparse.Namespace) -> int:
    """Print every tie of two people."""
    from report import console

    with commandline.workspace(args) as opened:
        found = opened.relation(args.a, args.b, args.as_of)
    commandline.emit(args, found, console.relation_rows(found, args.lang))
    return 0


def relatives(args: argparse.Namespace) -> int:
    """Print one person's kin."""
    from report import console

    with commandline.workspace(args) as opened:
        found = opened.relatives(args.a, args.max_degree, args.as_of)
    commandline.emit(args, found, console.relative_rows(found, args.lang))
    return 0


def history(args: argparse.Namespace) -> int:
    """Print who looked a person up; with --disclosure the version for the person who asks for it."""
    from report import console, disclosure

    if args.format == "html" and not args.disclosure:
        raise ConfigError(
            "html is for history --disclosure: the version that the person who asks may have",
            "html は history --disclosure（本人に開示する版）だけの形式です",
        )
    with commandline.workspace(args) as opened:
        found = opened.history(args.person, disclosure=args.disclosure)
    if args.disclosure and args.format in disclosure.WRITTEN:
        commandline.write(args, disclosure.written(found, args.format, args.lang))
    else:
        commandline.emit(args, found, console.history_rows(found, args.lang))
    return 0


def accounts(args: argparse.Namespace) -> int:
    """List every account of a member of staff in every system, with its validity: what to revoke."""
    with commandline.workspace(args) as opened:
        commandline.emit(args, found := opened.accounts(args.staff), found["accounts"])
    return 0


def observed(args: argparse.Namespace) -> int:
    """Set a member of staff's lookups of their own kin beside what chance would give for their workload."""
    from report import console

    with commandline.workspace(args) as opened:
        commandline.emit(args, found := opened.observed(args.staff), console.observed_rows(found, args.lang))
    return 0


def leak(args: argparse.Namespace) -> int:
    """List who is kin of both sides of a conflict: through whom what was seen may have gone on."""
    from report import console

    with commandline.workspace(args) as opened:
        commandline.emit(args, found := opened.leak(args.conflict), console.leak_rows(found, args.lang))
    return 0


def neo4j(args: argparse.Namespace) -> int:
    """Start or stop a Neo4j server of this workspace's own, load a large graph into it, or say whether it runs."""
    from graph.store import own_server

    found = own_server.run(args.what, args.workspace, commandline.opener(args), commandline.progress(args))
    commandline.emit(args, found, [found])
    return 0


def audit(args: argparse.Namespace) -> int:
    """Check the tamper evidence of the ledger."""
    from graph.ledger import verify

    found = verify(args.workspace / "ledger.sqlite")
    commandline.emit(args, found, [found])
    return 0 if found["intact"] else 1


def evaluate(args: argparse.Namespace) -> int:
    """Hold the published run against the answer key of a synthetic municipality."""
    import evaluation
    from report import console

    with commandline.workspace(args) as opened:
        commandline.emit(args, found := evaluation.evaluate(args.folder, opened), console.evaluation_rows(found))
    return 0


COMMANDS = (
    demo, generate, ingest, status, report, relation, relatives, history, accounts, observed, leak, decide, decisions,
    note, identity, genealogy, zokugara, normalise, evaluate, mapping, neo4j, audit,
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; whatever goes wrong is one sentence and exit status 1, with --debug a traceback."""
    for stream in (sys.stdout, sys.stderr):
        cast(io.TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    args = arguments.read(COMMANDS, argv)
    try:
        return int(args.run(args))
    except (Exception, KeyboardInterrupt) as error:
        if args.debug:
            raise
        commandline.say(args, f"enkan {args.command}: {commandline.sentence(error, args.lang)}", always=True)
        return 2 if isinstance(error, UsageError) else 1


if __name__ == "__main__":
    sys.exit(main())
