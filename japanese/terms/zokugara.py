"""The grammar of 続柄: a chain of basic steps from the head of a household to a member (Z2, E1)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from japanese.terms import zokugara_words
from japanese.terms.zokugara_words import (
    CHILD,
    CO_RESIDENT,
    HEAD,
    IN_LAWS,
    MARRIED,
    OTHER_TIE,
    PARENTS,
    PARTNERS,
    SPOUSES,
    STEPS,
    Word,
)
from words import Said

MAX_WORDS = 4  # as the standard writes chains (Z2)
MAX_STEPS = 7  # the sixth degree and a spouse: beyond it nobody is kin
IN_LAW_CHILD = re.compile(r"子\((子の[夫妻])\)")
EMPTY = Said("the 続柄 is empty", "続柄が空です")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What a 続柄 says: the member, seen from the head; `up` and `down` are None for what has no degree."""

    text: str
    steps: tuple[str, ...]
    kind: str  # self, blood, spouse, de_facto, affinity, household, tie or none
    up: int | None = None
    down: int | None = None
    side: str = ""  # spouse, relative or empty
    needs_match: bool = False  # the chain alone does not tell which person it is (E1)
    also: str = ""  # 子の夫 or 子の妻 of a child-in-law who is also the head's adoptee (Z7)
    problem: Said | None = None
    open: bool = False  # the words could mean this or that: codes beside them tell which

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
        return Chain(text=text, steps=(), kind="none", problem=EMPTY)
    in_law = IN_LAW_CHILD.fullmatch(plain)
    if in_law:
        return _adopted_in_law(text, in_law[1])
    words = zokugara_words.read(plain)
    if words[-1].text in zokugara_words.ADOPTED_SON_IN_LAW and all(word.steps == (CHILD,) for word in words):
        return _adopted_in_law(text, "子の夫")
    return _of_words(text, words)


def unread(text: str, codes: str) -> Said | None:
    """Say what a register's 続柄 leaves unread; codes tell what a text leaves open, and a blank says nothing."""
    written = text.strip()
    if codes and (not written or parse(written).open):
        written = codes
    chain = parse(written)
    return None if not written else chain.problem or (_two_ways(written) if chain.open else None)


def _adopted_in_law(text: str, also: str) -> Chain:
    return Chain(text=text, steps=(CHILD,), kind="blood", up=0, down=1, also=also)


def _of_words(text: str, words: list[Word]) -> Chain:
    """Put words together; one that leaves its steps open is told where it stands alone, and is none in a chain."""
    written = tuple(word.text for word in words)
    if len(words) == 1 and written[0] in IN_LAWS:
        up, down = IN_LAWS[written[0]]
        return Chain(text=text, steps=written, kind="affinity", up=up, down=down, open=True)
    unread = next((word for word in words if not word.steps), None)
    if unread is not None:
        problem = _two_ways(text) if unread.open else _no_term(unread.text)
        return Chain(text=text, steps=written, kind="none", problem=problem, open=unread.open)
    return _compose(text, tuple(step for word in words for step in word.steps), len(words))


def _no_term(word: str) -> Said:
    return Said(f"{word!r} is no 続柄 term", f"「{word}」は続柄の語ではありません")


def _two_ways(text: str) -> Said:
    return Said(f"{text!r} may mean more than one relation", f"「{text}」は続柄が一つに決まりません")


def _compose(text: str, steps: tuple[str, ...], words: int) -> Chain:
    alone = {HEAD: "self", CO_RESIDENT: "household", OTHER_TIE: "tie"}
    if len(steps) == 1 and steps[0] in alone:
        return Chain(text=text, steps=steps, kind=alone[steps[0]])
    unknown = next((step for step in steps if step not in STEPS), None)
    if unknown is not None:
        return Chain(text=text, steps=steps, kind="none", problem=_no_term(unknown))
    if words > MAX_WORDS or len(steps) > MAX_STEPS:
        problem = Said(f"more than {MAX_WORDS} terms (Z2)", f"続柄の語が{MAX_WORDS}つを超えています（Z2）")
        return Chain(text=text, steps=steps, kind="none", problem=problem)
    if len(steps) == 1 and steps[0] in MARRIED:
        return Chain(text=text, steps=steps, kind="spouse" if steps[0] in SPOUSES else "de_facto")
    return _kin(text, steps)


def _kin(text: str, steps: tuple[str, ...]) -> Chain:
    """Compose blood and affinity (A2, A3): one spouse step at most, at one end; never up after down."""
    married = [i for i, step in enumerate(steps) if step in MARRIED]
    blood = [step for step in steps if step not in MARRIED]
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
