"""The score of a pair in bits, with fixed parameters (Fellegi and Sunter 1969; W3)."""

from typing import Any

import numpy as np
import pyarrow as pa

from ingest.identity.parameters import Parameters

CLIP = 60.0
SPOKEN, FULL, KANJI_ALONE, KANJI, KANA, FORMER, SIMILAR, DIFFERS = 7, 6, 5, 4, 3, 2, 1, 0

Bits = np.ndarray[Any, np.dtype[np.float64]]


def bits(pairs: pa.Table, parameters: Parameters) -> Bits:
    """Sum the weights of all fields, log2(m/u) each; what one side does not tell weighs nothing."""
    columns = {name: pairs[name].to_numpy(zero_copy_only=False) for name in pairs.column_names}
    share = {name[2:]: _share(columns, name[2:]) for name in columns if name.startswith("n_")}
    found = _name("surname", columns, share, parameters) + _name("given", columns, share, parameters)
    found += _birth(columns, share, parameters) + _address(columns, share, parameters)
    found += _levels(columns["sex"], "sex", parameters) + _dependants(columns["dependants"], parameters)
    return np.asarray(np.clip(found, -CLIP, CLIP))


def _share(columns: dict[str, Any], name: str) -> Bits:
    """Give the share of residents who have the value, at least one of them."""
    return np.asarray(np.maximum(columns[f"n_{name}"], 1) / np.maximum(columns["residents"], 1))


def name_weights(
    part: str, sex: str, kanji: Bits, reading: Bits, residents: Bits, parameters: Parameters
) -> dict[int, Bits]:
    """Weigh every level of agreement of a part of the name, the better never below the worse.

    `kanji` and `reading` are the shares of residents with that spelling and that reading.
    """
    field = parameters.fields[part]
    m, u = agreement(part, sex, parameters), field["u"]
    full = np.log2(m["full"] / kanji)
    by_kana = np.log2(m["full"] / reading)
    found = {SPOKEN: by_kana, FULL: full, KANJI_ALONE: full}
    found[KANJI] = np.minimum(full, np.log2(m["kanji"] / (u["kanji"] * kanji + 1 / residents)))
    found[KANA] = np.minimum(by_kana, np.log2(m["kana"] / (u["kana"] * reading + 1 / residents)))
    least = np.minimum(found[KANJI], found[KANA])
    if "former" in m:
        found[FORMER] = least = np.minimum(least, np.log2(m["former"] / u["former"]))
    found[SIMILAR] = np.minimum(least, np.log2(m["similar"] / u["similar"]))
    found[DIFFERS] = np.minimum(found[SIMILAR], np.log2(m["differs"] / u["differs"]))
    return found


def agreement(part: str, sex: str, parameters: Parameters) -> dict[str, float]:
    """Give m of every level of a part of the name for a sex; they sum to one."""
    field = parameters.fields[part]
    levels = [name for name in ("full", "kanji", "kana", "former", "similar") if name in field]
    raw = {name: field[name] for name in levels} | {"differs": field["differs"].get(sex, field["differs"]["F"])}
    whole = sum(raw.values())
    return {name: value / whole for name, value in raw.items()}


def _name(part: str, columns: dict[str, Any], share: dict[str, Bits], parameters: Parameters) -> Bits:
    level, residents = columns[part].astype(float), columns["residents"]
    found = np.zeros(len(level))
    for sex in ("F", "M"):
        weights = name_weights(part, sex, share[part], share[f"{part}_kana"], residents, parameters)
        of_sex = (columns["staff_sex"] == sex) | ((columns["staff_sex"] == "") & (sex == "F"))
        for number, weight in weights.items():
            found = np.where((level == number) & of_sex, weight, found)
    return found


def _birth(columns: dict[str, Any], share: dict[str, Bits], parameters: Parameters) -> Bits:
    equal = np.log2(parameters.fields["birth"]["equal"] / share["birth"])
    return np.where(columns["birth"] == "equal", equal, _levels(columns["birth"], "birth", parameters))


def _address(columns: dict[str, Any], share: dict[str, Bits], parameters: Parameters) -> Bits:
    m, u = parameters.fields["address"], parameters.fields["address"]["u"]
    weight = np.log2(m["dwelling"] / share["dwelling"])
    found = np.where(columns["address"] == "dwelling", weight, _levels(columns["address"], "address", parameters))
    worse = {"before": (m["before"], u["before"] * share["dwelling"]), "block": (m["block"], share["block"])}
    for level, (same, other) in (worse | {"town": (m["town"], share["town"])}).items():
        weight = np.minimum(weight, np.log2(same / other))
        found = np.where(columns["address"] == level, weight, found)
    return np.asarray(found)


def _dependants(found: Any, parameters: Parameters) -> Bits:
    m, u = parameters.fields["dependants"], parameters.fields["dependants"]["u"]
    weights = {name: np.log2(m[name] / u[name]) for name in ("none", "one", "several")}
    number = found.astype(float)
    known = np.select(
        [number >= 2, number == 1, number == 0], [weights["several"], weights["one"], weights["none"]], 0.0
    )
    return np.asarray(known)


def _levels(said: Any, field: str, parameters: Parameters) -> Bits:
    """Weigh the levels whose u is a constant; all others weigh nothing here."""
    m, u = parameters.fields[field], parameters.fields[field]["u"]
    return np.asarray(np.select([said == name for name in u], [np.log2(m[name] / u[name]) for name in u], 0.0))
