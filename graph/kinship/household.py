"""Who lived in one household on the same days; told as a relation, never walked as kinship (E6, E10)."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import pyarrow as pa

from graph.kinship.lines import Form, Lines
from graph.kinship.network import GRADES, Network, Numbers
from graph.model import Grade

# source, person, since, until, and the other person's membership: file, line, place
Met = tuple[int, int, int, int, str, int, int]


def meet(network: Network, sources: Numbers, width: int) -> Lines:
    """Give a line for each stretch of days that one of some people shared a household with somebody else.

    Its step is the other person's latest membership of the stretch, numbered after all steps of links.
    """
    stretches = [(met[0], met[1], met[2], met[3], met[6]) for met in _stretches(_met(network, sources))]
    rows = np.array(stretches, dtype=np.int32).reshape(-1, 5)
    count = len(rows)
    path, steps = (np.full((count, size), -1, dtype=np.int32) for size in (width + 1, width))
    path[:, :2], steps[:, 0] = rows[:, :2], rows[:, 4] + 2 * len(network.links.start)
    zero, one = np.zeros(count, dtype=np.int8), np.ones(count, dtype=np.int8)
    form, stated = one * np.int8(Form.HOUSEHOLD), one * np.int8(GRADES.index(Grade.STATED))
    return Lines(form, zero, zero, zero, stated, rows[:, 2], rows[:, 3], rows[:, 3], one, path, steps)


def _met(network: Network, sources: Numbers) -> list[Met]:
    """List who was a member of the same household on some day, in the order in which stretches are made."""
    homes = network.homes.members
    own, _ = network.homes.by_person.of(sources)
    other, place = network.homes.by_home.of(homes.home[own])
    own = own[place]
    since, until = np.maximum(homes.since[own], homes.since[other]), np.minimum(homes.until[own], homes.until[other])
    fits = (homes.person[own] != homes.person[other]) & (since < until)
    own, other = own[fits], other[fits]
    files = network.files.take(pa.array(homes.file[other])).to_pylist()
    numbers = (homes.person[own], homes.person[other], since[fits], until[fits], homes.line[other], other)
    source, person, first, last, line, row = (column.tolist() for column in numbers)
    return sorted(zip(source, person, first, last, files, line, row, strict=True))


def _stretches(met: Iterable[Met]) -> Iterator[Met]:
    """Join moves into the next household together, and new rows of an unchanged one; the latest row is the witness."""
    for _, group in groupby(met, key=itemgetter(0, 1)):
        stretch, *more = group
        for row in more:
            if row[2] > stretch[3]:
                yield stretch
                stretch = row
            elif row[3:6] > stretch[3:6]:
                stretch = (*stretch[:3], *row[3:])
        yield stretch
