"""The resident register's rows in words, column by column."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.exports import mapped
from synthetic.population.city import CITY_NAME, City
from synthetic.population.timeline import FOREVER, Timeline, day_number
from synthetic.registers.register_events import BIRTH, DEATH, HEAD, IN, MADE, MERGE, MOVE, OUT, REASON_CODES, SPLIT
from synthetic.registers.register_names import Honseki, RegisterNames
from synthetic.registers.register_slips import RegisterSlips
from synthetic.registers.register_words import delay, dotted_date, short_date
from synthetic.registers.snapshots import Snapshots

FULL_LATIN = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {0x20: "　"}
NOTES = {MADE: "電算化に伴う改製", HEAD: "世帯主変更"}
# Until when an event is notified, in days; a change of head or of the family is noted on its day.
NOTIFIED_WITHIN = {DEATH: 6, BIRTH: 13, IN: 13, MOVE: 13, SPLIT: 13, MERGE: 13}


@dataclass(frozen=True)
class Clerk:
    """What the clerk who writes the resident register has at hand."""

    city: City
    names: RegisterNames
    honseki: Honseki
    wrong: RegisterSlips
    unknown: np.ndarray  # which parts of each person's birth date nobody knows
    geta: np.ndarray  # whose given name the register cannot write


def juki_columns(found: Snapshots, clerk: Clerk) -> dict[str, np.ndarray]:
    """Put every row into words."""
    rows, related = found.rows, found.relations
    people = clerk.city.people.iloc[rows["pid"].to_numpy()]
    codes = {f"続柄コード{place + 1}": related.codes(place) for place in range(4)}
    who = _number(rows, people, clerk) | codes | {"続柄表記": related.text} | _person(rows, people, clerk)
    return who | _place(rows, clerk) | _event(rows, clerk.city)


def _number(rows: pd.DataFrame, people: pd.DataFrame, clerk: Clerk) -> dict[str, np.ndarray]:
    reason = rows["reason"].to_numpy()
    return {
        "宛名番号": np.where(rows["twice"], clerk.wrong.former[rows["pid"]], people["person_id"].to_numpy(object)),
        "世帯番号": np.asarray(clerk.city.household_ids, object)[rows["household"]],
        "履歴番号": rows["history"].to_numpy().astype(str),
        "最新フラグ": np.where(rows["current"], "1", "0"),
        "住民種別": np.where(people["foreign"], "2", "1"),
        "住民状態": np.select([reason == DEATH, reason == OUT], ["3", "2"], "1"),
    }


def _person(rows: pd.DataFrame, people: pd.DataFrame, clerk: Clerk) -> dict[str, np.ndarray]:
    pid, at, register = (rows[name].to_numpy() for name in ("pid", "at", "register"))
    foreign, latin = people["foreign"].to_numpy(bool), people["latin_name"].fillna("").to_numpy(object)
    given = np.where(clerk.geta[pid], "〓", clerk.wrong.given[pid])
    surname = clerk.names.surname(pid, at, register)
    in_letters = foreign & np.array([text.isascii() for text in surname.tolist()], bool)
    letters = mapped(lambda text: str(text).upper().translate(FULL_LATIN), latin)
    birth = clerk.wrong.birth[pid]
    return {
        "氏名": np.where(in_letters, letters, surname + "　" + given),
        "氏名カナ": clerk.names.half_kana(pid, at),
        "旧氏": np.full(len(rows), "", object),  # entered in resident registers from 2019-11-05 on
        "通称": people["alias"].fillna("").to_numpy(object),
        "アルファベット氏名": latin,
        "性別": np.where(people["sex"] == "M", "1", "2"),
        "生年月日": np.where(foreign, dotted_date(birth), short_date(birth, clerk.unknown[pid])),
    }


def _place(rows: pd.DataFrame, clerk: Clerk) -> dict[str, np.ndarray]:
    places, place, register = clerk.city.places, rows["place"].to_numpy(), rows["register"].to_numpy()
    parts = {"町字": "town", "番地号": "number", "方書": "building"}
    address = {name: places[column].fillna("").to_numpy(object)[place] for name, column in parts.items()}
    registered = {"本籍": clerk.honseki.juki, "筆頭者": clerk.honseki.juki_head}
    return address | {name: np.where(register >= 0, texts[register], "") for name, texts in registered.items()}


def _event(rows: pd.DataFrame, city: City) -> dict[str, np.ndarray]:
    reason, day, pid = (rows[name].to_numpy() for name in ("reason", "day", "pid"))
    notified = day.copy()
    for kind, longest in NOTIFIED_WITHIN.items():
        notified = np.where(reason == kind, day + delay(pid, day, longest), notified)
    today = int(day_number(np.array([city.today]))[0])
    notified = np.where(reason == MADE, FOREVER, np.minimum(notified, today))
    return {
        "異動事由": REASON_CODES[reason],
        "異動年月日": short_date(day),
        "届出年月日": short_date(notified),
        "住民となった年月日": short_date(rows["arrival"].to_numpy()),
        "転入前住所": _previous_address(rows, city),
        "転出先住所": np.where(reason == OUT, _outside(city, pid, day), ""),
        "備考": mapped(lambda code: NOTES.get(int(str(code)), ""), reason),
    }


def _previous_address(rows: pd.DataFrame, city: City) -> np.ndarray:
    """Write where people who moved lived the day before, here or elsewhere."""
    reason, places = rows["reason"].to_numpy(), city.places.iloc[rows["before"].to_numpy()]
    before = (CITY_NAME + places["town"] + places["number"] + places["building"].fillna("")).to_numpy(object)
    outside = _outside(city, rows["pid"].to_numpy(), rows["day"].to_numpy() - 1)
    return np.select([np.isin(reason, [MOVE, SPLIT, MERGE]), reason == IN], [before, outside], "")


def _outside(city: City, pid: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Write where people lived elsewhere on a day, empty where nobody knows."""
    rows = city.outside
    rows = rows[rows["pid"].isin(pid)]
    row = Timeline(rows["pid"], day_number(rows["start"]), day_number(rows["end"])).row(pid, day)
    texts = np.append(rows["address"].fillna("").to_numpy(object), "")  # row -1: nowhere
    return np.asarray(texts[row])
