"""Which 続柄 a clerk writes: the first chain of the standard's terms that leads from the head to a member (Z2)."""

from dataclasses import dataclass

import numpy as np

from synthetic.kin.kin_on_day import KinOnDay

# The standard's code and text of every term; the numbers below index this table.
TERMS = (
    ("", ""), ("02", "世帯主"), ("11", "夫"), ("12", "妻"), ("13", "夫(未届)"), ("14", "妻(未届)"), ("20", "子"),
    ("2X", "子(子の夫)"), ("2X", "子(子の妻)"), ("51", "父"), ("52", "母"), ("71", "兄"), ("81", "姉"),
    ("74", "弟"), ("84", "妹"), ("96", "縁故者"), ("99", "同居人"), ("XX", ""),
)  # fmt: skip
HEAD, OTHER_TIE, CO_RESIDENT, UNSET = 1, 15, 16, 17
SPOUSE, PARTNER, CHILD, CHILD_IN_LAW, PARENT, ELDER, YOUNGER = 2, 4, 6, 7, 9, 11, 13  # each: of a man; + 1: of a woman
MAX_TERMS = 4

# Steps: S spouse, T partner (未届), U parent, B sibling, D child. Shorter chains first, then in display order (Z3).
CHAINS = (
    "S", "T", "D", "U", "B",
    "SD", "SU", "SB", "TD", "DS", "DT", "DD", "US", "UT", "UU", "UB", "BS", "BD",
    "SDS", "SDD", "SUS", "SUU", "SUB", "SBD", "DSD", "DDS", "DDT", "DDD", "USD", "UTD", "UUS", "UUU", "UUB", "UBS",
    "UBD", "BSD", "BDS", "BDD",
    "SDDD", "SUUU", "SUUB", "SUBD", "SBDD", "DSDD", "DDSD", "DDDS", "DDDD", "USDD", "UUUU", "UUUB", "UUBS", "UUBD",
    "UBDS", "UBDD", "BDDS", "BDDD",
)  # fmt: skip
UP_OF = {"S": "S", "T": "T", "D": "U"}  # a step from the head's side, walked back from the member
KIN_BEYOND = ("", "U", "UU", "UUU", "UUUU")  # a common ancestor within these makes 縁故者 of a chain too long to write


@dataclass(frozen=True)
class Relations:
    """The 続柄 of many members: terms as rows of TERMS, and whom each term of the chain stands for."""

    terms: np.ndarray  # (n, 4), 0 after the end of the chain
    path: np.ndarray  # (n, 5) pids from head to member, -1 after the end; all -1 where length is 0
    length: np.ndarray  # number of kin steps, 0 for the head and where the chain claims no kinship
    last: np.ndarray  # the last step: S, T, U, B, D or empty

    def part(self, rows: slice | np.ndarray) -> "Relations":
        """Give some of the rows."""
        return Relations(self.terms[rows], self.path[rows], self.length[rows], self.last[rows])

    @property
    def text(self) -> np.ndarray:
        """Write 続柄表記."""
        _, first, inverse = np.unique(self.packed, return_index=True, return_inverse=True)
        texts = ["の".join(TERMS[term][1] for term in self.terms[row] if term) for row in first]
        return np.array(texts, object)[inverse]

    def codes(self, place: int) -> np.ndarray:
        """Write one of the four columns 続柄コード."""
        return np.asarray(np.array([code for code, _ in TERMS], object)[self.terms[:, place]])

    @property
    def packed(self) -> np.ndarray:
        """Give one number for each row; equal numbers are equal 続柄."""
        return np.asarray(self.terms.astype(np.int64) @ (32 ** np.arange(MAX_TERMS)), np.int64)


