"""docs/kinship.md's drawn examples: `python -m report.drawn.kinship` writes the pictures and the table again."""

from graph.answers.ties import ties
from graph.kinship.examples import AS_OF, EXAMPLES, Example, Family
from graph.model import Kind
from graph.pedigree.layout import layout
from graph.pedigree.svg import svg
from report.drawn.page import DOCS, put
from words import JAPANESE, Words


def picture(example: Example, words: Words = JAPANESE) -> str:
    """Draw an example's family, its line marked."""
    family = Family(example)
    path = family.relations[0].path if family.relations else ()
    return svg(layout(family.people, family.parents, family.spouses, path), words)


def said(example: Example, words: Words = JAPANESE) -> str:
    """Say what the second person is to the first, the closest first."""
    family = Family(example)
    people = {person.person_id: person for person in family.people}
    found = ties(family.relations, people, AS_OF)
    terms = [f"{tie.term_ja if words.lang == 'ja' else tie.term_en}{_degree(tie.degree, words)}" for tie in found]
    no_kin = words.say("report.no_kin")
    return ", ".join([no_kin] * all(tie.kind == Kind.TIE for tie in found) + terms)


def _degree(degree: int | None, words: Words) -> str:
    return "" if degree is None else words.say("report.degree", degree=degree)


def table() -> str:
    """Give one row for each rule, with its picture."""
    rows = ["| rule | | |", "|---|---|---|"]
    for number, example in enumerate(EXAMPLES, 1):
        told = f"{example.en}<br>{example.ja}<br>{example.a} → {example.b}: **{said(example)}**"
        rows.append(f"| {example.rule} | {told} | ![{example.ja}](images/kinship/{number:02}-{example.rule}.svg) |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write every picture, and the table between its marks."""
    folder = DOCS / "images" / "kinship"
    folder.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(EXAMPLES, 1):
        (folder / f"{number:02}-{example.rule}.svg").write_text(picture(example), encoding="utf-8")
    put("kinship.md", table(), "rules")


if __name__ == "__main__":
    main()
