"""Who marries whom, where they live, and who parts again."""

import numpy as np

from synthetic.population import curves
from synthetic.population.adoptions import adopt_husbands, adopt_step_children, dissolve
from synthetic.population.lives import part
from synthetic.population.state import NOBODY, State

OF_AGE = 18  # a minor child goes where its parent goes
DE_FACTO_ENDS = 0.12  # a year: half of these couples marry, the others part


def marry(state: State) -> None:
    """Pair single men and women by age; a small share lives together without registering it."""
    men, women = _pairs(state)
    days = state.days(len(men))
    de_facto = (state.rng.random(len(men)) < state.rates.de_facto) & (state.year >= 1950)
    _cohabit(state, men[de_facto], women[de_facto], days[de_facto])
    men, women, days = men[~de_facto], women[~de_facto], days[~de_facto]
    rows = wed(state, men, women, days)
    children, step = _move_together(state, men, women, days)
    adopt_husbands(state, rows)
    adopt_step_children(state, children, rows[step])


def _pairs(state: State) -> tuple[np.ndarray, np.ndarray]:
    people = state.people
    single = np.flatnonzero(state.free() & (people.spouse < 0) & (people.partner < 0))
    chance = curves.marriage_chance(state.age(single), people.male[single], state.year) * state.rates.marriage
    chosen = state.chance(single, chance * np.where(people.wedded[single], state.rates.remarriage, 1.0))
    men, women = chosen[people.male[chosen]], chosen[~people.male[chosen]]
    count = min(len(men), len(women))
    men, women = (state.rng.permutation(side)[:count] for side in (men, women))
    men = men[np.argsort(people.birth[men] + state.rng.normal(2 * 365, 4 * 365, count), kind="stable")]
    women = women[np.argsort(people.birth[women] + state.rng.normal(0, 4 * 365, count), kind="stable")]
    fit = ~_near(state, men, women)
    men, women = men[fit], women[fit]
    fit = state.one_each(people.household[men], people.household[women])
    return men[fit], women[fit]


def _near(state: State, men: np.ndarray, women: np.ndarray) -> np.ndarray:
    """Say who may not marry: lineal kin and collateral kin within three degrees (民法734)."""
    return np.asarray(_above(state, men, women) | _above(state, women, men) | _siblings(state, men, women))


def _siblings(state: State, men: np.ndarray, women: np.ndarray) -> np.ndarray:
    people = state.people
    near = np.asarray(people.household[men] == people.household[women])
    for parent in (people.mother, people.father):
        near |= (parent[men] >= 0) & (parent[men] == parent[women])
    return near


def _above(state: State, younger: np.ndarray, elder: np.ndarray) -> np.ndarray:
    """Say whether the elder is a parent, or a parent's sibling, of the younger."""
    people = state.people
    near = np.zeros(len(younger), bool)
    for parent in (people.mother[younger], people.father[younger]):
        near |= (parent == elder) & (parent >= 0)
        for grand in (people.mother, people.father):
            known = (parent >= 0) & (grand[parent] >= 0)
            near |= known & (grand[parent] == grand[elder])
    return near


