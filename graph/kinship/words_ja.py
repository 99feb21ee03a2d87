"""Japanese words for relations (T2, T3); 曽, not 曾 (T1)."""

from collections.abc import Callable

from graph.kinship.seen import Seen
from graph.model import Kind, Nature, Side

Sexed = tuple[str, str, str]  # of a man, of a woman, of either
Ordered = tuple[Sexed, Sexed, Sexed]  # elder, younger, order unknown (T3)

_SEX = {"M": 0, "F": 1, "": 2}
_ORDER = {True: 0, False: 1, None: 2}

ASCENDANTS: dict[int, Sexed] = {
    1: ("父", "母", "親"),
    2: ("祖父", "祖母", "祖父母"),
    3: ("曽祖父", "曽祖母", "曽祖父母"),
    4: ("高祖父", "高祖母", "高祖父母"),
    5: ("五世の祖",) * 3,
    6: ("六世の祖",) * 3,
}
DESCENDANTS: dict[int, Sexed] = {
    1: ("息子", "娘", "子"),
    2: ("孫",) * 3,
    3: ("曽孫",) * 3,
    4: ("玄孫",) * 3,
    5: ("来孫（玄孫の子）",) * 3,
    6: ("昆孫（玄孫の孫）",) * 3,
}
# Collaterals whose word tells elder from younger.
ELDERS: dict[tuple[int, int], Ordered] = {
    (1, 1): (("兄", "姉", "兄・姉"), ("弟", "妹", "弟・妹"), ("兄弟", "姉妹", "兄弟姉妹")),
    (2, 1): (("伯父", "伯母", "伯父・伯母"), ("叔父", "叔母", "叔父・叔母"), ("おじ", "おば", "おじ・おば")),
    (3, 1): (
        ("大伯父", "大伯母", "大伯父・大伯母"),
        ("大叔父", "大叔母", "大叔父・大叔母"),
        ("大おじ", "大おば", "大おじ・大おば"),
    ),
    (4, 1): (
        ("曽祖伯父", "曽祖伯母", "曽祖伯父母"),
        ("曽祖叔父", "曽祖叔母", "曽祖叔父母"),
        ("曽祖伯叔父", "曽祖伯叔母", "曽祖伯叔父母"),
    ),
    (5, 1): (
        ("高祖伯父", "高祖伯母", "高祖伯父母"),
        ("高祖叔父", "高祖叔母", "高祖叔父母"),
        ("高祖伯叔父", "高祖伯叔母", "高祖伯叔父母"),
    ),
    (3, 2): (
        ("従伯父", "従伯母", "従伯父母"),
        ("従叔父", "従叔母", "従叔父母"),
        ("従伯叔父", "従伯叔母", "従伯叔父母"),
    ),
    (4, 2): (
        ("従伯祖父", "従伯祖母", "従伯祖父母"),
        ("従叔祖父", "従叔祖母", "従叔祖父母"),
        ("従伯叔祖父", "従伯叔祖母", "従伯叔祖父母"),
    ),
}
COLLATERALS: dict[tuple[int, int], Sexed] = {
    (1, 2): ("甥", "姪", "甥・姪"),
    (1, 3): ("大甥", "大姪", "大甥・大姪"),
    (1, 4): ("曽姪孫",) * 3,
    (1, 5): ("玄姪孫",) * 3,
    (2, 2): ("いとこ",) * 3,
    (2, 3): ("従甥", "従姪", "従甥・従姪"),
    (2, 4): ("従姪孫",) * 3,
    (3, 3): ("はとこ",) * 3,
}
# T2: words that few know, or that vary, stand beside plain ones.
PLAIN = {
    (3, 1): "祖父母の兄弟姉妹",
    (1, 3): "甥姪の子",
    (4, 1): "曽祖父母の兄弟姉妹",
    (1, 4): "甥姪の孫",
    (5, 1): "高祖父母の兄弟姉妹",
    (1, 5): "甥姪の曽孫",
    (3, 2): "父母のいとこ",
    (2, 3): "いとこの子",
    (4, 2): "祖父母のいとこ",
    (2, 4): "いとこの孫",
    (3, 3): "再従兄弟姉妹",
}
SPOUSE: Sexed = ("夫", "妻", "配偶者")
ADOPTIVE = {(1, 0): ("養父", "養母", "養親"), (0, 1): ("養子", "養女", "養子")}
BRANCH = {"M": "父方の", "F": "母方の", "": ""}
HALF = {"M": "異母", "F": "異父", "": "片親違いの"}  # a shared father means different mothers
NATURE = {"adoptive": "（養子縁組）", "recognised": "（認知）"}


