"""Whether it is certain who a member of staff is among the residents: asked here and nowhere else (W1).

A link without a probability was made before there were scores, or by hand, and is taken as it stands.
"""

CERTAIN = 0.99  # from here on nobody asks who the viewer is


def is_certain(p: float | None) -> bool:
    """Say whether a link of this probability needs nobody to confirm it."""
    return p is None or p >= CERTAIN


def certain_sql(column: str) -> str:
    """Give the same question of a column for a statement."""
    return f"coalesce({column}, 1) >= {CERTAIN}"
