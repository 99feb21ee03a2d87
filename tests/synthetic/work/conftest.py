"""A small municipality at work, once as the generator sees it and once as files."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

import synthetic
from synthetic.kin.kin_on_day import true_links
from synthetic.personnel.masters import case_numbers
from synthetic.personnel.personnel import personnel
from synthetic.plan import Plan, draw_plan
from synthetic.population.city import City, Rates
from synthetic.population.simulate import simulate
from synthetic.settings import WorkRates
from synthetic.staff.offices import RESIDENT, TAX, WELFARE
from synthetic.staff.staff import hire
from synthetic.work import logs
from synthetic.work.rows import Business, log_rows
from synthetic.work.ties import firm_links, staff_ties
from synthetic.work.town import Town

RATES = WorkRates(staff=120, cases=60, borrowed_cases=0.0, logs=5.0, broken_rows=0, transfers=0.1)


class World(NamedTuple):
    """Everything known about one municipality at work."""

    town: Town
    staff: pd.DataFrame
    hr: pd.DataFrame
    ties: pd.DataFrame
    plan: Plan
    rows: pd.DataFrame
    business: Business
    written: dict[int, pd.DataFrame]  # of each system: the columns of its log, row by row


@pytest.fixture(scope="session")
def city() -> City:
    return simulate(4_000, 11, Rates(), lambda done, text: None)


@pytest.fixture(scope="session")
def world(city: City, tmp_path_factory: pytest.TempPathFactory) -> World:
    town, rng = Town(city), np.random.default_rng(11)
    staff = hire(city, RATES, rng)
    hr = personnel(town, staff, RATES, rng)
    shown = true_links(city).assign(grade="stated", chain=0)
    ties = staff_ties(city, staff, firm_links(shown), {})
    plan = draw_plan(town, staff, hr, ties, RATES, rng)
    rows, business = log_rows(plan.acts, plan.setting, rng)
    numbers = logs.number_taxpayers(town, 0.1, rng)
    ids = staff["staff_id"].to_numpy(dtype=object)
    out = logs.Scribe(tmp_path_factory.mktemp("logs"), town, ids, numbers, 0, rng)
    mine = {system: rows[rows["system"] == system].reset_index(drop=True) for system in (TAX, WELFARE, RESIDENT)}
    logs.write_tax(mine[TAX], out)
    logs.write_welfare(mine[WELFARE], case_numbers(plan.setting.cases.table.index.to_numpy()), out)
    logs.write_resident(mine[RESIDENT], out)
    written = {system: read_logs(out.folder, name) for system, name in logs.LOGS.items()}
    return World(town, staff, hr, ties, plan, rows, business, written)


def read_logs(folder: Path, name: str) -> pd.DataFrame:
    """Read all months of a log as text."""
    files = sorted(folder.glob(f"{name}_*.csv"))
    parts = [pd.read_csv(file, encoding="cp932", dtype=str, keep_default_na=False) for file in files]
    return pd.concat(parts, ignore_index=True)


class Made(NamedTuple):
    """A municipality as it lies on disk."""

    exports: Path
    truth: Path

    def lines(self, name: str) -> list[list[str]]:
        """Split a raw file into fields; element n is line n + 1."""
        text = (self.exports / name).read_bytes().decode("cp932", errors="replace")
        return [line.replace('"', "").split(",") for line in text.split("\r\n")]

    def table(self, pattern: str) -> pd.DataFrame:
        """Read all whole rows of the files of one kind, broken copies left out."""
        parts = []
        for file in sorted(self.exports.glob(pattern)):
            header, *rows = self.lines(file.name)
            whole = [row for row in rows if len(row) == len(header) and "\ufffd" not in "".join(row)]
            parts.append(pd.DataFrame(whole, columns=header).drop_duplicates())
        return pd.concat(parts, ignore_index=True)

    def key(self, name: str) -> pd.DataFrame:
        """Read a table of the answer key as text."""
        return pd.read_csv(self.truth / f"{name}.csv", dtype=str, keep_default_na=False)


SETTINGS = ("staff=70", "cases=8", "logs=4")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    synthetic.make("2000", 3, folder, SETTINGS, lambda done, text: None)
    return Made(folder / "exports", folder / "truth")
