"""The careers of staff as HR files them: postings, the name each bears, and employments under an earlier number."""

import numpy as np
import pandas as pd

from synthetic.exports import half_kana
from synthetic.personnel.personnel import VARIANTS
from synthetic.personnel.whereabouts import NOWHERE, Whereabouts
from synthetic.population.city import City
from synthetic.population.timeline import Timeline, day_number
from synthetic.settings import WorkRates
from synthetic.staff.offices import Places
from synthetic.staff.roster import TRANSFER_DAY
from synthetic.work.logs import Scribe

POSTING_YEARS = np.array([np.datetime64(f"{year}-04-01") for year in range(2011, 2018)])
FIRST_EARLIER = 101  # below every number in use
SERVED = (200, 1500)  # days under the earlier number
PAUSE = 30  # least days between two employments


def postings(staff: pd.DataFrame, places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """List every posting: an earlier one for those hired long ago, the present one, and the transfers of 2018."""
    n = len(staff)
    hired = staff["hired"].to_numpy().astype("datetime64[D]")
    since = np.maximum(rng.choice(POSTING_YEARS, n), hired)
    earlier = np.flatnonzero(since > hired)
    moved = np.flatnonzero(places.seat[0] != places.seat[1])
    never = np.full(n, np.datetime64("NaT"), "datetime64[D]")
    end = np.where(places.seat[0] != places.seat[1], TRANSFER_DAY - 1, never)
    parts = [
        (earlier, rng.integers(0, n, len(earlier)), hired[earlier], since[earlier] - 1),
        (np.arange(n), places.seat[0], since, end),
        (moved, places.seat[1][moved], np.full(len(moved), TRANSFER_DAY), never[moved]),
    ]
    rows = [pd.DataFrame({"staff": a, "seat": b, "start": c, "end": d}) for a, b, c, d in parts]
    found = pd.concat(rows, ignore_index=True).sort_values(["staff", "start"], kind="stable", ignore_index=True)
    return found.assign(number=staff["staff_id"].to_numpy(object)[found["staff"]])


def earlier_employments(staff: pd.DataFrame, rates: WorkRates, rng: np.random.Generator) -> pd.DataFrame:
    """Choose who worked here before under another number: staff, number, start, end; all of them ended long ago."""
    young = staff["birth"].to_numpy().astype("datetime64[D]") + 20 * 366
    hired = staff["hired"].to_numpy().astype("datetime64[D]")
    able = np.flatnonzero((young + SERVED[1] + PAUSE < hired) & (staff["pid"] >= 0).to_numpy())
    chosen = np.sort(rng.choice(able, min(round(len(staff) * rates.two_numbers), len(able)), replace=False))
    end = hired[chosen] - PAUSE
    start = end - rng.integers(*SERVED, len(chosen))
    numbers = [f"{FIRST_EARLIER + n:07d}" for n in range(len(chosen))]
    return pd.DataFrame({"staff": chosen, "number": numbers, "start": start, "end": end})


def with_earlier(
    rows: pd.DataFrame, earlier: pd.DataFrame, staff: pd.DataFrame, places: Places, out: Scribe
) -> pd.DataFrame:
    """Put the earlier employments before the postings, each in some section and with the address of its last day."""
    seats = out.rng.integers(0, places.seat.shape[1], len(earlier))
    pid, day = staff["pid"].to_numpy()[earlier["staff"]], earlier["end"].to_numpy()
    known = Whereabouts(out.town, pid)
    here = known.now(pid, day)
    written = known.written(here, np.full(len(pid), False), out.rng)
    address = np.where(here == NOWHERE, known.elsewhere(pid, day), written)
    return pd.concat([earlier.assign(seat=seats, address=address), rows], ignore_index=True)


def names_then(
    city: City, staff: pd.DataFrame, hr: pd.DataFrame, rows: pd.DataFrame, rates: WorkRates, rng: np.random.Generator
) -> pd.DataFrame:
    """Give name and kana of each posting: an ended one bears the 氏 of its first day, unless HR corrected it since."""
    who, day = rows["staff"].to_numpy(), day_number(rows["start"].to_numpy())
    now = hr[["name", "kana"]].iloc[who].reset_index(drop=True)
    pid, names = staff["pid"].to_numpy()[who], city.names
    at = Timeline(names["pid"], day_number(names["start"].to_numpy()))
    then, latest = at.row(pid, day), at.row(pid, day_number(np.full(len(pid), TRANSFER_DAY)))
    kept = (
        rows["end"].notna().to_numpy() & ~hr["former"].to_numpy(bool)[who] & (rng.random(len(rows)) < rates.names_then)
    )
    other = kept & (then >= 0) & (then != latest) & now["name"].str.contains("　").to_numpy()
    surname, kana = (names[column].to_numpy(object)[then] for column in ("surname", "surname_kana"))
    plain = np.array([text.translate(VARIANTS) for text in surname], object)
    reading = half_kana(np.array(kana + "　", object)) + now["kana"].str.partition(" ")[2].to_numpy(object)
    written = {"name": plain + "　" + now["name"].str.partition("　")[2].to_numpy(object)}
    written["kana"] = np.where(now["kana"] == "", "", reading)
    return pd.DataFrame({name: np.where(other, text, now[name]) for name, text in written.items()})
