"""The stages that are measured, each a process of its own: python -m benchmarks.stages NAME FOLDER."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[1]
REGISTERS = ("PARENT_OF", "SPOUSE_OF", "MEMBER_OF", "Person", "Household", "IDENTIFIED_AS")


def quiet(done: float, text: str) -> None:
    """Show no progress."""


def generate(folder: Path) -> None:
    """Write the synthetic municipality: exports and answer key."""
    import synthetic

    synthetic.make((folder / "size").read_text(), 1, folder, [], quiet)


def bare_csv_to_parquet(folder: Path) -> None:
    """Yardstick of ingest: turn the same bytes from CSV to Parquet, every column text, nothing checked."""
    (folder / "bare").mkdir(exist_ok=True)
    with duckdb.connect() as con:
        for path in sorted((folder / "utf8").glob("*.csv")):
            source = con.read_csv(str(path), all_varchar=True, header=True, ignore_errors=True, null_padding=True)
            source.write_parquet(str(folder / "bare" / f"{path.stem}.parquet"), compression="zstd")


def decode(folder: Path) -> None:
    """Prepare the yardstick: the same files as UTF-8, since DuckDB alone does not read CP932."""
    (folder / "utf8").mkdir(exist_ok=True)
    for path in sorted((folder / "exports").glob("*.csv")):
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp932", errors="replace")
        (folder / "utf8" / path.name).write_text(text, encoding="utf-8", newline="")


def accept(folder: Path) -> None:
    """Read every export to typed rows, quarantine and reconciliation."""
    from ingest.language import mapping
    from ingest.sources import acceptance

    found = acceptance.accept(folder / "accepted", [folder / "exports"], mapping.load([]), progress=quiet)
    assert not found.fatal, found.fatal


def ingest(folder: Path) -> None:
    """Do the whole run, from exports to a published generation."""
    from graph.conflicts.rules import read_policy
    from graph.store.opening import open_store
    from ingest import pipeline
    from ingest.language import mapping

    root = folder / "workspace"
    run = pipeline.ingest(
        root,
        [folder / "exports"],
        mappings=mapping.load([]),
        policy=read_policy(),
        open_store=lambda: open_store("duckdb:", root),
        progress=quiet,
    )
    assert run.published, run.fatal


def read_links(folder: Path) -> None:
    """Yardstick of closure: read the links, people and memberships out of the store, and nothing else."""
    _links(folder)


def closure(folder: Path) -> None:
    """Read the links and work out everyone's relatives."""
    from graph.kinship.closure import closure as relatives

    links = _links(folder)
    relatives(links, sorted(set(links["IDENTIFIED_AS"].column("end").to_pylist())))


def read_two_columns(folder: Path) -> None:
    """Yardstick of match: read the two key columns of every lookup."""
    with duckdb.connect() as con:
        con.execute("SELECT count(*), max(operator), max(subject) FROM read_parquet(?)", [_logs(folder)]).fetchall()


def match(folder: Path) -> None:
    """Match every lookup to kin and explain, borrow, score (the graph is read first)."""
    from graph.conflicts.find import find
    from graph.conflicts.rules import read_policy
    from graph.store.opening import open_store
    from graph.store.schema import REGISTER_KINDS
    from ingest.sources.effective import effective

    root = folder / "workspace"
    with duckdb.connect() as con:
        effective(con, root)
        store = open_store("duckdb:", root)
        graph = {kind: store.read(kind) for kind in (*REGISTER_KINDS, "RELATED_TO")}
        find(graph, con, [Path(path) for path in _logs(folder)], read_policy(), quiet)


def report(folder: Path) -> None:
    """Render the report as HTML, pictures and all."""
    import cli

    cli.main(["report", "--workspace", str(folder / "workspace"), "--format", "html", "--out", str(folder / "r.html")])


def start(folder: Path) -> None:
    """Yardstick of report: start and read the published generation's counts."""
    import cli

    cli.main(["status", "--workspace", str(folder / "workspace"), "--out", str(folder / "status.txt")])


def _links(folder: Path) -> dict[str, Any]:
    from graph.store.opening import open_store

    store = open_store("duckdb:", folder / "workspace")
    return {kind: store.read(kind) for kind in REGISTERS}


def _logs(folder: Path) -> list[str]:
    return sorted(str(path) for path in (folder / "workspace" / "lookups").rglob("*.parquet"))


STAGES: dict[str, Callable[[Path], None]] = {
    stage.__name__: stage
    for stage in (
        generate, decode, bare_csv_to_parquet, accept, ingest, read_links, closure, read_two_columns, match, start,
        report,
    )
}  # fmt: skip

if __name__ == "__main__":
    STAGES[sys.argv[1]](Path(sys.argv[2]))
