"""Writes what is true of the people of a synthetic municipality into its 住民基本台帳 and 戸籍."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from synthetic.exports import ENCODING, Spoil
from synthetic.kin.kin_on_day import KinOnDay, true_links
from synthetic.population.city import City
from synthetic.population.register_rates import RegistryRates
from synthetic.registers.family_registers import family_registers
from synthetic.registers.juki_columns import Clerk, juki_columns
from synthetic.registers.koseki.koseki_addresses import write_addresses
from synthetic.registers.koseki.koseki_export import ENCODING as KOSEKI_ENCODING
from synthetic.registers.koseki.koseki_export import write_koseki
from synthetic.registers.koseki.koseki_rows import Office
from synthetic.registers.register_events import stays_of
from synthetic.registers.register_files import write_parts
from synthetic.registers.register_names import Honseki, RegisterNames
from synthetic.registers.register_slips import register_slips
from synthetic.registers.register_words import unknown_parts
from synthetic.registers.snapshots import snapshots
from synthetic.registers.written_links import register_links

__all__ = ["RegistryRates", "Written", "write_registers"]

SPOIL = Spoil(date=("生年月日", "S54.13.40"), code=("異動事由", "99"))
Progress = Callable[[float, str], object]


@dataclass(frozen=True)
class Written:
    """What was written: every true link that a file shows, and the rows of each file."""

    links: pd.DataFrame
    """link (parent, spouse, de_facto, household), a, b, nature, start, end, file, grade, chain."""
    rows: Mapping[str, int]
    """Rows of each file; broken copies among them are not counted."""
    former_numbers: np.ndarray
    """By person, the older 宛名番号 of who is in the resident register twice."""


def write_registers(
    city: City, out_dir: Path, rates: RegistryRates, rng: np.random.Generator, progress: Progress
) -> Written:
    """Write the resident register and 戸籍 of a city and say what they show."""
    progress(0.0, "戸籍")
    clerk, office = _desks(city, rates, rng)
    progress(0.3, "住民基本台帳")
    unproved = city.people["foreign"].to_numpy(bool) & (rng.random(len(city.people)) < rates.foreign_unproved)
    kin, stays = office.kin, stays_of(city)
    found = snapshots(city, kin, office.books, clerk.names, clerk.wrong, unproved)
    path, broken = out_dir / f"juki_rireki_{office.file_day}.csv", rates.broken_register_rows
    write_parts(path, len(found.rows), lambda rows: juki_columns(found.part(rows), clerk), SPOIL, broken, rng, ENCODING)
    progress(0.7, "戸籍")
    truth = true_links(city)
    homes = stays[~stays["household"].isin(np.asarray(city.institutions))]
    links = [register_links(found, kin, truth, homes, path.name)]
    rows = {path.name: len(found.rows)}
    for name, count, shown in write_koseki(office, out_dir, truth, found.rows[["pid", "register"]], broken, rng):
        rows[name] = count
        links.append(shown)
    if rates.koseki_addresses:
        name, count = write_addresses(
            office, out_dir, found.rows[["pid", "day", "place"]], broken, rng, KOSEKI_ENCODING
        )
        rows[name] = count
    progress(1.0, "戸籍")
    return Written(pd.concat(links, ignore_index=True), rows, clerk.wrong.former)


def _desks(city: City, rates: RegistryRates, rng: np.random.Generator) -> tuple[Clerk, Office]:
    """Set up the two desks that write from the same books."""
    books = family_registers(city, rng)
    wrong = register_slips(city, rates, rng.spawn(1)[0])
    names = RegisterNames(city, books, rates, wrong.given_kana, rng)
    honseki = Honseki(city, books, names, rates, rng)
    people = len(city.people)
    unknown, geta = unknown_parts(people, rates.birth_unknown, rng), rng.random(people) < rates.geta
    return Clerk(city, names, honseki, wrong, unknown, geta), Office(
        city, KinOnDay(city), books, names, honseki, unknown
    )
