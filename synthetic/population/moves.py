"""Moves between households, out of the municipality and back into it."""

import numpy as np

from synthetic.population import curves
from synthetic.population.couples import wed
from synthetic.population.state import NOBODY, State

OLD = 73
RESIDENTS_PER_INSTITUTION = 6_000
FIRST_INSTITUTION = 1963  # 老人福祉法
NATION_WEIGHTS = (0.4, 0.26, 0.14, 0.08, 0.07, 0.05)  # in the order of names.NATIONS
EARLY_NATION_WEIGHTS, OPENED = (0.85, 0.15), 1985
COUPLES = 0.5  # share of arriving households that are couples


def leave_home(state: State) -> None:
    """Let single grown-up children leave their parents' household, half of them the municipality."""
    people = state.people
    age = state.age()
    single = state.free() & (people.spouse < 0) & (people.partner < 0) & (age >= 18) & (age < 36)
    single &= state.households.head[people.household] != np.arange(len(people))
    pids = state.chance(np.flatnonzero(single), state.rates.leave_home)
    pids = pids[_with_parent(state, pids) & (people.last_birth[pids] < state.first - 18 * 365)]
    pids = pids[state.one_each(people.household[pids])]
    days = state.days(len(pids))
    away = state.rng.random(len(pids)) < state.rates.leave_city
    state.leave(pids[away], days[away])
    state.settle(pids[~away], state.found(days[~away]), days[~away])


def _with_parent(state: State, pids: np.ndarray) -> np.ndarray:
    people = state.people
    here = np.zeros(len(pids), bool)
    for parent in (people.mother[pids], people.father[pids]):
        here |= (parent >= 0) & (people.household[parent] == people.household[pids])
    return here


def come_back(state: State) -> None:
    """Let single people who once left come back, mostly to their parents."""
    people = state.people
    away = state.living() & ~state.resident() & (people.away >= 0) & (people.spouse < 0) & (people.partner < 0)
    age = state.age()
    pids = state.chance(np.flatnonzero(away & (age >= 18) & (age < 50)), state.rates.come_back)
    pids = pids[state.outside.start[people.away[pids]] < state.first]
    parents = np.where(people.mother[pids] >= 0, people.mother[pids], people.father[pids])
    home = np.where((parents >= 0) & state.free()[parents], people.household[parents], NOBODY)
    once = np.zeros(len(pids), bool)
    once[home >= 0] = state.one_each(home[home >= 0])
    home = np.where(once & (state.rng.random(len(pids)) < 0.6), home, NOBODY)
    days = state.days(len(pids))
    home[home < 0] = state.found(days[home < 0])
    state.settle(pids, home, days)


def move_out(state: State) -> None:
    """Let whole households leave, more of them where the municipality has outgrown its time."""
    excess = state.resident().sum() / max(_target(state), 1) - 1
    households = _choose(state, state.rates.move_out + max(0.0, float(excess)))
    members, number = _members(state, households)
    days = state.days(len(households))[number]
    where = state.rng.integers(0, 1 << 30, len(households))[number]
    state.leave(members, days, where)


def move_within(state: State) -> None:
    """Let whole households move to another address here."""
    share = curves.value(curves.MOVE_WITHIN, state.year, state.rates.move_within)
    households = _choose(state, share)
    days = state.days(len(households))
    addresses = state.addresses.append(len(households), year=state.year)
    state.households.address[households] = addresses
    state.places.append(len(households), household=households, address=addresses, start=days)
    state.touch(households, days)


def _choose(state: State, share: float) -> np.ndarray:
    """Choose households that move: those with a head of 20 to 40 three times as often."""
    heads = state.households.head
    alive = np.flatnonzero((heads >= 0) & (state.sizes() > 0) & ~state.households.institution)
    alive = alive[state.households.changed[alive] < state.first]
    young = state.age(heads[alive]) < 40
    weight = np.where(young, 3.0, 1.0)
    return state.chance(alive, share * weight / weight.mean() if len(alive) else 0.0)


