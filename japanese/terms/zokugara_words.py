"""The words of 続柄 that people wrote before and beside the standard (Z6, Z8, Z11), as basic steps."""

import re
from dataclasses import dataclass

HEAD = "世帯主"
CO_RESIDENT = "同居人"
OTHER_TIE = "縁故者"
SPOUSES = ("夫", "妻", "配偶者")
PARTNERS = ("夫(未届)", "妻(未届)", "配偶者(未届)")
PARENTS = ("父", "母", "親")
SIBLINGS = ("兄", "姉", "弟", "妹", "兄弟", "姉妹", "兄弟姉妹")
CHILD = "子"
STEPS = (CHILD, *SPOUSES, *PARTNERS, *PARENTS, *SIBLINGS)
MARRIED = SPOUSES + PARTNERS

# Spellings of one word that contain の or brackets of their own (Z11).
UNREGISTERED = "未届|内縁|事実上|事実婚"
PHRASES = (
    (re.compile(rf"(妻|夫|配偶者)\((?:{UNREGISTERED})(?:の(?:妻|夫|配偶者))?\)"), r"\1(未届)"),
    (re.compile(rf"(?:{UNREGISTERED})の?(妻|夫|配偶者)"), r"\1(未届)"),
    (re.compile("義理の"), "義"),
)

SIBLING, BROTHER, SISTER = "兄弟姉妹", "兄弟", "姉妹"
COUSIN = ("親", SIBLING, CHILD)
SECOND_COUSIN = ("親", *COUSIN, CHILD)
# Where a word leaves open which side it means, the step does too (親, 兄弟姉妹).
WORDS = {
    "本人": (HEAD,), "筆頭者本人": (HEAD,),
    "同居": (CO_RESIDENT,), "使用人": (CO_RESIDENT,), "家事使用人": (CO_RESIDENT,), "縁故": (OTHER_TIE,),
    "養父": ("父",), "養母": ("母",), "養親": ("親",), "実父": ("父",), "実母": ("母",), "実親": ("親",),
    "内妻": ("妻(未届)",), "内夫": ("夫(未届)",), "入夫": ("夫",), "後妻": ("妻",), "後夫": ("夫",),
    "孫": (CHILD, CHILD), "孫娘": (CHILD, CHILD), "孫息子": (CHILD, CHILD), "養孫": (CHILD, CHILD),
    "曽孫": (CHILD,) * 3, "ひ孫": (CHILD,) * 3, "ひまご": (CHILD,) * 3, "玄孫": (CHILD,) * 4, "やしゃご": (CHILD,) * 4,
    "来孫": (CHILD,) * 5, "昆孫": (CHILD,) * 6,
    "嫁": (CHILD, "妻"), "婿": (CHILD, "夫"), "入婿": (CHILD, "夫"), "娘婿": (CHILD, "夫"), "息子嫁": (CHILD, "妻"),
    "連れ子": ("配偶者", CHILD), "連子": ("配偶者", CHILD), "継子": ("配偶者", CHILD),
    "継母": ("父", "妻"), "継父": ("母", "夫"),
    "祖父": ("親", "父"), "祖母": ("親", "母"), "祖父母": ("親", "親"), "養祖父": ("親", "父"), "養祖母": ("親", "母"),
    "曽祖父": ("親", "親", "父"), "曽祖母": ("親", "親", "母"), "曽祖父母": ("親",) * 3,
    "高祖父": ("親", "親", "親", "父"), "高祖母": ("親", "親", "親", "母"), "高祖父母": ("親",) * 4,
    "義父": ("配偶者", "父"), "義母": ("配偶者", "母"), "義父母": ("配偶者", "親"), "義親": ("配偶者", "親"),
    "舅": ("配偶者", "父"), "姑": ("配偶者", "母"), "岳父": ("配偶者", "父"), "岳母": ("配偶者", "母"),
    "伯父": ("親", BROTHER), "叔父": ("親", BROTHER), "おじ": ("親", BROTHER),
    "伯母": ("親", SISTER), "叔母": ("親", SISTER), "おば": ("親", SISTER),
    "大伯父": ("親", "親", BROTHER), "大叔父": ("親", "親", BROTHER), "大おじ": ("親", "親", BROTHER),
    "大伯母": ("親", "親", SISTER), "大叔母": ("親", "親", SISTER), "大おば": ("親", "親", SISTER),
    "伯祖父": ("親", "親", BROTHER), "叔祖父": ("親", "親", BROTHER),
    "伯祖母": ("親", "親", SISTER), "叔祖母": ("親", "親", SISTER),
    "甥": (SIBLING, CHILD), "姪": (SIBLING, CHILD), "おい": (SIBLING, CHILD), "めい": (SIBLING, CHILD),
    "甥姪": (SIBLING, CHILD), "大甥": (SIBLING, CHILD, CHILD), "大姪": (SIBLING, CHILD, CHILD),
    "姪孫": (SIBLING, CHILD, CHILD), "又甥": (SIBLING, CHILD, CHILD), "又姪": (SIBLING, CHILD, CHILD),
    "従甥": (*COUSIN, CHILD), "従姪": (*COUSIN, CHILD),
    "従伯父": ("親", *COUSIN), "従叔父": ("親", *COUSIN), "従伯母": ("親", *COUSIN), "従叔母": ("親", *COUSIN),
}  # fmt: skip
CHILDREN = (
    "養子", "養女", "養嗣子", "実子", "息子", "息", "娘", "男", "女", "長子", "次子", "末子", "嗣子", "嫡出子", "嫡子",
    "庶子", "庶子男", "庶子女", "私生子", "婚外子", "非嫡出子",
)  # fmt: skip
WORDS |= dict.fromkeys(CHILDREN, (CHILD,))
WORDS |= dict.fromkeys(
    ("いとこ", "従兄弟", "従姉妹", "従兄", "従弟", "従姉", "従妹", "従兄妹", "従姉弟", "従兄弟姉妹"), COUSIN
)
WORDS |= dict.fromkeys(("はとこ", "またいとこ", "又従兄弟", "又従姉妹"), SECOND_COUSIN)
WORDS |= {f"再{word}": SECOND_COUSIN for word, steps in WORDS.items() if steps == COUSIN and word != "いとこ"}
WORDS |= {f"{blood}{word}": (word,) for blood in ("実", "養", "異母", "異父") for word in SIBLINGS}
WORDS |= {word: (word,) for word in (*STEPS, HEAD, CO_RESIDENT, OTHER_TIE)}
NUMBERED_CHILD = re.compile("(?:長|次|末|第?[二弐三参四五六七八九十0-9]+)[男女]")
ADOPTED_SON_IN_LAW = ("婿養子", "養子婿")  # the head's child and child's husband at once (Z7)
OLD_FORMS = str.maketrans({"曾": "曽", "壻": "婿", "聟": "婿"})

