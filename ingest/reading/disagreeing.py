"""Whether a 続柄 text and the codes beside it say the same (Z13, Z14)."""

import pyarrow as pa
import pyarrow.compute as pc

from japanese.terms import zokugara

BETWEEN = "\x1f"
# A word that leaves open which side it means fits any code of these.
OPEN_STEPS = {
    "親": {"父", "母"}, "配偶者": {"夫", "妻"}, "兄弟": {"兄", "弟"}, "姉妹": {"姉", "妹"},
    "兄弟姉妹": {"兄", "弟", "姉", "妹", "兄弟", "姉妹"},
}  # fmt: skip


def disagreeing(texts: pa.Array, codes: pa.Array) -> list[int]:
    """Find the rows whose text and codes say different things; a row with only one of the two cannot."""
    encoded = pc.binary_join_element_wise(texts, codes, BETWEEN).dictionary_encode()
    differ = [not agree(*pair.split(BETWEEN)) for pair in encoded.dictionary.to_pylist()]
    if not any(differ):
        return []
    return [at for at, index in enumerate(encoded.indices.to_pylist()) if differ[index]]


def longer_texts(texts: pa.ChunkedArray, codes: pa.ChunkedArray) -> int:
    """Count the rows whose single code is only the beginning of what the text says: there the text wins (Z13)."""
    pairs = pc.binary_join_element_wise(texts, codes, BETWEEN).value_counts()
    counts = ((*pair["values"].split(BETWEEN), pair["counts"]) for pair in pairs.to_pylist())
    return sum(count for text, code, count in counts if code and len(_steps(text)) > len(_steps(code)))


def agree(text: str, codes: str) -> bool:
    """Say whether a text and the words of its codes agree; a single code may be only the text's beginning (Z13).

    A text that could mean this or that (義兄) contradicts none.

    >>> agree("孫", "子の子"), agree("子の妻", "子"), agree("妻", "子")
    (True, True, False)
    """
    if not text or not codes or zokugara.parse(text).open:
        return True
    written, coded = _steps(text), _steps(codes)
    if len(coded) == 1:
        written = written[:1]
    return len(written) == len(coded) and all(map(_same, written, coded))


def _steps(text: str) -> tuple[str, ...]:
    return zokugara.parse(text).steps


def _same(written: str, coded: str) -> bool:
    return written == coded or coded in OPEN_STEPS.get(written, ()) or written in OPEN_STEPS.get(coded, ())
