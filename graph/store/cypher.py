"""All Cypher of the program: generated from the schema, or a constant named for its question.

Only labels, types and property names of the schema are formatted in; every value is a parameter. Relationships carry
`start` and `end` beside their properties, for without them no constraint could tell two of one type apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from graph.store.schema import KINDS, Column, Node, Relationship
from graph.store.tables import key_of


class Query(NamedTuple):
    """A Cypher text and the name it has in an error."""

    name: str
    text: str


# One writer at a time on a server, whatever workspaces the writers have. A run that died holds on until its silence has
# lasted the limit, but not against its own workspace: there the workspace's lock has shown that it is dead.
TAKE_LOCK = Query(
    "take the lock",
    """
MERGE (lock:Lock {name: 'run'})
SET lock.name = 'run'
WITH lock
WHERE lock.owner IS NULL OR lock.owner = $owner OR lock.touched < datetime() - duration({minutes: $minutes})
SET lock.owner = $owner, lock.touched = datetime()
RETURN lock.owner AS owner
""",
)

HOLD_LOCK = Query(
    "hold the lock",
    """
MATCH (lock:Lock {name: 'run', owner: $owner})
SET lock.touched = datetime()
RETURN lock.owner AS owner
""",
)

RELEASE_LOCK = Query(
    "release the lock",
    """
MATCH (lock:Lock {name: 'run', owner: $owner})
DELETE lock
""",
)

CURRENT = Query(
    "find the published generation",
    """
MATCH (g:Generation {published: true})
RETURN g.run_id AS run_id, g.published AS published, g.facts AS facts
ORDER BY run_id
""",
)

IS_PUBLISHED = Query(
    "ask whether a generation is published",
    """
MATCH (g:Generation {run_id: $run_id, published: true})
RETURN g.run_id AS run_id
""",
)

UNPUBLISHED = Query(
    "find generations that are not published",
    """
MATCH (g:Generation {published: false})
RETURN g.run_id AS run_id
ORDER BY run_id
""",
)

BEGIN = Query(
    "begin a generation",
    """
MERGE (g:Generation {run_id: $run_id})
SET g = {run_id: $run_id, published: false, facts: ''}
""",
)

WITHDRAW = Query(
    "let no generation be published",
    """
MATCH (g:Generation {published: true})
SET g.published = false
""",
)

PUBLISH = Query(
    "publish a generation",
    """
MATCH (new:Generation {run_id: $run_id})
OPTIONAL MATCH (old:Generation {published: true})
WITH new, collect(old) AS olds
FOREACH (old IN olds | SET old.published = false)
SET new.published = true, new.facts = $facts
RETURN new.run_id AS run_id
""",
)

FORGET = Query(
    "forget a generation",
    """
