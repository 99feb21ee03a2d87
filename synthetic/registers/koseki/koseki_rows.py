"""Which entries and events stand in which version of a 戸籍: 改製原, and what the computer took over (K10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from synthetic.kin.kin_on_day import KinOnDay
from synthetic.population.city import City
from synthetic.population.timeline import FOREVER, day_number
from synthetic.registers.family_registers import FamilyRegisters
from synthetic.registers.register_names import Honseki, RegisterNames

ORDINALS = "長二三四五六七八九"
ORDERED_SINCE = int(day_number(np.array(["2004-11-01"], "datetime64[D]"))[0])
COMPUTERISED = int(day_number(np.array(["2004-01-31"], "datetime64[D]"))[0])
CURRENT, CLOSED, SUPERSEDED = "現在", "除籍", "改製原"
EVENTS = (
    "出生",
    "養子縁組",
    "特別養子縁組",
    "認知",
    "入籍",
    "婚姻",
    "養子離縁",
    "離婚",
    "姻族関係終了",
    "死亡",
)  # fmt: skip  in the order of one day


@dataclass(frozen=True)
class Office:
    """What the 戸籍 office has at hand."""

    city: City
    kin: KinOnDay
    books: FamilyRegisters
    names: RegisterNames
    honseki: Honseki
    unknown: np.ndarray  # which parts of each person's birth date nobody knows

    @property
    def file_day(self) -> str:
        """Write today as file names do."""
        return str(self.city.today.astype("datetime64[D]")).replace("-", "")

    @cached_property
    def place_among_siblings(self) -> np.ndarray:
        """Count each couple's sons and daughters (K4); a child born outside marriage before late 2004 is 男 or 女."""
        people = len(self.city.people)
        mother, father = self.kin.origin(np.arange(people))
        male, birth = self.kin.male[:-1], self.kin.birth[:-1]
        table = pd.DataFrame({"mother": mother, "father": father, "male": male, "birth": birth})
        place = table.sort_values("birth", kind="stable").groupby(["mother", "father", "male"]).cumcount().sort_index()
        rank = np.where(mother < 0, np.arange(people) % 3, place)
        ordinal = np.array(list(ORDINALS), object)[np.minimum(rank, len(ORDINALS) - 1)]
        unnumbered = (father < 0) & (mother >= 0) & (birth < ORDERED_SINCE)
        sex = np.where(male, "男", "女").astype(object)
        return np.where(unnumbered, sex, ordinal + sex)

    def register_on(self, pid: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Give the register each person stands in on a day, -1 where in none."""
        entry = self.books.timeline.row(pid, day)
        return np.where(entry >= 0, self.books.entries["register"].to_numpy()[entry], -1)


def versions(office: Office) -> pd.DataFrame:
    """List the versions of the registers kept here: made, closed and the days [since, until) each speaks of."""
    registers = office.books.registers.assign(register=np.arange(len(office.books.registers)))
    registers = registers[office.honseki.inside][["register", "made", "closed"]]
    through = (registers["made"] < COMPUTERISED) & (registers["closed"] >= COMPUTERISED)
    before = registers[through].assign(version=SUPERSEDED, closed=COMPUTERISED)
    made = registers["made"].where(~through, COMPUTERISED)
    after = registers.assign(version=np.where(registers["closed"] < FOREVER, CLOSED, CURRENT), made=made)
    table = pd.concat([before, after], ignore_index=True)
    until = np.where(table["version"] == SUPERSEDED, COMPUTERISED, FOREVER)
    return table.assign(since=table["made"], until=until)


def entries(office: Office) -> pd.DataFrame:
    """List every entry of every version, as it stood at the end of that version (`as_of`), in order."""
    rows = versions(office).merge(office.books.entries, on="register")
    rows = rows[(rows["entered"] < rows["until"]) & (rows["left"] >= rows["since"])]
    left_later = rows["left"] >= rows["until"]
    rows = rows.assign(
        left=rows["left"].where(~left_later, FOREVER),
        left_by=rows["left_by"].where(~left_later, ""),
        new=rows["new"].where(~left_later, -1),
    )
    today = int(day_number(np.array([office.city.today]))[0])
    rows["as_of"] = np.minimum(np.minimum(rows["left"], rows["until"]) - 1, today)
    rows = rows.sort_values(["register", "made", "entered"], kind="stable", ignore_index=True)
    return rows.assign(position=rows.groupby(["register", "made"]).cumcount() + 1)


def events(office: Office, written: pd.DataFrame) -> pd.DataFrame:
    """List what happened to each written entry: its own time in that version, and what is carried into it."""
    happened = pd.concat(_happened(office), ignore_index=True)
    names = ["register", "version", "made", "position", "pid", "entered", "left", "since", "until"]
    rows = written[names].merge(happened, on="pid")
    own = (rows["day"] >= rows["since"]) & (rows["day"] < rows["until"])
    own &= (rows["day"] >= rows["entered"]) & (rows["day"] <= rows["left"])
    begin = np.maximum(rows["entered"], rows["since"])
    carried = (rows["day"] < begin) & (begin < rows["carried_until"])
    rows = rows[own | carried]
    order = rows["event"].map(EVENTS.index)
    keys = ["register", "made", "position", "day", "order", "other"]
    return rows.assign(order=order).sort_values(keys, kind="stable", ignore_index=True)


def _event(
    event: object, pid: object, day: np.ndarray, other: object, carried_until: object, note: object
) -> pd.DataFrame:
    columns = {"pid": np.asarray(pid, np.int64), "event": event, "day": np.asarray(day, np.int64), "other": other}
    return pd.DataFrame(columns | {"carried_until": carried_until, "note": note})


def _happened(office: Office) -> list[pd.DataFrame]:
    """List all events of all people; until `carried_until` an event moves on with the person (0: never)."""
    people, moves = office.city.people, office.books.entries
    dead = np.flatnonzero(people["death"].notna())
    taken = moves[moves["by"] == "入籍"]
    return [
        _event("出生", np.arange(len(people)), day_number(people["birth"]), -1, FOREVER, ""),
        _event("死亡", dead, day_number(people["death"])[dead], -1, 0, ""),
        _event("入籍", taken["pid"], taken["entered"], -1, 0, "父又は母の氏を称する入籍"),
        *_couples(office.city),
        *_adoptions(office.city.adoptions, office.kin.male),
        *_recognitions(office.city.recognitions),
    ]


def _couples(city: City) -> Iterator[pd.DataFrame]:
    marriages, death = city.marriages, day_number(city.people["death"])
    start, end = day_number(marriages["start"]), day_number(marriages["end"])
    divorced = (marriages["ended_by"] == "divorce").to_numpy()
    terminated = day_number(marriages["terminated"])
    couple = (marriages["husband"].to_numpy(np.int64), marriages["wife"].to_numpy(np.int64))
    for one, other in (couple, couple[::-1]):
        yield _event("婚姻", one, start, other, end, "")
        yield _event("離婚", one[divorced], end[divorced], other[divorced], 0, "")
        widowed = (terminated < FOREVER) & (death[other] == end)
        yield _event("姻族関係終了", one[widowed], terminated[widowed], other[widowed], FOREVER, "")


def _adoptions(adoptions: pd.DataFrame, male: np.ndarray) -> Iterator[pd.DataFrame]:
    child, parent = adoptions["child"].to_numpy(np.int64), adoptions["parent"].to_numpy(np.int64)
    start, end = day_number(adoptions["start"]), day_number(adoptions["end"])
    event = np.where(adoptions["kind"] == "special", "特別養子縁組", "養子縁組")
    yield _event(event, child, start, parent, end, np.where(male[parent], "養父", "養母"))
    yield _event(event, parent, start, child, 0, np.where(male[child], "養子", "養女"))
    ended = end < FOREVER
    for one, other in ((child, parent), (parent, child)):
        yield _event("養子離縁", one[ended], end[ended], other[ended], 0, "")


def _recognitions(recognitions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    child, father = recognitions["child"].to_numpy(np.int64), recognitions["father"].to_numpy(np.int64)
    day = day_number(recognitions["date"])
    yield _event("認知", child, day, father, FOREVER, "認知者")
    yield _event("認知", father, day, child, 0, "認知した子")
