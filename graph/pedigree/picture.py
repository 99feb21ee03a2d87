"""What a pedigree picture holds: cards and lines with their places, before any drawing."""

from graph.model import Person, record

CARD_WIDTH = 132
CARD_HEIGHT = 54
GAP = 34  # between two cards of a row

Point = tuple[float, float]


@record
class Card:
    """One person; `x` and `y` are the upper left corner, `step` the place on the marked line (-1: not on it)."""

    person: Person
    x: float
    y: float
    step: int

    @property
    def middle(self) -> float:
        """The x of the card's middle."""
        return self.x + CARD_WIDTH / 2


@record
class Line:
    """One tie between cards as a run of points; `marked` where the marked line goes along it."""

    points: tuple[Point, ...]
    type: str  # marriage, parent
    nature: str
    grade: str
    ended: bool
    marked: bool


@record
class Picture:
    """A laid-out pedigree."""

    width: float
    height: float
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
