"""What a step and a stage are: one table each and why it is made; what a step reads is taken from its SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

DIALECT = "duckdb"  # what steps are written in


@dataclass(frozen=True, slots=True)
class Step:
    """One table: its name, the SELECT that makes it, and why: a rule's id or a reason.

    A step that is read once, or that is only handed out, is a view: it is worked out as part of its reader.
    """

    name: str
    sql: str
    why: str
    kind: Literal["TABLE", "VIEW"] = "TABLE"

    @property
    def reads(self) -> frozenset[str]:
        """Name the tables that the step's SQL reads."""
        return tables_of(self.sql)


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps in their order, and which of their tables outlive the stage."""

    name: str
    why: str
    steps: tuple[Step, ...]
    results: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Name the tables that the stage reads and does not make."""
        made = {step.name for step in self.steps}
        return tuple(sorted({name for step in self.steps for name in step.reads} - made))

    def spent(self) -> dict[str, list[Step]]:
        """Give the steps that nobody reads any longer, by the name of the step after which that is so."""
        needs = {step.name: set(self._needs(step)) for step in self.steps}
        views = {step.name for step in self.steps if step.kind == "VIEW"}
        kept = set(self.results).union(*(needs[name] for name in views.intersection(self.results)))
        spent: dict[str, list[Step]] = {}
        for step in (step for step in self.steps if step.name not in kept):
            readers = [name for name, needed in needs.items() if step.name in needed]
            spent.setdefault((readers or [step.name])[-1], []).append(step)
        return spent

    def _needs(self, step: Step) -> Iterator[str]:
        """Name what must be there when a step is made: what it reads, and what the views among that rest on."""
        for name in step.reads:
            yield name
            yield from (found for other in self.steps if other.name == name and other.kind == "VIEW"
                        for found in self._needs(other))  # fmt: skip


@lru_cache(maxsize=1024)
def tables_of(sql: str) -> frozenset[str]:
    """Name the tables that a statement reads, leaving out those it states itself.

    >>> sorted(tables_of("WITH a AS (SELECT * FROM b) SELECT * FROM a JOIN c USING (d), unnest(c.e) AS f(g)"))
    ['b', 'c']
    """
    from sqlglot import exp, parse_one  # here: readers import stages for their names, and run none

    tree = parse_one(sql, read=DIALECT)
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - own
