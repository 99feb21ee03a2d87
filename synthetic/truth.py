"""The answer key: everyone, every true link, what the exports say of it, and every lookup of a relative."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from synthetic.exports import iso
from synthetic.kin.kin_on_day import true_links
from synthetic.population.timeline import day_number
from synthetic.staff.offices import RESIDENT, TAX, WELFARE
from synthetic.work.rows import WHOLE_HOUSEHOLD
from synthetic.work.ties import tense
from synthetic.work.town import Town
from synthetic.work.work import CALL, HOUSEHOLD

VERSION = 1
SYSTEMS = {TAX: "税務事務システム", WELFARE: "総合福祉システム", RESIDENT: "住民基本台帳等事務システム"}
TIE = ("kind", "up", "down", "side", "degree", "nature", "half", "tense", "visible", "chain", "hr")
PLACE = ("file", "line", "caller_file", "caller_line")


@dataclass(frozen=True)
class Key:
    """The folder of the answer key and whose numbers its rows bear."""

    folder: Path
    town: Town
    staff_ids: np.ndarray

    def write(self, name: str, frame: pd.DataFrame) -> None:
        """Write one table as UTF-8."""
        csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), self.folder / f"{name}.csv")

    def facts(self, facts: Mapping[str, Any]) -> None:
        """Write meta.json."""
        text = json.dumps({"version": VERSION, **facts}, ensure_ascii=False, indent=1)
        (self.folder / "meta.json").write_text(text + "\n", encoding="utf-8")

    def people(self, staff: pd.DataFrame, earlier: pd.DataFrame, former: np.ndarray) -> None:
        """Write people.csv and staff.csv, where who works under a second number has a second row."""
        number = self.town.number
        columns = {"pid": np.arange(len(number)), "person_id": number, "former_number": former}
        self.write("people", pd.DataFrame(columns))
        pid = staff["pid"].to_numpy()
        person = np.where((pid >= 0) & staff["resident"].to_numpy(dtype=bool), number[pid], "")
        ever = np.where(pid >= 0, number[pid], "")
        names = {"staff_id": self.staff_ids, "pid": pid, "person_id": person, "former_person_id": ever}
        rows = pd.DataFrame(names)
        again = rows.iloc[earlier["staff"]].assign(staff_id=earlier["number"].to_numpy(object))
        self.write("staff", pd.concat([rows, again], ignore_index=True))

    def named(self, files: Mapping[str, pd.DataFrame]) -> None:
        """Write named.csv: who each dependant and emergency contact is (no number: in no register here)."""
        parts = [rows.assign(file=file)[["file", "staff", "name", "relation", "pid"]] for file, rows in files.items()]
        rows = pd.concat(parts, ignore_index=True)
        pid = rows["pid"].to_numpy(dtype=int)
        columns = {"staff_id": self.staff_ids[rows["staff"].to_numpy(dtype=int)]}
        columns["person_id"] = np.where(pid >= 0, self.town.number[pid], "")
        self.write("named", rows.drop(columns="staff").assign(**columns))

    def links(self, written: pd.DataFrame) -> None:
        """Write links.csv (all that is true) and written.csv (what the exports say of it)."""
        number = self.town.number
        for name, frame in (("links", true_links(self.town.city)), ("written", written)):
            ids = {
                "person_a": number[frame["a"].to_numpy(dtype=int)],
                "person_b": number[frame["b"].to_numpy(dtype=int)],
            }
            self.write(name, _dated(frame).assign(**ids))

    def work(self, rows: pd.DataFrame, ties: pd.DataFrame, negatives: pd.DataFrame) -> None:
        """Write kin_lookups.csv, planted.csv, hard_negatives.csv and borrowed.csv."""
        seen = lookups(rows)
        kin = kin_lookups(seen, ties, self.town)
        self.write("kin_lookups", self._ids(kin, "b").assign(ties=kin["ties"]))
        borrowed = seen[seen["attribution"] == "borrowed"]
        self.write("borrowed", self._ids(borrowed, "subject").sort_values(["system", "file", "line"]))
        self.write("planted", self._planted(rows, seen))
        columns = {"name": negatives["name"], "viewer": self.staff_ids[negatives["staff"].to_numpy(dtype=int)]}
        subject = self.town.number[negatives["subject"].to_numpy(dtype=int)]
        self.write("hard_negatives", pd.DataFrame(columns | {"subject": subject}))

    def _ids(self, seen: pd.DataFrame, subject: str) -> pd.DataFrame:
        """Give lookups with ids for people and words for systems."""
        holder = np.where(
            seen["shared"] | (seen["attribution"] == "orphan"), "", self.staff_ids[seen["holder"].to_numpy()]
        )
        columns = {"system": seen["system"].map(SYSTEMS)} | {c: seen[c] for c in PLACE}
        columns |= {"time": seen["time"], "viewer": self.staff_ids[seen["staff"].to_numpy()], "holder": holder}
        columns |= {"subject": self.town.number[seen[subject].to_numpy(dtype=int)]}
        return pd.DataFrame(columns | {c: seen[c] for c in ("view", "attribution", "origin", "reason")})

    def _planted(self, rows: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
        keys = ["planted", "origin", "staff", "subject"]
        looked = seen[seen["planted"] >= 0].groupby(keys, as_index=False).agg(
            first=("time", "min"), last=("time", "max"), lookups=("time", "size"))  # fmt: skip
        size = rows[rows["planted"] >= 0].groupby(keys, as_index=False).agg(rows=("time", "size"))
        table = looked.merge(size, on=keys)
        columns = {"pattern": table["origin"], "case_id": table["planted"].map("case-{:03d}".format)}
        columns |= {"viewer": self.staff_ids[table["staff"].to_numpy()]}
        columns |= {"subject": self.town.number[table["subject"].to_numpy()]}
        return pd.DataFrame(columns | {c: table[c] for c in ("first", "last", "lookups", "rows")})


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Write start and end as days."""
    return frame.assign(**{name: iso(frame[name].to_numpy()) for name in ("start", "end")})


