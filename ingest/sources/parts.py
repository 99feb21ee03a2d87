"""What is kept of a source: its typed rows, the keys of a delta's, and its quarantined rows, each as Parquet."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.deliveries import turned_away
from ingest.language.known_source import Mapping
from ingest.language.values import schema
from ingest.reading.source import Problem, Source
from ingest.sources import accepted, duplicates

LONGEST_FOLDER = 40  # letters; a file system counts bytes
NO_LETTER = re.compile(r"[^\w-]")
LOOKUP_ORDER = "system, CAST(time AS DATE), line"


class Parts:
    """The files of one source's rows; each is written whole or not at all, and its path in the workspace given."""

    def __init__(
        self, workspace: Path, con: duckdb.DuckDBPyConnection, mapping: Mapping, sha256: str, typed: Path
    ) -> None:
        self.workspace = workspace
        self.con = con
        self.mapping = mapping
        self.sha256 = sha256
        self.typed = typed

    def rows(self, without: Sequence[int]) -> Iterator[str]:
        """Write the typed rows but for some lines, those of a log one file for each system and day."""
        columns = schema(self.mapping.table)
        if self.mapping.table.name != "lookup":
            part = self._beside("rows")
            accepted.write(self.workspace / part, duplicates.ordered(self.con, self.typed, without, "line"), columns)
            yield part
            return
        ordered = duplicates.ordered(self.con, self.typed, without, LOOKUP_ORDER)
        pieces = (piece for batch in ordered for piece in _by_day(batch))
        for (system, day), group in groupby(pieces, key=lambda piece: piece[0]):
            part = f"lookups/system={_folder(system)}/day={day}/{self.sha256}.{self.mapping.digest[:8]}.parquet"
            accepted.write(self.workspace / part, (batch for _, batch in group), columns)
            yield part

    def keys(self, without: Sequence[int]) -> str:
        """Write the keys once more, in one file: later files are compared with them first."""
        part = self._beside("keys")
        names = duplicates.key_of(self.mapping)
        columns = pa.schema([schema(self.mapping.table).field(name) for name in names])
        accepted.write(
            self.workspace / part,
            duplicates.ordered(self.con, self.typed, without, "line", ", ".join(names)),
            columns,
        )
        return part

    def rejected(self, found: Source, problems: Sequence[Problem]) -> str:
        """Write the rows that could not be read."""
        part = self._beside("quarantine")
        accepted.write(self.workspace / part, [_rejected(found, problems)], accepted.REJECTED)
        return part

    def turned_away(self, found: Source, problems: Sequence[Problem]) -> str:
        """Write what the quarantined rows of a log tell of themselves: they were delivered."""
        if self.mapping.table.name != "lookup" or not problems:
            return ""
        part = self._beside("turned_away")
        accepted.write(
            self.workspace / part, turned_away.rows(found, problems, self.typed).to_batches(), turned_away.SCHEMA
        )
        return part

    def _beside(self, what: str) -> str:
        """Give the path of a file of the source's own; another mapping of the same bytes has another."""
        return f"sources/{self.sha256}/{what}.{self.mapping.digest[:8]}.parquet"


def _folder(name: str) -> str:
    """Give a folder's name for a name that is data: itself where it is plain, else what is plain of it and its hash."""
    plain = NO_LETTER.sub("_", name)[:LONGEST_FOLDER]
    return plain if plain == name else f"{plain}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _by_day(batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, str], pa.RecordBatch]]:
    """Cut a batch ordered by system and day where either changes."""
    days = pc.cast(batch.column("time"), pa.date32())
    systems = batch.column("system").dictionary_encode()
    changed = np.diff(days.cast(pa.int32()).to_numpy()) | np.diff(systems.indices.to_numpy())
    cuts = [0, *(np.flatnonzero(changed) + 1).tolist(), len(batch)]
    for start, end in pairwise(cuts):
        yield (systems[start].as_py(), days[start].as_py().isoformat()), batch.slice(start, end - start)


def _rejected(found: Source, problems: Sequence[Problem]) -> pa.RecordBatch:
    columns = [
        [found.path.name] * len(problems),
        [problem.line for problem in problems],
        [problem.column for problem in problems],
        [problem.reason for problem in problems],
        [problem.text for problem in problems],
        [found.mapping.id] * len(problems),
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, accepted.REJECTED, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=accepted.REJECTED)
