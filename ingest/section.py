"""A table of a TOML file that says what is wrong with it: file, key and what was expected."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from typing import Any

from graph.errors import ConfigError


class Section:
    """A TOML table that knows where it stands, so that errors name file and key."""

    def __init__(self, where: str, table: Dict[str, Any]) -> None:
        self.where = where
        self.table = table

    def fail(self, key: str, expected: str) -> ConfigError:
        """Make the error for a key of this table."""
        return ConfigError(f"{self.where}: {key}: expected {expected}")

    def only(self, known: set[str]) -> None:
        """Refuse keys that mean nothing here."""
        for key in self.table:
            if key not in known:
                raise self.fail(key, f"one of {', '.join(sorted(known))}")

    def one(self, key: str, kind: type, default: Any = None) -> Any:
        """Give the value of a key, which must be of this kind."""
        value = self.table.get(key, default)
        if value is None or not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise self.fail(key, f"a value of type {kind.__name__}, not {value!r}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Give the texts of a key that holds one or a list."""
        value = self.table.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise self.fail(key, "a text or a list of texts")
        return tuple(listed)

    def choice(self, key: str, among: Sequence[str], default: str | None = None) -> str:
        """Give the text of a key that must be one of these."""
        value = self.table.get(key, default)
        if value not in among:
            raise self.fail(key, f"one of {', '.join(among)}, not {value!r}")
        return str(value)
