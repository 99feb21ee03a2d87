"""Draw a laid-out pedigree as one self-contained SVG, for screen, print and notebook."""

from collections.abc import Mapping, Sequence

from graph.model import Person
from graph.pedigree.picture import CARD_HEIGHT, CARD_WIDTH, GAP, Card, Line, Picture
from words import JAPANESE, Words
from words.visible import escape, visible

FONTS = "'Noto Sans CJK JP','BIZ UDPGothic','Yu Gothic UI','Meiryo',sans-serif"
STRIPES = ("#2f7d4f", "#b3591d", "#5b4bb0", "#0f7c8a", "#9a2f63", "#7b7a15")
NAME_ROOM = CARD_WIDTH - 26

NOTED = {"adoptive", "special_adoptive", "recognised", "de_facto"}  # what is written beside a tie
GRADES = ("registered", "stated", "composed", "probable", "hint")

# Scoped by `.enkan`, so the picture changes nothing on the page around it.
STYLE = f"""
.enkan text {{ font-family: {FONTS}; fill: #1b2733; }}
.enkan .name {{ font-size: 14px; font-weight: 600; }}
.enkan .year, .enkan .note {{ font-size: 11px; fill: #51606e; }}
.enkan .face {{ stroke: #6b7a88; stroke-width: 1.2; }}
.enkan .M .face {{ fill: #eaf1fa; }}
.enkan .F .face {{ fill: #fbeef1; }}
.enkan .U .face {{ fill: #f3f3f0; }}
.enkan .placeholder .face {{ fill: #fff; stroke-dasharray: 3 3; }}
.enkan .path .face {{ stroke: #b3261e; stroke-width: 2.6; }}
.enkan .card:focus .face {{ stroke: #1f3a5f; stroke-width: 4; }}
.enkan .tie {{ fill: none; stroke: #3b4a58; stroke-linejoin: round; }}
.enkan .registered {{ stroke-width: 2; }}
.enkan .stated {{ stroke-width: 1.2; }}
.enkan .composed {{ stroke-width: 1.4; stroke: #8a6100; }}
.enkan .probable {{ stroke-width: 1.6; stroke: #8a6100; stroke-dasharray: 1.5 4; stroke-linecap: round; }}
.enkan .hint {{ stroke-width: 1.6; stroke: #9aa4ad; stroke-dasharray: 1.5 8; stroke-linecap: round; }}
.enkan .ended {{ stroke-dasharray: 8 5; stroke-linecap: butt; }}
.enkan .marked {{ stroke: #b3261e; stroke-width: 3.4; }}
""".strip()


def svg(picture: Picture, words: Words = JAPANESE, *, households: Mapping[str, str] | None = None) -> str:
    """Draw a picture; `households` (person → household now) gives a colour stripe to those who live together.

    Each card is `<g class="card" data-person="ID" tabindex="0">`, with class `path` on the marked line.
    """
    stripes = _stripes(picture.cards, households or {})
    legend = _legend(picture, words, bool(stripes))
    height = picture.height + (30 if legend else 0)
    width = max(picture.width, 320.0)
    body = [*(_tie(line, words) for line in picture.lines), *(_card(c, words, stripes) for c in picture.cards), legend]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="enkan" role="group" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" lang="{words.lang}">'
        f"<title>{escape(_title(picture, words))}</title><style>{STYLE}</style>{''.join(body)}</svg>"
    )


def _title(picture: Picture, words: Words) -> str:
    steps = sorted((card for card in picture.cards if card.step >= 0), key=lambda card: card.step)
    line = " → ".join(_name(card.person, words) for card in steps)
    return words.say("picture.title_line", line=line) if line else words.say("picture.title")


def _name(person: Person, words: Words) -> str:
    return words.say("picture.placeholder") if person.placeholder or not person.name else person.name


def _years(person: Person, words: Words) -> str:
    born = person.birth_date.year if person.birth_date else None
    if person.death_date:
        return words.say("picture.lived", born=born or "", died=person.death_date.year)
    return words.say("picture.born", year=born) if born else ""


