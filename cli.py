"""The command line: one short function a command, heavy imports deferred so that --help is quick."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph.errors import ConfigError, EnkanError

POLICY = Path(__file__).parent / "policy.toml"
DEMO = {"size": "village", "seed": 1}


def generate(args: argparse.Namespace) -> int:
    """Write a synthetic municipality: raw exports and the answer key."""
    from ingest import synthetic

    if args.out is None:
        raise ConfigError("--out is missing: say where to write")
    synthetic.make(args.size, args.seed, args.out, args.set, _progress(args))
    _say(args, f"wrote {args.out}/exports and {args.out}/truth (all persons in it are synthetic)")
    return 0


def ingest(args: argparse.Namespace) -> int:
    """Read exports, build and publish one generation, print the reconciliation."""
    from ingest import mapping, pipeline
    from report import reconciliation

    if args.explain:
        return _explain(args)
    policy, opener = _policy(), _opener(args)
    if args.from_store:
        run_id = pipeline.rescore(args.workspace, policy=policy, open_store=opener, progress=_progress(args))
        _emit(args, {"run_id": run_id, "published": True}, [{"run_id": run_id}])
        return 0
    mappings = mapping.load(args.mappings)
    run = pipeline.ingest(
        args.workspace, args.folders, mappings=mappings, policy=policy, open_store=opener, progress=_progress(args)
    )
    _emit(args, reconciliation.shape(run), reconciliation.rows(run, args.lang))
    for sentence in run.fatal:
        _say(args, sentence, always=True)
    return 0 if run.published else 1


def _explain(args: argparse.Namespace) -> int:
    from ingest import explain, mapping

    told = explain.explain(args.explain, mapping.load(args.mappings))
    _emit(args, asdict(told), explain.rows(told))
    return 0


def demo(args: argparse.Namespace) -> int:
    """Generate the demo municipality, ingest it, print its conflicts and how to open the explorer."""
    from ingest import mapping, pipeline, synthetic
    from report import console

    exports = args.workspace / "demo"
    progress = _progress(args)
    synthetic.make(DEMO["size"], DEMO["seed"], exports, [], progress)
    run = pipeline.ingest(
        args.workspace,
        [exports / "exports"],
        mappings=mapping.load([]),
        policy=_policy(),
        open_store=_opener(args),
        progress=progress,
    )
    if not run.published:
        raise EnkanError("; ".join(run.fatal))
    with _workspace(args) as opened:
        _write(args, console.demo(opened.report(), args.lang, args.workspace))
    return 0


def status(args: argparse.Namespace) -> int:
    """Say what is loaded and what is missing; with --compare, set two stores side by side."""
    from report import console

    if args.compare:
        from graph.store.compare import compare

        with closing(_opener(args)()) as here, closing(_opener(args, args.compare)()) as there:
            rows = [asdict(difference) for difference in compare(here, there)]
        _emit(args, {"equal": not rows, "differences": rows}, rows or [{"equal": True}])
        return 1 if rows else 0
    with _workspace(args) as opened:
        found = opened.status()
    _emit(args, found, console.status_rows(found, args.lang))
    return 0


def report(args: argparse.Namespace) -> int:
    """Print the conflict report."""
    from report import render

    before = _earlier(args.since_report)
    with _workspace(args) as opened:
        found = opened.report(preset=args.preset, since=args.since, until=args.until, as_of=args.as_of)
        drawn = {"picture": opened.picture, "clears": opened.clears}
        _write(args, render.render(found, args.format, args.lang, **drawn, excel=args.excel))
    new = {case.conflict_id for case in (*found.conflicts, *found.to_confirm)} - before
    return 3 if args.fail_on_new and new else 0


def relation(args: argparse.Namespace) -> int:
    """Print every tie of two people."""
    from report import console

    with _workspace(args) as opened:
        found = opened.relation(args.a, args.b, args.as_of)
    _emit(args, found, console.tie_rows(found["ties"], args.lang))
    return 0


def relatives(args: argparse.Namespace) -> int:
    """Print one person's kin."""
    from report import console

    with _workspace(args) as opened:
        found = opened.relatives(args.a, args.max_degree, args.as_of)
    _emit(args, found, console.relative_rows(found["relatives"], args.lang))
    return 0


def identity(args: argparse.Namespace) -> int:
    """List the staff whose resident record is not certain, with the candidates."""
    from report import console

    with _workspace(args) as opened:
        found = opened.identity(everyone=args.all)
    _emit(args, found, console.identity_rows(found))
    return 0


