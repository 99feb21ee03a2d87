"""The report that a chief of section signs."""

import argparse
from pathlib import Path
from typing import Any

from commands import common
from commands.arguments import PLAIN, day
from graph.errors import ConfigError


def report(args: argparse.Namespace) -> int:
    """Print the conflict report."""
    from report import since

    if args.kind == "unattended":
        return _unattended(args)
    earlier = since.read(args.since_report) if args.since_report else None
    with common.workspace(args) as opened:
        found = opened.report(**_asked(args))
        told = None if earlier is None else since.compare(found, earlier)
        _write_report(args, opened, found, told)
        gaps = opened.gaps()
        incomplete = common.complete(args, gaps)
    accepted = {gap.name for gap in gaps if gap.accepted}
    if incomplete or (told and told.coverage and set(told.coverage.new) - accepted):
        return 4
    more = told.more if told else bool(found.conflicts or found.to_confirm or found.borrowed)
    return 3 if args.fail_on_new and more else 0


def _write_report(args: argparse.Namespace, opened: Any, found: Any, told: Any) -> None:
    """Write a report; what has no row of its own in CSV is said beside it."""
    from report import render
    from report.wording import decided, since_words

    if args.format == "xlsx":
        from report import xlsx  # its library is loaded for a workbook only

        common.write(args, xlsx.workbook(found, args.words, since=told))
        return
    if args.format == "csv":
        for sentence in (
            *(since_words.since_words(told, args.words) if told else ()),
            *decided.notes(found, args.words),
        ):
            common.say(args, sentence)
    text = render.render(
        found, args.format, args.words, picture=opened.picture, clears=opened.clears, excel=args.excel, since=told
    )
    common.write(args, text)


def _unattended(args: argparse.Namespace) -> int:
    from graph.records.results import plain

    if args.format not in PLAIN:
        raise ConfigError(
            f"--kind unattended is written as {', '.join(PLAIN)}",
            f"--kind unattended の形式は {'、'.join(PLAIN)} です",
        )
    with common.workspace(args) as opened:
        common.emit(args, found := opened.unattended(args.section), plain(found.sessions))
        return common.complete(args, opened.gaps())


def _asked(args: argparse.Namespace) -> dict[str, Any]:
    """Give the filters of a report."""
    return {name: getattr(args, name) for name in ("preset", "section", "since", "until", "as_of")}


def _report_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("--preset", choices=("core", "4", "725"))
    for name in ("--since", "--until", "--as-of"):
        found.add_argument(name, type=day, metavar="D")
    found.add_argument("--since-report", type=Path, metavar="FILE")
    found.add_argument("--fail-on-new", action="store_true")
    found.add_argument("--kind", choices=("conflicts", "unattended"), default="conflicts",
                       help="unattended: sessions in which two people were at one logged-in terminal")  # fmt: skip
    found.add_argument("--section", metavar="NAME", help="only what this section, or a sub-unit, took part in")


COMMANDS = (report,)
OPTIONS = {
    "report": _report_options,
}
