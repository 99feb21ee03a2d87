"""The order in which a synthetic municipality comes to be: people, registers, staff, work, files, answer key."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from synthetic import truth
from synthetic.personnel import masters
from synthetic.personnel.dependants import contacts, declared_links, dependants
from synthetic.personnel.personnel import personnel
from synthetic.personnel.postings import earlier_employments, names_then, postings, with_earlier
from synthetic.plan import Plan, draw_plan
from synthetic.population.city import City
from synthetic.population.simulate import simulate
from synthetic.registers.juki_export import Written, write_registers
from synthetic.settings import WorkRates, as_dict, read, residents_of, sized
from synthetic.staff.offices import RESIDENT, TAX, WELFARE
from synthetic.staff.relatives import relatives
from synthetic.staff.staff import hire
from synthetic.work import logs
from synthetic.work.cases import assignments
from synthetic.work.rows import log_rows
from synthetic.work.ties import firm_links, staff_ties
from synthetic.work.town import Town

Progress = Callable[[float, str], None]
REGISTERS, PEOPLE, WORK, FILES = range(1, 5)  # one seeded stream for each stage


def write(size: str, seed: int, out_dir: Path, settings: Iterable[str], progress: Progress) -> None:
    """Write exports/ and truth/ into `out_dir`."""
    chosen = read(settings)
    rates = sized(chosen.work, size)
    exports, key = out_dir / "exports", out_dir / "truth"
    for folder in (exports, key):
        folder.mkdir(parents=True, exist_ok=True)
    city = simulate(residents_of(size), seed, chosen.families, _part(progress, 0.0, 0.4), size)
    registers, watch = _stream(seed, REGISTERS), _part(progress, 0.4, 0.65)
    written = write_registers(city, exports, chosen.registry, registers, watch)
    facts = {"seed": seed, "size": size, "residents": residents_of(size), "settings": as_dict(chosen)}
    _staff_and_work(city, written, rates, (exports, key), _part(progress, 0.65, 1.0)).facts(facts)
    progress(1.0, "done")


def _stream(seed: int, stage: int) -> np.random.Generator:
    return np.random.default_rng([seed, stage])


def _part(progress: Progress, start: float, end: float) -> Progress:
    return lambda done, text: progress(start + (end - start) * done, text)


def _staff_and_work(
    city: City, written: Written, rates: WorkRates, folders: tuple[Path, Path], progress: Progress
) -> truth.Key:
    """Hire staff, let them work, write their files and the answer key."""
    town, rng = Town(city), _stream(city.seed, PEOPLE)
    progress(0.0, "staff")
    staff = hire(city, rates, rng)
    hr = personnel(town, staff, rates, rng)
    family = relatives(city, staff, rng)
    named = {"fuyo": dependants(family, town, staff, rng), "kinkyu": contacts(family, town, staff, rates, rng)}
    declared = _declared(staff, named)
    kin = staff_ties(city, staff, firm_links(written.links), firm_links(declared))
    progress(0.2, "work")
    plan = draw_plan(town, staff, hr, kin, rates, _stream(city.seed, WORK))
    stream = _stream(city.seed, FILES)
    earlier = earlier_employments(staff, rates, stream)
    numbers = logs.number_taxpayers(town, rates.two_tax_numbers, stream)
    ids = staff["staff_id"].to_numpy(dtype=object)
    out = logs.Scribe(folders[0], town, ids, numbers, rates.broken_rows, stream)
    rows = _write_work(plan, out, progress)
    files = _write_masters(plan, staff, hr, named, earlier, rates, out)
    progress(0.9, "answer key")
    key = truth.Key(folders[1], town, ids)
    key.people(staff, earlier, written.former_numbers)
    key.named({files[name]: rows for name, rows in named.items()})
    key.links(pd.concat([written.links, declared.assign(file=declared["file"].map(files))], ignore_index=True))
    key.work(rows, kin, plan.negatives.rows)
    return key


def _write_work(plan: Plan, out: logs.Scribe, progress: Progress) -> pd.DataFrame:
    """Write logs, receptions and certificates; give all log rows with their file and line."""
    rows, business = log_rows(plan.acts, plan.setting, out.rng)
    numbers = masters.case_numbers(plan.setting.cases.table.index.to_numpy())
    parts = []
    for n, system in enumerate((TAX, WELFARE, RESIDENT)):
        progress(0.4 + 0.15 * n, logs.LOGS[system])
        mine = rows[rows["system"] == system].reset_index(drop=True)
        write = {TAX: logs.write_tax, RESIDENT: logs.write_resident}.get(system)
        places = write(mine, out) if write else logs.write_welfare(mine, numbers, out)
        parts.append(mine.join(places))
    logs.write_business(business, out)
    return pd.concat(parts, ignore_index=True)


def _declared(staff: pd.DataFrame, named: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List the kin links that each file of HR states."""
    parts = []
    for file, rows in named.items():
        sure = rows["shown"] if "shown" in rows else np.full(len(rows), True)
        parts.append(declared_links(staff, rows, np.asarray(sure, bool)).assign(file=file))
    return pd.concat(parts, ignore_index=True)


def _write_masters(
    plan: Plan,
    staff: pd.DataFrame,
    hr: pd.DataFrame,
    named: Mapping[str, pd.DataFrame],
    earlier: pd.DataFrame,
    rates: WorkRates,
    out: logs.Scribe,
) -> dict[str, str]:
    """Write the files about staff and offices; give the names of those that name relatives."""
    places = plan.setting.places
    careers = with_earlier(postings(staff, places, out.rng), earlier, staff, places, out)
    masters.write_staff(careers, names_then(out.town.city, staff, hr, careers, rates, out.rng), staff, hr, places, out)
    masters.write_accounts(places, out)
    masters.write_terminals(places, out)
    masters.write_duty(plan.setting.roster, out)
    masters.write_assignments(assignments(plan.setting.cases, places), out)
    masters.write_taxpayers(out)
    written = {"fuyo": masters.write_dependants, "kinkyu": masters.write_contacts}
    return {name: write(named[name], out) for name, write in written.items()}
