"""One file's way into the workspace: read, settle what is repeated, write what is left, accept."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from graph.errors import SourceError
from graph.model import Reason, record
from ingest.language.mapping import Mapping
from ingest.language.values import schema
from ingest.reading import cutoff, file_date, source
from ingest.reading.records import LONGEST_RECORD
from ingest.reading.source import Problem, Source
from ingest.sources import accepted, account_holders, duplicates, log_times
from ingest.sources.accepted import Copy, Kept
from ingest.sources.duplicates import Repeated
from ingest.sources.full_files import shrinking, waiting
from ingest.sources.full_files.waiting import Waiting
from ingest.sources.parts import Parts
from words import Said

DISAGREEING_ALLOWED = 1  # one row whose 続柄 text and codes disagree is that row's fault, in however small a file
MEMORY = "256MB"  # beyond it DuckDB sorts on disk: memory does not grow with a log


class Refused(SourceError):
    """A file that was read and must not be accepted; `reasons` says how many of its rows count as what."""

    def __init__(self, en: str, ja: str, reasons: dict[Reason, int]) -> None:
        super().__init__(en, ja)
        self.reasons = reasons


@record
class Read:
    """A file's rows, typed and written to a file of the run's own, and what is wrong with the others."""

    count: int
    problems: tuple[Problem, ...]
    warnings: dict[str, int]
    ended: bool  # the last line has an end
    cut: int  # the line of the last record where it is cut, else 0


class Intake:
    """The workspace's side of one run: what it holds so far, and the database that compares rows with it."""

    def __init__(
        self,
        workspace: Path,
        work: Path,
        con: duckdb.DuckDBPyConnection,
        accept_shrink: Collection[str] = (),
        lost: dict[str, int] | None = None,
    ) -> None:
        """Read what is held.

        `accept_shrink` names full files that a person takes although they look cut off; `lost` are damaged sources by
        hash, whose place in the order is kept.
        """
        self.lost = lost or {}
        self.workspace = workspace
        self.work = work
        self.con = con
        self.accept_shrink = accept_shrink
        self.waiting: list[Waiting] = []
        self.held = {source.reading: source for source in accepted.kept(workspace)}
        con.execute(f"SET temp_directory = {duplicates.quoted(work)}; SET memory_limit = '{MEMORY}'")

    def with_bytes(self, sha256: str) -> tuple[Kept, ...]:
        """List what was read from these very bytes, into whichever tables."""
        return tuple(source for source in self.held.values() if source.sha256 == sha256)

    def read_before(self, found: Source, sha256: str) -> Kept | None:
        """Give the accepted source that a file is once more; none where a changed mapping reads its rows anew."""
        before = self.held.get((sha256, found.mapping.table.name))
        if before is None or before.digest == found.mapping.digest:
            return before
        other_mapping = found.path.name != before.file and found.mapping.id != before.source
        return before if other_mapping else None

    def given_again(self, before: Kept, found: Source) -> None:
        """Remember another name of an accepted file; of a full one it may tell that nothing changed until its day."""
        name = found.path.name
        if name in before.names:
            return
        day = file_date.in_name(name)
        copy = Copy(file=name, day=day.isoformat() if day else before.day, dated=day is not None, order=self._next())
        if before.full and copy.dated:
            again = Waiting(path=found.path, mapping=found.mapping, source=before.as_copy(copy), again=True)
            self.waiting.append(again)
        else:
            self._keep(replace(before, copies=(*before.copies, copy)))

    def take_in(self, found: Source, sha256: str) -> Kept:
        """Read one file and accept it, a full one when the run settles what waits.

        Where the workspace holds it by another mapping, its rows are read anew. Raises SourceError where it must be
        refused.
        """
        rows = self.work / "rows.parquet"
        read = _read(found, rows)
        read = replace(read, problems=(*read.problems, *log_times.take_out(self.con, found, rows)))
        _refuse_disagreeing(found, read)
        _refuse_empty(found, read)
        repeated = duplicates.repeated(self.con, found.mapping, rows, self._said_before(found.mapping, sha256, rows))
        despite = self._against(found, read, len(repeated.conflicting), sha256)
        taken = self._written(found, sha256, rows, read, repeated, despite)
        if found.mapping.full:
            self.waiting.append(Waiting(path=found.path, mapping=found.mapping, source=taken))
        else:
            self._keep(taken)
        return taken

    def settle(self) -> list[tuple[Waiting, Refused]]:
        """Accept the full files that waited, snapshot by snapshot; give those that may not follow what is there."""
        refused: list[tuple[Waiting, Refused]] = []
        for new in waiting.together(self.waiting):
            before, now = waiting.followed(new, self.held.values())
            said = self._shrunk(new[0].mapping, before, now) if before else None
            taken = said is None or any(self._accepted_by_name(each.source) for each in new)
            for each in new:
                if said and not taken:
                    why = shrinking.not_taken(said)
                    refused.append((each, Refused(why.en, why.ja, {Reason.INCONSISTENT: each.source.rows})))
                    self._forget(each)
                else:
                    self._take(each, said)
        self.waiting = []
        return refused

    def _against(self, found: Source, read: Read, conflicting: int, sha256: str) -> Said | None:
        """Say what speaks against a full file by itself where a person accepts it, else raise it."""
        if not found.mapping.full:
            return None
        reasons = Counter(problem.reason for problem in read.problems) + Counter({Reason.DUPLICATE_KEY: conflicting})
        said = shrinking.cut_off(found.path.name, read.cut) if read.cut else None
        said = said or shrinking.spoiled(found.path.name, found.mapping.max_shrink, read.count, reasons.total())
        again = self.held.get((sha256, found.mapping.table.name))
        if said is None or found.path.name in self.accept_shrink or (again and again.despite):
            return said
        why = shrinking.not_taken(said)
        raise Refused(why.en, why.ja, {Reason.TRUNCATED if read.cut else reasons.most_common(1)[0][0]: read.count})

    def _shrunk(self, mapping: Mapping, before: Sequence[Kept], now: Sequence[Kept]) -> Said | None:
        found = shrinking.compared(self.con, self.workspace, mapping, before, now)
        return shrinking.objection(mapping.max_shrink, before, now, found)

    def _accepted_by_name(self, source: Kept) -> bool:
        again = self.held.get(source.reading)
        return source.file in self.accept_shrink or bool(again and again.file == source.file and again.despite)

    def _take(self, new: Waiting, said: Said | None) -> None:
        despite = {"en": said.en, "ja": said.ja} if said else new.source.despite
        if new.again:
            before, source = self.held[new.source.reading], new.source
            copy = Copy(file=source.file, day=source.day, dated=source.dated, order=source.order, despite=despite)
            self._keep(replace(before, copies=(*before.copies, copy)))
        else:
            self._keep(replace(new.source, despite=despite))

    def _forget(self, new: Waiting) -> None:
        """Remove the rows of a file that was not accepted."""
        if not new.again:
            for part in (*new.source.parts, new.source.rejected):
                (self.workspace / part).unlink(missing_ok=True)

    def _keep(self, source: Kept) -> None:
        """Accept a source; the reading of the same file into another table, by an earlier mapping, counts no more."""
        accepted.keep(self.workspace, source)
        self.held[source.reading] = source
        for other in self.with_bytes(source.sha256):
            if other.names == (source.file,) and other.table != source.table:
                accepted.let_go(self.workspace, other)
                del self.held[other.reading]

    def _said_before(self, mapping: Mapping, sha256: str, rows: Path) -> list[Path]:
        """List the typed rows of those earlier files of this source that share a key with the new ones.

        A full file repeats the earlier ones on purpose.
        """
        if mapping.full:
            return []
        same = [s for s in self.held.values() if s.source == mapping.id and s.sha256 != sha256 and s.key == mapping.key]
        keys = {str(self.workspace / source.keys): source for source in same if source.keys}
        shared = duplicates.sharing(self.con, mapping, rows, sorted(keys))
        return [self.workspace / part for path in shared for part in keys[path].parts]

    def _written(
        self, found: Source, sha256: str, rows: Path, read: Read, repeated: Repeated, despite: Said | None
    ) -> Kept:
        problems = sorted(
            (*read.problems, *_conflicting(found, repeated.conflicting)), key=lambda problem: problem.line
        )
        without = (*repeated.duplicate, *repeated.conflicting)
        written = Parts(self.workspace, self.con, found.mapping, sha256, rows)
        mapping = found.mapping
        day, dated = file_date.day_of(found.path.name, mapping, self.con, rows)
        again = self.held.get((sha256, mapping.table.name))
        return Kept(
            sha256=sha256,
            file=found.path.name,
            source=mapping.id,
            digest=mapping.digest,
            table=mapping.table.name,
            full=mapping.full,
            key=mapping.key,
            day=day,
            dated=dated,
            order=again.order if again else self.lost.get(sha256) or self._next(),
            copies=again.copies if again else (),
            ended=read.ended,
            despite={"en": despite.en, "ja": despite.ja} if despite else None,
            encoding=found.encoding.name,
            rows=read.count,
            loaded=read.count - len(problems) - len(repeated.duplicate),
            duplicate=len(repeated.duplicate),
            reasons=dict(sorted(Counter(problem.reason for problem in problems).items())),
            warnings=read.warnings | account_holders.warnings(self.con, mapping, rows),
            parts=tuple(written.rows(without)),
            keys="" if mapping.full else written.keys(without),
            rejected=written.rejected(found, problems),
            turned_away=written.turned_away(found, problems),
        )

    def _next(self) -> int:
        sources = (*self.held.values(), *(each.source for each in self.waiting))
        orders = (order for source in sources for order in (source.order, *(copy.order for copy in source.copies)))
        return max((*orders, *self.lost.values()), default=0) + 1


