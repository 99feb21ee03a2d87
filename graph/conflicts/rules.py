"""What counts as a conflict and what explains one: the rules, and the policy an organisation writes down."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Literal

from graph.conflicts.settings import Settings
from graph.model import Kind, Lookup, record
from graph.views import LookupEntry

Lang = Literal["ja", "en"]

PRESETS = ("core", "4", "725")
GRAPH_LOOKUPS = ("related", "all")
TEMPLATES = ("assignment", "reception", "issuance")  # each is a named join in explain.py
LAST_DAY = date(9999, 12, 31)


@record
class Rule:
    """One detector rule of the catalogue, in words."""

    id: str
    title_ja: str
    title_en: str


KIN = Rule(id="R1", title_ja="親族等の閲覧", title_en="lookup of kin")
OWN = Rule(id="R2", title_ja="自己・同一世帯の閲覧", title_en="lookup of oneself or one's own household")
PROXY = Rule(
    id="R3", title_ja="同僚の操作者IDによる閲覧の可能性", title_en="lookup under a colleague's account, perhaps"
)


@record
class Approval:
    """Who let a template explain lookups, and until when (X2)."""

    by: str
    on: date
    version: str
    expires: date


@record
class Template:
    """One business reason: how far it reaches, and the words for it."""

    id: str
    title_ja: str
    title_en: str
    minutes: int
    systems: tuple[str, ...]
    missing_ja: str
    missing_en: str
    approved: Approval | None


@record
class Office:
    """When people work."""

    opens: time
    closes: time
    weekdays: tuple[int, ...]


@record
class Manner:
    """How the manner of looking multiplies a score."""

    explained: float
    month: float
    months_most: float
    same_day: float
    off_hours: float
    printed: float
    name_search: float
    name_search_minutes: int
    household_view: float


@record
class Weights:
    """The multipliers of a score."""

    closeness: Mapping[str, float]
    grade: Mapping[str, float]
    sensitivity: Mapping[str, float]
    manner: Manner


@record
class Policy:
    """What an organisation has decided; `sha256` names the very file."""

    preset: str
    graph_lookups: str
    office: Office
    relay_seconds: int
    borrowed_limit: int
    templates: tuple[Template, ...]
    weights: Weights
    sha256: str
    protected_sections: tuple[str, ...] = ()  # parts of names that a disclosure leaves out (G3)

    @property
    def approved(self) -> tuple[Template, ...]:
        """Give the templates that may explain a lookup, in the order in which they are tried."""
        return tuple(template for template in self.templates if template.approved)


def read_policy(path: Path) -> Policy:
    """Read the policy, or raise ConfigError with the key and what is expected there."""
    root = Settings.read(path)
    relay, borrowed = root.section("relay"), root.section("borrowed")
    return Policy(
        preset=root.choice("preset", PRESETS),
        graph_lookups=root.choice("graph_lookups", GRAPH_LOOKUPS),
        office=_office(root.section("office")),
        relay_seconds=relay.whole("window_seconds"),
        borrowed_limit=borrowed.whole("limit"),
        templates=tuple(_template(entry) for entry in root.sections("explanations")),
        weights=_weights(root.section("score")),
        sha256=root.sha256,
        protected_sections=root.section("disclosure").texts("protected_sections") if root.has("disclosure") else (),
    )


def rule_of(kind: str) -> Rule:
    """Name the rule that a tie of this kind fires.

    >>> rule_of("household").id
    'R2'
    """
    return OWN if kind in (Kind.SELF, Kind.HOUSEHOLD) else KIN


def missing_fact(policy: Policy, lookup: Lookup | LookupEntry, lang: Lang) -> str:
    """Name the one record that would clear a lookup nothing explains (X4)."""
    systems = {lookup.system, lookup.via}
    fitting = [template for template in policy.templates if systems & set(template.systems)]
    # A relayed lookup is the caller's work: a template for the calling system comes before one for the read system.
    fitting.sort(key=lambda template: lookup.via not in template.systems)
    template = (fitting or policy.templates)[0]
    words = template.missing_ja if lang == "ja" else template.missing_en
    return words.format(day=f"{lookup.time:%Y-%m-%d}", time=f"{lookup.time:%H:%M}", minutes=template.minutes)


def _office(section: Settings) -> Office:
    weekdays = section.wholes("weekdays")
    return Office(opens=section.clock("opens"), closes=section.clock("closes"), weekdays=weekdays)


def _template(section: Settings) -> Template:
    return Template(
        id=section.choice("id", TEMPLATES),
        title_ja=section.text("title_ja"),
        title_en=section.text("title_en"),
        minutes=section.whole("minutes"),
        systems=section.texts("systems"),
        missing_ja=section.text("missing_ja"),
        missing_en=section.text("missing_en"),
        approved=_approval(section.section("approved")) if section.has("approved") else None,
    )


def _approval(section: Settings) -> Approval:
    expires = section.day("expires") if section.has("expires") else LAST_DAY
    return Approval(by=section.text("by"), on=section.day("on"), version=section.text("version"), expires=expires)


def _weights(section: Settings) -> Weights:
    manner = section.section("manner")
    minutes = manner.whole("name_search_minutes")
    multipliers = {name: manner.number(name) for name in Manner.__annotations__ if name != "name_search_minutes"}
    return Weights(
        closeness=section.section("closeness").numbers(),
        grade=section.section("grade").numbers(),
        sensitivity=section.section("sensitivity").numbers(),
        manner=Manner(**multipliers, name_search_minutes=minutes),
    )
