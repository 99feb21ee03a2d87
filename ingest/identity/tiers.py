"""The tiers of a pair (identity reference §5.2) and the lines that say what agrees and what differs."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

SCORE_ALONE = 10  # behind the nine; tier 0 is a member of staff as HR knows them (graph.model.IdentityLink)

SURNAME = {
    7: "氏のカナが一致(一方はローマ字)",
    6: "氏が一致(漢字・カナ)",
    5: "氏が一致(漢字)",
    4: "氏の漢字が一致、カナは不一致",
    3: "氏のカナが一致、漢字は不一致",
    2: "旧氏・以前の氏が一致",
    1: "氏が類似",
    0: "氏が不一致",
}
GIVEN = {
    7: "名のカナが一致(一方はローマ字)",
    6: "名が一致(漢字・カナ)",
    5: "名が一致",
    4: "名の漢字が一致、カナは不一致",
    3: "名のカナが一致、漢字は不一致",
    1: "名が類似",
    0: "名が不一致",
}
BIRTH = {
    "equal": "生年月日が一致",
    "near": "生年月日が近い(桁の違い又は入れ替わり)",
    "missing": "生年月日の一方がない",
    "differs": "生年月日が不一致",
}
ADDRESS = {
    "dwelling": "住所が号まで一致",
    "before": "以前又は転出先の住所が一致",
    "block": "住所が番まで一致",
    "town": "住所が町・丁目まで一致",
    "differs": "住所が不一致",
    "outside": "人事の住所は市外",
}


def tiers(columns: Mapping[str, Any]) -> Any:
    """Give the best tier of every pair, SCORE_ALONE where none fits."""
    surname, given = columns["surname"].astype(float), columns["given"].astype(float)
    foreign = np.isnan(surname) & (given >= 5)  # a name in Latin letters is compared whole
    has_surname, has_given = (surname >= 3) | foreign, given >= 3
    name = has_surname & has_given
    born, near = columns["birth"] == "equal", np.isin(columns["birth"], ["near", "missing"])
    place = np.isin(columns["address"], ["dwelling", "before", "block"])
    dwelling = columns["address"] == "dwelling"
    dependant = columns["dependants"].astype(float) >= 1
    sexed = columns["sex"] != "differs"
    outside = columns["address"] == "outside"
    holds = [
        name & born & place,
        name & born & dependant,
        has_given & born & sexed & ((surname == 2) | place | dependant),
        (name & near & (place | dependant))
        | (has_given & near & sexed & place & dependant)
        | (name & sexed & dwelling & dependant),
        has_surname & born & sexed & (dwelling | (place & dependant)),
        name & born & ~outside,
        name & born,
        (given == 6) & born & sexed,
        name & near & sexed,
    ]
    return np.select(holds, range(1, SCORE_ALONE), SCORE_ALONE)


def evidence(pair: Mapping[str, Any]) -> Iterator[str]:
    """Say in short lines what agrees and what differs."""
    for field, words in (("surname", SURNAME), ("given", GIVEN)):
        if pair[field] is not None:
            yield words[pair[field]]
    if pair["unreadable"]:
        yield "読めない文字(外字・〓)がある"
    yield BIRTH[pair["birth"]]
    if pair["address"] in ADDRESS:
        yield ADDRESS[pair["address"]]
    if pair["sex"] == "differs":
        yield "性別が不一致"
    if pair["dependants"] is not None:
        yield f"扶養親族{pair['dependants']}人が同じ世帯にいる" if pair["dependants"] else "扶養親族は同じ世帯にいない"
    if pair["alias_only"]:
        yield "通称のみ一致"
    if pair["turned_only"]:
        yield "氏と名が逆、又は名だけの記載"
    if pair["protected"]:
        yield "支援措置の対象者(必ず人が確認)"
    if pair["status"] == "moved":
        yield "転出済みの住民"
