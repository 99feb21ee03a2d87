"""What all commands share: policy, store, workspace, where answers go and what is told beside them."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from graph.errors import EnkanError
from words import Said
from words.visible import visible

if TYPE_CHECKING:
    from graph.conflicts.rules import Policy
    from graph.store.base import GraphStore
    from graph.workspace import Workspace


def policy(args: argparse.Namespace) -> "Policy":
    """Read the policy: the one given, else the workspace's own, else the packaged one."""
    from graph.conflicts.rules import policy_for

    return policy_for(args.workspace, args.policy)


def opener(args: argparse.Namespace, uri: str | None = None) -> "Callable[[], GraphStore]":
    """Give what opens the store that was asked for, or another."""
    from graph.store.opening import credentials, open_store

    return lambda: open_store(uri or args.store, args.workspace, **credentials())


def workspace(args: argparse.Namespace) -> "Workspace":
    """Open the workspace's published generation."""
    from graph.records.reader import Reader
    from graph.workspace import Workspace

    return Workspace(args.workspace, opener(args)(), policy(args), Reader(name="local"), now)


def now() -> datetime:
    """Give the time of the audit log."""
    return datetime.now().astimezone()


def emit(args: argparse.Namespace, data: Any, rows: list[dict[str, Any]]) -> None:
    """Write an answer: its data (a record, several, or JSON) as JSON, its rows as a table or CSV."""
    from report import output
    from report.wording import table_words

    rows = table_words.worded(rows, args.words) if args.format == "table" else rows
    write(args, output.render(output.spoken(data, args.words), rows, args.format, excel=args.excel))
    for reason in getattr(data, "kin_unknown", None) or ():  # an empty table is no answer where nobody knows
        say(args, args.words.tell(reason), always=True)


def write(args: argparse.Namespace, content: str | bytes) -> None:
    """Write text or bytes to --out or standard output."""
    from report import output

    output.write(content, args.out)


def say(args: argparse.Namespace, sentence: str, always: bool = False) -> None:
    """Tell the user something on standard error."""
    if always or not args.quiet:
        print(visible(sentence, lines=True), file=sys.stderr)


def complete(args: argparse.Namespace, gaps: Sequence[Any]) -> int:
    """Tell what lacks on standard error; give exit status 4 where nobody has accepted some of it, else 0."""
    from graph.questions.incomplete import gap_words

    always = {
        args.words.tell(gap_words(gap)): gap.accepted is None for gap in gaps
    }  # the days of one silence in one sentence
    for sentence, open_ in always.items():
        say(args, sentence, always=open_)
    return 4 if any(gap.accepted is None for gap in gaps) else 0


def sentence(error: BaseException, lang: str) -> str:
    """Word what ended a command; only what is not of this program's error tree is told by its type."""
    if isinstance(error, EnkanError):
        return error.said.to(lang)
    if isinstance(error, KeyboardInterrupt):
        return Said(
            "interrupted; what was published before still stands", "中断しました。前に公開したものはそのままです"
        ).to(lang)
    what = f"{type(error).__name__}: {error}"
    return Said(
        f"this was not foreseen: {what} (--debug shows where)", f"想定外のエラーです: {what}（--debug で詳細）"
    ).to(lang)


def progress(args: argparse.Namespace) -> Callable[[float, str], None]:
    """Give the progress bar of a long command."""
    from report import output

    return output.progress(args.quiet)
