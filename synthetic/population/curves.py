"""How Japan changed from 1905 to 2018: rates by year."""

import numpy as np

FIRST_YEAR = 1905
CHILDBEARING = (17, 46)
DAYS = 365.25
OLDEST = 105  # the law of mortality is too kind to the very old


def _curve(*points: tuple[int, float]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple(year for year, _ in points), tuple(value for _, value in points)


FERTILITY = _curve(
    *((1905, 4.9), (1925, 5.0), (1940, 4.1), (1947, 4.5), (1950, 3.65), (1957, 2.05), (1965, 2.14)),
    *((1966, 1.58), (1967, 2.2), (1973, 2.14), (1980, 1.75), (1990, 1.54), (2000, 1.36), (2005, 1.26), (2015, 1.45)),
    *((2018, 1.42),),
)  # 1966 is 丙午
INFANT_DEATH = _curve((1905, 0.15), (1930, 0.12), (1947, 0.077), (1960, 0.03), (1980, 0.0075), (2018, 0.002))
MORTALITY = _curve((1905, 4.0), (1947, 2.6), (1960, 1.6), (1980, 0.95), (2000, 0.68), (2018, 0.55))
MARRIAGE = _curve((1905, 0.24), (1955, 0.22), (1975, 0.2), (1990, 0.165), (2018, 0.12))
MARRIAGE_AGE = _curve((1905, 21.5), (1950, 23.0), (1975, 24.5), (2000, 28.0), (2018, 30.0))
DIVORCE = _curve((1905, 0.002), (1960, 0.002), (1975, 0.0045), (2002, 0.013), (2018, 0.0105))
WITH_PARENTS = _curve((1905, 0.65), (1950, 0.5), (1975, 0.25), (2018, 0.08))  # the last is a settable rate
ADOPTED_HUSBAND = _curve((1905, 0.9), (1950, 0.7), (2018, 0.25))  # the last is a settable rate
UNMARRIED_BIRTHS = _curve((1905, 0.03), (1950, 0.025), (1975, 0.008), (2018, 0.022))  # the last is a settable rate
FOREIGN = _curve((1905, 0.0), (1930, 0.04), (1945, 0.03), (1985, 0.03), (1995, 0.06), (2018, 0.12))  # settable
MOVE_WITHIN = _curve((1905, 0.03), (1960, 0.05), (2018, 0.07))  # the last is a settable rate
SIZE = _curve(
    *((1905, 0.1), (1925, 0.2), (1940, 0.32), (1945, 0.3), (1955, 0.5), (1965, 0.75), (1975, 0.92), (1990, 0.98)),
    *((2018, 1.0),),
)
FLATS = _curve((1905, 0.0), (1950, 0.05), (1970, 0.3), (2018, 0.6))


def value(curve: tuple[tuple[int, ...], tuple[float, ...]], year: int, now: float | None = None) -> float:
    """Read a curve at a year, scaled so that it ends in `now`."""
    factor = 1.0 if now is None else now / curve[1][-1]
    return float(np.interp(year, *curve)) * factor


def death_chance(age: np.ndarray, male: np.ndarray, year: int) -> np.ndarray:
    """Give the chance to die within the year by age in years."""
    level = value(MORTALITY, year)
    ageing = 2.6e-5 * level * np.exp(0.097 * np.minimum(age, 110)) * np.where(male, 1.0, 0.55)
    ageing = ageing + np.where(age > OLDEST, 0.35, 0.0)
    return np.where(age < 1, value(INFANT_DEATH, year), np.minimum(3e-4 * level + ageing, 0.9))


def fecundity(age: np.ndarray, year: int) -> np.ndarray:
    """Weigh women of childbearing age: births come about two years after the usual age of marriage."""
    peak = value(MARRIAGE_AGE, year) + 2.0
    return np.asarray(np.exp(-(((age - peak) / 6.0) ** 2)))


def parity_weight(births: np.ndarray, year: int) -> np.ndarray:
    """Weigh women by the children they have: families of two became the rule after the war."""
    modern = np.array([1.5, 1.3, 0.45, 0.2, 0.1])[np.minimum(births, 4)]
    weight: np.ndarray = modern ** float(np.interp(year, (1945, 1960), (0.1, 1.0)))
    return weight


def marriage_chance(age: np.ndarray, male: np.ndarray, year: int) -> np.ndarray:
    """Give the yearly chance of a single person of 18 to 59 to marry."""
    peak = value(MARRIAGE_AGE, year) + np.where(male, 2.0, 0.0)
    width = np.where(age < peak, 3.5, 7.5)
    chance = value(MARRIAGE, year) * np.exp(-(((age - peak) / width) ** 2))
    return np.where((age >= 18) & (age < 60), chance + 0.002, 0.0)
