"""What stands beside the graph: a Neo4j server of its own, and the ledger with its tamper evidence."""

import argparse

from commands import common


def neo4j(args: argparse.Namespace) -> int:
    """Start or stop a Neo4j server of this workspace's own, load a large graph into it, or say whether it runs."""
    from graph.store import own_server

    found = own_server.run(args.what, args.workspace, common.opener(args), common.progress(args))
    common.emit(args, found, [found])
    return 0


def _neo4j_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("start", "stop", "load", "status"))


def audit(args: argparse.Namespace) -> int:
    """Check the tamper evidence of the ledger."""
    from graph.questions.ledger import verify

    found = verify(args.workspace / "ledger.sqlite")
    common.emit(args, found, [found])
    return 0 if found["intact"] else 1


def _audit_options(found: argparse.ArgumentParser) -> None:
    found.add_argument("what", choices=("verify",), metavar="verify")


COMMANDS = (
    neo4j,
    audit,
)
OPTIONS = {
    "neo4j": _neo4j_options,
    "audit": _audit_options,
}