def _members(state: State, households: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    place = np.full(len(state.households), NOBODY, np.int32)
    place[households] = np.arange(len(households))
    residents = np.flatnonzero(state.resident())
    number = place[state.people.household[residents]]
    return residents[number >= 0], number[number >= 0]


def join_child(state: State) -> None:
    """Let old people who live alone move to a child."""
    people = state.people
    alone = state.free() & (state.sizes()[people.household] == 1) & (state.age() >= OLD)
    elders = state.chance(np.flatnonzero(alone), state.rates.join_child)
    elders, children = _a_child(state, elders, state.free() & (state.age() >= 20))
    fit = state.one_each(people.household[children])
    elders, children = elders[fit], children[fit]
    state.settle(elders, people.household[children], state.days(len(elders)))


def _a_child(state: State, parents: np.ndarray, fit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the parents who have a fitting child, and the eldest such child."""
    people = state.people
    wanted = np.zeros(len(people), bool)
    wanted[parents] = True
    pairs = []
    for parent in (people.mother, people.father):
        child = np.flatnonzero(fit & (parent >= 0) & wanted[parent])
        pairs.append(np.stack([parent[child], child]))
    parent, child = np.concatenate(pairs, axis=1)
    order = np.lexsort((child, people.birth[child], parent))
    found, first = np.unique(parent[order], return_index=True)
    return found, child[order][first]


def separate(state: State) -> None:
    """Let an old parent, with the spouse, form a household of their own at the same address (世帯分離)."""
    people = state.people
    parents = state.chance(np.flatnonzero(state.free() & (state.age() >= 70)), state.rates.separation)
    adult = state.free() & (state.age() >= 20)
    parents, children = _a_child(state, parents, adult)
    together = people.household[parents] == people.household[children]
    parents = parents[together]
    parents = parents[state.one_each(people.household[parents])]
    spouse = people.spouse[parents]
    with_spouse = (spouse >= 0) & (people.household[spouse] == people.household[parents])
    days = state.days(len(parents))
    homes = state.found(days, state.households.address[people.household[parents]])
    state.settle(np.concatenate([parents, spouse[with_spouse]]), np.concatenate([homes, homes[with_spouse]]),
                 np.concatenate([days, days[with_spouse]]))  # fmt: skip


def institutions(state: State) -> None:
    """Let old people without a spouse at home move into an institution (施設)."""
    if state.year < FIRST_INSTITUTION:
        return
    homes = _institutions(state)
    people = state.people
    elders = state.chance(np.flatnonzero(state.free() & (state.age() >= 80)), state.rates.institution)
    spouse = people.spouse[elders]
    elders = elders[(spouse < 0) | (people.household[spouse] != people.household[elders])]
    elders = elders[state.one_each(people.household[elders])]
    state.settle(elders, state.rng.choice(homes, len(elders)), state.days(len(elders)))


def _institutions(state: State) -> np.ndarray:
    homes = np.flatnonzero(state.households.institution)
    missing = int(state.resident().sum() // RESIDENTS_PER_INSTITUTION) + 1 - len(homes)
    if missing > 0:
        new = state.found(np.full(missing, state.first, np.int32))
        state.households.institution[new] = True
        homes = np.concatenate([homes, new])
    return homes


def hand_over(state: State) -> None:
    """Let old heads hand the household over to a child who lives with them."""
    people, households = state.people, state.households
    heads = np.flatnonzero(state.free() & (state.age() >= 75))
    heads = state.chance(heads[households.head[people.household[heads]] == heads], state.rates.new_head)
    heads, children = _a_child(state, heads, state.free() & (state.age() >= 25))
    together = people.household[heads] == people.household[children]
    children = children[together]
    household, days = people.household[children], state.days(len(children))
    households.head[household] = children
    state.heads.append(len(children), household=household, head=children, start=days)
    state.touch(household, days)


def shelter_children(state: State) -> None:
    """Bring children left without a grown-up to a parent or grandparent, where one lives here."""
    people = state.people
    grown = np.zeros(len(state.households), bool)
    grown[people.household[state.resident() & (state.age() >= 16)]] = True
    children = np.flatnonzero(state.free() & ~grown[people.household])
    target = _guardian_home(state, children)
    _, first, number = np.unique(people.household[children], return_index=True, return_inverse=True)
    target = target[first][number]  # brothers and sisters stay together
    fit = (target >= 0) & (target != people.household[children])
    days = state.days(len(first))[number]
    state.settle(children[fit], target[fit], days[fit])


def _guardian_home(state: State, children: np.ndarray) -> np.ndarray:
    people = state.people
    mother, father = people.mother[children], people.father[children]
    home = np.full(len(children), NOBODY)
    steps = [mother, father]
    for parent in (mother, father):
        steps += [np.where(parent >= 0, side[parent], NOBODY) for side in (people.mother, people.father)]
    for kin in steps:
        usable = (home < 0) & (kin >= 0) & state.free()[kin]
        home[usable] = people.household[kin[usable]]
    return home


def arrive(state: State) -> None:
    """Let people move in: singles, and couples with small children, until the municipality has its size."""
    residents = int(state.resident().sum())
    least = residents * state.rates.arrive * state.share
    wanted = int(max(_target(state) - residents, least))
    couples = int(wanted * COUPLES / (1 + COUPLES * 1.5))
    singles = max(wanted - int(couples * 2.5), 0)
    _arrive_single(state, singles)
    _arrive_together(state, couples)


def _target(state: State) -> float:
    return state.size * curves.value(curves.SIZE, state.year)


def _newcomers(state: State, count: int, male: np.ndarray, age: np.ndarray, nation: np.ndarray) -> np.ndarray:
    birth = state.first - (age * curves.DAYS).astype(np.int32)
    surname = state.rng.integers(0, 1 << 30, count)
    return state.be_born(count, birth=birth, male=male, nation=nation, surname=surname)


def _nations(state: State, count: int) -> np.ndarray:
    foreign = state.rng.random(count) < curves.value(curves.FOREIGN, state.year, state.rates.foreign)
    weight = NATION_WEIGHTS if state.year >= OPENED else EARLY_NATION_WEIGHTS
    return np.where(foreign, state.rng.choice(len(weight), count, p=weight) + 1, 0)


def _ages(state: State, count: int) -> np.ndarray:
    return np.clip(state.rng.normal(26, 7, count), 18, 70)


def _arrive_single(state: State, count: int) -> None:
    male = state.rng.random(count) < 0.53
    pids = _newcomers(state, count, male, _ages(state, count), _nations(state, count))
    _come_in(state, pids, np.arange(count), count)


def _arrive_together(state: State, count: int) -> None:
    people = state.people
    ages, nation = _ages(state, count) + 3, _nations(state, count)
    men = _newcomers(state, count, np.ones(count, bool), ages + 1, nation)
    women = _newcomers(
        state, count, np.zeros(count, bool), np.maximum(ages + state.rng.normal(-1, 2, count), 18.5), nation
    )
    since = np.minimum(state.first - people.birth[men], state.first - people.birth[women]) - 18 * 366
    married = state.first - 1 - (np.clip(since, 1, 6 * 365) * state.rng.random(count)).astype(np.int32)
    wed(state, men, women, married)
    young = state.age(women) < 40
    has_child = young & (state.first - married > 400) & (state.rng.random(count) < 0.6)
    child, number = _arriving_children(state, men[has_child], women[has_child], married[has_child])
    everyone = np.concatenate([men, women, child])
    pairs = np.arange(count)
    _come_in(state, everyone, np.concatenate([pairs, pairs, pairs[has_child][number]]), count)


def _arriving_children(
    state: State, men: np.ndarray, women: np.ndarray, married: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    people = state.people
    count = len(men)
    birth = married + 280 + ((state.first - 1 - married - 280) * state.rng.random(count)).astype(np.int32)
    children = state.be_born(count, birth=birth, male=state.rng.random(count) < 0.513, mother=women, father=men,
                             nation=people.nation[women], surname=people.surname[women])  # fmt: skip
    people.births[men] = people.births[women] = 1
    people.last_birth[women] = birth
    return children, np.arange(count)


def _come_in(state: State, pids: np.ndarray, household: np.ndarray, count: int) -> None:
    days = state.days(count)
    where = state.rng.integers(0, 1 << 30, count)[household]
    start = np.maximum(state.people.birth[pids], state.first - state.rng.integers(200, 3000, count)[household])
    rows = state.outside.append(len(pids), pid=pids, start=start, address=where)
    state.people.away[pids] = rows
    state.settle(pids, state.found(days)[household], days[household])
