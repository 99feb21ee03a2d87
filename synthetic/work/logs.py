"""The three access logs, the receptions and the certificates: their columns, codes and monthly files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from synthetic import exports
from synthetic.exports import PLAIN_SECONDS, SECONDS, Spoil, seconds_of_day
from synthetic.staff.offices import RESIDENT, TAX, WELFARE
from synthetic.work.rows import ISSUE, RELAY, SEARCH, UPDATE, WHOLE_HOUSEHOLD, Business
from synthetic.work.town import Town
from synthetic.work.work import HOUSEHOLD, PERSON, PRINT, VIEW

LOGS = {TAX: "zei_log", WELFARE: "fukushi_log", RESIDENT: "jumin_log"}
CERTIFICATES = {"1": "住民票（個人）", "2": "住民票（世帯全員）", "3": "印鑑登録証明", "5": "記載事項証明"}
NOTIFICATIONS = ("転居届", "世帯変更届", "転出届", "印鑑登録")
CONSULTATIONS = {TAX: "納税・申告の相談", WELFARE: "福祉の相談", RESIDENT: "住民記録の相談"}
TAX_CODES = {VIEW: "1", SEARCH: "2", PRINT: "3"}
WELFARE_SEARCH, RESIDENT_SEARCH, CALLER = "氏名検索", "氏名検索", "総合福祉"
RESIDENT_CODES = {SEARCH: "101", PERSON: "102", HOUSEHOLD: "103", ISSUE: "201", UPDATE: "301", RELAY: "901"}
TAX_FIELDS, TAX_FIELD_SHARES = np.array(["所得", "課税", "扶養", "口座"], object), (0.5, 0.3, 0.12, 0.08)
TAX_WORK, TAX_WORK_SHARES = np.array(["10", "20", "30", "40"], object), (0.45, 0.2, 0.25, 0.1)

DIGITS = "{:04d}{:02d}{:02d}".format

SPOILED = {
    "zei_log": Spoil(("利用日", "20180231"), ("処理区分", "9")),
    "fukushi_log": Spoil(("日時", "2018-02-31T10:15:20+09:00"), ("機能", "不明")),
    "jumin_log": Spoil(("処理日時", "H30.02.31 10:15:20"), ("処理コード", "999")),
    "uketsuke": Spoil(("受付日時", "2018/02/31 10:15")),
    "kofu": Spoil(("交付日時", "20180231101520")),
}


@dataclass(frozen=True)
class Scribe:
    """Writes the files of one municipality: where, how broken, and with which tax numbers."""

    folder: Path
    town: Town
    staff_ids: np.ndarray
    tax_numbers: "TaxNumbers"
    broken: int
    rng: np.random.Generator

    def monthly(
        self, name: str, frame: pd.DataFrame, columns: Mapping[str, object], quoted: bool = False
    ) -> pd.DataFrame:
        """Write one file a month; give the file and line of each row."""
        month = frame["time"].to_numpy().astype("datetime64[M]")
        months = np.arange(np.datetime64("2017-06"), np.datetime64("2018-08"))
        unlucky = self.rng.integers(0, len(months))
        file, line = np.full(len(frame), "", object), np.zeros(len(frame), int)
        for n, one in enumerate(months):
            rows = slice(*np.searchsorted(month, [one, one + 1]))
            file[rows] = f"{name}_{str(one).replace('-', '')}.csv"
            part = {column: np.asarray(values, object)[rows] for column, values in columns.items()}
            path = self.folder / f"{name}_{str(one).replace('-', '')}.csv"
            broken = self.broken if n == unlucky else 0
            line[rows] = exports.write(path, part, SPOILED[name], broken, self.rng, quoted)
        return pd.DataFrame({"file": file, "line": line})

    def person(self, pids: np.ndarray) -> np.ndarray:
        """Give 宛名番号, empty where there is nobody."""
        return np.asarray(np.where(pids >= 0, self.town.number[pids], ""))


@dataclass(frozen=True)
class TaxNumbers:
    """納税義務者番号 by person, and the older one some still have."""

    current: np.ndarray
    old: np.ndarray

    def draw(self, pids: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Give for each person the number in use, or as often as not the old one where there is one."""
        old = self.old[pids]
        return np.asarray(np.where((old != "") & (rng.random(len(pids)) < 0.5), old, self.current[pids]))


