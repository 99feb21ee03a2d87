"""What counts as a conflict and what explains one: the rules, and the policy an organisation writes down."""

import hashlib
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from graph.files import toml
from graph.files.toml import Clock, List, Once, Table, Text, Wrong, keyed, shown
from graph.model import Grade, Kind, Lookup, record
from graph.records.results import LookupEntry
from words import Said, Words

Preset = Literal["core", "4", "725"]
Origin = Literal["given", "workspace", "packaged"]

PRESETS: tuple[str, ...] = get_args(Preset)
PACKAGED = Path(__file__).with_name("policy.toml")
CLOSENESS = (Kind.SELF, Kind.SPOUSE, Kind.DE_FACTO, Kind.HOUSEHOLD, "1", "2", "3", "4", "5", "6")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)
DAY_MINUTES = 24 * 60
PLACEHOLDERS = ("day", "time", "minutes")  # what the words for a missing record may speak of


def _filled(text: str) -> str:
    """Refuse words for a missing record that could not be filled in."""
    try:
        places = [place for _, *place in Formatter().parse(text) if place[0] is not None]
    except ValueError:
        raise Wrong(Said(en="has a brace without its partner", ja="波括弧が対になっていません")) from None
    for name, spec, conversion in places:
        if name not in PLACEHOLDERS or spec or conversion:
            raise Wrong(
                Said(
                    en=f"has the unknown placeholder {shown(name)}; known are {{day}}, {{time}}, {{minutes}}",
                    ja=f"差込 {shown(name)} はありません。使えるのは {{day}}、{{time}}、{{minutes}} です",
                )
            )
    return text


def _each_once(templates: tuple["Template", ...]) -> tuple["Template", ...]:
    """Refuse a template that is written twice."""
    ids = [template.id for template in templates]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            raise Wrong(Said(en=f"has the template {name} twice", ja=f"{name} が2回あります"))
    return templates


Multiplier = Annotated[float, Field(ge=0, le=1000)]
Phrase = Annotated[Text, AfterValidator(_filled)]


class Approval(Table):
    """Who let a template explain lookups, and until when (X2)."""

    by: Text
    on: Annotated[date, Field(ge=FIRST_DAY)]
    version: Text
    expires: date = LAST_DAY

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.expires <= self.on:
            raise Wrong(Said(en="must be later than `on`", ja="on より後の日にしてください"), "expires")
        return self


class Template(Table):
    """One business reason: how far it reaches, and the words for it."""

    id: Literal["assignment", "reception", "issuance"]  # each is a named join in explain.py
    title_ja: Text
    title_en: Text
    minutes: Annotated[int, Field(ge=0, le=DAY_MINUTES)]
    systems: Annotated[tuple[Text, ...], List, Once]
    missing_ja: Phrase
    missing_en: Phrase
    approved: Approval | None = None


class Office(Table):
    """When people work."""

    opens: Clock
    closes: Clock
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], List, Once, Field(min_length=1)]

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.closes <= self.opens:
            raise Wrong(Said(en="must be later than `opens`", ja="opens より後の時刻にしてください"), "closes")
        return self


class Manner(Table):
    """How the manner of looking multiplies a score."""

    explained: Annotated[float, Field(ge=0, le=1)]
    month: Multiplier
    months_most: Multiplier
    same_day: Multiplier
    off_hours: Multiplier
    printed: Multiplier
    name_search: Multiplier
    name_search_minutes: Annotated[int, Field(ge=0, le=DAY_MINUTES)]
    household_view: Multiplier


class Weights(Table):
    """The multipliers of a score."""

    closeness: Annotated[dict[str, Multiplier], AfterValidator(keyed(*CLOSENESS))]
    grade: Annotated[dict[str, Multiplier], AfterValidator(keyed(*Grade))]
    sensitivity: dict[Text, Multiplier]
    manner: Manner


class Relay(Table):
    """How a relayed row and the row that called for it find each other."""

    window_seconds: Annotated[int, Field(ge=0, le=3600)]


class Borrowed(Table):
    """How much of what was looked up under a colleague's account is listed."""

    limit: Annotated[int, Field(ge=0, le=1_000_000)]


class Disclosure(Table):
    """What the person who asks is not told."""

    protected_sections: Annotated[tuple[Text, ...], List] = ()  # parts of names that a disclosure leaves out (G3)


class PolicyFile(Table):
    """A policy as it is written."""

    preset: Preset
    graph_lookups: Literal["related", "all"]
    office: Office
    relay: Relay
    borrowed: Borrowed
    disclosure: Disclosure = Disclosure()
    explanations: Annotated[tuple[Template, ...], List, Field(min_length=1), AfterValidator(_each_once)]
    score: Weights


@record
class Policy:
    """What an organisation has decided; `sha256` names the very file, `origin` says whose it is."""

    preset: str
    graph_lookups: str
    office: Office
    relay_seconds: int
    borrowed_limit: int
    templates: tuple[Template, ...]
    weights: Weights
    sha256: str
    protected_sections: tuple[str, ...] = ()
    file: str = PACKAGED.name
    origin: Origin = "packaged"

    @property
    def approved(self) -> tuple[Template, ...]:
        """Give the templates that may explain a lookup, in the order in which they are tried."""
        return tuple(template for template in self.templates if template.approved)


def policy_for(root: Path, given: Path | None = None) -> Policy:
    """Read the policy that holds for a workspace: the one given, else the workspace's own, else the packaged one."""
    if given:
        return read_policy(given, "given")
    own = root / PACKAGED.name
    return read_policy(own, "workspace") if own.exists() else read_policy(PACKAGED)


def read_policy(path: Path = PACKAGED, origin: Origin = "packaged") -> Policy:
    """Read a policy, or raise ConfigError with file, key, value and what would be right."""
    found, content = toml.read(path, PolicyFile)
    return Policy(
        preset=found.preset,
        graph_lookups=found.graph_lookups,
        office=found.office,
        relay_seconds=found.relay.window_seconds,
        borrowed_limit=found.borrowed.limit,
        templates=found.explanations,
        weights=found.score,
        sha256=hashlib.sha256(content).hexdigest(),
        protected_sections=found.disclosure.protected_sections,
        file=path.name,
        origin=origin,
    )


def rule_of(kind: str) -> str:
    """Name the rule that a tie of this kind fires.

    >>> rule_of("household")
    'R2'
    """
    return "R2" if kind in (Kind.SELF, Kind.HOUSEHOLD) else "R1"


def missing_fact(policy: Policy, lookup: Lookup | LookupEntry, words: Words) -> str:
    """Name the one record that would clear a lookup nothing explains (X4)."""
    systems = {lookup.system, lookup.via}
    fitting = [template for template in policy.templates if systems & set(template.systems)]
    # A relayed lookup is the caller's work: a template for the calling system comes before one for the read system.
    fitting.sort(key=lambda template: lookup.via not in template.systems)
    template = (fitting or policy.templates)[0]
    missing = template.missing_ja if words.lang == "ja" else template.missing_en
    return missing.format(day=f"{lookup.time:%Y-%m-%d}", time=f"{lookup.time:%H:%M}", minutes=template.minutes)
