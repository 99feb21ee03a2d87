"""The files about staff, accounts, terminals, duty, cases and taxpayers, each full and as of the registers' day."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from synthetic import exports
from synthetic.exports import Spoil
from synthetic.staff.offices import OPEN_END, SYSTEMS, Places
from synthetic.staff.roster import LAST, Roster
from synthetic.work.cases import FIRST_CASE
from synthetic.work.logs import Scribe

STAMP = str(LAST).replace("-", "")
SEX = {"M": "男", "F": "女"}
WESTERN = 0.4  # share of HR's birth dates that are not in 和暦


def _file(out: Scribe, name: str, columns: Mapping[str, object], spoil: Spoil, quoted: bool = False) -> str:
    file = f"{name}_{STAMP}.csv"
    exports.write(out.folder / file, columns, spoil, out.broken, out.rng, quoted)
    return file


def write_staff(
    rows: pd.DataFrame, named: pd.DataFrame, staff: pd.DataFrame, hr: pd.DataFrame, places: Places, out: Scribe
) -> None:
    """Write shokuin: a row a posting, with the name it bears."""
    who, seat = rows["staff"].to_numpy(), places.seats.iloc[rows["seat"].to_numpy()]
    birth = hr["birth"].to_numpy()
    style = out.rng.random(len(staff)) < WESTERN
    texts = np.where(style, exports.on_days(lambda y, m, d: f"{y:04d}/{m:02d}/{d:02d}", birth), exports.wareki(birth))
    columns = {
        "職員番号": rows["number"].to_numpy(object),
        "氏名": named["name"].to_numpy(object),
        "カナ氏名": named["kana"].to_numpy(object),
        "旧姓使用": np.where(hr["former"].to_numpy(dtype=bool)[who], "1", ""),
        "生年月日": texts[who],
        "性別": staff["sex"].map(SEX).to_numpy(dtype=object)[who],
        "所属コード": seat["section"].to_numpy(dtype=object),
        "所属名": seat["section_name"].to_numpy(dtype=object),
        "職名": seat["title"].to_numpy(dtype=object),
        "発令日": exports.wareki(rows["start"].to_numpy()),
        "発令終了日": exports.wareki(rows["end"].to_numpy()),
        "現住所": rows["address"].fillna(pd.Series(hr["address"].to_numpy(object)[who])).to_numpy(object),
    }
    _file(out, "shokuin", columns, Spoil(("発令日", "H30.02.31"), ("性別", "未")))


def write_dependants(rows: pd.DataFrame, out: Scribe) -> str:
    """Write fuyo and give the file's name."""
    columns = {
        "職員番号": out.staff_ids[rows["staff"].to_numpy(dtype=int)],
        "被扶養者氏名": rows["name"],
        "被扶養者カナ": rows["kana"],
        "続柄": rows["relation"],
        "生年月日": exports.wareki(rows["birth"].to_numpy()),
        "同居別居": np.where(rows["together"].to_numpy(dtype=bool), "同居", "別居"),
        "認定日": exports.wareki(rows["since"].to_numpy()),
        "取消日": np.full(len(rows), "", object),
    }
    return _file(out, "fuyo", columns, Spoil(("認定日", "H30.02.31")))


def write_contacts(rows: pd.DataFrame, out: Scribe) -> str:
    """Write kinkyu and give the file's name."""
    columns = {
        "職員番号": out.staff_ids[rows["staff"].to_numpy(dtype=int)],
        "緊急連絡先氏名": rows["name"],
        "カナ": rows["kana"],
        "続柄": rows["relation"],
        "住所": rows["address"],
        "電話": rows["phone"],
    }
    return _file(out, "kinkyu", columns, Spoil())


def _bare(texts: np.ndarray) -> np.ndarray:
    """Lose leading zeros, as a spreadsheet does."""
    return np.array([text.lstrip("0") for text in texts], object)


def _holders(staff: np.ndarray, out: Scribe) -> np.ndarray:
    return np.where(staff >= 0, out.staff_ids[staff], "")


