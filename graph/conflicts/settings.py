"""A table of a TOML file whose keys are read by kind; what is not as expected names file, key and expectation."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from graph.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """One table, where it stands, and the hash of its file."""

    values: dict[str, Any]
    where: str
    sha256: str

    @classmethod
    def read(cls, path: Path) -> "Settings":
        """Read a whole TOML file."""
        try:
            content = path.read_bytes()
            values = tomllib.loads(content.decode())
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path.name} cannot be read as TOML: {error}") from error
        return cls(values, f"{path.name}: ", hashlib.sha256(content).hexdigest())

    def has(self, key: str) -> bool:
        """Say whether the key stands here."""
        return key in self.values

    def section(self, key: str) -> "Settings":
        """Give the table under a key."""
        return self._inner(self._typed(key, dict, "a table"), key)

    def sections(self, key: str) -> list["Settings"]:
        """Give the tables of an array, at least one."""
        entries = self._all(key, dict, "tables") or self._refuse(key, "a list of at least one table")
        return [self._inner(entry, f"{key}[{n}]") for n, entry in enumerate(entries, 1)]

    def text(self, key: str) -> str:
        """Give a text."""
        return str(self._typed(key, str, "a text"))

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts."""
        return tuple(self._all(key, str, "texts"))

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """Give one of a closed set of words."""
        value = self.text(key)
        return value if value in choices else self._refuse(key, f"one of {', '.join(choices)}")

    def whole(self, key: str) -> int:
        """Give a whole number that is not negative."""
        value = int(self._typed(key, int, "a whole number"))
        return value if value >= 0 else self._refuse(key, "not negative")

    def wholes(self, key: str) -> tuple[int, ...]:
        """Give a list of whole numbers."""
        return tuple(self._all(key, int, "whole numbers"))

    def number(self, key: str) -> float:
        """Give a multiplier: a number that is not negative."""
        value = float(self._typed(key, (int, float), "a number"))
        return value if value >= 0 else self._refuse(key, "not negative")

    def numbers(self) -> dict[str, float]:
        """Give the whole table as multipliers."""
        return {key: self.number(key) for key in self.values}

    def day(self, key: str) -> date:
        """Give a day."""
        value: date = self._typed(key, date, "a day like 2024-04-01")
        return value

    def clock(self, key: str) -> time:
        """Give a time of day written as text."""
        try:
            return time.fromisoformat(self.text(key))
        except ValueError:
            raise self._error(key, 'a time of day like "08:30"') from None

    def _inner(self, values: dict[str, Any], key: str) -> "Settings":
        return Settings(values, f"{self.where}{key}.", self.sha256)

    def _typed(self, key: str, kind: type | tuple[type, ...], expectation: str) -> Any:
        value = self.values.get(key)
        fits = isinstance(value, kind) and not isinstance(value, bool)
        return value if fits else self._refuse(key, expectation)

    def _all(self, key: str, kind: type, expectation: str) -> list[Any]:
        entries: list[Any] = self._typed(key, list, f"a list of {expectation}")
        fits = all(isinstance(entry, kind) for entry in entries)
        return entries if fits else self._refuse(key, f"a list of {expectation}")

    def _refuse(self, key: str, expectation: str) -> Any:
        raise self._error(key, expectation)

    def _error(self, key: str, expectation: str) -> ConfigError:
        return ConfigError(f"{self.where}{key} must be {expectation}")
