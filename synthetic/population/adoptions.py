"""Adoption in its kinds (婿養子, a spouse's child, a grandchild, 特別養子) and its end (離縁)."""

import numpy as np

from synthetic.population import curves
from synthetic.population.state import NOBODY, OPEN, State


def adopt_husbands(state: State, rows: np.ndarray) -> None:
    """Let both parents of some wives adopt the husband on the wedding day (婿養子)."""
    people, marriages = state.people, state.marriages
    rows = rows[marriages.of_wife[rows]]
    share = curves.value(curves.ADOPTED_HUSBAND, state.year, state.rates.adopted_husband)
    rows = rows[state.rng.random(len(rows)) < share]
    for parent in (people.father[marriages.wife[rows]], people.mother[marriages.wife[rows]]):
        alive = (parent >= 0) & (people.death[parent] == OPEN) & (people.nation[parent] == 0)
        alive &= people.nation[marriages.husband[rows]] == 0
        _adopt(state, marriages.husband[rows[alive]], parent[alive], marriages.start[rows[alive]], rows[alive])


def adopt_step_children(state: State, children: np.ndarray, rows: np.ndarray) -> None:
    """Let new husbands adopt some of their wives' minor children."""
    people, marriages = state.people, state.marriages
    fit = (state.rng.random(len(children)) < state.rates.step_adoption) & (people.nation[children] == 0)
    fit &= (people.nation[marriages.husband[rows]] == 0) & ~np.isin(children, _special(state))
    fit &= ~_acknowledged(state, children, marriages.husband[rows])
    fit &= people.father[children] != marriages.husband[rows]  # a couple that marries again
    children, rows = children[fit], rows[fit]
    days = state.later(marriages.start[rows], 90)
    _adopt(state, children, marriages.husband[rows], days, rows)
    state.rename(children, people.surname[marriages.husband[rows]], days)


def _special(state: State) -> np.ndarray:
    return np.asarray(state.adoptions.child[state.adoptions.special])


def _acknowledged(state: State, children: np.ndarray, fathers: np.ndarray) -> np.ndarray:
    """Say whose recognised child this is already."""
    known = state.recognitions.child.astype(np.int64) << 32 | state.recognitions.father
    return np.isin(children.astype(np.int64) << 32 | fathers, known)


def _adopt(
    state: State, children: np.ndarray, parents: np.ndarray, days: np.ndarray, marriage: np.ndarray | int
) -> None:
    state.adoptions.append(len(children), child=children, parent=parents, start=days, marriage=marriage)


def dissolve(state: State, marriages: np.ndarray, days: np.ndarray) -> np.ndarray:
    """End some adoptions made through marriages that end, and give the husbands whose adoption stays."""
    adoptions = state.adoptions
    rows = np.flatnonzero(np.isin(adoptions.marriage, marriages) & (adoptions.end == OPEN))
    order = np.argsort(marriages, kind="stable")
    place = order[np.searchsorted(marriages[order], adoptions.marriage[rows])]
    husband = state.marriages.husband[marriages[place]]
    ends = _same_for_each(state, adoptions.child[rows]) < state.rates.dissolution
    alive = state.people.death[adoptions.child[rows]] == OPEN
    ended = rows[ends & alive]
    adoptions.end[ended] = days[place[ends & alive]]
    _take_mothers_name(state, adoptions.child[ended], husband[ends & alive], adoptions.end[ended])
    return np.unique(adoptions.child[rows[~ends & (adoptions.child[rows] == husband)]])


def _same_for_each(state: State, children: np.ndarray) -> np.ndarray:
    """Draw one number for each child, the same for both of its adoptive parents."""
    _, inverse = np.unique(children, return_inverse=True)
    return np.asarray(state.rng.random(len(children) + 1)[inverse])


def _take_mothers_name(state: State, children: np.ndarray, husbands: np.ndarray, days: np.ndarray) -> None:
    """A step-child goes back to the 氏 of birth; an adopted husband's 氏 is settled by the divorce."""
    step = children[children != husbands]
    first = _birth_names(state, step)
    state.rename(step, first, days[children != husbands])


def _birth_names(state: State, pids: np.ndarray) -> np.ndarray:
    named, first = np.unique(state.names.pid, return_index=True)
    return np.asarray(state.names.surname[first[np.searchsorted(named, pids)]])


def adopt_grandchildren(state: State) -> None:
    """Let grandparents adopt a grandchild who lives with them, a couple together."""
    people = state.people
    children = state.chance(np.flatnonzero(state.free() & (people.nation == 0)), state.rates.grandchild_adoption)
    children = children[(people.spouse[children] < 0) & ~np.isin(children, state.adoptions.child)]
    parent = np.where(people.father[children] >= 0, people.father[children], people.mother[children])
    children, parent = children[parent >= 0], parent[parent >= 0]
    grand = np.where(people.father[parent] >= 0, people.father[parent], people.mother[parent])
    fit = (grand >= 0) & (people.household[grand] == people.household[children])
    children, grand = children[fit], grand[fit]
    fit = state.one_each(people.household[children]) & (people.nation[grand] == 0)
    children, grand = children[fit], grand[fit]
    days = state.days(len(children))
    _adopt(state, children, grand, days, NOBODY)
    couple = people.spouse[grand] >= 0
    _adopt(state, children[couple], people.spouse[grand[couple]], days[couple], NOBODY)
    state.rename(children, people.surname[grand], days)
    state.touch(people.household[children], days)


def adopt_specially(state: State) -> None:
    """Give fatherless infants to childless couples; the birth ties end (特別養子, since 1988)."""
    if state.year < 1988:
        return
    people = state.people
    infant = state.free() & (state.age() < 5) & (people.father < 0) & (people.nation == 0) & (people.mother >= 0)
    children = state.chance(np.flatnonzero(infant & ~_has_father(state)), state.rates.special_adoption)
    age = state.age()
    women = np.flatnonzero(state.free() & ~people.male & (people.spouse >= 0) & (people.births == 0) & (age > 27))
    women = women[(age[women] < 43) & (people.nation[women] == 0) & (people.nation[people.spouse[women]] == 0)]
    women = women[people.household[people.spouse[women]] == people.household[women]]
    women = state.rng.permutation(women)[: len(children)]
    children = children[: len(women)]
    fit = state.one_each(people.household[children], people.household[women])
    _place(state, children[fit], women[fit])


def _has_father(state: State) -> np.ndarray:
    known = np.zeros(len(state.people), bool)
    known[state.recognitions.child] = True
    known[state.adoptions.child] = True
    return known


def _place(state: State, children: np.ndarray, mothers: np.ndarray) -> None:
    people = state.people
    days = state.days(len(children))
    for parents in (people.spouse[mothers], mothers):
        state.adoptions.append(len(children), child=children, parent=parents, start=days, special=True)
    state.rename(children, people.surname[mothers], days)
    state.settle(children, people.household[mothers], days)