def name(seen: Seen) -> str:
    """Name a relation as its first person would."""
    return _NAMES[Kind(seen.kind)](seen)


def standing(kind: Kind, degree: int | None) -> str:
    """Say what a relation is in law."""
    if degree is not None:
        return f"{'血族' if kind == Kind.BLOOD else '姻族'}{degree}親等"
    words = {Kind.SELF: "本人", Kind.SPOUSE: "配偶者", Kind.DE_FACTO: "事実婚", Kind.HOUSEHOLD: "同一世帯"}
    return words.get(kind, "民法上の親族ではない")


def _blood(seen: Seen) -> str:
    special = ADOPTIVE.get((seen.up, seen.down)) if seen.nature == Nature.ADOPTIVE else None
    if special:
        return ("元" if seen.former else "") + special[_SEX[seen.sex]]
    notes = (f"（{plain}）" if (plain := PLAIN.get((seen.up, seen.down))) else "") + NATURE.get(seen.nature, "")
    return _branch(seen) + _half(seen) + _word(seen) + notes + ("（関係は終了）" if seen.former else "")


def _word(seen: Seen) -> str:
    steps = (seen.up, seen.down)
    if steps in ELDERS:
        return ELDERS[steps][_ORDER[seen.elder]][_SEX[seen.sex]]
    words = COLLATERALS.get(steps) or (ASCENDANTS.get(seen.up) if not seen.down else None)
    words = words or (DESCENDANTS.get(seen.down) if not seen.up else None)
    return words[_SEX[seen.sex]] if words else f"{seen.up + seen.down}親等の血族"


def _branch(seen: Seen) -> str:
    return BRANCH[seen.branch] if seen.up > 1 else ""


def _half(seen: Seen) -> str:
    return HALF[seen.sexes[1]] if seen.half == "half" and seen.up == seen.down == 1 else ""


def _spouse(seen: Seen) -> str:
    before = ("亡" if seen.bereaved else "元") if seen.former else ""
    return before + SPOUSE[_SEX[seen.sex]]


def _de_facto(seen: Seen) -> str:
    return ("元" if seen.former else "") + "事実婚の" + SPOUSE[_SEX[seen.sex]]


def _affinity(seen: Seen) -> str:
    ended = "元" if seen.former else ""
    if seen.side == Side.SPOUSE:
        return f"{ended}配偶者の{_blood(seen.blood(1, len(seen.sexes) - 1))}"
    return f"{_blood(seen.blood(0, len(seen.sexes) - 2))}の{ended}{SPOUSE[_SEX[seen.sex]]}"


def _household(seen: Seen) -> str:
    return "元同一世帯員" if seen.former else "同一世帯員"


def _tie(seen: Seen) -> str:
    return ("元・" if seen.former else "") + _TIES[seen.label](seen)


def _childs_other_parent(seen: Seen) -> str:
    return f"子の{ASCENDANTS[1][_SEX[seen.sex]]}"


def _partners_child(seen: Seen) -> str:
    return f"事実婚の{SPOUSE[_SEX[seen.sexes[1]]]}の{DESCENDANTS[1][_SEX[seen.sex]]}"


def _childs_spouses_parent(seen: Seen) -> str:
    return f"子の配偶者の{ASCENDANTS[1][_SEX[seen.sex]]}（相舅）"


def _spouses_siblings_spouse(seen: Seen) -> str:
    return f"配偶者の{_blood(seen.sibling(1))}の{SPOUSE[_SEX[seen.sex]]}"


_TIES: dict[str, Callable[[Seen], str]] = {
    "co_parent": _childs_other_parent,
    "child_of_de_facto": _partners_child,
    "parents_of_childs_spouse": _childs_spouses_parent,
    "spouse_of_spouses_sibling": _spouses_siblings_spouse,
}
_NAMES: dict[Kind, Callable[[Seen], str]] = {
    Kind.SELF: lambda seen: "本人",
    Kind.SPOUSE: _spouse,
    Kind.BLOOD: _blood,
    Kind.AFFINITY: _affinity,
    Kind.DE_FACTO: _de_facto,
    Kind.HOUSEHOLD: _household,
    Kind.TIE: _tie,
}