def zokugara(args: argparse.Namespace) -> int:
    """Say what register terms (続柄) mean."""
    from ingest.zokugara_terms import describe

    found = [describe(text) for text in args.text]
    _emit(args, found, [row | {"steps": "の".join(row["steps"])} for row in found])
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Hold the published run against the answer key of a synthetic municipality."""
    import evaluation

    with _workspace(args) as opened:
        found = evaluation.evaluate(args.folder, opened)
    _emit(args, found, evaluation.rows(found))
    return 0


def parser() -> argparse.ArgumentParser:
    """Build the parser of every command."""
    top = argparse.ArgumentParser(prog="enkan", description="縁鑑: who looked up a relative, and does work explain it")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], int], formats: Sequence[str] = ("table", "json", "csv")) -> Any:
        found = commands.add_parser(run.__name__, help=run.__doc__, description=run.__doc__, parents=[_common(formats)])
        found.set_defaults(run=run)
        return found

    command(demo)
    _generate_options(command(generate))
    _ingest_options(command(ingest))
    command(status).add_argument("--compare", metavar="URI", help="the other store")
    _report_options(command(report, ("table", "json", "csv", "html")))
    pair, kin = command(relation), command(relatives)
    for found in (pair, kin):
        found.add_argument("a", metavar="A", help="a person's id, or staff:ID")
        found.add_argument("--as-of", type=_day, metavar="D")
    pair.add_argument("b", metavar="B")
    kin.add_argument("--max-degree", type=int, default=6, metavar="N")
    command(identity).add_argument("--all", action="store_true", help="the certain ones too")
    command(zokugara).add_argument("text", nargs="+", metavar="TEXT")
    command(evaluate).add_argument("folder", type=Path, metavar="DIR")
    return top


def _common(formats: Sequence[str]) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    workspace = Path(os.environ.get("ENKAN_WORKSPACE", "var"))
    common.add_argument("--workspace", type=Path, default=workspace, metavar="DIR", help="default: %(default)s")
    common.add_argument("--store", default="duckdb:", metavar="URI", help="duckdb: or neo4j://… or bolt://…")
    common.add_argument("--format", choices=formats, default="table")
    common.add_argument("--out", type=Path, metavar="FILE", help="written whole or not at all")
    common.add_argument("--lang", choices=("ja", "en"), default="ja")
    common.add_argument("--excel", action="store_true", help="CSV with BOM and CRLF")
    common.add_argument("--quiet", action="store_true")
    common.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return common


def _generate_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--size", default="village", metavar="village|ward|city|N")
    found.add_argument("--seed", type=int, default=1, metavar="N")
    found.add_argument("--set", action="append", default=[], metavar="RATE=VALUE", help="docs/synthetic.md names them")


def _ingest_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    found.add_argument("--mappings", action="append", default=[], type=Path, metavar="DIR")
    found.add_argument("--explain", type=Path, metavar="FILE")
    found.add_argument("--from-store", action="store_true", help="read no export; score the store's links again")


def _report_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--preset", choices=("core", "4", "725"))
    for name in ("--since", "--until", "--as-of"):
        found.add_argument(name, type=_day, metavar="D")
    found.add_argument("--since-report", type=Path, metavar="FILE")
    found.add_argument("--fail-on-new", action="store_true")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _policy() -> Any:
    from graph.conflicts.rules import read_policy

    return read_policy(POLICY)


def _opener(args: argparse.Namespace, uri: str | None = None) -> Callable[[], Any]:
    from graph.store.opening import open_store

    user, password = os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    return lambda: open_store(uri or args.store, args.workspace, user=user, password=password)


def _workspace(args: argparse.Namespace) -> Any:
    from graph.workspace import Workspace

    return Workspace(args.workspace, _opener(args)(), _policy(), user="local", clock=_now)


def _now() -> datetime:
    return datetime.now().astimezone()


def _earlier(path: Path | None) -> set[str]:
    """Read the conflict ids of an earlier report; without one everything is new."""
    if path is None:
        return set()
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        return {case["conflict_id"] for part in ("conflicts", "to_confirm") for case in earlier[part]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} is no report written with --format json ({error!r})") from error


def _emit(args: argparse.Namespace, data: Any, rows: list[dict[str, Any]]) -> None:
    from report import output

    _write(args, output.render(data, rows, args.format, excel=args.excel))


def _write(args: argparse.Namespace, text: str) -> None:
    from report import output

    output.write(text, args.out)


def _say(args: argparse.Namespace, sentence: str, always: bool = False) -> None:
    if always or not args.quiet:
        print(sentence, file=sys.stderr)


def _progress(args: argparse.Namespace) -> Callable[[float, str], None]:
    """Draw a bar on a terminal, nothing elsewhere."""
    if args.quiet or not sys.stderr.isatty():
        return lambda done, text: None

    def draw(done: float, text: str) -> None:
        bar = "█" * int(done * 30)
        print(f"\r{bar:<30} {done:4.0%} {text[:40]:<40}", end="" if done < 1 else "\n", file=sys.stderr, flush=True)

    return draw


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; an error of this program's tree is one sentence and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except EnkanError as error:
        if args.debug:
            raise
        print(f"enkan {args.command}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
