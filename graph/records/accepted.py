"""What was delivered or is due and lacks, and that somebody knows it."""

from graph.model import record
from words import Said


@record
class Accepted:
    """That somebody knows of a file not taken, one taken though it looks cut off, or an absent day, and goes on."""

    name: str
    content: str  # hash of the file that was refused; empty for a day
    by: str
    at: str


@record
class DoubtfulFile:
    """One file that was delivered and not taken (or taken all the same), what speaks against it, who accepted that."""

    file: str
    reason: Said
    accepted: Accepted | None
