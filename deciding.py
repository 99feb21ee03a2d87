"""The commands by which people decide and write down: on a conflict, on who a member of staff is, in a note."""

import argparse
from dataclasses import asdict

import arguments
import commandline


def decide(args: argparse.Namespace) -> int:
    """Decide on a conflict; whatever is not there yet puts it back when it comes."""
    from graph.views import plain
    from report import decided

    until = args.until.isoformat() if args.until else None
    with commandline.workspace(args) as opened:
        made = opened.decide(args.conflict, args.state, args.reason, until, args.expect)
    commandline.emit(args, plain(made), decided.rows([made], args.lang))
    return 0


def decisions(args: argparse.Namespace) -> int:
    """List every decision on a conflict, the oldest first."""
    from graph.views import plain
    from report import decided

    with commandline.workspace(args) as opened:
        found = opened.decisions(args.conflict)
    commandline.emit(args, plain(found), decided.rows(found, args.lang))
    return 0


def identity(args: argparse.Namespace) -> int:
    """List the staff whose resident record is not certain, with the candidates; or decide who one of them is."""
    from report import console, decided

    with commandline.workspace(args) as opened:
        if args.decide:
            decision = opened.settle(args.decide, arguments.choice(args), args.person, args.reason)
            commandline.say(
                args, f"{decision.staff}: {decided.say(decision.state, args.lang)} {decision.person or ''}".strip()
            )
        found = opened.identity(everyone=args.all)
    commandline.emit(args, found, console.identity_rows(found, args.lang))
    return 0


def note(args: argparse.Namespace) -> int:
    """List the notes on a conflict, or add one."""
    with commandline.workspace(args) as opened:
        if args.text:
            opened.note(args.conflict, args.text)
        found = [asdict(each) for each in opened.notes(args.conflict)]
    commandline.emit(args, found, found)
    return 0