# 義兄 is the spouse's brother or a sister's husband: affinity of these steps, whose side the word does not say.
IN_LAWS = dict.fromkeys([f"義{word}" for word in SIBLINGS], (1, 1))
IN_LAWS |= dict.fromkeys([f"義{word}" for word in ("伯父", "叔父", "伯母", "叔母", "おじ", "おば")], (2, 1))
IN_LAWS |= dict.fromkeys(("義甥", "義姪"), (1, 2)) | dict.fromkeys(("義祖父", "義祖母"), (2, 0))
IN_LAWS |= dict.fromkeys(("義子", "義息", "義息子", "義娘"), (0, 1)) | {"義孫": (0, 2)}
OPEN = ("いとこ違い", *IN_LAWS)  # leave open whose steps they tell

# Words that carry the step of the word before them (長男の嫁 is 長男の妻), with what they say after it.
WIFE, HUSBAND, STEPCHILD, IN_LAW = ("嫁",), ("婿", "入婿", "娘婿"), ("連れ子", "連子"), (
    "義父", "義母", "義父母", "義親", "舅", "姑", "岳父", "岳母",
)  # fmt: skip
MEN = ("父", "兄", "弟", "兄弟", "夫", "夫(未届)")
WOMEN = ("母", "姉", "妹", "姉妹", "妻", "妻(未届)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a 続柄 and the steps it takes where it stands; none where it leaves them open or is no term."""

    text: str
    steps: tuple[str, ...]
    open: bool = False


def read(plain: str) -> list[Word]:
    """Read the words of a 続柄 one after another, each in the light of the one before."""
    words: list[Word] = []
    for text in _split(plain):
        words.append(_word(text, words[-1] if words else None))
    return words


def _split(plain: str) -> list[str]:
    for phrase, word in PHRASES:
        plain = phrase.sub(word, plain)
    plain = plain.translate(OLD_FORMS)
    return [part for word in plain.split("の") for part in _apart(word)]


def _apart(word: str) -> tuple[str, ...]:
    """Take 長男嫁 and 妻母 apart, as people write who leave の out."""
    if _known(word):
        return (word,)
    for tail in (*STEPCHILD, *WIFE, *HUSBAND, *MARRIED, *PARENTS, *SIBLINGS):
        head = word.removesuffix(tail)
        of_spouse = head in MARRIED or head in WIFE + HUSBAND
        if head != word and _known(head) and (of_spouse or tail not in PARENTS + SIBLINGS):
            return head, tail
    return (word,)


def _known(word: str) -> bool:
    return word in WORDS or word in OPEN or word in ADOPTED_SON_IN_LAW or bool(NUMBERED_CHILD.fullmatch(word))


def _word(text: str, before: Word | None) -> Word:
    if text in OPEN:
        return Word(text, (), open=True)
    steps = (CHILD,) if NUMBERED_CHILD.fullmatch(text) or text in ADOPTED_SON_IN_LAW else WORDS.get(text, ())
    if before is None or not before.steps:
        return Word(text, steps)
    after = _after(text, steps, before)
    return Word(text, after, open=not after and bool(steps))


def _after(text: str, steps: tuple[str, ...], before: Word) -> tuple[str, ...]:
    """Say what a word adds to the one before it; nothing where it could add this or that."""
    last = before.steps[-1]
    if text in WIFE:
        return ("妻",) if last not in MARRIED and not _is_woman(before) else ()
    if text in HUSBAND:
        return ("夫",) if last not in MARRIED and not _is_man(before) else ()
    if text in STEPCHILD:
        return (CHILD,) if last in MARRIED else ()
    if text == "継子":
        return (CHILD,) if last in MARRIED else steps
    if text in IN_LAW:
        return steps if last not in MARRIED + PARENTS else ()
    return steps


def _is_man(word: Word) -> bool:
    return word.steps[-1] in MEN or (word.steps[-1] not in WOMEN and word.text.endswith(("男", "息子", "甥", "婿養子")))


def _is_woman(word: Word) -> bool:
    return word.steps[-1] in WOMEN or (word.steps[-1] not in MEN and word.text.endswith(("女", "娘", "姪")))
