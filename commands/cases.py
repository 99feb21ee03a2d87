"""What people decide and write down: on a conflict, on who a member of staff is, in a note."""

import argparse
from dataclasses import asdict

from commands import common
from commands.arguments import day
from graph.errors import ConfigError
from graph.records.decisions import STATES


def leak(args: argparse.Namespace) -> int:
    """List who is kin of both sides of a conflict: through whom what was seen may have gone on."""
    from report import console

    with common.workspace(args) as opened:
        common.emit(args, found := opened.leak(args.conflict), console.leak_rows(found, args.words))
    return 0


def _case_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("conflict", metavar="CONFLICT", help="a conflict's id, as the report tells it")


def decide(args: argparse.Namespace) -> int:
    """Decide on a conflict; whatever is not there yet puts it back when it comes."""
    from graph.records.results import plain
    from report.wording import decided

    until = args.until.isoformat() if args.until else None
    with common.workspace(args) as opened:
        made = opened.decide(args.conflict, args.state, args.reason, until, args.expect)
    common.emit(args, plain(made), decided.rows([made], args.words))
    return 0


def decisions(args: argparse.Namespace) -> int:
    """List every decision on a conflict, the oldest first."""
    from graph.records.results import plain
    from report.wording import decided

    with common.workspace(args) as opened:
        found = opened.decisions(args.conflict)
    common.emit(args, plain(found), decided.rows(found, args.words))
    return 0


def _decide_options(found: argparse.ArgumentParser) -> None:
    _case_options(found)
    found.add_argument("state", choices=STATES, metavar="STATE", help=", ".join(STATES))
    found.add_argument("--reason", required=True, metavar="TEXT", help="why")
    found.add_argument("--until", type=day, metavar="D", help="the last day on which the decision holds")
    found.add_argument("--expect", type=int, metavar="N", help="refuse if more than N decisions were made before")


def note(args: argparse.Namespace) -> int:
    """List the notes on a conflict, or add one."""
    with common.workspace(args) as opened:
        if args.text:
            opened.note(args.conflict, args.text)
        found = [asdict(each) for each in opened.notes(args.conflict)]
    common.emit(args, found, found)
    return 0


def _note_options(found: argparse.ArgumentParser) -> None:
    _case_options(found)
    found.add_argument("text", nargs="?", metavar="TEXT", help="what to write down; without it the notes are listed")


def identity(args: argparse.Namespace) -> int:
    """List the staff whose resident record is not certain, with the candidates; or decide who one of them is."""
    from report import console

    with common.workspace(args) as opened:
        if args.decide:
            decision = opened.settle(args.decide, _choice(args), args.person, args.reason)
            state = args.words.say(f"decision.state.{decision.state}")
            common.say(args, f"{decision.staff}: {state} {decision.person or ''}".strip())
        found = opened.identity(everyone=args.all)
    common.emit(args, found, console.identity_rows(found, args.words))
    return 0


def _choice(args: argparse.Namespace) -> str:
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


def _identity_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--all", action="store_true", help="the certain ones too")
    found.add_argument("--decide", metavar="STAFF", help="say who a member of staff is; with one of the next three")
    choice = found.add_mutually_exclusive_group()
    choice.add_argument("--person", metavar="ID", help="this resident")
    choice.add_argument("--nobody", action="store_true", help="no resident")
    choice.add_argument("--later", action="store_true", help="not decided yet")
    found.add_argument("--reason", "--note", default="", metavar="TEXT", help="why; needed against a certain link")


COMMANDS = (
    leak,
    decide,
    decisions,
    note,
    identity,
)
OPTIONS = {
    "leak": _case_options,
    "decide": _decide_options,
    "decisions": _case_options,
    "note": _note_options,
    "identity": _identity_options,
}
