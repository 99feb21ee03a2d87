"""The fixed parameters of the identity score, as `parameters.toml` writes them (W3)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from graph.files import toml
from graph.files.toml import Table, Text, keyed

PARAMETERS = Path(__file__).with_name("parameters.toml")
FIELDS = ("surname", "given", "birth", "address", "sex", "dependants")

Share = Annotated[float, Field(gt=0, le=1)]
Shares = dict[str, Share]
BySex = Annotated[Shares, AfterValidator(keyed("F", "M"))]


class Given(Table):
    """How often parts of a given name look so for one and the same person, and (u) for two."""

    full: Share
    kanji: Share
    kana: Share
    similar: Share
    differs: BySex
    u: Annotated[Shares, AfterValidator(keyed("kanji", "kana", "similar", "differs"))]


class Surname(Given):
    """The same for a surname, which a marriage may have changed."""

    former: Share
    u: Annotated[Shares, AfterValidator(keyed("kanji", "kana", "former", "similar", "differs"))]


class Birth(Table):
    """The same for a date of birth."""

    equal: Share
    near: Share
    differs: Share
    u: Annotated[Shares, AfterValidator(keyed("near", "differs"))]


class Address(Table):
    """The same for an address, from the dwelling to another municipality."""

    dwelling: Share
    before: Share
    block: Share
    town: Share
    outside: Share
    differs: Share
    u: Annotated[Shares, AfterValidator(keyed("before", "outside", "differs"))]


class Sex(Table):
    """The same for the sex."""

    equal: Share
    differs: Share
    u: Annotated[Shares, AfterValidator(keyed("equal", "differs"))]


class Dependants(Table):
    """The same for relatives who stand in the same household."""

    several: Share
    one: Share
    none: Share
    u: Annotated[Shares, AfterValidator(keyed("several", "one", "none"))]


class ParametersFile(Table):
    """The parameters as they are written."""

    version: Text
    resident_share: Annotated[float, Field(gt=0, lt=1)]
    shown_from: Share
    same_home: Share
    most_shown: Annotated[int, Field(ge=1, le=1000)]
    surname: Surname
    given: Given
    birth: Birth
    address: Address
    sex: Sex
    dependants: Dependants
    caps: Annotated[Shares, AfterValidator(keyed("elsewhere", "sex", "alias", "turned", "protected", "weak"))]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is assumed of records of one and of two people; `version` goes into every link."""

    version: str
    resident_share: float
    shown_from: float
    same_home: float
    most_shown: int
    fields: dict[str, dict[str, Any]]
    caps: dict[str, float]


def read_parameters(path: Path | None = None) -> Parameters:
    """Read the parameters that come with the program, or others. Raises ConfigError for what is wrong with them."""
    found, _ = toml.read(path or PARAMETERS, ParametersFile)
    return Parameters(
        version=found.version,
        resident_share=found.resident_share,
        shown_from=found.shown_from,
        same_home=found.same_home,
        most_shown=found.most_shown,
        fields={name: getattr(found, name).model_dump() for name in FIELDS},
        caps=found.caps,
    )
