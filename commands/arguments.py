"""What the command line takes: the options that commands share, and the parser made of all families."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from commands import usage
from words import Words

Options = Mapping[str, Callable[[argparse.ArgumentParser], None]]
Run = Callable[[argparse.Namespace], int]
PLAIN = ("table", "json", "csv")
UNJUDGED = {"generate", "genealogy", "zokugara", "normalise", "mapping", "neo4j", "audit"}  # these need no policy
FORMATS = {"report": (*PLAIN, "html", "xlsx"), "history": (*PLAIN, "html"), "genealogy": ("csv",)}


def read(commands: Sequence[Run], options: Options, argv: Sequence[str] | None) -> argparse.Namespace:
    """Read a command line; helps and errors are in the language that it asks for."""
    language = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    language.add_argument("--lang", default="ja")
    said = usage.speak(language.parse_known_args(argv)[0].lang)
    whole = parser(commands, options)
    usage.translate(whole, said)
    found = whole.parse_args(argv)
    found.words = Words(found.lang)
    return found


def parser(commands: Sequence[Run], options: Options) -> argparse.ArgumentParser:
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
        if name in options:
            options[name](found)
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


def degree(text: str) -> int:
    """Read a degree of kinship (親等)."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(usage.say("%r is no degree (0 or more)") % text)
    return int(text)


def day(text: str) -> date:
    """Read a day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(usage.say("%r is no day (YYYY-MM-DD)") % text) from None
