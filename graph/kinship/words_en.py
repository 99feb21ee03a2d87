"""English words for relations (T2, T3)."""

from collections.abc import Callable

from graph.kinship.seen import Seen
from graph.model import Kind, Nature, Side

Sexed = tuple[str, str, str]  # of a man, of a woman, of either

_SEX = {"M": 0, "F": 1, "": 2}

PARENT: Sexed = ("father", "mother", "parent")
CHILD: Sexed = ("son", "daughter", "child")
SIBLING: Sexed = ("brother", "sister", "sibling")
UNCLE: Sexed = ("uncle", "aunt", "uncle or aunt")
NEPHEW: Sexed = ("nephew", "niece", "nephew or niece")
SPOUSE: Sexed = ("husband", "wife", "spouse")
ORDINALS = {1: "first", 2: "second"}
TIMES = {1: "once", 2: "twice"}
# T2: a plain paraphrase beside words that few know.
PLAIN = {
    (3, 1): "grandparent's sibling",
    (1, 3): "nephew's or niece's child",
    (4, 1): "great-grandparent's sibling",
    (1, 4): "nephew's or niece's grandchild",
    (5, 1): "great-great-grandparent's sibling",
    (1, 5): "nephew's or niece's great-grandchild",
    (3, 2): "parent's cousin",
    (2, 3): "cousin's child",
    (4, 2): "grandparent's cousin",
    (2, 4): "cousin's grandchild",
}
BRANCH = {"M": "paternal ", "F": "maternal ", "": ""}
NATURE = {"adoptive": " (by adoption)", "recognised": " (by recognition)"}


def name(seen: Seen) -> str:
    """Name a relation as its first person would."""
    return _NAMES[Kind(seen.kind)](seen)


def standing(kind: Kind, degree: int | None) -> str:
    """Say what a relation is in law."""
    if degree is not None:
        return f"{'blood' if kind == Kind.BLOOD else 'affinity'}, degree {degree}"
    words = {Kind.SELF: "self", Kind.SPOUSE: "spouse", Kind.DE_FACTO: "de facto", Kind.HOUSEHOLD: "same household"}
    return words.get(kind, "no kin in law")


def _former(seen: Seen) -> str:
    return "former " if seen.former else ""


def _great(times: int) -> str:
    """Stand before grandparent and grandchild words: nothing, great-, great-great-, then 3×great-."""
    return f"{times}×great-" if times > 2 else "great-" * times


def _blood(seen: Seen) -> str:
    if seen.nature == Nature.ADOPTIVE and seen.up + seen.down == 1:
        return f"{_former(seen)}adoptive {_word(seen)}"
    plain = PLAIN.get((seen.up, seen.down))
    notes = (f" ({plain})" if plain else "") + NATURE.get(seen.nature, "")
    branch = BRANCH[seen.branch] if seen.up > 1 else ""
    return branch + _word(seen) + notes + (" (tie ended)" if seen.former else "")


def _word(seen: Seen) -> str:
    near, far = sorted((seen.up, seen.down))
    if near + far > 6:
        return f"blood relative of the {near + far}th degree"
    if near == 0:
        return _lineal(PARENT if seen.up else CHILD, far, seen.sex)
    if far == 1:
        return _sibling(seen)
    if near == 1:
        return _avuncular(UNCLE if seen.up > 1 else NEPHEW, far - 2, seen.sex)
    removed = far - near
    return f"{ORDINALS[near - 1]} cousin" + (f" {TIMES[removed]} removed" if removed else "")


def _lineal(words: Sexed, steps: int, sex: str) -> str:
    return ("" if steps == 1 else _great(steps - 2) + "grand") + words[_SEX[sex]]


def _sibling(seen: Seen) -> str:
    order = {True: "elder ", False: "younger ", None: ""}[seen.elder]
    return order + ("half-" if seen.half == "half" else "") + SIBLING[_SEX[seen.sex]]


def _avuncular(words: Sexed, further: int, sex: str) -> str:
    """Great-uncle, great-grand-uncle and on; nephews begin with grand-nephew."""
    if words is UNCLE:
        before = ("", "great-", "great-grand-", "great-great-grand-")[further]
    else:
        before = ("", "grand-", "great-grand-", "great-great-grand-")[further]
    return before + words[_SEX[sex]].replace(" or ", f" or {before}")


def _spouse(seen: Seen) -> str:
    return ("late " if seen.bereaved else _former(seen)) + SPOUSE[_SEX[seen.sex]]


def _de_facto(seen: Seen) -> str:
    return f"{_former(seen)}de facto {SPOUSE[_SEX[seen.sex]]}"


def _affinity(seen: Seen) -> str:
    if seen.side == Side.SPOUSE:
        return f"{_former(seen)}spouse's {_blood(seen.blood(1, len(seen.sexes) - 1))}"
    return f"{_former(seen)}{SPOUSE[_SEX[seen.sex]]} of the {_blood(seen.blood(0, len(seen.sexes) - 2))}"


def _household(seen: Seen) -> str:
    return f"{_former(seen)}member of the same household"


def _tie(seen: Seen) -> str:
    return _former(seen) + _TIES[seen.label](seen)


def _childs_other_parent(seen: Seen) -> str:
    return f"{PARENT[_SEX[seen.sex]]} of one's child"


def _partners_child(seen: Seen) -> str:
    return f"{CHILD[_SEX[seen.sex]]} of the de facto {SPOUSE[_SEX[seen.sexes[1]]]}"


def _childs_spouses_parent(seen: Seen) -> str:
    return f"{PARENT[_SEX[seen.sex]]} of the child's spouse"


def _spouses_siblings_spouse(seen: Seen) -> str:
    return f"{SPOUSE[_SEX[seen.sex]]} of the spouse's {_blood(seen.sibling(1))}"


_TIES: dict[str, Callable[[Seen], str]] = {
    "co_parent": _childs_other_parent,
    "child_of_de_facto": _partners_child,
    "parents_of_childs_spouse": _childs_spouses_parent,
    "spouse_of_spouses_sibling": _spouses_siblings_spouse,
}
_NAMES: dict[Kind, Callable[[Seen], str]] = {
    Kind.SELF: lambda seen: "self",
    Kind.SPOUSE: _spouse,
    Kind.BLOOD: _blood,
    Kind.AFFINITY: _affinity,
    Kind.DE_FACTO: _de_facto,
    Kind.HOUSEHOLD: _household,
    Kind.TIE: _tie,
}
