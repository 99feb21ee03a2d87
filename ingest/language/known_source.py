"""What a mapping file says of one source, once it is read."""

import unicodedata
from collections.abc import Sequence
from fnmatch import fnmatch

from graph.model import record
from ingest.language.rule import Condition, Rule, header_key, place, places
from ingest.language.tables import CanonicalTable


@record
class Mapping:
    """One source: how to know its files, and what they fill."""

    id: str
    file: str  # of the mapping
    title: str
    table: CanonicalTable
    files: tuple[str, ...]
    format: str
    digest: str
    header: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    key: tuple[str, ...] = ()
    full: bool = False
    day: str = "name"  # or the canonical column whose latest date is the file's day
    skip: int = 0
    encoding: str = ""
    delimiter: str = ""
    required: bool = False
    relation_limit: float = 0.0
    max_shrink: float | None = None
    built_in: bool = False
    beside: str = ""  # id of the mapping whose files this one reads too
    where: tuple[Condition, ...] = ()  # the rows that are read
    pass_over: tuple[Condition, ...] = ()  # the rows that nobody is to read
    groups: int = 0  # numbered groups of columns, each a row
    group: int = 0  # the number of the one that is read
    filled: tuple[tuple[str, ...], ...] = ()  # header names one of whose cells is filled where the group is a row
    ignore: str = ""  # why its files are not to be read
    elsewhere: tuple[tuple[Condition, ...], ...] = ()  # the rows that the mappings beside this one read

    def named_like(self, name: str) -> bool:
        """Say whether a file of this name is this source."""
        plain = unicodedata.normalize("NFKC", name).casefold()
        return any(fnmatch(plain, unicodedata.normalize("NFKC", pattern).casefold()) for pattern in self.files)

    def reads(self, *, optional: bool = True) -> tuple[tuple[str, ...], ...]:
        """Give the header names of all that is read, or decides what is; names for the same thing stand together."""
        parts = [part for rule in self.rules if optional or not rule.optional for part in _parts(rule)]
        return (*parts, *((name,) for name, _ in (*self.where, *self.pass_over)))

    def lacking(self, header: Sequence[str]) -> tuple[str, ...]:
        """Name the columns that the mapping needs and the header does not have."""
        known = places(header)
        return tuple(dict.fromkeys(part[0] for part in self.reads(optional=False) if place(part, known) is None))

    def matches(self, name: str, header: Sequence[str]) -> bool:
        """Say whether a file of this name or with this header is this source."""
        have = {header_key(cell) for cell in header}
        return self.named_like(name) or (bool(self.header) and have.issuperset(map(header_key, self.header)))


def _parts(rule: Rule) -> tuple[tuple[str, ...], ...]:
    return (*rule.parts, *((name,) for name, _ in rule.when))
