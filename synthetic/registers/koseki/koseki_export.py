"""Writes 戸籍: one row for each person and register (記載), one for each event of a person in a register (身分事項)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from synthetic.exports import Spoil
from synthetic.registers.koseki.koseki_rows import Office, entries, events
from synthetic.registers.koseki.traceable import traceable
from synthetic.registers.register_files import write_parts
from synthetic.registers.register_words import delay, long_date
from synthetic.registers.written_links import best, claims, confirmed

ENCODING = "utf-8-sig"
NOTIFIED_WITHIN = {"出生": 13, "死亡": 6}
POINTED = ("離婚", "養子縁組", "特別養子縁組", "認知")  # events that name the other person's register
UNKNOWN_VERSION = ("戸籍区分", "8")
ENTRY_SPOIL = Spoil(date=("出生年月日", "1954-13-40"), code=UNKNOWN_VERSION)
EVENT_SPOIL = Spoil(date=("事件年月日", "1954-13-40"), code=UNKNOWN_VERSION)


def write_koseki(
    office: Office, out_dir: Path, truth: pd.DataFrame, seen: pd.DataFrame, broken: int, rng: np.random.Generator
) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Write both files; give for each its name, its rows and the links it shows.

    `seen` lists the pid and register that the resident register's rows name.
    """
    written = entries(office)
    happened = events(office, written)
    followed = _Followed(office, seen)
    entry_words, event_words = partial(_entry_columns, written, office), partial(_event_columns, happened, office)
    for part, rows, words, spoil, claimed in (
        ("kisai", written, entry_words, ENTRY_SPOIL, _entry_claims(written, office, followed)),
        ("jiko", happened, event_words, EVENT_SPOIL, _event_claims(happened, office, followed)),
    ):
        name = f"koseki_{part}_{office.file_day}.csv"
        write_parts(out_dir / name, len(rows), words, spoil, broken, rng, ENCODING)
        yield name, len(rows), best(confirmed(claimed, truth), name)


def _parents(written: pd.DataFrame, office: Office) -> dict[str, np.ndarray]:
    """Give father, mother, adoptive father and mother of each entry as of its end, -1 for nobody."""
    pid, as_of = written["pid"].to_numpy(), written["as_of"].to_numpy()
    mother, father = office.kin.parents(pid, as_of)[:2]
    special_mother, special_father = office.kin.adoptive_parents(pid, as_of, special=True)
    mother, father = (np.where(x >= 0, x, y) for x, y in ((special_mother, mother), (special_father, father)))
    adoptive_mother, adoptive_father = office.kin.adoptive_parents(pid, as_of, special=False)
    return {"父": father, "母": mother, "養父": adoptive_father, "養母": adoptive_mother}


def _entry_columns(every: pd.DataFrame, office: Office, part: slice) -> dict[str, np.ndarray]:
    written = every.iloc[part]
    parents = _parents(written, office)
    pid, entered = written["pid"].to_numpy(), written["entered"].to_numpy()
    birth = office.kin.birth[pid]
    names = {word: _name(parent, entered, office) for word, parent in parents.items()}
    stranger = (office.kin.origin(pid) < 0).all(axis=0)  # parents who are nobody's record are names only
    for word, sex in (("父", "M"), ("母", "F")):
        own = office.names.surname(pid, birth, written["register"].to_numpy(), koseki=True)
        names[word] = np.where(stranger & (names[word] == ""), own + office.names.phantom(pid, sex), names[word])
    registered = np.where(written["by"] == "出生", entered + delay(pid, entered, NOTIFIED_WITHIN["出生"]), entered)
    adopted = (parents["養父"] >= 0) | (parents["養母"] >= 0)
    return {
        **_key(written, office),
        "編製年月日": long_date(written["made"].to_numpy()),
        "消除年月日": long_date(written["closed"].to_numpy()),
        "記載順": written["position"].to_numpy().astype(str),
        "名": office.names.given[pid],
        "名の振り仮名": np.full(len(pid), "", object),  # entered in 戸籍 from 2025-05-26 on (K8)
        "出生年月日": long_date(birth, office.unknown[pid]),
        "父": names["父"],
        "母": names["母"],
        "父母との続柄": office.place_among_siblings[pid],
        "養父": names["養父"],
        "養母": names["養母"],
        "養父母との続柄": np.where(adopted, np.where(office.kin.male[pid], "養子", "養女"), ""),
        "夫婦の別": np.where(_spouse(written, office) >= 0, np.where(office.kin.male[pid], "夫", "妻"), ""),
        "入籍年月日": long_date(registered),
        "入籍事由": written["by"].to_numpy(object),
        **_pointer(written["prior"].to_numpy(), office, ("従前本籍", "従前筆頭者")),
        "除籍年月日": long_date(written["left"].to_numpy()),
        "除籍事由": written["left_by"].to_numpy(object),
        **_pointer(written["new"].to_numpy(), office, ("新本籍", "新筆頭者")),
    }