def _read(found: Source, rows: Path) -> Read:
    count, problems, warnings = 0, list[Problem](), Counter[str]()
    tail: tuple[str, ...] = ()
    with pq.ParquetWriter(rows, schema(found.mapping.table), compression="lz4") as writer:
        for chunk in source.read(found):
            writer.write_table(chunk.rows)
            problems += chunk.problems
            warnings.update(chunk.warnings)
            count += len(chunk.rows) + len(chunk.problems)
            last, tail = chunk.last_line, (*tail, *chunk.tail)[-LONGEST_RECORD:]
    cut = _is_cut(found, tail)
    return Read(
        count=count,
        problems=tuple(problems),
        warnings=dict(sorted((warnings + Counter(cut_off=int(cut))).items())),
        ended=cutoff.ended(tail),
        cut=last if cut else 0,
    )


def _is_cut(found: Source, tail: Sequence[str]) -> bool:
    if found.mapping.format == "gedcom":
        return cutoff.cut_tree("".join(tail))
    return cutoff.cut(tail, found.mapping.delimiter, len(found.header))


def _refuse_disagreeing(found: Source, read: Read) -> None:
    """Refuse a register whose 続柄 text and codes disagree too often to trust the code dictionary (Z14)."""
    rows = sum(problem.reason == Reason.INCONSISTENT for problem in read.problems)
    if rows > max(DISAGREEING_ALLOWED, found.mapping.relation_limit * read.count):
        first = next(problem for problem in read.problems if problem.reason == Reason.INCONSISTENT)
        raise Refused(
            f"{found.path.name}: line {first.line}: {first.column} and the codes beside it disagree, as in {rows} of"
            f" {read.count} rows; the code dictionary of the mapping {found.mapping.id} does not fit this file",
            f"{found.path.name}: {first.line}行目: {first.column} と横のコードが食い違います"
            f"({read.count}行のうち{rows}行)。マッピング {found.mapping.id} のコード表がこのファイルに合っていません。",
            {Reason.INCONSISTENT: read.count},
        )


def _refuse_empty(found: Source, read: Read) -> None:
    """Refuse a full file without a readable row: it would end all that the files before it have."""
    if found.mapping.full and read.count == len(read.problems):
        reasons = Counter(problem.reason for problem in read.problems)
        raise Refused(
            f"{found.path.name}: line 2: no row of this full file can be read",
            f"{found.path.name}: 2行目: 全件ファイルですが、読める行がありません。",
            dict(sorted(reasons.items())),
        )


def _conflicting(found: Source, lines: Sequence[int]) -> list[Problem]:
    """Make problems of the rows whose key an earlier row has used for something else."""
    if not lines:
        return []
    texts = source.raw_texts(found, set(lines))
    rules = {rule.column.name: rule for rule in found.mapping.rules}
    column = next((rules[name].names[0] for name in found.mapping.key if rules[name].names), "")
    return [Problem(line=line, column=column, reason=Reason.DUPLICATE_KEY, text=texts[line]) for line in lines]
