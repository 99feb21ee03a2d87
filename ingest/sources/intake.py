"""One file's way into the workspace: read, settle what is repeated, write what is left, accept."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from graph.model import Reason
from ingest.language.known_source import Mapping
from ingest.reading import file_date, source
from ingest.reading.source import Problem, Source
from ingest.sources import accepted, duplicates
from ingest.sources.accepted import Copy, Kept, Reading
from ingest.sources.duplicates import Repeated
from ingest.sources.full_files import shrinking, waiting
from ingest.sources.full_files.waiting import Waiting
from ingest.sources.parts import Parts
from ingest.sources.rows import account_holders, log_times, typed
from ingest.sources.rows.typed import Read, Refused
from words import Said

Delivered = tuple[str, str]  # the name and the bytes of a file: two folders may hold one of the same name
MEMORY = "256MB"  # beyond it DuckDB sorts on disk: memory does not grow with a log


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
        self.readings: dict[Delivered, set[Reading]] = {}  # of a file, those that are made of it now
        self.days: dict[Delivered, str] = {}  # of a file, the latest day that a reading of it tells
        self.held = {source.reading: source for source in accepted.kept(workspace)}
        con.execute(f"SET temp_directory = {duplicates.quoted(work)}; SET memory_limit = '{MEMORY}'")

    def with_bytes(self, sha256: str) -> tuple[Kept, ...]:
        """List what was read from these very bytes, into whichever tables."""
        return tuple(source for source in self.held.values() if source.sha256 == sha256)

    def read_otherwise(self, found: Source, sha256: str) -> Kept | None:
        """Give what these bytes were read as by this mapping, or by one that no reading of now is of."""
        others = self.readings[found.path.name, sha256] - {_reading(found, sha256)}
        return next((each for each in self.with_bytes(sha256) if each.reading not in others), None)

    def expect(self, readings: Sequence[Source], sha256: str) -> None:
        """Know which readings of one file belong together, before the first of them is taken in."""
        delivered = readings[0].path.name, sha256
        self.readings[delivered] = {_reading(each, sha256) for each in readings}
        self.days[delivered] = ""

    def read_before(self, found: Source, sha256: str) -> Kept | None:
        """Give the accepted source that a file is once more; none where a changed mapping reads its rows anew."""
        before = self.held.get(_reading(found, sha256))
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
        read = typed.read(found, rows)
        read = replace(read, problems=(*read.problems, *log_times.take_out(self.con, found, rows)))
        typed.refuse_disagreeing(found, read)
        typed.refuse_empty(found, read)
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
        again = self.held.get(_reading(found, sha256))
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
        """Accept a source; a reading of the same file by an earlier mapping, into another table, counts no more."""
        accepted.keep(self.workspace, source)
        self.held[source.reading] = source
        now = self.readings.get((source.file, source.sha256), {source.reading})
        for other in self.with_bytes(source.sha256):
            if other.names == (source.file,) and other.reading not in now:
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
        day = self.days[found.path.name, sha256] = max(day, self.days[found.path.name, sha256])
        again = self.held.get(_reading(found, sha256))
        return Kept(
            sha256=sha256,
            file=found.path.name,
            source=mapping.id,
            digest=mapping.digest,
            table=mapping.table.name,
            group=mapping.group,
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


def _reading(found: Source, sha256: str) -> Reading:
    """Give the reading that a source would be held as."""
    return sha256, found.mapping.table.name, found.mapping.group


def _conflicting(found: Source, lines: Sequence[int]) -> list[Problem]:
    """Make problems of the rows whose key an earlier row has used for something else."""
    if not lines:
        return []
    texts = source.raw_texts(found, set(lines))
    rules = {rule.column.name: rule for rule in found.mapping.rules}
    column = next((rules[name].names[0] for name in found.mapping.key if rules[name].names), "")
    return [Problem(line=line, column=column, reason=Reason.DUPLICATE_KEY, text=texts[line]) for line in lines]
