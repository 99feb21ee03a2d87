"""Build the kanji fold table: `python -m japanese.folds.build` (needs jntajis-python 0.1.0, at build time only).

One hop, directed: a character outside JIS level 1 goes to the one level-1 character that a source names for it; where a
source names several the character stays as it is. Closing the relations over several hops would merge distinct kanji.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from japanese.names import FOLDS, NORM_VERSION, pairs_of

HAND = FOLDS.with_name("kanji_folds_hand.tsv")
BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))  # where Unicode has kanji
LEVEL_1 = range(16, 48)  # rows of JIS X 0208
NOT_CONVERTED = "\ufffd"

HEADER = """\
# Variant kanji of personal names, and the form in which they are compared. Made by build.py; change
# kanji_folds_hand.tsv instead of this file. norm_version {version}, sha256 of the rows {digest}
# Sources and licence: kanji_folds.LICENSE
"""

Source = Callable[[str], Iterable[str]]


def main() -> None:
    """Write the table beside this module."""
    by_hand = dict(pairs_of(HAND))
    chosen = generated(sources(), level_1()) | by_hand
    rows = "".join(f"{variant}\t{plain}\n" for variant, plain in sorted(resolved(chosen).items()))
    header = HEADER.format(version=NORM_VERSION, digest=hashlib.sha256(rows.encode()).hexdigest())
    FOLDS.write_text(header + rows, encoding="utf-8")


def level_1() -> frozenset[str]:
    """Give the 2,965 characters of JIS level 1."""
    return frozenset(filter(None, (_jis(row, cell) for row in LEVEL_1 for cell in range(1, 95))))


def _jis(row: int, cell: int) -> str:
    return bytes((row + 0xA0, cell + 0xA0)).decode("euc_jp", errors="ignore")


def sources() -> tuple[Source, ...]:
    """Give the sources, the most reliable first: JIS, 国税庁, 戸籍, 法務省告示582, likeness of glyphs."""
    import jntajis

    def mj(scheme: str) -> Source:
        combination = jntajis.MJShrinkSchemeCombo[scheme]
        return lambda character: jntajis.mj_shrink_candidates(character, combination)

    return (
        mj("JIS_INCORPORATION_UCS_UNIFICATION_RULE"),
        lambda character: [jntajis.jnta_shrink_translit(character, replacement=NOT_CONVERTED)],
        mj("MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE"),
        mj("MOJ_NOTICE_582"),
        mj("INFERENCE_BY_READING_AND_GLYPH"),
    )


def generated(ranked: Iterable[Source], plain: frozenset[str]) -> dict[str, str]:
    """Give each character that is not plain its one plain form by the first source that names exactly one."""
    ranked = tuple(ranked)
    folded = ((character, _target(character, ranked, plain)) for character in _kanji() if character not in plain)
    return {character: target for character, target in folded if target}


def _kanji() -> Iterator[str]:
    """Give every kanji that normalisation leaves alone; compatibility ideographs never reach the table."""
    every = (chr(code) for begin, end in BLOCKS for code in range(begin, end))
    return (character for character in every if unicodedata.normalize("NFKC", character) == character)


def _target(character: str, ranked: Iterable[Source], plain: frozenset[str]) -> str:
    named = (plain.intersection(source(character)) for source in ranked)
    return next((min(targets) for targets in named if len(targets) == 1), "")


def resolved(folds: Mapping[str, str]) -> dict[str, str]:
    """Follow every fold to its end, so that no target is a source; what folds to itself is kept as it is.

    >>> resolved({"齊": "斉", "斉": "斎", "皀": "皀"})
    {'齊': '斎', '斉': '斎'}
    """
    ends = {variant: _end(variant, folds) for variant in folds}
    return {variant: end for variant, end in ends.items() if end != variant}


def _end(variant: str, folds: Mapping[str, str]) -> str:
    seen = [variant]
    while (following := folds.get(seen[-1], seen[-1])) != seen[-1]:
        if following in seen:
            raise SystemExit(f"a cycle of folds: {'→'.join([*seen, following])}")
        seen.append(following)
    return seen[-1]


if __name__ == "__main__":
    main()
