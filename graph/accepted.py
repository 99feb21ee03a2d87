"""What was delivered or is due and lacks, and that somebody knows it."""

from graph.errors import Said
from graph.model import record


@record
class Accepted:
    """That somebody knows of a file not taken or a day of a log that is absent, and goes on without it."""

    name: str
    content: str  # hash of the file that was refused; empty for a day
    by: str
    at: str


@record
class RefusedFile:
    """One file that was delivered and not taken, why, and who accepted that."""

    file: str
    reason: Said
    accepted: Accepted | None
