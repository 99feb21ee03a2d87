"""Everyone's relatives at once: one row for each distinct relation of two people, with its witness."""

import json
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.kinship import household, lines, network
from graph.kinship.lines import Form, Lines
from graph.kinship.network import FOREVER, GRADES, Move, Network, Numbers, pair
from graph.kinship.readings import HALVES, RELATION_KINDS, SAID_NATURES, SIDES, Readings, read_lines
from graph.model import Grade

AT_ONCE = 4000  # people whose lines are held in memory together
PLAIN = r'^[^"\\\x00-\x1f]*$'  # text that JSON writes as it is

TYPES = ("parent", "parent", "spouse", "de_facto", "household")  # by Move, and what is none
LABELS = ["" if form == Form.SELF else form.name.lower() for form in Form]

Found = tuple[Readings, Lines]
Coded = Callable[[Numbers], tuple[Numbers, pa.Array]]


def closure(
    graph: Mapping[str, pa.Table],
    sources: Sequence[str],
    *,
    blood: int = lines.BLOOD_REACH,
    affinity: int = lines.AFFINITY_REACH,
) -> pa.Table:
    """Give every relation of every source person as a table with the columns of `graph.model.Relation`.

    `graph` holds Person, Household, PARENT_OF, SPOUSE_OF and MEMBER_OF, in any row order; the result is sorted by its
    key. `blood` and `affinity` are the furthest degrees (C1).
    """
    return relations(network.read(graph), sources, blood=blood, affinity=affinity)


def relations(
    kin: Network, sources: Sequence[str], *, blood: int = lines.BLOOD_REACH, affinity: int = lines.AFFINITY_REACH
) -> pa.Table:
    """Give the same of links that have been read."""
    numbers = np.sort(kin.numbers(pa.array(sorted(set(sources)), pa.string())))
    parts = [numbers[at : at + AT_ONCE] for at in range(0, max(len(numbers), 1), AT_ONCE)]
    return table(kin, [_witnessed(*related_lines(kin, part, blood, affinity)) for part in parts])


def related_lines(kin: Network, sources: Numbers, blood: int, affinity: int) -> Found:
    """Give the relations of some people, and all lines that say them."""
    walked = lines.walk(kin, sources, blood, affinity)
    met = household.meet(kin, sources, walked.steps.shape[1])
    every = lines.together([walked, met])
    return read_lines(kin, every), every


def _witnessed(readings: Readings, every: Lines) -> Found:
    """Let go of all lines but the witnesses."""
    return readings._replace(line=np.arange(len(readings.line))), every.take(readings.line)


def table(kin: Network, parts: Sequence[Found]) -> pa.Table:
    """Put ids, words and evidence where numbers stood; each relation has the witness of its own row."""
    readings, witness = lines.together([part for part, _ in parts]), lines.together([line for _, line in parts])
    label = np.where(readings.kind == RELATION_KINDS.index("tie"), witness.form, Form.SELF)
    return pa.table(
        {
            "start": kin.people.take(pa.array(readings.source)),
            "end": kin.people.take(pa.array(readings.person)),
            "kind": _words(readings.kind, RELATION_KINDS),
            "up": readings.up.astype(np.int64),
            "down": readings.down.astype(np.int64),
            "side": _words(readings.side, SIDES),
            "nature": _words(readings.nature, SAID_NATURES),
            "half": _words(readings.half, HALVES),
            "grade": _words(witness.grade, GRADES),
            "valid_from": _days(readings.since),
            "valid_to": _days(readings.until),
            "label": _words(label, LABELS),
            "path": _lists(witness.path, witness.length + 1, lambda people: (people, kin.people)),
            "links": edges(kin, witness),
            "may_end": _doubts(readings.sure, readings.until),
        }
    )


def _words(codes: Numbers, words: Sequence[str]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(codes))


def _doubts(sure: Numbers, until: Numbers) -> pa.Array:
    """Give the days from which relations may have ended, where their end is not known to the day."""
    return pa.array(sure, pa.int32(), mask=sure == until).cast(pa.date32())


def _days(numbers: Numbers) -> pa.Array:
    days = pa.array(numbers, pa.int32(), mask=numbers == FOREVER)
    return days.cast(pa.date32())


def _lists(matrix: Numbers, lengths: Numbers, coded: Coded) -> pa.ListArray:
    """Give each row's first so many numbers as a list of words; each word is kept once, however often it occurs."""
    filled = np.arange(matrix.shape[1]) < lengths[:, None]
    codes, words = coded(matrix[filled])
    offsets = np.append(0, np.cumsum(lengths, dtype=np.int32)).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), words))


def edges(kin: Network, told_by: Lines) -> pa.ListArray:
    """Tell the register entry behind each step of each line, as JSON."""
    told = told_by.steps >= 0
    people = pair(told_by.path[:, :-1][told], told_by.path[:, 1:][told])

    def coded(steps: Numbers) -> tuple[Numbers, pa.Array]:
        _, first, which = np.unique(pair(steps, people >> 32), return_index=True, return_inverse=True)
        return which, _edges(kin, people[first] >> 32, people[first] & 0xFFFFFFFF, steps[first])

    return _lists(told_by.steps, told_by.length, coded)


def _edges(kin: Network, start: Numbers, end: Numbers, step: Numbers) -> pa.Array:
    links, homes, linked = kin.links, kin.homes.members, step < 2 * len(kin.links.start)
    link, home = step[linked] >> 1, step[~linked] - 2 * len(links.start)
    order = np.argsort(np.append(np.flatnonzero(linked), np.flatnonzero(~linked)))
    none = np.zeros(len(home), dtype=np.int64)
    types = np.append(links.move[link], none + len(Move))
    grades = np.append(links.grade[link], none + GRADES.index(Grade.STATED))
    files = kin.files.take(pa.array(np.append(links.file[link], homes.file[home])[order]))
    rows = np.append(links.line[link], homes.line[home])
    pieces: list[str | pa.Array] = [
        '{"from":', _quoted(kin.people.take(pa.array(start))), ',"to":', _quoted(kin.people.take(pa.array(end))),
        ',"type":"', _words(types[order], TYPES), '","grade":"', _words(grades[order], GRADES),
        '","file":', _quoted(files), ',"line":', pa.array(rows[order]).cast(pa.string()), "}", "",
    ]  # fmt: skip
    return pc.binary_join_element_wise(*pieces)


def _quoted(text: pa.Array) -> pa.Array:
    """Write text as JSON strings."""
    if pc.all(pc.match_substring_regex(text, PLAIN)).as_py() is not False:
        return pc.binary_join_element_wise('"', text, '"', "")
    return pa.array([json.dumps(each, ensure_ascii=False) for each in text.to_pylist()], pa.string())