def relations(kin: KinOnDay, head: np.ndarray, person: np.ndarray, day: np.ndarray, unproved: np.ndarray) -> Relations:
    """Work out each member's 続柄 to the head on a day; `unproved` people showed no papers of their kinship (Z4)."""
    n = len(person)
    terms, path = np.zeros((n, MAX_TERMS), np.int8), np.full((n, MAX_TERMS + 1), -1)
    length, last = np.zeros(n, np.int64), np.full(n, "", "U1")
    open_rows = np.flatnonzero((person != head) & (head >= 0))
    for chain in CHAINS:
        found, steps = match(kin, chain, head[open_rows], person[open_rows], day[open_rows])
        rows = open_rows[found]
        path[rows, : len(chain) + 1] = steps[found]
        terms[rows, : len(chain)] = _terms(kin, chain, steps[found], day[rows])
        length[rows], last[rows] = len(chain), chain[-1]
        open_rows = open_rows[~found]
    beyond = _kin_beyond(kin, head[open_rows], person[open_rows], day[open_rows])
    hidden = unproved & (length > 0)
    terms[hidden], path[hidden], length[hidden], last[hidden] = (OTHER_TIE, 0, 0, 0), -1, 0, ""
    terms[open_rows, 0] = np.where(beyond, OTHER_TIE, CO_RESIDENT)
    terms[person == head, 0] = HEAD
    terms[head < 0, 0] = UNSET
    return Relations(terms, path, length, last)


def match(
    kin: KinOnDay, chain: str, head: np.ndarray, person: np.ndarray, day: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Say for which pairs a chain holds, and along which people (n, steps + 1)."""
    before, sibling, after = _split(chain)
    found, path = np.zeros(len(head), bool), np.full((len(head), len(chain) + 1), -1)
    backs = _walk(kin, person, day, "".join(UP_OF[step] for step in reversed(after)))
    for front in _walk(kin, head, day, before):
        for back in backs:
            x, y = front[:, -1], back[:, -1]
            met = kin.are_siblings(x, y, day) & (x >= 0) & (y >= 0) if sibling else (x == y) & (x >= 0)
            new = met & ~found
            tail = back[:, ::-1] if sibling else back[:, -2::-1]
            path[new] = np.column_stack([front, tail])[new]
            found |= new
    return found, path


def _split(chain: str) -> tuple[str, bool, str]:
    """Cut a chain where it turns: what is walked from the head, a sibling step, what is walked back from the member."""
    turn = next((place for place, step in enumerate(chain) if step in "BD"), len(chain))
    sibling = chain[turn : turn + 1] == "B"
    return chain[:turn], sibling, chain[turn + sibling :]


def _walk(kin: KinOnDay, start: np.ndarray, day: np.ndarray, steps: str) -> list[np.ndarray]:
    """Follow single-valued steps; parents fan out into one branch for each column that names anybody."""
    branches = [start[:, None]]
    for step in steps:
        onward = [(branch, following) for branch in branches for following in _step(kin, step, branch[:, -1], day)]
        branches = [np.column_stack(pair) for pair in onward if (pair[1] >= 0).any()]
    return branches


def _step(kin: KinOnDay, step: str, person: np.ndarray, day: np.ndarray) -> list[np.ndarray]:
    if step == "U":
        return kin.parents(person, day)
    return [kin.spouse(person, day) if step == "S" else kin.partner(person, day)]


def _terms(kin: KinOnDay, chain: str, path: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Name each step by the sex of whom it reaches, siblings also by age."""
    columns = []
    for place, step in enumerate(chain):
        before, reached = path[:, place], path[:, place + 1]
        woman = ~kin.male[reached]
        younger = kin.birth[reached] > kin.birth[before]
        base = {"S": SPOUSE, "T": PARTNER, "U": PARENT}.get(step, CHILD)
        columns.append(np.where(younger, YOUNGER, ELDER) + woman if step == "B" else base + (step != "D") * woman)
    if chain == "D":
        also = match(kin, "DS", path[:, 0], path[:, 1], day)[0]  # Z7: adopted by the head and married to a child
        columns[0] = np.where(also, CHILD_IN_LAW + ~kin.male[path[:, 1]], columns[0])
    return np.column_stack(columns)


def _kin_beyond(kin: KinOnDay, head: np.ndarray, person: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Say who shares an ancestor with the head or the head's spouse, too far for a chain."""
    lines = [side + steps for side in ("", "S") for steps in KIN_BEYOND]
    ups = [branch[:, -1] for line in lines for branch in _walk(kin, head, day, line)]
    backs = [branch[:, -1] for line in lines for branch in _walk(kin, person, day, line)]
    met = np.zeros(len(head), bool)
    for up in ups:
        for back in backs:
            met |= (up >= 0) & (up == back)
    return met
