"""Writes 戸籍の附票 (K9): where the people of a 戸籍 have lived while in it, as the resident registers reported it."""

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from synthetic.exports import Spoil
from synthetic.population.city import CITY_NAME, PREFECTURE
from synthetic.population.timeline import FOREVER, day_number
from synthetic.registers.koseki.koseki_rows import Office, entries
from synthetic.registers.register_files import write_parts
from synthetic.registers.register_words import long_date

SPOIL = Spoil(code=("戸籍区分", "8"))


def write_addresses(
    office: Office, out_dir: Path, moves: pd.DataFrame, broken: int, rng: np.random.Generator, encoding: str
) -> tuple[str, int]:
    """Write the addresses of everyone who stands in a register kept here; give the file's name and rows.

    `moves` are rows of the resident register: pid, day, place.
    """
    rows = _rows(office, pd.concat([_here(moves, office), _elsewhere(office)], ignore_index=True))
    name = f"koseki_fuhyo_{office.file_day}.csv"
    write_parts(out_dir / name, len(rows), partial(_columns, rows, office), SPOIL, broken, rng, encoding)
    return name, len(rows)


def _here(moves: pd.DataFrame, office: Office) -> pd.DataFrame:
    """Give each person's addresses in the municipality; a row that changes no address tells none."""
    rows = moves.sort_values(["pid", "day"], kind="stable")
    new = (rows["pid"] != rows["pid"].shift()) | (rows["place"] != rows["place"].shift())
    return rows.loc[new & (rows["place"] >= 0), ["pid", "day", "place"]].assign(address="")


def _elsewhere(office: Office) -> pd.DataFrame:
    rows = office.city.outside
    rows = rows[rows["address"].notna() & rows["start"].notna()]
    day = day_number(rows["start"])
    return pd.DataFrame({"pid": rows["pid"].to_numpy(), "day": day, "place": -1, "address": rows["address"].to_numpy()})


def _rows(office: Office, addresses: pd.DataFrame) -> pd.DataFrame:
    """Join entries that stand with the addresses that their time in the register saw."""
    standing = entries(office)
    standing = standing[(standing["left"] == FOREVER) & (standing["closed"] == FOREVER)]
    addresses = addresses.sort_values(["pid", "day"], kind="stable")
    same = addresses["pid"].eq(addresses["pid"].shift(-1))
    addresses = addresses.assign(until=addresses["day"].shift(-1).where(same, FOREVER))
    rows = standing[["register", "version", "made", "position", "pid", "entered"]].merge(addresses, on="pid")
    rows = rows[rows["until"] > np.maximum(rows["entered"], rows["made"])]
    return rows.sort_values(["register", "made", "position", "day"], kind="stable", ignore_index=True)


def _columns(every: pd.DataFrame, office: Office, part: slice) -> dict[str, np.ndarray]:
    rows = every.iloc[part]
    register, place, pid = (rows[name].to_numpy(np.int64) for name in ("register", "place", "pid"))
    places = office.city.places
    here = (
        PREFECTURE + CITY_NAME + places["town"] + places["number"] + "　" + places["building"].fillna("")
    ).str.strip()
    return {
        "本籍": office.honseki.koseki[register],
        "筆頭者氏名": office.honseki.koseki_head[register],
        "戸籍区分": rows["version"].to_numpy(object),
        "名": office.names.given[pid],
        "住所": np.where(place >= 0, here.to_numpy(object)[place], rows["address"].to_numpy(object)),
        "住所を定めた年月日": long_date(rows["day"].to_numpy(np.int64)),
    }
