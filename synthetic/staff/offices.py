"""Sections, seats, terminals and accounts: where staff sit and under which ids they work."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.staff.roster import TRANSFER_DAY

TAX, WELFARE, RESIDENT = range(3)
SYSTEMS = ("税務", "福祉", "住記")
RELAY_ACCOUNT, RELAY_TERMINAL = "FUKUREN", "FUKAP01"
OPEN_END = np.datetime64("9999-12-31")
TEAM = 15
ACCOUNTS_SINCE = np.datetime64("2016-04-01")
CARDS = 2  # temporary cards, bound to nobody


@dataclass(frozen=True)
class Office:
    """A sort of section: its share of staff, how much it looks up, and in which systems (TAX, WELFARE, RESIDENT)."""

    code: str
    name: str
    prefix: str
    share: float
    activity: float
    mix: tuple[float, float, float]
    rights: tuple[bool, bool, bool]


OFFICES = (
    Office("11", "総務課", "SM", 0.09, 0.0, (0, 0, 0), (False, False, False)),
    Office("12", "企画課", "KK", 0.05, 0.0, (0, 0, 0), (False, False, False)),
    Office("21", "市民課", "CM", 0.17, 1.3, (0, 0, 1), (False, False, True)),
    Office("22", "保険年金課", "HN", 0.11, 0.8, (0.35, 0, 0.65), (True, False, True)),
    Office("31", "課税課", "KZ", 0.11, 1.1, (0.85, 0, 0.15), (True, False, True)),
    Office("32", "収納課", "SN", 0.08, 0.9, (0.8, 0, 0.2), (True, False, True)),
    Office("41", "生活支援課", "FK", 0.17, 1.2, (0.12, 0.88, 0), (True, True, False)),
    Office("42", "高齢障害課", "KR", 0.08, 0.8, (0, 1, 0), (False, True, False)),
    Office("51", "土木課", "DB", 0.08, 0.0, (0, 0, 0), (False, False, False)),
    Office("52", "産業課", "SG", 0.06, 0.0, (0, 0, 0), (False, False, False)),
)
COUNTER, CASEWORK = 2, 6  # places in OFFICES


@dataclass(frozen=True)
class Places:
    """Every seat, and who has it before and after the day of transfers."""

    seats: pd.DataFrame  # office, section, section_name, title, terminal, place; index = seat
    seat: np.ndarray  # 2 × staff: the seat of each member of staff in each era
    operator: np.ndarray  # 2 × staff × system: operator id, empty without right
    shared: Mapping[str, tuple[str, str]]  # section of a counter → shared operator id and its terminal
    accounts: pd.DataFrame  # system, operator, staff (-1), kind, start, end
    terminals: pd.DataFrame  # terminal, place, section, staff (-1), start, end

    def office(self, era: np.ndarray, staff: np.ndarray) -> np.ndarray:
        """Give the office each member of staff sits in."""
        offices: np.ndarray = self.seats["office"].to_numpy()[self.seat[era, staff]]
        return offices


def era_of(times: np.ndarray) -> np.ndarray:
    """Say 0 before the day of transfers and 1 from it on."""
    eras: np.ndarray = (times >= TRANSFER_DAY).astype(int)
    return eras


def furnish(staff: int, transfers: float, caseworker: int, rng: np.random.Generator) -> Places:
    """Give everyone a seat, terminals to sections that use a system, and accounts to seats and people.

    `caseworker` (-1: nobody) gets a seat in casework, in a section that nobody leaves or joins.
    """
    seats = _seats(staff)
    seat = np.tile(_seating(seats, caseworker, rng), (2, 1))
    sections = seats["section"].to_numpy(dtype=object)[seat[0]]
    stays = (sections == sections[caseworker]) if caseworker >= 0 else np.zeros(staff, bool)
    moving = np.flatnonzero((rng.random(staff) < transfers) & ~stays)
    seat[1, moving] = seat[0, np.roll(moving, 1)]
    operator = _operators(seats, seat)
    shared = _shared(seats)
    accounts = pd.concat([_personal(seats, seat, operator), _impersonal(shared)], ignore_index=True)
    accounts = accounts.sort_values(["system", "operator", "start"], kind="stable", ignore_index=True)
    return Places(seats, seat, operator, shared, accounts, _terminals(seats, seat, shared))


def _seating(seats: pd.DataFrame, caseworker: int, rng: np.random.Generator) -> np.ndarray:
    seat = rng.permutation(len(seats))
    casework = ((seats["office"] == CASEWORK) & (seats["title"] != "課長")).to_numpy()
    if caseworker >= 0 and not casework[seat[caseworker]]:
        other = int(rng.choice(np.flatnonzero(casework[seat])))
        seat[[caseworker, other]] = seat[[other, caseworker]]
    return seat


def _seats(staff: int) -> pd.DataFrame:
    share = np.array([office.share for office in OFFICES]) * staff
    counts = np.maximum(np.floor(share).astype(int), 1)
    counts[CASEWORK] = max(counts[CASEWORK], 3)  # the 2018 case needs a viewer and a colleague
    order = np.argsort(counts - share, kind="stable")
    for step in range(abs(int(staff - counts.sum()))):
        counts[order[step % len(order)]] += 1 if counts.sum() < staff else 0
    rows = [_seat(office, n, count) for office, count in enumerate(counts) for n in range(count)]
    return pd.DataFrame(rows[:staff])


def _seat(office: int, n: int, count: int) -> dict[str, object]:
    kind = OFFICES[office]
    teams = -(-count // TEAM)
    team = n % teams
    title = "課長" if n == 0 else "係長" if n < teams + 1 else "主査" if n % 3 == 0 else "主事"
    name = f"{kind.name}第{team + 1}係" if teams > 1 else f"{kind.name}"
    terminal = f"{kind.prefix}{n + 1:04d}" if any(kind.rights) else ""
    place = f"本庁{office // 3 + 1}階 {name}"
    columns: dict[str, object] = {"office": office, "section": f"{kind.code}{team + 1:02d}", "section_name": name}
    return columns | {"title": title, "terminal": terminal, "place": place}


def _operators(seats: pd.DataFrame, seat: np.ndarray) -> np.ndarray:
    """Tax ids belong to the seat and pass to the next who sits there (L5); the others are personal."""
    rights = np.array([office.rights for office in OFFICES])[seats["office"].to_numpy()[seat]]
    people = np.arange(seat.shape[1])
    names = np.empty((*seat.shape, 3), object)
    for era in (0, 1):
        names[era, :, TAX] = [f"Z{s + 101:05d}" for s in seat[era]]
        names[era, :, WELFARE] = [f"F{p + 101:05d}" for p in people]
        names[era, :, RESIDENT] = [f"J{p + 2101:05d}" for p in people]
    return np.where(rights, names, "")


def _personal(seats: pd.DataFrame, seat: np.ndarray, operator: np.ndarray) -> pd.DataFrame:
    rows = []
    for staff, system in np.ndindex(seat.shape[1], 3):
        before, after = operator[:, staff, system]
        if before == after and before:
            rows.append((system, before, staff, "個人", ACCOUNTS_SINCE, OPEN_END))
            continue
        if before:
            rows.append((system, before, staff, "個人", ACCOUNTS_SINCE, TRANSFER_DAY - 1))
        if after:
            rows.append((system, after, staff, "個人", TRANSFER_DAY, OPEN_END))
    return pd.DataFrame(rows, columns=["system", "operator", "staff", "kind", "start", "end"])


def _shared(seats: pd.DataFrame) -> dict[str, tuple[str, str]]:
    sections = sorted(set(seats.loc[seats["office"] == COUNTER, "section"]))
    return {section: (f"J9{n + 1:04d}", f"CMW{n + 1:02d}") for n, section in enumerate(sections)}


def _impersonal(shared: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    rows = [(RESIDENT, operator, -1, "共用", ACCOUNTS_SINCE, OPEN_END) for operator, _ in shared.values()]
    rows += [(RESIDENT, f"TMP{n + 1:02d}", -1, "臨時", ACCOUNTS_SINCE, OPEN_END) for n in range(CARDS)]
    rows.append((RESIDENT, RELAY_ACCOUNT, -1, "システム", ACCOUNTS_SINCE, OPEN_END))
    return pd.DataFrame(rows, columns=["system", "operator", "staff", "kind", "start", "end"])


def _terminals(seats: pd.DataFrame, seat: np.ndarray, shared: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    users = [np.argsort(seat[era], kind="stable") for era in (0, 1)]
    rows: list[tuple[object, ...]] = []
    here = seats[["terminal", "place", "section"]].itertuples(index=False)
    for number, (terminal, place, section) in enumerate(here):
        before, after = users[0][number], users[1][number]
        if terminal and before == after:
            rows.append((terminal, place, section, before, ACCOUNTS_SINCE, None))
        elif terminal:
            rows.append((terminal, place, section, before, ACCOUNTS_SINCE, TRANSFER_DAY - 1))
            rows.append((terminal, place, section, after, TRANSFER_DAY, None))
    rows += [(t, "本庁1階 市民課 窓口", section, -1, ACCOUNTS_SINCE, None) for section, (_, t) in shared.items()]
    rows.append((RELAY_TERMINAL, "電算室 連携サーバ", seats["section"][0], -1, ACCOUNTS_SINCE, None))
    return pd.DataFrame(rows, columns=["terminal", "place", "section", "staff", "start", "end"])
