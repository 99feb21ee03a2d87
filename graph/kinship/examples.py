"""The rules of kinship, each as a small family: drawn in docs/kinship.md and walked in the notebook on kinship.

A family is written as words: `a>b` parent and child, `a>>b 2001` adoption from 2001 (until: `a>>b 2001-2010`, special:
`a>>>b 2001`), `a=b` married (`a=b 1990-2001` until a divorce, `a=b 1990-†2001` until a death), `a~b` de facto.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from graph.kinship import network
from graph.kinship.pair import Loaded
from graph.model import UNKNOWN_START, Ending, Grade, Nature, ParentLink, Person, Relation, SpouseLink
from graph.store.tables import table_of

AS_OF = date(2026, 1, 1)
FILE, LINE = "example", 1
NATURES = {">": Nature.BIRTH, ">>": Nature.ADOPTIVE, ">>>": Nature.SPECIAL_ADOPTIVE}


class Example(NamedTuple):
    """One rule, a family, and the two people it is about; people are `name:SexYear`, as 花子:F1950."""

    rule: str
    ja: str
    en: str
    people: str
    links: str
    a: str
    b: str


EXAMPLES = (
    Example("C2", "傍系は共同の祖先まで上って下る: いとこは4親等", "collateral kin: up to the common ancestor and down",
            "祖父:M1920 父:M1950 叔母:F1955 本人:F1980 いとこ:M1983",
            "祖父>父, 祖父>叔母, 父>本人, 叔母>いとこ", "本人", "いとこ"),
    Example("C1", "配偶者に親等はない", "a spouse has no degree", "夫:M1950 妻:F1952", "夫=妻", "夫", "妻"),
    Example("A3", "姻族は婚姻を一つだけ通る: 配偶者のおじは3親等の姻族", "affinity passes one marriage, at one end",
            "義祖父:M1920 義父:M1950 義叔父:M1953 妻:F1980 本人:M1979",
            "義祖父>義父, 義祖父>義叔父, 義父>妻, 本人=妻", "本人", "義叔父"),
    Example("C8", "配偶者の兄弟姉妹の配偶者は親族ではない", "a spouse's sibling's spouse is no kin",
            "義父:M1950 妻:F1980 義弟:M1983 義弟の妻:F1985 本人:M1979",
            "義父>妻, 義父>義弟, 本人=妻, 義弟=義弟の妻", "本人", "義弟の妻"),
    Example("A2", "子の父母どうしは親族ではない", "two parents of one child are no kin through the child",
            "父:M1980 母:F1982 子:F2010", "父>子, 母>子", "父", "母"),
    Example("A4", "二重の関係はどちらも残る", "a double relation keeps both lines",
            "高祖:M1900 祖父:M1925 大叔父:M1930 父:M1950 従叔母:F1955 本人:F1980",
            "高祖>祖父, 高祖>大叔父, 祖父>父, 大叔父>従叔母, 父>本人, 父=従叔母", "本人", "従叔母"),
    Example("A7", "半血の兄弟姉妹も2親等", "half-siblings are of the second degree too",
            "前妻:F1950 父:M1948 後妻:F1960 兄:M1975 本人:F1990",
            "父>兄, 前妻>兄, 父>本人, 後妻>本人, 父=後妻 1988", "本人", "兄"),
    Example("C3", "養子縁組より前の養子の子は、養親の親族にならない", "the adoptee's child from before gains nothing",
            "養親:M1930 養子:M1960 縁組前の子:M1985 縁組後の子:F1995",
            "養親>>養子 1990, 養子>縁組前の子, 養子>縁組後の子", "養親", "縁組前の子"),
    Example("A6", "縁組の後に生まれた子は孫", "the adoptee's child from after is a grandchild",
            "養親:M1930 養子:M1960 縁組前の子:M1985 縁組後の子:F1995",
            "養親>>養子 1990, 養子>縁組前の子, 養子>縁組後の子", "養親", "縁組後の子"),
    Example("C5", "離縁で養親との関係は終わる", "dissolution ends what adoption made",
            "養親:M1930 養子:M1960", "養親>>養子 1990-2005", "養親", "養子"),
    Example("C6", "特別養子縁組は実親との親族関係を終わらせる", "special adoption ends the ties by birth",
            "実母:F1990 養父:M1975 養母:F1977 子:F2015",
            "実母>子 -2018, 養父>>>子 2018, 養母>>>子 2018, 養父=養母", "実母", "子"),
    Example("C4", "死亡では姻族関係は終わらない", "death does not end affinity",
            "義母:F1940 夫:M1965 妻:F1968", "義母>夫, 夫=妻 1990-†2015", "妻", "義母"),
    Example("A9", "離婚で姻族関係は終わる: 元の義母", "divorce ends affinity: a former mother-in-law",
            "義母:F1940 夫:M1965 妻:F1968", "義母>夫, 夫=妻 1990-2015", "妻", "義母"),
    Example("A8", "事実婚の相手の親は姻族ではない", "a de facto partner's mother is no affine",
            "母:F1940 相手:M1965 本人:F1968", "母>相手, 相手~本人", "本人", "母"),
)  # fmt: skip


class Family:
    """An example's people and links, read from its words."""

    def __init__(self, example: Example) -> None:
        """Take an example."""
        self.example = example

    @cached_property
    def people(self) -> list[Person]:
        """Everybody in it."""
        return [_person(word) for word in self.example.people.split()]

    @cached_property
    def parents(self) -> list[ParentLink]:
        """The links of parent and child."""
        return [_parent(*parts) for parts in _parts(self.example.links) if parts[1] in NATURES]

    @cached_property
    def spouses(self) -> list[SpouseLink]:
        """The marriages, and what is like one."""
        return [_spouse(*parts) for parts in _parts(self.example.links) if parts[1] not in NATURES]

    @cached_property
    def relations(self) -> list[Relation]:
        """What the second person is to the first, and by which lines."""
        rows: dict[str, list[Any]] = {"Person": self.people, "PARENT_OF": self.parents, "SPOUSE_OF": self.spouses}
        tables = {kind: table_of(kind, rows.get(kind, [])) for kind in network.INPUTS}
        return Loaded(network.read(tables)).ties(self.example.a, self.example.b)


