"""Every 続柄 of the resident register read by its grammar, once a text (Z2)."""

from collections.abc import Iterable

import pyarrow as pa

from japanese.terms import zokugara, zokugara_words

LAST = (
    dict.fromkeys(zokugara_words.SPOUSES, "spouse")
    | dict.fromkeys(zokugara_words.PARTNERS, "partner")
    | dict.fromkeys(zokugara_words.PARENTS, "parent")
    | dict.fromkeys(zokugara_words.SIBLINGS, "sibling")
    | {zokugara_words.CHILD: "child", zokugara_words.CO_RESIDENT: "apart", zokugara_words.OTHER_TIE: "apart"}
)
CHAIN = pa.schema(
    [
        ("text", pa.string()), ("canonical", pa.string()), ("steps", pa.int64()), ("first_step", pa.string()),
        ("prefix", pa.string()), ("last", pa.string()), ("also", pa.string()), ("kind", pa.string()),
        ("up", pa.int64()), ("down", pa.int64()), ("side", pa.string()),
        ("open", pa.bool_()),
    ]
)  # fmt: skip
UNREAD = pa.schema([("relation", pa.string()), ("relation_codes", pa.string()), ("what", pa.string())])


def chains(written: pa.Table) -> pa.Table:
    """Read every text of a table (relation, relation_codes), and the beginnings of every chain."""
    texts = {text for column in written.columns for text in column.to_pylist()}
    heads = {
        "の".join(steps[:n]) for steps in (zokugara.parse(text).steps for text in texts) for n in range(len(steps))
    }
    rows = [_chain(text) for text in sorted(texts | heads | set(zokugara_words.STEPS))]
    return pa.Table.from_pylist(rows, schema=CHAIN)


def unread(written: pa.Table) -> pa.Table:
    """Give each 続柄 that is no term of the grammar, or names no side, with the sentence that says so."""
    return pa.Table.from_pylist(list(_unread(written.to_pylist())), schema=UNREAD)


def _unread(rows: Iterable[dict[str, str]]) -> Iterable[dict[str, str]]:
    for row in rows:
        if problem := zokugara.unread(row["relation"], row["relation_codes"]):
            yield row | {"what": problem.en}


def _chain(text: str) -> dict[str, object]:
    chain = zokugara.parse(text)
    steps = () if chain.problem else chain.steps
    prefix = "の".join(steps[:-1])
    last = LAST.get(steps[-1], "") if steps else ""
    first = steps[0] if steps else ""
    return {
        "text": text, "canonical": chain.canonical, "steps": len(steps), "first_step": first, "prefix": prefix,
        "last": last, "also": chain.also, "kind": chain.kind, "up": chain.up, "down": chain.down,
        "side": chain.side, "open": chain.open,
    }  # fmt: skip
