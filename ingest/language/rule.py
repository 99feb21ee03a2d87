"""How one canonical column is read, and how header names and codes are compared."""

import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict

from graph.model import record
from ingest.language.tables import TableColumn
from japanese.invisible import visible

WHOLE, PREFIX, PATTERN = "whole", "prefix", "pattern"  # how a dictionary's codes are compared with a text
NUMBER = "{n}"  # stands in a header name for the number of the group that is read
BRACKETS = str.maketrans("", "", "()[]{}<>「」『』【】〔〕〈〉《》 \t\u3000\ufeff")

Condition = tuple[str, frozenset[str]]  # a header name, and the values (as `code_key` writes them) it may have


@record
class Rule:
    """How one canonical column is read: from which header names, and through what."""

    column: TableColumn
    parts: tuple[tuple[str, ...], ...] = ()  # for each part the header names it may have
    constant: str | None = None
    optional: bool = False
    codes: Dict[str, str] | None = None
    otherwise: str | None = None
    join: str = " "
    width: int = 0
    last: int = 0
    strip: tuple[str, ...] = ()
    style: str = "auto"
    inclusive: bool = False
    open: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()  # what must hold for the column to count
    check: str = ""
    first: bool = False  # of several parts the first that is not empty, instead of all of them together
    replace: tuple[tuple[str, str], ...] = ()
    after: str = ""
    before: str = ""
    pattern: str = ""
    codes_by: str = WHOLE

    @property
    def is_as_written(self) -> bool:
        """Say whether a cell's text is the value: no dictionary, nothing cut or replaced."""
        return self.codes is None and not (self.strip or self.replace or self.after or self.before or self.pattern)

    @property
    def names(self) -> tuple[str, ...]:
        """Give one header name for each part and condition that the rule needs."""
        return (*(part[0] for part in self.parts), *(name for name, _ in self.when))


def conditions(written: Dict[str, tuple[str, ...]]) -> tuple[Condition, ...]:
    """Give the conditions that a mapping writes as header name = values."""
    return tuple((name, frozenset(map(code_key, values))) for name, values in written.items())


def header_key(name: str) -> str:
    """Write a header name as it is compared: NFKC, lower case, without spaces and brackets (F4)."""
    return unicodedata.normalize("NFKC", visible(name)).translate(BRACKETS).casefold()


def places(header: Sequence[str]) -> dict[str, int]:
    """Give where in a header each name stands, as names are compared; of two that are the same the first."""
    return {header_key(name): at for at, name in reversed(list(enumerate(header)))}


def place(names: Iterable[str], header: Dict[str, int]) -> int | None:
    """Give where the first of several names stands that a header has."""
    return next((header[key] for key in map(header_key, names) if key in header), None)


def code_key(text: str) -> str:
    """Write a code as it is looked up: NFKC, no spaces around, no leading zeros (Z13)."""
    plain = unicodedata.normalize("NFKC", visible(text)).strip()
    return (plain.lstrip("0") or "0") if plain.isdigit() else plain