def number_taxpayers(town: Town, two: float, rng: np.random.Generator) -> TaxNumbers:
    """Give every adult inhabitant a number of nine digits, some a second one."""
    payers = town.adults
    second = payers[rng.random(len(payers)) < two]
    numbers = np.unique(rng.integers(1_000_000, 1_000_000_000, 2 * (len(payers) + len(second))))
    numbers = rng.permutation(numbers)[: len(payers) + len(second)]
    texts = np.array([f"{n:09d}" for n in numbers.tolist()], object)
    current, old = (np.full(len(town.number), "", object) for _ in range(2))
    current[payers], old[second] = texts[: len(payers)], texts[len(payers) :]
    return TaxNumbers(current, old)


def search_texts(rows: pd.DataFrame, town: Town, rng: np.random.Generator) -> np.ndarray:
    """Write what was typed in to find somebody: kana of the 氏, mostly of the whole name."""
    pids = rows["subject"].to_numpy()
    whole = town.text("surname_kana")[pids] + "　" + town.text("given_kana")[pids]
    typed = np.where(rng.random(len(pids)) < 0.6, whole, town.text("surname_kana")[pids])
    found = (rows["sort"] == "search").to_numpy()
    texts = np.full(len(rows), "", object)
    texts[found] = exports.half_kana(typed[found])
    return texts


def write_tax(rows: pd.DataFrame, out: Scribe) -> pd.DataFrame:
    """Write zei_log: date and time in two columns, subjects by 納税義務者番号 without leading zeros, all quoted."""
    n, rng, time = len(rows), out.rng, rows["time"].to_numpy()
    search = (rows["sort"] == "search").to_numpy()
    number = np.array([text.lstrip("0") for text in out.tax_numbers.draw(rows["subject"].to_numpy(), rng)], object)
    year = rows["time"].dt.year.to_numpy() - (rows["time"].dt.month.to_numpy() < 6) - (rng.random(n) < 0.2)
    columns = {
        "通番": [f"T{k:08d}" for k in range(1, n + 1)],
        "利用日": exports.on_days(DIGITS, time),
        "利用時刻": PLAIN_SECONDS[seconds_of_day(time)],
        "利用者ID": rows["operator"],
        "端末番号": rows["terminal"],
        "業務区分": rng.choice(TAX_WORK, n, p=TAX_WORK_SHARES),
        "処理区分": rows["operation"].map(TAX_CODES),
        "納税義務者番号": np.where(search, "", number),
        "賦課年度": year.astype(str),
        "参照項目": np.where(search, "", rng.choice(TAX_FIELDS, n, p=TAX_FIELD_SHARES)),
    }
    return out.monthly("zei_log", rows, columns, quoted=True)


def write_welfare(rows: pd.DataFrame, cases: np.ndarray, out: Scribe) -> pd.DataFrame:
    """Write fukushi_log: ISO times, 宛名番号 without leading zeros."""
    n, time = len(rows), rows["time"].to_numpy()
    search = (rows["sort"] == "search").to_numpy()
    number = np.array([text.lstrip("0") for text in out.person(rows["subject"].to_numpy())], object)
    case = rows["case"].to_numpy()
    columns = {
        "ログID": [str(500_200 + k) for k in range(1, n + 1)],
        "日時": exports.iso(time) + "T" + SECONDS[seconds_of_day(time)] + "+09:00",
        "利用者ID": rows["operator"],
        "端末ID": rows["terminal"],
        "機能": np.where(search, WELFARE_SEARCH, rows["operation"]),
        "ケース番号": np.where(case >= 0, cases[case] if len(cases) else "", ""),
        "対象者番号": np.where(search, "", number),
        "検索語": search_texts(rows, out.town, out.rng),
    }
    return out.monthly("fukushi_log", rows, columns)


