"""Decisions and the audit log, never rebuilt (SQLite, WAL); an audit line is written before its answer is shown."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.errors import WorkspaceError
from graph.files.whole_files import write_text
from graph.model import CaseState, IdentityState
from graph.records.accepted import Accepted
from graph.records.decisions import Covers, Disposition, IdentityDecision, Note, check
from graph.records.results import JST, plain

IDENTITY_STATES = (IdentityState.LINKED, IdentityState.NOBODY, IdentityState.LATER)
GENESIS = "0" * 64

TABLES = (
    "CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, "
    "action TEXT NOT NULL, target TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS disposition (seq INTEGER PRIMARY KEY, conflict_id TEXT NOT NULL, state TEXT NOT NULL, "
    "by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, until TEXT, retired_at TEXT, covers TEXT, score REAL, "
    "policy TEXT)",
    "CREATE TABLE IF NOT EXISTS identity (seq INTEGER PRIMARY KEY, staff TEXT NOT NULL, state TEXT NOT NULL, "
    "person TEXT, by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, retired_at TEXT)",
    "CREATE TABLE IF NOT EXISTS note (seq INTEGER PRIMARY KEY, conflict_id TEXT NOT NULL, by TEXT NOT NULL, "
    "at TEXT NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS accepted (seq INTEGER PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, "
    "by TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (name, content))",
    "CREATE INDEX IF NOT EXISTS disposition_of ON disposition (conflict_id) WHERE retired_at IS NULL",
)

GROWN = {"disposition": {"covers": "TEXT", "score": "REAL", "policy": "TEXT"}}  # columns that older ledgers lack

LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
APPEND = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)"
RETIRE = "UPDATE disposition SET retired_at = ? WHERE conflict_id = ? AND retired_at IS NULL"
DECIDED = "state, by, at, reason, until, covers, score, policy"
DECIDE = f"INSERT INTO disposition (conflict_id, {DECIDED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
STANDING = f"SELECT conflict_id, {DECIDED} FROM disposition WHERE retired_at IS NULL ORDER BY seq"
UNSETTLE = "UPDATE identity SET retired_at = ? WHERE staff = ? AND retired_at IS NULL"
SETTLE = "INSERT INTO identity (staff, state, person, by, at, reason) VALUES (?, ?, ?, ?, ?, ?)"
SETTLED = "SELECT staff, state, person, by, at, reason FROM identity WHERE retired_at IS NULL ORDER BY seq"
NOTE = "INSERT INTO note (conflict_id, by, at, text) VALUES (?, ?, ?, ?)"
NOTES = "SELECT by, at, text FROM note WHERE conflict_id = ? ORDER BY seq"
ACCEPT = "INSERT INTO accepted (name, content, by, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
ACCEPTED = "SELECT name, content, by, at FROM accepted ORDER BY name, content"
HISTORY = f"SELECT {DECIDED} FROM disposition WHERE conflict_id = ? ORDER BY seq"


class Ledger:
    """The ledger of one workspace, written as one user; `clock` gives the time of an entry."""

    def __init__(self, path: Path, user: str, clock: Callable[[], datetime]) -> None:
        """Open or make the ledger. Raises WorkspaceError where it cannot be written."""
        self._path, self._user, self._clock = path, user, clock
        with self._write() as con:
            for statement in TABLES:
                con.execute(statement)
            for table, columns in GROWN.items():
                _grow(con, table, columns)

    def seen(self, action: str, target: str) -> None:
        """Record that the user asked for something, before the answer is shown; ids only, never a name."""
        with self._write() as con:
            self._append(con, action, target)

    def decide(
        self,
        conflict_id: str,
        state: str,
        reason: str,
        until: str | None = None,
        *,
        covers: Covers | None = None,
        expect: int | None = None,
    ) -> Disposition:
        """Record a decision on a conflict and what it covers; the one before it is retired, never deleted.

        Raises UsageError for what is no decision, and WorkspaceError where more than the `expect`ed number of
        decisions have been made: whoever decides has not seen the last one.
        """
        check(state, reason, until)
        now, kept = self._now(), _written(covers)
        with self._write() as con:
            self._none_unseen(con, conflict_id, expect)
            told = [conflict_id, state, reason, until, hashlib.sha256(json.dumps(kept).encode()).hexdigest()]
            self._append(con, "decide", json.dumps(told, ensure_ascii=False))
            con.execute(RETIRE, (now, conflict_id))
            con.execute(DECIDE, (conflict_id, state, self._user, now, reason, until, *kept))
        return Disposition(state=CaseState(state), by=self._user, at=now, reason=reason, until=until, covers=covers)

    def _none_unseen(self, con: sqlite3.Connection, conflict_id: str, expect: int | None) -> None:
        made = [_disposition(*row) for row in con.execute(HISTORY, (conflict_id,))]
        if expect is None or len(made) <= expect:
            return
        last = made[-1]
        raise WorkspaceError(
            f"nothing was recorded: {last.by} has decided {last.state} in the meantime ({last.at}: {last.reason})",
            f"記録していません。その間に {last.by} が判断しています({last.at}: {last.reason})。",
        )

    def dispositions(self) -> dict[str, Disposition]:
        """Give the standing decision of every conflict that has one."""
        with self._write() as con:
            return {row[0]: _disposition(*row[1:]) for row in con.execute(STANDING)}

    def settle(self, staff: str, state: str, person: str | None, reason: str) -> IdentityDecision:
        """Record who a member of staff is (a resident, nobody, or later); a decision before it is retired."""
        if state not in IDENTITY_STATES:
            raise WorkspaceError(
                f"{state!r} must be one of {', '.join(IDENTITY_STATES)}",
                f"{state!r} は指定できません。{'、'.join(IDENTITY_STATES)} のどれかです",
            )
        settled, now = IdentityState(state), self._now()
        with self._write() as con:
            self._append(con, "settle", json.dumps([staff, state, person, reason], ensure_ascii=False))
            con.execute(UNSETTLE, (now, staff))
            con.execute(SETTLE, (staff, state, person, self._user, now, reason))
        return IdentityDecision(staff=staff, state=settled, person=person, by=self._user, at=now, reason=reason)

    def identities(self) -> dict[str, IdentityDecision]:
        """Give the standing decision on every member of staff who has one."""
        with self._write() as con:
            return {row[0]: _identity(*row) for row in con.execute(SETTLED)}

    def history(self, conflict_id: str) -> tuple[Disposition, ...]:
        """Give every decision on one conflict, the oldest first."""
        with self._write() as con:
            return tuple(_disposition(*row) for row in con.execute(HISTORY, (conflict_id,)))

    def note(self, conflict_id: str, text: str) -> Note:
        """Add a note to a conflict; a note is never changed or removed, and the audit log has that it was written."""
        now = self._now()
        with self._write() as con:
            self._append(con, "note", conflict_id)
            con.execute(NOTE, (conflict_id, self._user, now, text))
        return Note(by=self._user, at=now, text=text)

    def notes(self, conflict_id: str) -> tuple[Note, ...]:
        """Give the notes on a conflict, the oldest first."""
        with self._write() as con:
            return tuple(Note(by=by, at=at, text=text) for by, at, text in con.execute(NOTES, (conflict_id,)))

    def accept(self, name: str, content: str) -> None:
        """Record that the user knows of a file not taken or an absent day; the first to say so stays named."""
        with self._write() as con:
            self._append(con, "accept", json.dumps([name, content], ensure_ascii=False))
            con.execute(ACCEPT, (name, content, self._user, self._now()))

    def accepted(self) -> tuple[Accepted, ...]:
        """Give what was accepted to lack, by name."""
        names = ("name", "content", "by", "at")
        with self._write() as con:
            return tuple(Accepted(**dict(zip(names, row, strict=True))) for row in con.execute(ACCEPTED))

    def _append(self, con: sqlite3.Connection, action: str, target: str) -> None:
        seq, previous = con.execute(LAST).fetchone() or (0, GENESIS)
        entry = (seq + 1, self._now(), self._user, action, target, previous)
        con.execute(APPEND, (*entry, _hash(entry)))

    def _anchor(self, con: sqlite3.Connection) -> None:
        """Keep length and last hash outside the log, where cutting it short does not reach; nobody writes meanwhile."""
        con.execute("BEGIN IMMEDIATE")
        length, head = con.execute(LAST).fetchone()
        write_text(anchor_of(self._path), json.dumps({"length": length, "head": head}))
        con.execute("COMMIT")

    def _now(self) -> str:
        return self._clock().astimezone(JST).isoformat(timespec="seconds")

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            con = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            try:
                con.execute("PRAGMA journal_mode = WAL")
                con.execute("BEGIN IMMEDIATE")
                yield con
                con.execute("COMMIT")
                if con.total_changes:
                    self._anchor(con)
            finally:
                con.close()
        except (sqlite3.Error, OSError) as error:
            raise WorkspaceError(
                f"the ledger {self._path.name} cannot be written ({error}); nothing is shown",
                f"台帳 {self._path.name} に書き込めないため、何も表示しません（{error}）",
            ) from error


def anchor_of(ledger: Path) -> Path:
    """Name the file that keeps the length and the last hash of the audit log outside it (G1)."""
    return ledger.with_suffix(".head")


def verify(ledger: Path) -> dict[str, Any]:
    """Check the audit log against itself and against its anchor (G1).

    Tells an altered, removed or reordered line (`altered_at`), a log that was cut short or written anew (`problem`),
    and how many lines the anchor does not know yet (`ahead`: a process ended between line and anchor).
    """
    if not ledger.exists():
        raise WorkspaceError(
            f"{ledger} is no ledger; nothing has been recorded here yet",
            f"{ledger} は台帳ではありません。まだ何も記録されていません",
        )
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as con:
        rows = con.execute("SELECT seq, at, user, action, target, previous, hash FROM audit ORDER BY seq").fetchall()
    hashes = [GENESIS, *(row[-1] for row in rows)]
    broken = (n for n, row in enumerate(rows, 1) if (row[0], row[5], row[6]) != (n, hashes[n - 1], _hash(row[:6])))
    altered = next(broken, None)
    length, head = _anchored(anchor_of(ledger))
    problem = "altered" if altered else _against_anchor(hashes, length, head)
    found = {"length": len(rows), "head": hashes[-1], "anchor_length": length, "ahead": max(len(rows) - length, 0)}
    return {"intact": not problem, "problem": problem, "altered_at": altered} | found


def _against_anchor(hashes: Sequence[str], length: int, head: str) -> str:
    if len(hashes) - 1 < length:
        return "cut short"
    return "" if hashes[length] == head else "written anew"


def _anchored(path: Path) -> tuple[int, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return int(found["length"]), str(found["head"])
    except (OSError, ValueError, KeyError) as error:
        raise WorkspaceError(
            f"the anchor {path.name} of the audit log cannot be read ({error!r})",
            f"操作記録の控え {path.name} を読めません（{error!r}）",
        ) from error


def _written(covers: Covers | None) -> tuple[str | None, float | None, str | None]:
    """Spell what a decision covers as the three columns that keep it."""
    if covers is None:
        return None, None, None
    kept = {name: plain(getattr(covers, name)) for name in ("lookups", "ties", "last_lookup", "identified")}
    return json.dumps(kept), covers.score, covers.policy


def _disposition(
    state: str, by: str, at: str, reason: str, until: str | None,
    covers: str | None, score: float | None, policy: str | None,
) -> Disposition:  # fmt: skip
    found = _covers(json.loads(covers), score, policy or "") if covers else None
    return Disposition(state=CaseState(state), by=by, at=at, reason=reason, until=until, covers=found)


def _identity(staff: str, state: str, person: str | None, by: str, at: str, reason: str) -> IdentityDecision:
    return IdentityDecision(staff=staff, state=IdentityState(state), person=person, by=by, at=at, reason=reason)


def _covers(kept: dict[str, Any], score: float | None, policy: str) -> Covers:
    last = kept["last_lookup"]
    time = datetime.fromisoformat(last).replace(tzinfo=None) if last else None  # as lookups are: the office's own time
    return Covers(
        lookups=tuple(kept["lookups"]), ties=tuple(kept["ties"]), last_lookup=time, score=score, policy=policy,
        identified=kept["identified"],
    )  # fmt: skip


def _grow(con: sqlite3.Connection, table: str, columns: Mapping[str, str]) -> None:
    """Add the columns that a table of an older ledger lacks."""
    there = {name for _, name, *_ in con.execute(f"PRAGMA table_info({table})")}
    for name, kind in columns.items():
        if name not in there:
            con.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def _hash(entry: tuple[int, str, str, str, str, str]) -> str:
    return hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode()).hexdigest()
