"""What the command line takes: every command with its options and formats (interface: Commands)."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from graph.decisions import STATES
from graph.errors import ConfigError
from report import usage

Run = Callable[[argparse.Namespace], int]
PLAIN = ("table", "json", "csv")
UNJUDGED = {"generate", "genealogy", "zokugara", "normalise", "mapping", "neo4j", "audit"}  # these need no policy
FORMATS = {"report": (*PLAIN, "html", "xlsx"), "history": (*PLAIN, "html"), "genealogy": ("csv",)}


def read(commands: Sequence[Run], argv: Sequence[str] | None) -> argparse.Namespace:
    """Read a command line; helps and errors are in the language that it asks for."""
    language = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    language.add_argument("--lang", default="ja")
    said = usage.speak(language.parse_known_args(argv)[0].lang)
    whole = parser(commands)
    usage.translate(whole, said)
    return whole.parse_args(argv)


def parser(commands: Sequence[Run]) -> argparse.ArgumentParser:
    """Build the parser; a command bears the name and the first line of the function that runs it."""
    top = argparse.ArgumentParser(prog="enkan", description="縁鑑: who looked up a relative, and does work explain it")
    choices = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for run in commands:
        name = run.__name__
        common = _common(FORMATS.get(name, PLAIN))
        found = choices.add_parser(name, help=run.__doc__, description=run.__doc__, parents=[common])
        found.set_defaults(run=run)
        if name not in UNJUDGED:
            found.add_argument("--policy", type=Path, metavar="FILE", help="else the workspace's own, else the default")
        if name in OPTIONS:
            OPTIONS[name](found)
    return top


def _common(formats: Sequence[str]) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    workspace = Path(os.environ.get("ENKAN_WORKSPACE", "var"))
    common.add_argument("--workspace", type=Path, default=workspace, metavar="DIR", help="default: %(default)s")
    common.add_argument("--store", default="duckdb:", metavar="URI", help="duckdb: or neo4j://… or bolt://…")
    common.add_argument("--format", choices=formats, default=formats[0])
    common.add_argument("--out", type=Path, metavar="FILE", help="written whole or not at all")
    common.add_argument("--lang", choices=("ja", "en"), default="ja")
    common.add_argument("--excel", action="store_true", help="CSV with BOM and CRLF")
    common.add_argument("--quiet", action="store_true")
    common.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return common


def _generate(found: argparse.ArgumentParser) -> None:
    found.add_argument("--size", default="village", metavar="village|ward|city|N")
    found.add_argument("--seed", type=int, default=1, metavar="N")
    found.add_argument("--set", action="append", default=[], metavar="RATE=VALUE", help="docs/synthetic.md names them")


def _ingest(found: argparse.ArgumentParser) -> None:
    found.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    found.add_argument("--mappings", action="append", default=[], type=Path, metavar="DIR")
    found.add_argument("--explain", type=Path, metavar="FILE")
    found.add_argument("--accept-shrink", action="append", default=[], metavar="FILE",
                       help="take this full file although it looks cut off or lacks much of what is held")  # fmt: skip
    found.add_argument("--from-store", action="store_true", help="read no export; score the store's links again")
    found.add_argument("--accept-refused", action="extend", nargs="+", default=[], metavar="NAME",
                       help="go on without this file, or days of a log (SYSTEM:DAY, SYSTEM:FIRST..LAST)")  # fmt: skip


def _status(found: argparse.ArgumentParser) -> None:
    found.add_argument("--compare", metavar="URI", help="the other store")


def _report(found: argparse.ArgumentParser) -> None:
    found.add_argument("--preset", choices=("core", "4", "725"))
    for name in ("--since", "--until", "--as-of"):
        found.add_argument(name, type=_day, metavar="D")
    found.add_argument("--since-report", type=Path, metavar="FILE")
    found.add_argument("--fail-on-new", action="store_true")
    found.add_argument("--kind", choices=("conflicts", "unattended"), default="conflicts",
                       help="unattended: sessions in which two people were at one logged-in terminal")  # fmt: skip
    found.add_argument("--section", metavar="NAME", help="only what this section, or a sub-unit, took part in")


def _person(found: argparse.ArgumentParser) -> None:
    found.add_argument("a", metavar="A", help="a person's id, or staff:ID")
    found.add_argument("--as-of", type=_day, metavar="D")


def _relation(found: argparse.ArgumentParser) -> None:
    _person(found)
    found.add_argument("b", metavar="B")


def _relatives(found: argparse.ArgumentParser) -> None:
    _person(found)
    found.add_argument("--max-degree", type=_degree, default=6, metavar="N")


def _history(found: argparse.ArgumentParser) -> None:
    found.add_argument("person", metavar="PERSON", help="a person's id, or staff:ID")
    found.add_argument("--disclosure", action="store_true", help="as the person may see it")


def _accounts(found: argparse.ArgumentParser) -> None:
    found.add_argument("staff", metavar="STAFF", help="職員番号")


def _leak(found: argparse.ArgumentParser) -> None:
    found.add_argument("conflict", metavar="CONFLICT", help="a conflict's id, as the report tells it")


def _decide(found: argparse.ArgumentParser) -> None:
    _leak(found)
    found.add_argument("state", choices=STATES, metavar="STATE", help=", ".join(STATES))
    found.add_argument("--reason", required=True, metavar="TEXT", help="why")
    found.add_argument("--until", type=_day, metavar="D", help="the last day on which the decision holds")
    found.add_argument("--expect", type=int, metavar="N", help="refuse if more than N decisions were made before")


def _note(found: argparse.ArgumentParser) -> None:
    _leak(found)
    found.add_argument("text", nargs="?", metavar="TEXT", help="what to write down; without it the notes are listed")


def _mapping(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("new",), metavar="new")
    found.add_argument("file", type=Path, metavar="FILE")
    found.add_argument("--mappings", action="append", default=[], type=Path, metavar="DIR")


def _neo4j(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("start", "stop", "load", "status"))


def _audit(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("verify",), metavar="verify")


def _identity(found: argparse.ArgumentParser) -> None:
    found.add_argument("--all", action="store_true", help="the certain ones too")
    found.add_argument("--decide", metavar="STAFF", help="say who a member of staff is; with one of the next three")
    choice = found.add_mutually_exclusive_group()
    choice.add_argument("--person", metavar="ID", help="this resident")
    choice.add_argument("--nobody", action="store_true", help="no resident")
    choice.add_argument("--later", action="store_true", help="not decided yet")
    found.add_argument("--reason", "--note", default="", metavar="TEXT", help="why; needed against a certain link")


def _genealogy(found: argparse.ArgumentParser) -> None:
    found.add_argument("file", type=Path, metavar="FILE.ged")
    found.add_argument("--max-blood", type=_degree, default=6, metavar="N", help="furthest degree (親等)")
    found.add_argument("--max-affinity", type=_degree, default=3, metavar="N", help="furthest degree (親等)")


def _zokugara(found: argparse.ArgumentParser) -> None:
    found.add_argument("text", nargs="+", metavar="TEXT")


def _normalise(found: argparse.ArgumentParser) -> None:
    found.add_argument("kind", choices=("name", "kana", "date", "address"))
    found.add_argument("text", nargs="+", metavar="TEXT")
    found.add_argument("--towns", type=Path, metavar="FILE", help="for addresses: one town name a line")


def _evaluate(found: argparse.ArgumentParser) -> None:
    found.add_argument("folder", type=Path, metavar="DIR")


def asked(args: argparse.Namespace) -> dict[str, object]:
    """Give the filters of a report."""
    return {name: getattr(args, name) for name in ("preset", "section", "since", "until", "as_of")}


def choice(args: argparse.Namespace) -> str:
    """Say what was decided on a member of staff. Raises ConfigError where that is left open."""
    if args.later:
        return "later"
    if args.nobody:
        return "nobody"
    if args.person is None:
        raise ConfigError(
            f"--decide {args.decide}: say --person ID, --nobody or --later",
            f"--decide {args.decide}: --person 番号、--nobody、--later のどれかを指定してください",
        )
    return "linked"


def _degree(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(usage.say("%r is no degree (0 or more)") % text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(usage.say("%r is no day (YYYY-MM-DD)") % text) from None


OPTIONS: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
    "generate": _generate,
    "ingest": _ingest,
    "status": _status,
    "report": _report,
    "relation": _relation,
    "relatives": _relatives,
    "history": _history,
    "accounts": _accounts,
    "observed": _accounts,
    "leak": _leak,
    "decide": _decide,
    "decisions": _leak,
    "note": _note,
    "mapping": _mapping,
    "neo4j": _neo4j,
    "audit": _audit,
    "identity": _identity,
    "genealogy": _genealogy,
    "zokugara": _zokugara,
    "normalise": _normalise,
    "evaluate": _evaluate,
}
