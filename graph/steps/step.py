"""What steps, stages and plans are: one table a step and why it is made; what it reads is taken from its SQL."""

from collections.abc import Iterator, Mapping
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
            yield from (needed for other in self.steps if other.name == name and other.kind == "VIEW"
                        for needed in self._needs(other))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Stages in their order, what they start from (each with what it is), and the tables that not only steps read."""

    name: str
    why: str
    stages: tuple[Stage, ...]
    given: Mapping[str, str]
    results: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give the steps of all stages."""
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def whole(self) -> Stage:
        """Give all stages as one, by which it is known when a table has had its last reader."""
        return Stage(self.name, self.why, self.steps, self.results)


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
