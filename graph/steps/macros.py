"""What steps may call beside an engine's own functions: one macro for half-open validity; no end is open."""

from graph.model import record


@record
class Macro:
    """A name for an expression with parameters."""

    name: str
    parameters: tuple[str, ...]
    sql: str


HOLDS = Macro(
    name="holds",
    parameters=("moment", "valid_from", "valid_to"),
    sql="(moment >= valid_from AND (valid_to IS NULL OR moment < valid_to))",
)
MACROS = (HOLDS,)
