"""What a 続柄 says, put into the words of kinship: for checking a register's terms by hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.kinship import words_en, words_ja
from graph.kinship.seen import Seen
from japanese.terms import zokugara, zokugara_words
from japanese.terms.zokugara import Chain
from words import JAPANESE, Words

MALE, FEMALE = "M", "F"
SEXES = {
    "夫": MALE, "父": MALE, "兄": MALE, "弟": MALE, "兄弟": MALE, "夫(未届)": MALE,
    "妻": FEMALE, "母": FEMALE, "姉": FEMALE, "妹": FEMALE, "姉妹": FEMALE, "妻(未届)": FEMALE,
}  # fmt: skip
ENGLISH = {
    "夫": "husband", "妻": "wife", "配偶者": "spouse", "父": "father", "母": "mother", "親": "parent", "子": "child",
    "兄": "elder brother", "弟": "younger brother", "姉": "elder sister", "妹": "younger sister", "兄弟": "brother",
    "姉妹": "sister", "兄弟姉妹": "sibling", "夫(未届)": "de facto husband", "妻(未届)": "de facto wife",
    "配偶者(未届)": "de facto spouse",
}  # fmt: skip
# The order of birth that a term states, as birth dates: a word depends on which of two is the earlier.
MIDDLE = date(1950, 1, 1)
BIRTHS = {"兄": date(1940, 1, 1), "姉": date(1940, 1, 1), "弟": date(1960, 1, 1), "妹": date(1960, 1, 1)}
# What an everyday word tells beyond the standard's terms (Z6, Z8): sex by its last character, order by 伯 and 叔.
LAST = dict.fromkeys("男甥父兄弟婿", MALE) | dict.fromkeys("女姪母姉妹娘", FEMALE)
ORDER = {"伯": date(1940, 1, 1), "叔": date(1960, 1, 1)}
ALONE = {"self": ("世帯主", "head of household"), "household": ("同居人", "co-resident"), "none": ("", "")}


def describe(text: str, words: Words = JAPANESE) -> dict[str, Any]:
    """Say what a 続柄 means, in the interface's shape; the relation is the member's, seen from the head.

    >>> found = describe("妻の弟"); found["degree"], found["term_ja"], found["term_en"]
    (2, '配偶者の弟', "spouse's younger brother")
    """
    chain = zokugara.parse(text)
    japanese, english = _terms(chain)
    return {
        "text": text,
        "steps": list(chain.steps),
        "kind": chain.kind,
        "up": chain.up,
        "down": chain.down,
        "side": chain.side,
        "degree": chain.degree,
        "needs_match": chain.needs_match,
        "term_ja": japanese,
        "term_en": english,
        "problem": words.tell(chain.problem) if chain.problem else None,
    }


def _terms(chain: Chain) -> tuple[str, str]:
    if chain.kind in ALONE:
        return ALONE[chain.kind]
    if chain.kind == "tie" and chain.steps[0] not in zokugara_words.STEPS:
        return chain.canonical, "unspecified tie"
    if chain.kind == "tie":
        return chain.canonical, "'s ".join(ENGLISH[step] for step in chain.steps)
    if chain.open:
        blood = _seen(zokugara.parse(chain.canonical.removeprefix("義")))
        return chain.canonical, f"{words_en.name(blood)} by marriage (side not said)"
    seen = _seen(chain)
    return words_ja.name(seen), words_en.name(seen)


def _seen(chain: Chain) -> Seen:
    """Draw the line of a chain, from the head to the member, with what the terms say of sexes and order."""
    line = list(_line(chain.steps))
    sex, birth = line[-1]
    order = next((day for word, day in ORDER.items() if word in chain.text), birth)
    line[-1] = (sex or _sex_of(chain.text.strip()), order)
    return Seen(
        kind=chain.kind,
        up=-1 if chain.up is None else chain.up,
        down=-1 if chain.down is None else chain.down,
        side=chain.side,
        nature="adoptive" if "養" in chain.text else "birth",
        half="",
        label="",
        former=False,
        bereaved=False,
        sexes=("", *(sex for sex, _ in line)),
        births=(MIDDLE, *(birth for _, birth in line)),
    )


def _sex_of(text: str) -> str:
    return "" if text.endswith("父母") else LAST.get(text[-1:], "")


def _line(steps: tuple[str, ...]) -> Iterator[tuple[str, date | None]]:
    """Give sex and order of everybody a chain passes; a sibling is reached through a parent nobody names."""
    for step in steps:
        if step in zokugara_words.SIBLINGS:
            yield "", None
        yield (
            SEXES.get(step, ""),
            BIRTHS.get(step, MIDDLE if step in zokugara_words.PARENTS + zokugara_words.SPOUSES else None),
        )