def write_accounts(places: Places, out: Scribe) -> None:
    """Write sosasha: ids are inclusive on both ends and open ones run to 9999-12-31."""
    rows = places.accounts
    columns = {
        "システム": np.array(SYSTEMS, object)[rows["system"].to_numpy()],
        "操作者ID": rows["operator"],
        "職員番号": _bare(_holders(rows["staff"].to_numpy(), out)),
        "区分": rows["kind"],
        "有効開始日": exports.iso(rows["start"].to_numpy()),
        "有効終了日": exports.iso(rows["end"].fillna(pd.Timestamp(OPEN_END.astype("datetime64[s]"))).to_numpy()),
    }
    _file(out, "sosasha", columns, Spoil(("有効開始日", "2018-02-31"), ("区分", "不明")))


def write_terminals(places: Places, out: Scribe) -> None:
    """Write tanmatsu."""
    rows = places.terminals
    columns = {
        "端末ID": rows["terminal"],
        "設置場所": rows["place"],
        "所属コード": rows["section"],
        "主使用者": _holders(rows["staff"].to_numpy(), out),
        "使用開始日": exports.iso(rows["start"].to_numpy()),
        "使用終了日": exports.iso(rows["end"].to_numpy()),
    }
    _file(out, "tanmatsu", columns, Spoil(("使用開始日", "2018-02-31")))


def write_duty(roster: Roster, out: Scribe) -> None:
    """Write kinmu: default hours over the whole range, every other row an exception."""
    rows = roster.duty
    columns = {
        "職員番号": _bare(out.staff_ids[rows["staff"].to_numpy()]),
        "開始日": exports.slashed(rows["first"].to_numpy()),
        "終了日": exports.slashed(rows["last"].to_numpy()),
        "勤務区分": rows["code"],
        "勤務区分名": rows["name"],
        "開始時刻": exports.clock(rows["from_minute"].to_numpy()),
        "終了時刻": exports.clock(rows["to_minute"].to_numpy()),
    }
    _file(out, "kinmu", columns, Spoil(("開始日", "2018/2/31"), ("勤務区分", "99")))


def write_assignments(rows: pd.DataFrame, out: Scribe) -> None:
    """Write tanto: days as seven digits of 和暦."""
    columns = {
        "ケース番号": case_numbers(rows["case"].to_numpy()),
        "世帯番号": out.town.household_number[rows["household"].to_numpy()],
        "世帯主宛名番号": out.person(rows["head"].to_numpy()),
        "担当区分": rows["role"],
        "担当職員番号": out.staff_ids[rows["staff"].to_numpy()],
        "担当開始日": exports.wareki_digits(rows["start"].to_numpy()),
        "担当終了日": exports.wareki_digits(rows["end"].to_numpy()),
    }
    _file(out, "tanto", columns, Spoil(("担当開始日", "4300231"), ("担当区分", "7")))


def case_numbers(cases: np.ndarray) -> np.ndarray:
    """Give the ケース番号 of cases."""
    return np.array([str(FIRST_CASE + case) for case in cases.tolist()], object)


def write_taxpayers(out: Scribe) -> None:
    """Write zei_atena: the tax system's own numbers and whose they are; 9 marks an old number."""
    numbers, town = out.tax_numbers, out.town
    rows = [np.flatnonzero(numbers.current != ""), np.flatnonzero(numbers.old != "")]
    pids = np.concatenate(rows)
    number = np.concatenate([numbers.current[rows[0]], numbers.old[rows[1]]])
    order = np.argsort(number.astype(str), kind="stable")
    pids, mark = pids[order], np.repeat(["1", "9"], [len(r) for r in rows])[order]
    kana = exports.half_kana(town.text("surname_kana")[pids] + "　" + town.text("given_kana")[pids])
    columns = {"納税義務者番号": number[order], "宛名番号": town.number[pids], "カナ氏名": kana, "番号区分": mark}
    _file(out, "zei_atena", columns, Spoil())
