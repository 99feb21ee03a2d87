"""One file or one text, for whoever writes a mapping or checks a reading; no workspace is needed."""

import argparse
from pathlib import Path

from commands import common
from commands.arguments import degree


def genealogy(args: argparse.Namespace) -> int:
    """Write every tie of every related pair in a GEDCOM file."""
    from ingest.reading.gedcom import pairs, reading

    found = reading.read(args.file)
    for problem in found.problems:
        told = {"file": args.file.name, "line": problem.number, "problem": problem.sentence}
        common.say(args, args.words.say("drafting.problem", **told))
    common.write(
        args, pairs.write(pairs.pairs(found, args.file.name, blood=args.max_blood, affinity=args.max_affinity))
    )
    return 0


def _genealogy_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("file", type=Path, metavar="FILE.ged")
    found.add_argument("--max-blood", type=degree, default=6, metavar="N", help="furthest degree (親等)")
    found.add_argument("--max-affinity", type=degree, default=3, metavar="N", help="furthest degree (親等)")


def zokugara(args: argparse.Namespace) -> int:
    """Say what register terms (続柄) mean."""
    from ingest.drafting.zokugara_terms import describe

    found = [describe(text, args.words) for text in args.text]
    common.emit(args, found, [row | {"steps": "の".join(row["steps"])} for row in found])
    return 0


def _zokugara_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("text", nargs="+", metavar="TEXT")


def normalise(args: argparse.Namespace) -> int:
    """Say how a name, reading, date or address is read."""
    from ingest.drafting.normalise import normalise as read

    found = read(args.kind, args.text, args.towns)
    common.emit(args, found, [row | {"warnings": "; ".join(map(args.words.tell, row["warnings"]))} for row in found])
    return 0


def _normalise_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("kind", choices=("name", "kana", "date", "address"))
    found.add_argument("text", nargs="+", metavar="TEXT")
    found.add_argument("--towns", type=Path, metavar="FILE", help="for addresses: one town name a line")


def mapping(args: argparse.Namespace) -> int:
    """Write a first mapping for a file from its header; every guess is marked as one."""
    from ingest.drafting import mapping_draft
    from ingest.language import mapping

    common.write(args, mapping_draft.guess(args.file, mapping.load(args.mappings), args.words))
    return 0


def _mapping_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("new",), metavar="new")
    found.add_argument("file", type=Path, metavar="FILE")
    found.add_argument("--mappings", action="append", default=[], type=Path, metavar="DIR")


COMMANDS = (
    genealogy,
    zokugara,
    normalise,
    mapping,
)
OPTIONS = {
    "genealogy": _genealogy_options,
    "zokugara": _zokugara_options,
    "normalise": _normalise_options,
    "mapping": _mapping_options,
}