def wed(state: State, men: np.ndarray, women: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Register marriages and the change of 氏 they bring; a foreigner keeps the name."""
    people = state.people
    foreign_man, foreign_woman = people.nation[men] > 0, people.nation[women] > 0
    of_wife = (state.rng.random(len(men)) < state.rates.wife_surname) | (foreign_man & ~foreign_woman)
    of_wife &= ~(foreign_woman & ~foreign_man)
    changer, keeper = np.where(of_wife, men, women), np.where(of_wife, women, men)
    rows = state.marriages.append(len(men), husband=men, wife=women, start=days, of_wife=of_wife,
                                  before=people.surname[changer])  # fmt: skip
    people.spouse[men], people.spouse[women] = women, men
    both = np.concatenate([men, women])
    people.marriage[both], people.wedded[both] = np.tile(rows, 2), True
    japanese = ~(foreign_man | foreign_woman)
    state.rename(changer[japanese], people.surname[keeper[japanese]], days[japanese])
    return rows


def _cohabit(state: State, men: np.ndarray, women: np.ndarray, days: np.ndarray) -> None:
    people = state.people
    rows = state.partnerships.append(len(men), a=men, b=women, start=days)
    people.partner[men], people.partner[women] = women, men
    people.partnership[men] = people.partnership[women] = rows
    _move_together(state, men, women, days)


def _move_together(state: State, men: np.ndarray, women: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bring couples and their minor children into one household; give the wives' children and their pair's number."""
    people = state.people
    of_wife = people.spouse[men] == women
    of_wife &= state.marriages.of_wife[people.marriage[men]] if len(state.marriages) else False
    home = _home(state, np.where(of_wife, women, men))
    joins = state.rng.random(len(men)) < 0.6
    own = np.where(_heads_alone(state, men) & joins, people.household[men], NOBODY)
    own = np.where((own < 0) & _heads_alone(state, women) & joins, people.household[women], own)
    target = np.where(home >= 0, home, own)
    target[target < 0] = state.found(days[target < 0])
    hers, pair = children_with(state, women)
    his, his_pair = children_with(state, men)
    his, his_pair = his[~np.isin(his, hers)], his_pair[~np.isin(his, hers)]  # a couple that marries again
    movers = np.concatenate([men, women, hers, his])
    index = np.concatenate([np.arange(len(men)), np.arange(len(men)), pair, his_pair])
    move = people.household[movers] != target[index]
    state.settle(movers[move], target[index[move]], days[index[move]])
    return hers, pair


def _home(state: State, side: np.ndarray) -> np.ndarray:
    """Give the parents' household where the couple will live with them, else -1."""
    people = state.people
    with_parent = np.zeros(len(side), bool)
    for parent in (people.mother[side], people.father[side]):
        with_parent |= (parent >= 0) & (people.household[parent] == people.household[side])
    stay = state.rng.random(len(side)) < curves.value(curves.WITH_PARENTS, state.year, state.rates.live_with_parents)
    return np.where(with_parent & stay, people.household[side], NOBODY)


def _heads_alone(state: State, pids: np.ndarray) -> np.ndarray:
    """Say who heads a household without another grown-up."""
    people = state.people
    grown = people.household[(people.household >= 0) & (state.age() >= OF_AGE)]
    adults = np.bincount(grown, minlength=len(state.households))
    household = people.household[pids]
    return np.asarray((adults[household] == 1) & (state.households.head[household] == pids))


def children_with(state: State, parents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the minor children who live with these parents, all of one sex, and the number of each one's parent."""
    people = state.people
    place = np.full(len(people), NOBODY, np.int32)
    place[parents] = np.arange(len(parents))
    minors = np.flatnonzero((people.household >= 0) & (state.age() < OF_AGE) & ~people.wedded)
    of_mother = people.mother[minors]
    male = bool(len(parents)) and bool(people.male[parents[0]])
    parent = people.father[minors] if male else of_mother
    known = (parent >= 0) & (people.household[parent] == people.household[minors])
    known[known] = place[parent[known]] >= 0
    return minors[known], place[parent[known]]


def end_de_facto(state: State) -> None:
    """Turn some partnerships into marriages and end others."""
    rows = state.chance(np.flatnonzero(state.partnerships.end > state.first), DE_FACTO_ENDS)
    a, b = state.partnerships.a[rows], state.partnerships.b[rows]
    together = (state.people.household[a] == state.people.household[b]) & state.free()[a]
    rows, a, b = rows[together], a[together], b[together]
    fit = state.one_each(state.people.household[a])
    rows, a, b = rows[fit], a[fit], b[fit]
    days = state.days(len(rows))
    part(state, rows, days)
    marrying = state.rng.random(len(rows)) < 0.5
    wed(state, a[marrying], b[marrying], days[marrying])
    state.touch(state.people.household[a[marrying]], days[marrying])
    leaving = b[~marrying]
    children, number = children_with(state, leaving)
    homes = state.found(days[~marrying])
    state.settle(np.concatenate([leaving, children]), np.concatenate([homes, homes[number]]),
                 np.concatenate([days[~marrying], days[~marrying][number]]))  # fmt: skip


def divorce(state: State) -> None:
    """End marriages of couples who live together; one of them moves out, with or without the children."""
    people, marriages = state.people, state.marriages
    rows = np.unique(people.marriage[(people.spouse >= 0) & state.free()])
    husband, wife = marriages.husband[rows], marriages.wife[rows]
    rows = rows[people.household[husband] == people.household[wife]]
    recent = np.where(state.first - marriages.start[rows] < 15 * 365, 1.4, 0.6)
    rows = state.chance(rows, curves.value(curves.DIVORCE, state.year) * state.rates.divorce * recent)
    rows = rows[state.one_each(people.household[marriages.husband[rows]])]
    days = state.days(len(rows))
    marriages.end[rows] = days
    people.spouse[marriages.husband[rows]] = people.spouse[marriages.wife[rows]] = NOBODY
    _split(state, rows, days)
    _names_after(state, rows, days)


def _split(state: State, rows: np.ndarray, days: np.ndarray) -> None:
    people, marriages = state.people, state.marriages
    husband, wife = marriages.husband[rows], marriages.wife[rows]
    he_goes = marriages.of_wife[rows] | (_home_of(state, wife) == people.household[wife])
    he_goes |= (state.rng.random(len(rows)) < 0.25) & (_home_of(state, husband) != people.household[husband])
    goes = np.where(he_goes, husband, wife)
    children = _children_going(state, rows, he_goes)
    home = _home_of(state, goes)
    back = (home >= 0) & (home != people.household[goes]) & (state.rng.random(len(rows)) < 0.35)
    back &= ~(state.households.changed[home] >= state.first)
    back[back] = state.one_each(home[back])
    target = np.where(back, home, NOBODY)
    target[~back] = state.found(days[~back])
    movers = np.concatenate([goes, children[0]])
    index = np.concatenate([np.arange(len(rows)), children[1]])
    state.settle(movers, target[index], days[index])


def _home_of(state: State, pids: np.ndarray) -> np.ndarray:
    """Give the household of the mother, else the father, where they live here; else -1."""
    people = state.people
    mother, father = people.mother[pids], people.father[pids]
    of_mother = np.where(mother >= 0, people.household[mother], NOBODY)
    of_father = np.where(father >= 0, people.household[father], NOBODY)
    return np.where(of_mother >= 0, of_mother, of_father)


def _children_going(state: State, rows: np.ndarray, he_goes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the children who leave with the parent that leaves, and the number of their couple."""
    people, marriages = state.people, state.marriages
    wives, husbands = marriages.wife[rows], marriages.husband[rows]
    hers, couple = children_with(state, wives)
    common = people.father[hers] == husbands[couple]
    with_father = common & (state.rng.random(len(hers)) < state.rates.children_with_father)
    go = with_father == he_goes[couple]
    his, his_couple = children_with(state, husbands)
    his_own = (people.mother[his] != wives[his_couple]) & he_goes[his_couple]
    return np.concatenate([hers[go], his[his_own]]), np.concatenate([couple[go], his_couple[his_own]])


def _names_after(state: State, rows: np.ndarray, days: np.ndarray) -> None:
    """Let adoptions through the marriage end, half of the 氏 revert, and some children take the mother's."""
    people, marriages = state.people, state.marriages
    kept = dissolve(state, rows, days)
    changer = np.where(marriages.of_wife[rows], marriages.husband[rows], marriages.wife[rows])
    reverts = (state.rng.random(len(rows)) < state.rates.surname_reverted) & ~np.isin(changer, kept)
    reverts &= people.nation[changer] == 0
    state.rename(changer[reverts], marriages.before[rows[reverts]], days[reverts])
    mothers = changer[reverts & ~marriages.of_wife[rows]]
    children, number = children_with(state, mothers)
    follow = state.rng.random(len(children)) < state.rates.child_surname_change
    children, number = children[follow], number[follow]
    day = days[reverts & ~marriages.of_wife[rows]][number]
    state.rename(children, people.surname[mothers[number]], state.later(day, 150))
