"""What clerks get wrong when they write a person down: a kana, a kanji of the given name, a birth date."""

import numpy as np
import pandas as pd

VOICED = str.maketrans("ガギグゲゴザジズゼゾダデドバビブベボッャュョ", "カキクケコサシスセソタテトハヒフヘホツヤユヨ")
PLAIN = str.maketrans("カキクケコサシスセソタテトハヒフヘホ", "ガギグゲゴザジズゼゾダデドバビブベボ")


def slip(text: str, rng: np.random.Generator) -> str:
    """Put or drop one voicing mark, or swap the last two kana where there is nothing to voice."""
    places = [n for n, c in enumerate(text) if c.translate(VOICED) != c or c.translate(PLAIN) != c]
    if not places:
        return text[:-2] + text[:-3:-1]
    n = int(rng.choice(places))
    changed = text[n].translate(VOICED)
    return text[:n] + (changed if changed != text[n] else text[n].translate(PLAIN)) + text[n + 1 :]


def wrong_given(given: pd.Series, names: np.ndarray, share: float, rng: np.random.Generator) -> pd.Series:
    """Exchange the last kanji of a share of given names for that of another of `names`."""
    other = pd.Series(rng.choice(names, len(given)), index=given.index)
    return given.where(rng.random(len(given)) >= share, given.str[:-1] + other.str[-1])


def wrong_births(births: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Swap day and month of a share of birth dates, or put them one or ten days off."""
    found = births.astype("datetime64[D]").copy()
    for n in np.flatnonzero(rng.random(len(found)) < share):
        year, month, day = str(found[n]).split("-")
        swapped = int(day) <= 12 and rng.random() < 0.4 and day != month
        shift = int(rng.choice([-10, -1, 1, 10]))
        found[n] = np.datetime64(f"{year}-{day}-{month}") if swapped else found[n] + shift
    return np.asarray(found)