def _key(rows: pd.DataFrame, office: Office) -> dict[str, np.ndarray]:
    pointer = _pointer(rows["register"].to_numpy(), office, ("本籍", "筆頭者氏名"))
    return pointer | {"戸籍区分": rows["version"].to_numpy(object)}


def _pointer(register: np.ndarray, office: Office, columns: tuple[str, str]) -> dict[str, np.ndarray]:
    texts = zip(columns, (office.honseki.koseki, office.honseki.koseki_head), strict=True)
    return {column: np.where(register >= 0, text[register], "") for column, text in texts}


def _name(pid: np.ndarray, day: np.ndarray, office: Office) -> np.ndarray:
    """Write a full name as of a day, empty for nobody."""
    surname = office.names.surname(pid, day, office.register_on(pid, day), koseki=True)
    return np.where(pid >= 0, surname + office.names.given[pid], "")


def _spouse(written: pd.DataFrame, office: Office) -> np.ndarray:
    return office.kin.spouse(written["pid"].to_numpy(), written["as_of"].to_numpy())


def _event_columns(every: pd.DataFrame, office: Office, part: slice) -> dict[str, np.ndarray]:
    happened = every.iloc[part]
    pid, day, other = (happened[name].to_numpy(np.int64) for name in ("pid", "day", "other"))
    event = happened["event"].to_numpy(object)
    notified = day.copy()
    for word, longest in NOTIFIED_WITHIN.items():
        notified = np.where(event == word, day + delay(pid, day, longest), notified)
    birth = event == "出生"
    return {
        **_key(happened, office),
        "名": office.names.given[pid],
        "身分事項": event,
        "事件年月日": long_date(day, np.where(birth, office.unknown[pid], 0)),
        "届出年月日": long_date(notified),
        "相手方氏名": _name(other, day - 1, office),
        **_pointer(_named_register(happened, office), office, ("相手方本籍", "相手方筆頭者")),
        "記事": happened["note"].to_numpy(object),
    }


def _named_register(happened: pd.DataFrame, office: Office) -> np.ndarray:
    register = office.register_on(happened["other"].to_numpy(np.int64), happened["day"].to_numpy())
    return np.where(happened["event"].isin(POINTED), register, -1)


class _Followed:
    """The entries of registers kept here that can be followed to a person."""

    def __init__(self, office: Office, seen: pd.DataFrame) -> None:
        entries = office.books.entries
        rows = entries[traceable(entries, office.honseki.inside, seen)]
        self._people = len(office.city.people)
        self._keys = np.unique(rows["register"].to_numpy() * self._people + rows["pid"].to_numpy())

    def __call__(self, register: np.ndarray, pid: np.ndarray) -> np.ndarray:
        """Say whose entries in which registers can be."""
        return (register >= 0) & (pid >= 0) & np.isin(register * self._people + pid, self._keys)


def _entry_claims(written: pd.DataFrame, office: Office, followed: _Followed) -> pd.DataFrame:
    """Claim parents and spouses who stand in the same register, where they can be met by name."""
    pid, register, as_of = (written[name].to_numpy() for name in ("pid", "register", "as_of"))
    named = [("D", parent) for parent in _parents(written, office).values()] + [("S", _spouse(written, office))]
    parts = []
    for step, other in named:
        met = followed(register, pid) & followed(register, other)
        parts.append(claims(step, other[met], pid[met], as_of[met], "registered", 0))
    return pd.concat(parts, ignore_index=True)


def _event_claims(happened: pd.DataFrame, office: Office, followed: _Followed) -> pd.DataFrame:
    """Claim adoptions and recognitions whose event names the other person's register, if that is kept here too."""
    rows = happened[happened["note"].isin(["養父", "養母", "認知者"])]
    pid, other, day, register = (rows[name].to_numpy(np.int64) for name in ("pid", "other", "day", "register"))
    met = followed(register, pid) & followed(_named_register(rows, office), other)
    return claims("D", other[met], pid[met], day[met], "registered", 0)
