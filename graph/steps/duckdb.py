"""The engine DuckDB: steps' tables lie in a database beside the caller's, on disk where they grow with the log, so that
memory does not (a register of 130 k and a log of millions both fit in what DuckDB's memory limit allows)."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.errors import StepError
from graph.steps.macros import MACROS
from graph.steps.step import Step

NOT_DURABLE = "(RECOVERY_MODE no_wal_writes)"  # nobody opens the database again


class DuckDB:
    """Makes steps' tables on a connection, and gives out what they hold."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._shown: list[str] = []

    def show(self, name: str, table: pa.Table) -> None:
        """Let steps read a table that lies in memory; nothing is copied."""
        self._con.register(name, table)
        self._shown.append(name)

    def keep(self, name: str, table: pa.Table) -> None:
        """Let steps read a table that lies in memory, copied beside theirs: it is joined often, and need not stay."""
        self._con.register("kept", table)
        self._do(name, f"CREATE TABLE {name} AS SELECT * FROM kept")
        self._con.unregister("kept")

    def scan(self, name: str, files: Sequence[Path]) -> None:
        """Let steps read Parquet files as one table."""
        with _named(name, "read_parquet"):
            self._con.read_parquet([str(path) for path in files], hive_partitioning=False).create_view(name)

    def lacks(self, name: str) -> bool:
        """Say whether there is no table of this name."""
        tables = self._con.execute("SELECT count(*) FROM information_schema.tables WHERE table_name = ?", [name])
        return tables.fetchall() == [(0,)]

    def make(self, step: Step) -> None:
        """Make the table of a step out of those that it reads."""
        self._do(step.name, f"CREATE {step.kind} {step.name} AS {step.sql}")

    def drop(self, step: Step) -> None:
        """Drop the table of a step."""
        self._do(step.name, f"DROP {step.kind} {step.name}")

    def read(self, name: str) -> pa.Table:
        """Give what a table holds, in its order."""
        sql = f"SELECT * FROM {name}"
        with _named(name, sql):
            return self._con.sql(sql).to_arrow_table()

    def write(self, name: str, path: Path) -> None:
        """Write what a table holds as one Parquet file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._do(name, f"COPY (SELECT * FROM {name}) TO $path (FORMAT parquet, COMPRESSION zstd)", path=str(path))

    def forget(self) -> None:
        """Let go of the tables in memory."""
        while self._shown:
            self._con.unregister(self._shown.pop())

    def _do(self, name: str, sql: str, **values: object) -> None:
        with _named(name, sql):
            self._con.execute(sql, values)


@contextmanager
def _named(name: str, sql: str) -> Iterator[None]:
    """Give an error of the engine the step's name and SQL."""
    try:
        yield
    except duckdb.Error as error:
        en, ja = f"the step {name} failed: {error}", f"処理 {name} に失敗しました: {error}"
        raise StepError(f"{en}\n{sql}", f"{ja}\n{sql}") from error


@contextmanager
def beside(con: duckdb.DuckDBPyConnection) -> Iterator[DuckDB]:
    """Give an engine whose steps read the connection's own tables and write into a database that is dropped after."""
    with tempfile.TemporaryDirectory(prefix="enkan-") as folder:
        database = f"'{Path(folder) / 'work.duckdb'}' AS work {NOT_DURABLE}"
        with _attached(con, database) as engine:
            yield engine


@contextmanager
def within(con: duckdb.DuckDBPyConnection) -> Iterator[DuckDB]:
    """Give the same in memory, for tables that a register's size bounds and that are read often; what memory does not
    hold goes where the connection lays it down."""
    with _attached(con, "':memory:' AS work") as engine:
        yield engine


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, database: str) -> Iterator[DuckDB]:
    ((own, path),) = con.execute("SELECT current_database(), current_setting('search_path')").fetchall()
    con.execute(f"ATTACH {database}")
    con.execute(f"SET search_path = 'work.main,{own}.main'")
    engine = DuckDB(con)
    try:
        for macro in MACROS:
            con.execute(f"CREATE MACRO {macro.name}({', '.join(macro.parameters)}) AS {macro.sql}")
        yield engine
    finally:
        engine.forget()
        con.execute(f"SET search_path = '{path}'")
        con.execute("DETACH work")
