"""The grammar of 続柄: a chain of basic steps from the head of a household to a member (§2, §3.1)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

HEAD = "世帯主"
CO_RESIDENT = "同居人"
OTHER_TIE = "縁故者"
SPOUSES = ("夫", "妻", "配偶者")
PARTNERS = ("夫(未届)", "妻(未届)")
PARENTS = ("父", "母", "親")
SIBLINGS = ("兄", "姉", "弟", "妹", "兄弟", "姉妹", "兄弟姉妹")
CHILD = "子"
STEPS = (CHILD, *SPOUSES, *PARTNERS, *PARENTS, *SIBLINGS)
MAX_STEPS = 4

# Spellings of one word that contain の or brackets of their own (Z11).
PHRASES = {
    "未届の妻": "妻(未届)", "未届の夫": "夫(未届)", "妻(未届の妻)": "妻(未届)", "夫(未届の夫)": "夫(未届)",
    "内縁の妻": "妻(未届)", "内縁の夫": "夫(未届)", "事実婚の妻": "妻(未届)", "事実婚の夫": "夫(未届)",
}  # fmt: skip

# Old and everyday words (Z6, Z8); where one leaves open which side it means, the step does too (親, 兄弟姉妹).
WORDS = {
    "本人": (HEAD,), "同居": (CO_RESIDENT,), "使用人": (CO_RESIDENT,), "家事使用人": (CO_RESIDENT,),
    "縁故": (OTHER_TIE,),
    "養子": (CHILD,), "養女": (CHILD,), "養父": ("父",), "養母": ("母",), "養親": ("親",), "実父": ("父",),
    "実母": ("母",), "実子": (CHILD,), "息子": (CHILD,), "娘": (CHILD,), "内妻": ("妻(未届)",), "内夫": ("夫(未届)",),
    "孫": (CHILD, CHILD), "曽孫": (CHILD,) * 3, "曾孫": (CHILD,) * 3, "ひ孫": (CHILD,) * 3, "玄孫": (CHILD,) * 4,
    "嫁": (CHILD, "妻"), "婿": (CHILD, "夫"), "連れ子": ("配偶者", CHILD), "継母": ("父", "妻"), "継父": ("母", "夫"),
    "祖父": ("親", "父"), "祖母": ("親", "母"), "曽祖父": ("親", "親", "父"), "曽祖母": ("親", "親", "母"),
    "義父": ("配偶者", "父"), "義母": ("配偶者", "母"), "舅": ("配偶者", "父"), "姑": ("配偶者", "母"),
    "伯父": ("親", "兄弟"), "叔父": ("親", "兄弟"), "おじ": ("親", "兄弟"),
    "伯母": ("親", "姉妹"), "叔母": ("親", "姉妹"), "おば": ("親", "姉妹"),
    "甥": ("兄弟姉妹", CHILD), "姪": ("兄弟姉妹", CHILD), "いとこ": ("親", "兄弟姉妹", CHILD),
    "従兄弟": ("親", "兄弟姉妹", CHILD), "従姉妹": ("親", "兄弟姉妹", CHILD),
    "継子": ("配偶者", CHILD),
}  # fmt: skip
NUMBERED_CHILD = re.compile("[長次二弐三参四五六七八九十0-9]+[男女]")
IN_LAW_CHILD = re.compile(r"子\((子の[夫妻])\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What a 続柄 says: the member, seen from the head; `up` and `down` are None for what has no degree."""

    text: str
    steps: tuple[str, ...]
    kind: str  # self, blood, spouse, de_facto, affinity, household, tie or none
    up: int | None = None
    down: int | None = None
    side: str = ""  # spouse, relative or empty
    needs_match: bool = False  # the chain alone does not tell which person it is (§3.1)
    also: str = ""  # 子の夫 or 子の妻 of a child-in-law who is also the head's adoptee (Z7)
    problem: str | None = None

    @property
    def canonical(self) -> str:
        """Write the steps in the standard's words, joined by の."""
        return "の".join(self.steps)

    @property
    def degree(self) -> int | None:
        """Count the generations (C2); None for a spouse and outside the law."""
        return None if self.up is None or self.down is None else self.up + self.down


@cache
def parse(text: str) -> Chain:
    """Read a 続柄 in any spelling.

    >>> parse("妻（未届）の子").steps, parse("孫").canonical, parse("妻の弟").degree
    (('妻(未届)', '子'), '子の子', 2)
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return Chain(text=text, steps=(), kind="none")
    in_law = IN_LAW_CHILD.fullmatch(plain)
    if in_law:
        return Chain(text=text, steps=(CHILD,), kind="blood", up=0, down=1, also=in_law[1])
    return _compose(text, _steps(plain))


def _steps(plain: str) -> tuple[str, ...]:
    for phrase, word in PHRASES.items():
        plain = plain.replace(phrase, word)
    return tuple(step for word in plain.split("の") for step in _word(word))


def _word(word: str) -> tuple[str, ...]:
    return (CHILD,) if NUMBERED_CHILD.fullmatch(word) else WORDS.get(word, (word,))


def _compose(text: str, steps: tuple[str, ...]) -> Chain:
    alone = {HEAD: "self", CO_RESIDENT: "household", OTHER_TIE: "tie"}
    if len(steps) == 1 and steps[0] in alone:
        return Chain(text=text, steps=steps, kind=alone[steps[0]])
    unknown = next((step for step in steps if step not in STEPS), None)
    if unknown is not None:
        return Chain(text=text, steps=steps, kind="none", problem=f"{unknown!r} is no 続柄 term")
    if len(steps) > MAX_STEPS:
        return Chain(text=text, steps=steps, kind="none", problem=f"more than {MAX_STEPS} terms (Z2)")
    if len(steps) == 1 and steps[0] in SPOUSES + PARTNERS:
        return Chain(text=text, steps=steps, kind="spouse" if steps[0] in SPOUSES else "de_facto")
    return _kin(text, steps)


def _kin(text: str, steps: tuple[str, ...]) -> Chain:
    """Compose blood and affinity (§3.1): one spouse step at most, at one end; never up after down."""
    married = [i for i, step in enumerate(steps) if step in SPOUSES + PARTNERS]
    blood = [step for step in steps if step not in SPOUSES + PARTNERS]
    up, down, needs_match = _walk(blood)
    at_an_end = married in ([], [0], [len(steps) - 1])
    needs_match &= at_an_end
    if needs_match or not at_an_end or any(step in PARTNERS for step in steps):
        return Chain(text=text, steps=steps, kind="tie", needs_match=needs_match)
    side = "" if not married else "spouse" if married == [0] else "relative"
    if side and up + down > 3:
        return Chain(text=text, steps=steps, kind="tie")
    return Chain(text=text, steps=steps, kind="affinity" if side else "blood", up=up, down=down, side=side)


def _walk(blood: list[str]) -> tuple[int, int, bool]:
    up = down = 0
    needs_match = False
    for step in blood:
        needs_match |= (step != CHILD and down > 0) or (step == CHILD and up > 0 and down == 0)
        up += step != CHILD
        down += step not in PARENTS
    return up, down, needs_match
