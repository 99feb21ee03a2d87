"""What is asked about people: ties, kin, lookups, accounts."""

import argparse

from commands import common
from commands.arguments import day, degree
from graph.errors import ConfigError


def relation(args: argparse.Namespace) -> int:
    """Print every tie of two people."""
    from report import console

    with common.workspace(args) as opened:
        found = opened.relation(args.a, args.b, args.as_of)
    common.emit(args, found, console.relation_rows(found, args.words))
    return 0


def _relation_options(found: argparse.ArgumentParser) -> None:
    _person_options(found)
    found.add_argument("b", metavar="B")


def relatives(args: argparse.Namespace) -> int:
    """Print one person's kin."""
    from report import console

    with common.workspace(args) as opened:
        found = opened.relatives(args.a, args.max_degree, args.as_of)
    common.emit(args, found, console.relative_rows(found, args.words))
    return 0


def _relatives_options(found: argparse.ArgumentParser) -> None:
    _person_options(found)
    found.add_argument("--max-degree", type=degree, default=6, metavar="N")


def _person_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("a", metavar="A", help="a person's id, or staff:ID")
    found.add_argument("--as-of", type=day, metavar="D")


def history(args: argparse.Namespace) -> int:
    """Print who looked a person up; with --disclosure the version for the person who asks for it."""
    from report import console, disclosure

    if args.format == "html" and not args.disclosure:
        raise ConfigError(
            "html is for history --disclosure: the version that the person who asks may have",
            "html は history --disclosure（本人に開示する版）だけの形式です",
        )
    with common.workspace(args) as opened:
        found = opened.history(args.person, disclosure=args.disclosure)
    if args.disclosure and args.format in disclosure.WRITTEN:
        common.write(args, disclosure.written(found, args.format, args.words))
    else:
        common.emit(args, found, console.history_rows(found, args.words))
    return 0


def _history_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("person", metavar="PERSON", help="a person's id, or staff:ID")
    found.add_argument("--disclosure", action="store_true", help="as the person may see it")


def accounts(args: argparse.Namespace) -> int:
    """List every account of a member of staff in every system, with its validity: what to revoke."""
    with common.workspace(args) as opened:
        common.emit(args, found := opened.accounts(args.staff), found["accounts"])
    return 0


def observed(args: argparse.Namespace) -> int:
    """Set a member of staff's lookups of their own kin beside what chance would give for their workload."""
    from report import console

    with common.workspace(args) as opened:
        common.emit(args, found := opened.observed(args.staff), console.observed_rows(found, args.words))
    return 0


def _accounts_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("staff", metavar="STAFF", help="職員番号")


COMMANDS = (
    relation,
    relatives,
    history,
    accounts,
    observed,
)
OPTIONS = {
    "relation": _relation_options,
    "relatives": _relatives_options,
    "history": _history_options,
    "accounts": _accounts_options,
    "observed": _accounts_options,
}