def lookups(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn log rows (with `file`, `line`) into lookups: searches are none, and a relayed pair is one."""
    calling = (rows["system"] == WELFARE) & (rows["operation"] == CALL)
    caller = rows.loc[calling, ["act", "file", "line"]].set_index("act")
    seen = rows[~calling & (rows["sort"] != "search")].copy()
    relay = (seen["sort"] == "relay").to_numpy()
    seen["caller_file"] = np.where(relay, seen["act"].map(caller["file"]).fillna(""), "")
    seen["caller_line"] = np.where(relay, seen["act"].map(caller["line"]).fillna(0), 0).astype(int)
    whole = (seen["operation"] == HOUSEHOLD) | ((seen["sort"] == "issue") & (seen["certificate"] == WHOLE_HOUSEHOLD))
    seen["view"] = np.where(whole, "household", "direct")
    orphan = relay & (seen["caller_line"] == 0).to_numpy()
    borrowed = (seen["holder"] != seen["staff"]).to_numpy()
    seen["attribution"] = np.select(
        [seen["shared"], orphan, borrowed, relay], ["shared", "orphan", "borrowed", "relayed"], "own"
    )
    return seen


def kin_lookups(seen: pd.DataFrame, ties: pd.DataFrame, town: Town) -> pd.DataFrame:
    """Find the lookups whose true viewer is kin of somebody seen: one row for each lookup and person, ties as JSON."""
    direct = seen[seen["view"] == "direct"].assign(b=lambda t: t["subject"])
    found = pd.concat([direct, _exposed(seen[seen["view"] == "household"], ties, town)], ignore_index=True)
    found["row"] = np.arange(len(found))
    joined = found[["row", "staff", "b", "time"]].merge(ties, on=["staff", "b"])
    joined["tense"] = tense(joined, joined["time"].to_numpy())
    held = joined[joined["tense"] != "future"]
    words = held[list(TIE)].to_dict("records")
    listed = pd.Series(words, index=held.index, dtype=object).groupby(held["row"]).agg(_listed)
    kin = found[found["row"].isin(listed.index)].assign(ties=lambda t: t["row"].map(listed))
    return kin.sort_values(["system", "file", "line", "b"], kind="stable", ignore_index=True)


def _listed(ties: pd.Series) -> str:
    return json.dumps(list(ties), ensure_ascii=False)


def _exposed(views: pd.DataFrame, ties: pd.DataFrame, town: Town) -> pd.DataFrame:
    """Give for each household view the viewer's kin who lived in that household on that day."""
    kin = ties[["staff", "b"]].drop_duplicates()
    stays = town.stays[town.stays["pid"].isin(kin["b"])].rename(columns={"pid": "b"})
    homes = kin.merge(stays, on="b")[["staff", "b", "household", "start", "end"]]
    met = views.merge(homes, on=["staff", "household"])
    day = day_number(met["time"].to_numpy())
    return met[(met["start"] <= day) & (day < met["end"])].drop(columns=["start", "end"])
