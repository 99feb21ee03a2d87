"""Births, deaths and who heads a household."""

import numpy as np

from synthetic.population import curves
from synthetic.population.state import NOBODY, OPEN, State

GIRLS = 0.487
SPACING = 330  # days between births, at least
PARTNERED = 20.0  # how much more often a woman with a partner has a child than other unmarried women
NEW_YEAR_SHARE, NEW_YEAR_UNTIL = 0.012, 1950
PARTNER_RECOGNISES, RECOGNITION_DAYS = 0.8, 200  # share; days after birth, at most
TERMINATION_DAYS = (30, 900)


def founders(state: State, count: int) -> None:
    """Begin with people of 0 to 59 years in a household each, without ancestors."""
    ages = np.arange(60)
    weight = np.exp(-ages / 28)
    age = state.rng.choice(ages, count, p=weight / weight.sum())
    eve = state.first - 1
    birth = eve - (age * curves.DAYS).astype(np.int32) - state.rng.integers(0, 365, count)
    pids = state.be_born(count, birth=birth, male=state.rng.random(count) < 0.5, surname=_surnames(state, count))
    day = np.full(count, eve, np.int32)
    state.settle(pids, state.found(day), day)
    state.heads.append(count, household=state.people.household[pids], head=pids, start=day)
    state.households.head[state.people.household[pids]] = pids


def _surnames(state: State, count: int) -> np.ndarray:
    return state.rng.integers(0, 1 << 30, count).astype(np.int32)


def deaths(state: State) -> None:
    """Let people die, at most one of a home in a year, and widow their spouses."""
    people = state.people
    living = np.flatnonzero(state.living())
    chance = curves.death_chance(state.age(living), people.male[living], state.year) * state.rates.mortality
    dead = state.chance(living, chance)
    dead = dead[_one_of_a_home(state, dead)]
    days = state.days(len(dead))
    people.death[dead] = days
    state.outside.end[people.away[dead][people.away[dead] >= 0]] = days[people.away[dead] >= 0]
    state.depart_dead(dead, days)
    people.away[dead] = NOBODY
    _widow(state, dead, days)


def _one_of_a_home(state: State, dead: np.ndarray) -> np.ndarray:
    """Two deaths in a home within a year are left to the next, so that heads follow each other in order."""
    household = state.people.household[dead]
    home = (household >= 0) & ~state.households.institution[household]
    keep = np.asarray(~home)
    keep[np.flatnonzero(home)[np.unique(household[home], return_index=True)[1]]] = True
    return keep


def _widow(state: State, dead: np.ndarray, days: np.ndarray) -> None:
    people, marriages = state.people, state.marriages
    order = np.argsort(days, kind="stable")
    married = order[people.spouse[dead[order]] >= 0]
    rows, first = np.unique(people.marriage[dead[married]], return_index=True)
    day = days[married][first]
    marriages.end[rows] = day
    marriages.by_death[rows] = True
    declared = state.rng.random(len(rows)) < state.rates.termination
    later = day[declared] + state.rng.integers(*TERMINATION_DAYS, int(declared.sum()))
    marriages.terminated[rows[declared]] = later
    people.spouse[marriages.husband[rows]] = people.spouse[marriages.wife[rows]] = NOBODY
    part(state, people.partnership[dead[people.partner[dead] >= 0]], days[people.partner[dead] >= 0])


def part(state: State, rows: np.ndarray, days: np.ndarray) -> None:
    """End partnerships (未届)."""
    rows, first = np.unique(rows, return_index=True)
    state.partnerships.end[rows] = days[first]
    both = np.concatenate([state.partnerships.a[rows], state.partnerships.b[rows]])
    state.people.partner[both] = NOBODY


def births(state: State) -> None:
    """Let children be born to couples by age and parity, some to unmarried women."""
    people = state.people
    first, last = curves.CHILDBEARING
    women = np.flatnonzero((people.household >= 0) & ~people.male)
    age = state.age(women)
    women = women[(age >= first) & (age < last + 1)]
    total = curves.value(curves.FERTILITY, state.year) * state.rates.fertility * len(women) / (last + 1 - first)
    women = women[people.last_birth[women] < state.first - SPACING]
    women = women[~state.households.institution[people.household[women]]]
    weight = curves.fecundity(state.age(women), state.year) * curves.parity_weight(people.births[women], state.year)
    married, coupled = people.spouse[women] >= 0, people.partner[women] >= 0
    single = curves.value(curves.UNMARRIED_BIRTHS, state.year, state.rates.unmarried_births)
    weight_single = weight * np.where(coupled, PARTNERED, 1)
    _deliver(state, women[married], weight[married], total * (1 - single))
    _deliver(state, women[~married], weight_single[~married], total * single)


