"""The resident register's rows before they are put into words: for each 異動 the whole state of a person (J6)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.kin.kin_on_day import KinOnDay
from synthetic.population.city import City
from synthetic.population.timeline import FOREVER, Timeline, day_number
from synthetic.registers.family_registers import FamilyRegisters
from synthetic.registers.register_events import FIX, LEAVING, register_events, stays_of
from synthetic.registers.register_names import RegisterNames
from synthetic.registers.register_slips import RegisterSlips
from synthetic.registers.zokugara_writer import Relations, relations

STATE = ["household", "relation", "surname", "register", "place"]


@dataclass(frozen=True)
class Snapshots:
    """The rows to write, in day and row numbers, and the 続柄 of each.

    Columns: pid, day, reason, at (the day described), twice (under the older of two numbers), history, current, until,
    household, head, register, place, before (the place of the row above), arrival.
    """

    rows: pd.DataFrame
    relations: Relations

    def part(self, rows: slice) -> "Snapshots":
        """Give some of the rows."""
        return Snapshots(self.rows.iloc[rows], self.relations.part(rows))


def snapshots(
    city: City,
    kin: KinOnDay,
    books: FamilyRegisters,
    names: RegisterNames,
    wrong: RegisterSlips,
    unproved: np.ndarray,
) -> Snapshots:
    """Work out every row of the resident register; a correction that changed nothing is not written."""
    stays = stays_of(city)
    rows = register_events(city, stays)
    rows["at"] = rows["day"] - rows["reason"].isin(LEAVING)  # who leaves is written as on the day before
    rows = _located(rows, city, stays)
    pid, at = rows["pid"].to_numpy(), rows["at"].to_numpy()
    entry = books.timeline.row(pid, at)
    rows["register"] = np.where(entry >= 0, books.entries["register"].to_numpy()[entry], -1)
    rows["surname"] = names.change(pid, at)
    related = relations(kin, rows["head"].to_numpy(), pid, at, unproved[pid])
    rows["relation"] = related.packed
    rows["twice"] = (wrong.former[pid] != "") & (rows["arrival"] < wrong.back[pid])
    kept = _changed(rows)
    rows = rows[kept].reset_index(drop=True)
    return Snapshots(_numbered(rows), related.part(kept))


def _located(rows: pd.DataFrame, city: City, stays: pd.DataFrame) -> pd.DataFrame:
    """Add household, its head (-1: none) and place, and the day residence began."""
    stay = Timeline(stays["pid"], stays["start"], stays["end"]).row(rows["pid"].to_numpy(), rows["at"].to_numpy())
    household, at = stays["household"].to_numpy()[stay], rows["at"].to_numpy()
    heads, places = city.heads, city.places
    head_on = Timeline(heads["household"], day_number(heads["start"]), day_number(heads["end"]))
    head_row = head_on.row(household, at)
    head = np.where(head_row >= 0, heads["head"].to_numpy(np.int64)[head_row], -1)
    place = Timeline(places["household"], day_number(places["start"])).row(household, at)
    arrival = stays["arrival"].to_numpy()[stay]
    return rows.assign(household=household, head=head, place=place, arrival=arrival)


def _changed(rows: pd.DataFrame) -> np.ndarray:
    state = rows[STATE]
    same = (state == state.shift()).all(axis=1) & rows["pid"].eq(rows["pid"].shift())
    return np.asarray(~(same & (rows["reason"] == FIX)))


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the history number, whether a row is the person's last, and until when it describes somebody living here."""
    number = rows["pid"] * 2 + rows["twice"]
    following = number.eq(number.shift(-1))
    until = rows["day"].shift(-1).where(following, FOREVER).astype(np.int64)
    until = until.where(~rows["reason"].isin(LEAVING), rows["day"])
    history = rows.groupby(number).cumcount() + 1
    return rows.assign(history=history, current=~following, until=until, before=rows["place"].shift(fill_value=-1))
