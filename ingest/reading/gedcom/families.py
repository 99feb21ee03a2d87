"""Persons, parent links and marriages out of the records of a GEDCOM file (genealogy reference, rules 3 to 11)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.reading.gedcom.lines import BadRecord, Node
from words import Said

ROLES = ("HUSB", "WIFE")
WORD_OF = {"HUSB": "_FREL", "WIFE": "_MREL"}
NO_LINK = ("foster", "step", "sealing", "sealed", "guardian", "related")
ENDINGS = ("DIV", "ANUL")


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent link; `adoptive` or by birth. `number` is the line that states it."""

    parent: str
    child: str
    adoptive: bool
    number: int


@dataclass(frozen=True, slots=True)
class Marriage:
    """One marriage of one FAM record; `ended` by divorce or annulment."""

    one: str
    other: str
    ended: bool
    number: int
    family: str


@dataclass(frozen=True, slots=True)
class Genealogy:
    """What a file says of kinship."""

    people: Mapping[str, Node]
    families: Mapping[str, Node]
    parents: tuple[Parent, ...]
    marriages: tuple[Marriage, ...]
    problems: tuple[BadRecord, ...]


def genealogy(records: Iterable[Node], problems: Iterable[BadRecord] = ()) -> Genealogy:
    """Read persons and families; what points to nobody is ignored and told."""
    kept = list(records)
    people, families = _by_xref(kept, "INDI"), _by_xref(kept, "FAM")
    parents = {link for link in _parents(people, families) if link.parent != link.child}
    return Genealogy(
        people=people,
        families=families,
        parents=tuple(sorted(_once(parents), key=lambda link: (link.parent, link.child, link.adoptive))),
        marriages=tuple(marriage for xref in sorted(families) for marriage in _marriages(families[xref], people)),
        problems=tuple(sorted([*problems, *_dangling(people, families)], key=lambda problem: problem.number)),
    )


def _by_xref(records: Iterable[Node], tag: str) -> dict[str, Node]:
    """Give the records of a type; those with one xref are one, and their lines add up."""
    found: dict[str, Node] = {}
    for record in records:
        if record.tag == tag and record.xref:
            found.setdefault(record.xref, Node(record.number, record.xref, tag, "")).below.extend(record.below)
    return found


def ends(family: Node) -> list[Node]:
    """Give the lines that end a family's marriage (rule 10)."""
    return [node for node in family.all(*ENDINGS) if node.value.strip().upper() != "N"]


def _partners(family: Node, people: Mapping[str, Node]) -> dict[str, set[str]]:
    """Give the known people under HUSB and WIFE with the roles they stand in."""
    roles: dict[str, set[str]] = defaultdict(set)
    for node in family.all(*ROLES):
        if node.pointer in people:
            roles[node.pointer].add(node.tag)
    return roles


def _marriages(family: Node, people: Mapping[str, Node]) -> Iterator[Marriage]:
    roles = _partners(family, people)
    ended = bool(ends(family))
    if len(roles) == 2:
        pairs = {tuple(sorted(roles))}
    else:
        husbands, wives = ([person for person in roles if role in roles[person]] for role in ROLES)
        pairs = {tuple(sorted((one, other))) for one in husbands for other in wives if one != other}
    yield from (Marriage(one, other, ended, family.number, family.xref) for one, other in sorted(pairs))


def _parents(people: Mapping[str, Node], families: Mapping[str, Node]) -> Iterator[Parent]:
    """Give every parent link, family by family: a word, else an adoption event, else birth is what counts."""
    stated, adopted = _stated(people, families), _adopted(people, families)
    for child, family in sorted(stated.keys() | adopted.keys()):
        lines, events = stated.get((child, family), []), adopted.get((child, family), set())
        number = (lines[0] if lines else people[child]).number
        for parent, roles in sorted(_partners(families[family], people).items()):
            natures = _natures(lines, roles, roles & events)
            yield from (Parent(parent, child, adoptive, number) for adoptive in sorted(natures))


Places = dict[tuple[str, str], list[Node]]


def _stated(people: Mapping[str, Node], families: Mapping[str, Node]) -> Places:
    """Collect by child and family the CHIL and FAMC lines that make a child; either alone is enough."""
    found: Places = defaultdict(list)
    for xref, family in families.items():
        for node in family.all("CHIL"):
            if node.pointer in people:
                found[node.pointer, xref].append(node)
    for xref, person in people.items():
        for node in person.all("FAMC"):
            if node.pointer in families:
                found[xref, node.pointer].append(node)
    return found


def _adopted(people: Mapping[str, Node], families: Mapping[str, Node]) -> dict[tuple[str, str], set[str]]:
    """Collect by child and family the roles that an adoption event names (rule 8)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for xref, person in people.items():
        for place in (node for event in person.all("ADOP") for node in event.all("FAMC")):
            if place.pointer in families:
                named = {word.upper() for word in place.words("ADOP")}
                found[xref, place.pointer] |= named & set(ROLES) if named <= set(ROLES) and named else set(ROLES)
    return found


def _natures(lines: Iterable[Node], roles: Iterable[str], adopting: set[str]) -> set[bool]:
    """Say which links a parent in these roles has, as the set of what `adoptive` is."""
    own = [word for node in lines for role in roles for word in node.words(WORD_OF[role])]
    words = own or [word for node in lines if node.tag == "FAMC" for word in node.words("PEDI")]
    found = {word == "adopted" for word in words if word not in NO_LINK}
    if adopting:
        found.add(True)
    assumed = not words and not adopting and any(True for _ in lines)
    return found | ({False} if assumed else set())


def _once(links: Iterable[Parent]) -> Iterable[Parent]:
    """Keep one link for each parent, child and nature, with the first line that states it."""
    first = sorted(links, key=lambda link: link.number, reverse=True)
    return {(link.parent, link.child, link.adoptive): link for link in first}.values()


def _dangling(people: Mapping[str, Node], families: Mapping[str, Node]) -> Iterator[BadRecord]:
    for family in families.values():
        yield from _unknown(family.all(*ROLES, "CHIL"), people, "INDI")
    for person in people.values():
        adopting = [place for event in person.all("ADOP") for place in event.all("FAMC")]
        yield from _unknown([*person.all("FAMC", "FAMS"), *adopting], families, "FAM")


def _unknown(nodes: Iterable[Node], known: Mapping[str, Node], tag: str) -> Iterator[BadRecord]:
    for node in nodes:
        if node.pointer and node.pointer not in known:
            what = f"{node.tag} @{node.pointer}@"
            said = Said(f"{what}: there is no such {tag}", f"{what}: 指す先の {tag} がありません")
            yield BadRecord(node.number, said)
