"""The commands that need no workspace: one file or one text, for whoever writes a mapping or checks a reading."""

import argparse

import commandline


def genealogy(args: argparse.Namespace) -> int:
    """Write every tie of every related pair in a GEDCOM file."""
    from ingest.gedcom import pairs, reading

    found = reading.read(args.file)
    place = " {}行目" if args.lang == "ja" else ", line {}"
    for problem in found.problems:
        commandline.say(args, f"{args.file.name}{place.format(problem.number)}: {problem.sentence.to(args.lang)}")
    commandline.write(
        args, pairs.write(pairs.pairs(found, args.file.name, blood=args.max_blood, affinity=args.max_affinity))
    )
    return 0


def zokugara(args: argparse.Namespace) -> int:
    """Say what register terms (続柄) mean."""
    from ingest.zokugara_terms import describe

    found = [describe(text, args.lang) for text in args.text]
    commandline.emit(args, found, [row | {"steps": "の".join(row["steps"])} for row in found])
    return 0


def normalise(args: argparse.Namespace) -> int:
    """Say how a name, reading, date or address is read."""
    from ingest.normalise import normalise as read

    found = read(args.kind, args.text, args.towns)
    commandline.emit(
        args, found, [row | {"warnings": "; ".join(each[args.lang] for each in row["warnings"])} for row in found]
    )
    return 0


def mapping(args: argparse.Namespace) -> int:
    """Write a first mapping for a file from its header; every guess is marked as one."""
    from ingest import guess, mapping

    commandline.write(args, guess.guess(args.file, mapping.load(args.mappings), args.lang))
    return 0
