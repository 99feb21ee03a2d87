"""A municipality that never was: `make` writes its exports and, beside them, the answer key."""

from collections.abc import Callable, Iterable
from pathlib import Path


def make(size: str, seed: int, out_dir: Path, settings: Iterable[str], progress: Callable[[float, str], None]) -> None:
    """Write a synthetic municipality into `out_dir`: raw exports in exports/, the answer key in truth/.

    `size` is village, ward, city or a number of residents; `settings` are NAME=VALUE texts (docs/synthetic.md).
    """
    from synthetic import municipality

    municipality.write(size, seed, Path(out_dir), settings, progress)