def _deliver(state: State, women: np.ndarray, weight: np.ndarray, expected: float) -> None:
    """Spread the expected births over the women by weight."""
    chance = np.minimum(weight * expected / max(weight.sum(), 1e-9), 0.6)
    mothers = state.chance(women, chance)
    days = _birth_days(state, len(mothers))
    twins = state.rng.random(len(mothers)) < state.rates.twins
    order = np.concatenate([np.arange(len(mothers)), np.flatnonzero(twins)])
    children = _children(state, mothers[order], days[order])
    _recognise(state, children[state.people.father[children] < 0])


def _birth_days(state: State, count: int) -> np.ndarray:
    """Draw days of birth; parents of former times reported some at the New Year."""
    days = state.days(count)
    new_year = (state.rng.random(count) < NEW_YEAR_SHARE) & (state.year < NEW_YEAR_UNTIL)
    return np.where(new_year, state.first, days)


def _children(state: State, mothers: np.ndarray, days: np.ndarray) -> np.ndarray:
    people = state.people
    fathers = people.spouse[mothers]
    foreign_mother = people.nation[mothers] > 0
    japanese_father = (fathers >= 0) & (people.nation[fathers] == 0)
    family = np.where(foreign_mother & japanese_father, people.surname[fathers], people.surname[mothers])
    nation = np.where(japanese_father, 0, people.nation[mothers])
    male = state.rng.random(len(mothers)) >= GIRLS
    children = state.be_born(len(mothers), birth=days, male=male, mother=mothers, father=fathers,
                             nation=nation, surname=family)  # fmt: skip
    state.settle(children, state.people.household[mothers], days)
    for parents in (mothers, fathers[fathers >= 0]):
        np.add.at(state.people.births, parents, 1)
    state.people.last_birth[mothers] = days
    return children


def _recognise(state: State, children: np.ndarray) -> None:
    """Let a mother's partner, or some man of about her age, recognise her children (認知)."""
    people = state.people
    mothers, child_of = np.unique(people.mother[children], return_inverse=True)  # twins have one father
    partner = people.partner[mothers]
    man = _men_like(state, mothers)
    usable = (man >= 0) & ~_close(state, mothers, man)
    chance = np.where(partner >= 0, PARTNER_RECOGNISES, np.where(usable, state.rates.recognition, 0.0))
    chosen = (state.rng.random(len(mothers)) < chance)[child_of]
    father = np.where(partner >= 0, partner, man)[child_of]
    children = children[chosen]
    days = state.later(people.birth[children], RECOGNITION_DAYS)
    state.recognitions.append(len(children), child=children, father=father[chosen], date=days)


def _close(state: State, women: np.ndarray, men: np.ndarray) -> np.ndarray:
    """Say which men are father or brother of the women."""
    people = state.people
    close = np.asarray(people.father[women] == men)
    for parent in (people.mother, people.father):
        close |= (parent[women] >= 0) & (parent[women] == parent[men])
    return close


def _men_like(state: State, women: np.ndarray) -> np.ndarray:
    """Draw a man a few years older than each woman; -1 where there is none."""
    people = state.people
    men = np.flatnonzero(state.living() & state.resident() & people.male & (state.age() > 19))
    if not len(men):
        return np.full(len(women), NOBODY)
    men = men[np.argsort(people.birth[men], kind="stable")]
    wanted = people.birth[women] - state.rng.normal(2 * 365, 4 * 365, len(women))
    return np.asarray(men[np.minimum(np.searchsorted(people.birth[men], wanted), len(men) - 1)])


def appoint_heads(state: State) -> None:
    """Give every household whose head is gone, or that is new, the member that would be its head."""
    people, households = state.people, state.households
    head = households.head
    vacant = (head < 0) | (people.household[head] != np.arange(len(head)))
    members = np.flatnonzero(people.household >= 0)
    members = members[vacant[people.household[members]]]
    members = members[_order(state, members)]
    household, first = np.unique(people.household[members], return_index=True)
    headless = households.institution[household] & (household % 2 == 0)  # 世帯主未設定 is legal (Z10)
    household, chosen = household[~headless], members[first[~headless]]
    old = head[household]
    start = np.maximum(_since(state, chosen), np.where(old < 0, -OPEN, people.left[old]))
    state.heads.append(len(household), household=household, head=chosen, start=start)
    households.head[household] = chosen


def _since(state: State, pids: np.ndarray) -> np.ndarray:
    return np.asarray(state.stays.start[state.people.stay[pids]])


def _order(state: State, members: np.ndarray) -> np.ndarray:
    """Order by household, then adults up to 77 first, men and the married first, the elder first."""
    people = state.people
    age = state.age(members)
    score = np.select([(age >= 20) & (age < 77), age >= 77, age >= 15], [3, 2, 1], 0) * 4.0
    score += 1.5 * people.male[members] + 1.5 * (people.spouse[members] >= 0) + np.minimum(age, 77) / 100
    institution = state.households.institution[people.household[members]]
    score = np.where(institution, -_since(state, members), score)
    return np.lexsort((members, -score, people.household[members]))