def _stripes(cards: Sequence[Card], households: Mapping[str, str]) -> dict[str, str]:
    """Give those who share a household with somebody in the picture its colour."""
    shown = [households[c.person.person_id] for c in cards if c.person.person_id in households]
    shared = sorted({household for household in shown if shown.count(household) > 1})
    colour = {household: STRIPES[i % len(STRIPES)] for i, household in enumerate(shared)}
    return {person: colour[household] for person, household in households.items() if household in colour}


def _card(card: Card, words: Words, stripes: Mapping[str, str]) -> str:
    person = card.person
    name, years = _name(person, words), _years(person, words)
    kinds = ["card", person.sex or "U"]
    kinds += ["placeholder"] * person.placeholder + ["path"] * (card.step >= 0)
    sex = words.say(f"picture.sex.{person.sex or 'U'}")
    spoken = words.listed(filter(None, (name, years, sex, words.say("picture.on_line") if card.step >= 0 else "")))
    stripe = stripes.get(person.person_id)
    return (
        f'<g class="{" ".join(kinds)}" data-person="{escape(person.person_id)}" tabindex="0" role="img" '
        f'aria-label="{escape(spoken)}"><title>{escape(spoken)}</title>'
        f'<rect class="face" x="{card.x:g}" y="{card.y:g}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" '
        f'rx="{_ROUND[person.sex]}"/>'
        + (_stripe(card.x + 7, card.y + 11, CARD_HEIGHT - 22, stripe) if stripe else "")
        + _text(card.middle + 3, card.y + (24 if years else 32), "name", name, NAME_ROOM)
        + _text(card.middle + 3, card.y + 42, "year", years, NAME_ROOM)
        + "</g>"
    )


def _stripe(x: float, y: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="5" height="{height:g}" rx="2" fill="{colour}"/>'


_ROUND = {"M": 2, "F": 22, "": 10}


def _text(x: float, y: float, kind: str, text: str, room: float) -> str:
    """Write a line of text, squeezed where it is too long for its room."""
    if not text:
        return ""
    wide = sum(7.6 if char.isascii() else 14 for char in visible(text))
    squeeze = f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if wide > room else ""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="middle"{squeeze}>{escape(text)}</text>'


def _tie(line: Line, words: Words) -> str:
    kinds = ["tie", line.type, line.grade] + ["ended"] * line.ended + ["marked"] * line.marked
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    note = words.say(f"picture.note.{line.nature}") if line.nature in NOTED else ""
    return f'<polyline class="{" ".join(kinds)}" points="{points}"/>{_note(line, note)}'


def _note(line: Line, note: str) -> str:
    """Write what is special about a tie: beside the line above the child, or over the line between a couple."""
    if line.type == "parent":
        x, y = line.points[-1]
        return _text(x + 4 + 6 * len(note), y - 6, "note", note, 60)
    x, y = _middle(line)
    return _text(x, y - 5, "note", note, GAP - 4)


def _middle(line: Line) -> tuple[float, float]:
    xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
    return ((min(xs) + max(xs)) / 2, max(ys))


def _legend(picture: Picture, words: Words, households: bool) -> str:
    """Explain the strokes that occur, in one row under the picture."""
    used = [grade for grade in GRADES if any(line.grade == grade and not line.marked for line in picture.lines)]
    used += ["marked"] * any(line.marked for line in picture.lines)
    used += ["stated ended"] * any(line.ended for line in picture.lines)
    y, x, parts = picture.height + 10, 24.0, []
    for kind in used:
        word = words.say(f"picture.stroke.{kind.split()[-1]}")
        parts.append(f'<polyline class="tie {kind}" points="{x:g},{y:g} {x + 26:g},{y:g}"/>')
        parts.append(f'<text class="note" x="{x + 32:g}" y="{y + 4:g}">{word}</text>')
        x += 50 + sum(6.2 if char.isascii() else 11.5 for char in word)
    if households:
        parts.append(_stripe(x, y - 8, 16, STRIPES[0]))
        parts.append(f'<text class="note" x="{x + 11:g}" y="{y + 4:g}">{words.say("picture.household")}</text>')
    return "".join(parts)