def _parts(links: str) -> Iterator[tuple[str, str, str, str]]:
    """Give (one, arrow, other, years) of each link."""
    for link in links.split(", "):
        pair, _, years = link.partition(" ")
        arrow = next(arrow for arrow in (">>>", ">>", ">", "=", "~") if arrow in pair)
        one, other = pair.split(arrow)
        yield one, arrow, other, years


def _person(word: str) -> Person:
    name, facts = word.split(":")
    born = date(int(facts[1:]), 1, 1)
    return Person(
        person_id=name, name=name, kana="", sex=facts[0], birth_date=born, birth_text="", death_date=None, status="",
        address="", search_key="", placeholder=False, source_file=FILE, source_line=LINE,
    )  # fmt: skip


def _days(years: str) -> tuple[date, date | None]:
    since, _, until = years.replace("†", "").partition("-")
    start = date(int(since), 4, 1) if since else UNKNOWN_START
    return start, date(int(until), 4, 1) if until else None


def _parent(one: str, arrow: str, other: str, years: str) -> ParentLink:
    since, until = _days(years)
    how = {">": Ending.SPECIAL_ADOPTION, ">>": Ending.DISSOLUTION}.get(arrow, Ending.NONE) if until else Ending.NONE
    return ParentLink(
        start=one, end=other, nature=NATURES[arrow], grade=Grade.REGISTERED, valid_from=since, valid_to=until,
        ended_by=how, source_file=FILE, source_line=LINE,
    )  # fmt: skip


def _spouse(one: str, arrow: str, other: str, years: str) -> SpouseLink:
    since, until = _days(years)
    how = (Ending.DEATH if "†" in years else Ending.DIVORCE) if until else Ending.NONE
    first, second = sorted((one, other))
    return SpouseLink(
        start=first, end=second, nature=Nature.LEGAL if arrow == "=" else Nature.DE_FACTO, grade=Grade.REGISTERED,
        valid_from=since, valid_to=until, ended_by=how, source_file=FILE, source_line=LINE,
    )  # fmt: skip
