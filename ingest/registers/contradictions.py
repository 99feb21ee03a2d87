"""Links that cannot be are dropped and told (A13): a parent not old enough for the child, an ancestor of oneself."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from graph.model import record
from graph.steps.step import Stage, Step

IMPOSSIBLE_LINE = """
SELECT p.parent, p.child, p.file, p.line
FROM parent_settled p JOIN person_known x ON x.person_id = p.parent JOIN person_known y ON y.person_id = p.child
WHERE p.parent = p.child OR x.born >= y.born
    OR p.nature IN ('birth', 'recognised') AND x.birth + INTERVAL 12 YEAR > y.birth
ORDER BY p.file, p.line
"""

PARENT_POSSIBLE = """
SELECT * FROM parent_settled WHERE (parent, child) NOT IN (SELECT (i.parent, i.child) FROM impossible_line i)
UNION ALL BY NAME
SELECT * FROM sibling_parent
"""

POSSIBLE = Stage(
    "possible parents",
    "Parent links without those of parents who are not old enough.",
    (
        Step(
            "impossible_line", IMPOSSIBLE_LINE, why="A13: a parent is older than the child, by birth by twelve years."
        ),
        Step("parent_possible", PARENT_POSSIBLE, why="A13: what cannot be is left out."),
    ),
    results=("impossible_line", "parent_possible"),
)

CIRCULAR_LINE = """
SELECT file, line FROM parent_possible WHERE (parent, child) IN (SELECT (c.parent, c.child) FROM circle c)
ORDER BY file, line
"""

PARENT_LINK = """
SELECT * FROM parent_possible WHERE (parent, child) NOT IN (SELECT (c.parent, c.child) FROM circle c)
"""

LINKED = Stage(
    "parent links",
    "Parent links without those that make somebody their own ancestor.",
    (
        Step("circular_line", CIRCULAR_LINE, why="A13: where the registers make somebody their own ancestor."),
        Step("parent_link", PARENT_LINK, why="A13: nobody is their own ancestor."),
    ),
    results=("circular_line", "parent_link"),
)


@record
class Problem:
    """One statement of a register that the graph does not follow (A13, E12)."""

    file: str
    line: int
    what: str


def problems(lines: pa.Table, what: str = "") -> Iterator[Problem]:
    """Tell what is wrong with each line; without `what` the line says it."""
    for row in lines.to_pylist():
        yield Problem(file=row["file"], line=row["line"], what=what or f"relation: {row['what']}")


def circles(links: pa.Table) -> pa.Table:
    """Give the links (parent, child) that run in circles or between two: whoever has no ancestor or no descendant left
    is peeled away, until nobody is."""
    ends = pa.chunked_array([*links["parent"].chunks, *links["child"].chunks], pa.string())
    people = ends.combine_chunks().dictionary_encode().indices.to_numpy()
    parent, child = people[: len(links)], people[len(links) :]
    left, before = np.arange(len(links)), -1
    while len(left) != before:
        before = len(left)
        has_parent, has_child = np.isin(parent[left], child[left]), np.isin(child[left], parent[left])
        left = left[has_parent & has_child]
    return links.select(["parent", "child"]).take(left)
