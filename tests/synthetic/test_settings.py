"""Rates of the generator that are set on the command line: what cannot be is refused."""

import pytest

from graph.errors import ConfigError
from synthetic import settings


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("resident_staff=nan", "resident_staff=nan: expected float, finite and not negative"),
        ("resident_staff=-0.1", "resident_staff=-0.1: expected float, finite and not negative"),
        ("staff=inf", "staff=inf: expected int, finite and not negative"),
        ("staff=-2", "staff=-2: expected int, finite and not negative"),
        ("staf=3", "no rate is called 'staf'; the nearest is staff"),
        ("staff", "'staff' is not of the form NAME=VALUE"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(pair: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        settings.read([pair])
    assert str(error.value).startswith(sentence) and error.value.said.ja != error.value.said.en


def test_a_rate_is_set_and_the_default_may_be_said() -> None:
    found = settings.read(["resident_staff=0.5", "staff=-1"])
    assert settings.as_dict(found)["resident_staff"] == 0.5
