"""Brothers and sisters whose parents no register names share an anonymous parent (E4)."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from graph.steps.step import Stage, Step

SIBLINGS_APART = """
SELECT DISTINCT least(anchor, member) AS a, greatest(anchor, member) AS b FROM link_united s
WHERE last = 'sibling' AND grade <> 'probable' AND NOT EXISTS (
    SELECT 1 FROM parent_settled p JOIN parent_settled q USING (parent)
    WHERE p.child = s.anchor AND q.child = s.member AND p.grade <> 'probable' AND q.grade <> 'probable')
ORDER BY ALL
"""

APART = Stage(
    "siblings",
    "Brothers and sisters whose common parent nobody knows.",
    (Step("siblings_apart", SIBLINGS_APART, why="E4: siblings without a known common parent.", kind="VIEW"),),
    results=("siblings_apart",),
)

SIBLING_PARENT = """
SELECT f.parent, f.child, 'birth' AS nature, 'stated' AS grade, coalesce(t.birth, DATE '0001-01-01') AS valid_from,
       CAST(NULL AS DATE) AS may_end,
       CASE WHEN bool_or(s.seen_until IS NULL) THEN NULL ELSE max(s.seen_until) END AS valid_to,
       CASE WHEN bool_or(s.seen_until IS NULL) THEN '' ELSE 'vanished' END AS ended_by,
       min_by(s.file, (s.file, s.line)) AS file, min_by(s.line, (s.file, s.line)) AS line
FROM sibling_family f JOIN link_united s ON s.last = 'sibling' AND f.child IN (s.anchor, s.member)
LEFT JOIN trait t ON t.person_id = f.child
GROUP BY f.parent, f.child, t.birth
"""

ANONYMOUS_PARENTS = Stage(
    "anonymous parents",
    "An anonymous parent for each family of siblings, so that they are of the second degree all the same.",
    (Step("sibling_parent", SIBLING_PARENT, why="E4: siblings share an anonymous parent."),),
    results=("sibling_parent",),
)  # fmt: skip

FAMILY = pa.schema([("parent", pa.string()), ("child", pa.string())])


def families(pairs: pa.Table) -> pa.Table:
    """Join siblings of siblings; a family's placeholder is named after its least member, whatever the order of rows."""
    couples = zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True)
    return pa.Table.from_pylist(list(_families(couples)), schema=FAMILY)


def _families(pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    family: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = family.get(a, {a}) | family.get(b, {b})
        family.update(dict.fromkeys(joined, joined))
    for child, members in sorted(family.items()):
        yield {"parent": f"anon:parent-of-{min(members)}", "child": child}
