"""The synthetic municipality: made, loaded as a demo, and held against its answer key."""

import argparse
from contextlib import closing
from pathlib import Path

from commands import common
from graph.errors import ConfigError


def demo(args: argparse.Namespace) -> int:
    """Generate the demo municipality, ingest it, print its conflicts and how to open the explorer."""
    from commands import demo
    from report import console

    demo.make(args.workspace, common.policy(args), common.opener(args), common.progress(args))
    with common.workspace(args) as opened:
        common.write(args, console.demo(opened.report(), args.words, args.workspace))
    return 0


def generate(args: argparse.Namespace) -> int:
    """Write a synthetic municipality: raw exports and the answer key."""
    import synthetic
    from commands import usage

    if args.out is None:
        raise ConfigError("--out is missing: say where to write", "--out がありません。書き出す先を指定してください")
    synthetic.make(args.size, args.seed, args.out, args.set, common.progress(args))
    told = usage.say("wrote %s: exports and truth (all persons in it are synthetic)")
    common.say(args, told % args.out)
    return 0


def _generate_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--size", default="village", metavar="village|ward|city|N")
    found.add_argument("--seed", type=int, default=1, metavar="N")
    found.add_argument("--set", action="append", default=[], metavar="RATE=VALUE", help="docs/synthetic.md names them")


def evaluate(args: argparse.Namespace) -> int:
    """Hold the published run against the answer key of a synthetic municipality."""
    import evaluation
    from report import console

    with common.workspace(args) as opened, closing(common.opener(args)()) as store:
        found = evaluation.evaluate(args.folder, opened, store)
        common.emit(args, found, console.evaluation_rows(found))
    return 0


def _evaluate_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("folder", type=Path, metavar="DIR")


COMMANDS = (
    demo,
    generate,
    evaluate,
)
OPTIONS = {
    "generate": _generate_options,
    "evaluate": _evaluate_options,
}