def write_resident(rows: pd.DataFrame, out: Scribe) -> pd.DataFrame:
    """Write jumin_log: 和暦 times, relayed rows under the account of the relay, household views by 世帯番号."""
    n, time, sort = len(rows), rows["time"].to_numpy(), rows["sort"].to_numpy(dtype=object)
    whole = (rows["operation"] == HOUSEHOLD) | (rows["certificate"] == WHOLE_HOUSEHOLD)
    whole = whole.to_numpy() & np.isin(sort, ["view", "issue"])
    person, home = out.person(rows["subject"].to_numpy()), out.town.household_number[rows["household"].to_numpy()]
    texts = search_texts(rows, out.town, out.rng)
    operation = rows["operation"]
    columns = {
        "連番": [f"{k:08d}" for k in range(1, n + 1)],
        "処理日時": exports.wareki(time) + " " + SECONDS[seconds_of_day(time)],
        "経由": np.where(sort == "relay", CALLER, ""),
        "操作者ID": rows["operator"],
        "端末名": rows["terminal"],
        "処理コード": operation.map(RESIDENT_CODES),
        "処理名": np.where(sort == "search", RESIDENT_SEARCH, operation),
        "対象区分": np.select([sort == "search", whole], ["", "2"], "1"),
        "宛名番号": np.where(whole | (sort == "search"), "", person),
        "世帯番号": np.where(whole, home, ""),
        "検索条件": np.where(sort == "search", "カナ=" + texts, ""),
        "枚数": np.where(sort == "issue", "1", ""),
        "発行番号": np.where(sort == "issue", rows["issuance"], ""),
    }
    return out.monthly("jumin_log", rows, columns)


def write_business(business: Business, out: Scribe) -> None:
    """Write uketsuke and kofu."""
    rows, rng = business.receptions, out.rng
    kinds = np.select([rows["what"] == "証明", rows["what"] == "届出"],
                      [rows["kind"].map(CERTIFICATES).fillna(""), rng.choice(NOTIFICATIONS, len(rows))],
                      rows["system"].map(CONSULTATIONS))  # fmt: skip
    pids, time = rows["subject"].to_numpy(), rows["time"].to_numpy()
    name = out.town.text("surname")[pids] + "　" + out.town.text("given")[pids]
    columns = {
        "受付番号": rows["number"],
        "受付日時": exports.on_days(lambda y, m, d: f"{y:04d}/{m:02d}/{d:02d} ", time)
        + np.array([text[:5] for text in SECONDS], object)[seconds_of_day(time)],
        "区分": rows["what"], "請求届出種別": kinds, "受付職員": out.staff_ids[rows["staff"].to_numpy()],
        "来庁者氏名": name, "対象者宛名番号": out.person(pids),
    }  # fmt: skip
    out.monthly("uketsuke", rows, columns)
    rows = business.issuances
    pids, home, time = rows["subject"].to_numpy(), rows["household"].to_numpy(), rows["time"].to_numpy()
    columns = {
        "発行番号": rows["number"],
        "交付日時": exports.on_days(DIGITS, time) + PLAIN_SECONDS[seconds_of_day(time)],
        "受付番号": rows["reception_number"], "証明種別": rows["certificate"], "宛名番号": out.person(pids),
        "世帯番号": np.where(home >= 0, out.town.household_number[home], ""), "通数": np.full(len(rows), "1", object),
        "操作者ID": rows["operator"], "端末ID": rows["terminal"],
    }  # fmt: skip
    out.monthly("kofu", rows, columns)