MATCH (g:Generation {run_id: $run_id, published: false})
DELETE g
""",
)

FITS = "x.search_key CONTAINS $words[0] AND x.run_id = $run_id AND all(w IN $words WHERE x.search_key CONTAINS w)"
SEARCHED = Query("count who is found", f"MATCH (x:Person)\nWHERE {FITS}\nRETURN count(x) AS total")

ANYTHING = Query("look for anything", "MATCH (n) WHERE NOT n:Lock RETURN 1 AS there LIMIT 1")

CONSTANTS = (
    ANYTHING,
    TAKE_LOCK,
    HOLD_LOCK,
    RELEASE_LOCK,
    CURRENT,
    IS_PUBLISHED,
    UNPUBLISHED,
    BEGIN,
    PUBLISH,
    WITHDRAW,
    FORGET,
    SEARCHED,
)


def constraints() -> Iterator[Query]:
    """Make every key unique within its run, and the search key searchable; first of all, or MERGE does not end."""
    for kind in KINDS:
        name = kind.lower()
        pattern = f"(x:{kind})" if isinstance(KINDS[kind], Node) else f"()-[x:{kind}]-()"
        key = ", ".join(f"x.{column}" for column in ("run_id", *key_of(kind)))
        yield Query(
            f"constrain {kind}", f"CREATE CONSTRAINT {name}_key IF NOT EXISTS FOR {pattern} REQUIRE ({key}) IS UNIQUE"
        )
    run = "CREATE CONSTRAINT generation_key IF NOT EXISTS FOR (x:Generation) REQUIRE (x.run_id) IS UNIQUE"
    lock = "CREATE CONSTRAINT lock_key IF NOT EXISTS FOR (x:Lock) REQUIRE (x.name) IS UNIQUE"
    search = "CREATE TEXT INDEX person_search IF NOT EXISTS FOR (x:Person) ON (x.search_key)"
    yield from (Query("constrain Generation", run), Query("constrain Lock", lock), Query("index names", search))


def merge(kind: str) -> Query:
    """Write rows of a kind; a row replaces what its key held, whole."""
    entry = KINDS[kind]
    key = ", ".join(f"{column}: row.{column}" for column in ("run_id", *key_of(kind)))
    if isinstance(entry, Node):
        pattern = f"MERGE (x:{kind} {{{key}}})"
    else:
        pattern = (
            f"{_end('a', entry.start, 'start')}\n{_end('b', entry.end, 'end')}\nMERGE (a)-[x:{kind} {{{key}}}]->(b)"
        )
    return Query(f"write {kind}", f"UNWIND $rows AS row\n{pattern}\nSET x = row\nRETURN count(x) AS stored")


def select(kind: str, columns: Iterable[str] = ()) -> Query:
    """Read the rows of a run, those only whose columns have one of the values of the parameters named like them."""
    tests = [*_of_run(kind), *(f"{_value(kind, name)} IN ${name}" for name in columns)]
    returned = ", ".join(f"{_returned(kind, column)} AS {column.name}" for column in KINDS[kind].columns)
    return Query(f"read {kind}", f"MATCH {_pattern(KINDS[kind])}\nWHERE {' AND '.join(tests)}\nRETURN {returned}")


def page(kind: str, columns: Sequence[str]) -> Query:
    """Read the rows of a run that come next `$after` a value of the first key column, in its order, as one list.

    Each row is that value, then the columns. They come from the index of the key, so that no page looks at the ones
    before it; a record for every row would take the driver some five times as long.
    """
    first, *rest = key_of(kind)
    known = {column.name: column for column in KINDS[kind].columns}
    tests = [*_of_run(kind), f"x.{first} > $after", *(f"x.{name} IS NOT NULL" for name in rest)]
    cells = ", ".join((f"x.{first}", *(_returned(kind, known[name]) for name in columns)))
    return Query(
        f"read a page of {kind}",
        f"MATCH {_pattern(KINDS[kind])}\nUSING INDEX x:{kind}({', '.join(('run_id', first, *rest))})\n"
        f"WHERE {' AND '.join(tests)}\nWITH * ORDER BY x.run_id, x.{first} LIMIT $size\n"
        f"RETURN collect([{cells}]) AS rows",
    )


def search() -> Query:
    """Find people whose search key has every one of `$words` in it."""
    returned = ", ".join(f"{_returned('Person', column)} AS {column.name}" for column in KINDS["Person"].columns)
    return Query(
        "search people",
        f"MATCH (x:Person)\nWHERE {FITS}\nWITH x ORDER BY x.person_id LIMIT $limit\nRETURN {returned}",
    )


def count(kind: str) -> Query:
    """Count the rows of a run."""
    return Query(f"count {kind}", f"MATCH {_pattern(KINDS[kind])}\nWHERE x.run_id = $run_id\nRETURN count(x) AS stored")


def remove(kind: str) -> Query:
    """Delete a run's rows of one kind, some thousand at a time.

    Relationships are deleted before nodes: one account may have too many lookups for one transaction.
    """
    pattern = "(x:{})" if isinstance(KINDS[kind], Node) else "()-[x:{}]->()"
    return Query(
        f"remove {kind}",
        f"MATCH {pattern.format(kind)}\nWHERE x.run_id = $run_id\n"
        f"CALL (x) {{ {'DETACH ' * isinstance(KINDS[kind], Node)}DELETE x }} IN TRANSACTIONS OF 5000 ROWS",
    )


def empty_lists(kind: str, column: str) -> Query:
    """Give an empty list to whom a bulk import gave none: it takes one for no value."""
    pattern = f"(x:{kind})" if isinstance(KINDS[kind], Node) else f"()-[x:{kind}]->()"
    return Query(
        f"empty lists of {kind}",
        f"MATCH {pattern}\nWHERE x.{column} IS NULL\nCALL (x) {{ SET x.{column} = [] }} IN TRANSACTIONS OF 5000 ROWS",
    )


def every_query() -> Iterator[Query]:
    """Give each query that can be sent to a server but those that change its schema."""
    generated = (
        (merge(kind), select(kind), select(kind, key_of(kind)), page(kind, key_of(kind)), count(kind), remove(kind))
        for kind in KINDS
    )
    return chain(CONSTANTS, (search(),), *generated)


def _end(name: str, label: str, column: str) -> str:
    node = KINDS[label]
    assert isinstance(node, Node)
    return f"MATCH ({name}:{label} {{run_id: row.run_id, {node.key}: row.{column}}})"


def _pattern(entry: Node | Relationship) -> str:
    if isinstance(entry, Node):
        return f"(x:{entry.label})"
    return f"(a:{entry.start})-[x:{entry.type}]->(b:{entry.end})"


def _of_run(kind: str) -> list[str]:
    ends = ["a.run_id = $run_id"] if isinstance(KINDS[kind], Relationship) else []
    return ["x.run_id = $run_id", *ends]


def _returned(kind: str, column: Column) -> str:
    """Give a column as it is told: a date as text, of which the driver makes no object of its own."""
    value = _value(kind, column.name)
    return f"toString({value})" if column.type is date else value


def _value(kind: str, column: str) -> str:
    """Name a column in Cypher; the ends of a relationship are the keys of its nodes, whatever its properties say."""
    entry = KINDS[kind]
    if isinstance(entry, Relationship) and column in ("start", "end"):
        name, node = ("a", KINDS[entry.start]) if column == "start" else ("b", KINDS[entry.end])
        assert isinstance(node, Node)
        return f"{name}.{node.key}"
    return f"x.{column}"
