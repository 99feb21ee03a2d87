"""A brute-force account of kinship: every walk, letter by letter; it shares no code with what it is held against.

People, links and memberships are plain dicts with the field names of the records. A walk is a word of steps: u up to a
parent, d down to a child, s to a spouse, f to a de facto spouse.
"""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

UNKNOWN = date(1, 1, 1)
FOREVER = date(9999, 12, 31)
GRADES = ["registered", "stated", "composed", "probable", "hint"]
NATURES = ["birth", "recognised", "adoptive"]
LONGEST = 6

# What a word means: kind, side, tie. Anything that matches none of these is no relation at all.
WORDS = [
    (r"u*d*", "blood", "", ""),
    (r"s", "spouse", "", ""),
    (r"su*d*", "affinity", "spouse", ""),
    (r"u*d*s", "affinity", "relative", ""),
    (r"f", "de_facto", "", ""),
    (r"fd", "tie", "spouse", "child_of_de_facto"),
    (r"du", "tie", "", "co_parent"),
    (r"suds", "tie", "spouse", "spouse_of_spouses_sibling"),
    (r"dsu", "tie", "", "parents_of_childs_spouse"),
]


class Oracle:
    """Everything that is known, looked up link by link."""

    def __init__(self, people, parents, spouses, households, members):
        self.person = {each["person_id"]: each for each in people}
        self.homes = {home["household_id"] for home in households if not home["institution"]}
        self.steps, self.parents, self.members = defaultdict(list), defaultdict(set), defaultdict(list)
        self.lodgers = defaultdict(set)
        for link in parents:
            self._add("d", "u", link)
            if not self.person[link["start"]]["placeholder"]:
                self.parents[link["end"]].add(link["start"])
        for link in spouses:
            self._add(*("ss" if link["nature"] == "legal" else "ff"), link)
        for member in members:
            self.members[member["start"]].append(member)
            self.lodgers[member["end"]].add(member["start"])

    def _add(self, there, back, link):
        self.steps[link["start"]].append((there, link["end"], link))
        self.steps[link["end"]].append((back, link["start"], link))

    def relations(self, source):
        """Give one person's relations.

        {(end, kind, up, down, side, nature, half, from): (to, grade, label, path, the first day of doubt)}.
        """
        found = defaultdict(list)
        if source in self.person:
            found[(source, "self", -1, -1, "", "", "", UNKNOWN)].append((FOREVER, 0, "", (source,), FOREVER))
        for walk in _walks(source, self.steps):
            for key, line in _reading(walk, source, self):
                found[key].append(line)
        for key, line in _homes(source, self):
            found[key].append(line)
        best = {key: min(lines, key=lambda line: (-line[0].toordinal(), *line[1:4])) for key, lines in found.items()}
        sure = {key: max(line[4] for line in lines) for key, lines in found.items()}
        best = {key: line for key, line in best.items() if not self.person[key[0]]["placeholder"]}
        return {
            key: (
                None if line[0] == FOREVER else line[0],
                GRADES[line[1]],
                line[2],
                line[3],
                None if sure[key] == line[0] else sure[key],
            )
            for key, line in best.items()
            if not _trivial(key, line, best)
        }


def _walks(source, steps):
    """Yield every simple walk that could still become a word."""
    waiting = [[("", source, None)]]
    while waiting:
        walk = waiting.pop()
        if len(walk) > 1:
            yield walk[1:]
        if len(walk) > LONGEST:
            continue
        been = {step[1] for step in walk}
        for step in steps[walk[-1][1]]:
            word = "".join(s[0] for s in walk) + step[0]
            if step[1] not in been and re.fullmatch(r"s?u*d*s?|fd?|du|suds?|dsu?", word):
                waiting.append([*walk, step])


def _reading(walk, source, known):
    word = "".join(step[0] for step in walk)
    links = [step[2] for step in walk]
    path = (source, *(step[1] for step in walk))
    for pattern, kind, side, label in WORDS:
        blood = re.sub("[sf]", "", word)
        reach = {"blood": 6, "affinity": 3}.get(kind, 9)
        if not re.fullmatch(pattern, word) or not len(blood) <= reach or (kind == "affinity" and not blood):
            continue
        since = max(link["valid_from"] for link in links)
        until = min(_end(link, kind) for link in links)
        sure = min(_sure(link, kind) for link in links)
        if since >= until or _before_adoption(walk, path, known.person):
            continue
        up, down = (word.count("u"), word.count("d")) if kind in ("blood", "affinity") else (-1, -1)
        if label == "child_of_de_facto":
            up, down = 0, 1
        nature = _nature(links) if kind in ("blood", "affinity") else ""
        half = (
            _half(known.parents[path[up - 1]], known.parents[path[up + 1]]) if kind == "blood" and up and down else ""
        )
        grade = max(GRADES.index(link["grade"]) for link in links)
        yield (path[-1], kind, up, down, side, nature, half, since), (until, grade, label, path, sure)


def _end(link, kind):
    death = link.get("ended_by") == "death" and kind not in ("spouse", "de_facto")
    return FOREVER if link["valid_to"] is None or death else link["valid_to"]


def _sure(link, kind):
    """Until when a link certainly holds for a relation of this kind."""
    end = _end(link, kind)
    death = link.get("ended_by") == "death" and kind not in ("spouse", "de_facto")
    return end if death or link["may_end"] is None else min(end, link["may_end"])


def _before_adoption(walk, path, person):
    """Tell whether somebody on the line came before the adoption of the parent above them (C3, A6)."""
    for (one, _, first), (two, _, second) in pairwise(walk):
        if one + two not in ("uu", "dd"):
            continue
        lower, upper = (first, second) if one == "u" else (second, first)
        came = lower["valid_from"]
        if lower["nature"] in ("birth", "recognised") and came == UNKNOWN:
            came = person[lower["end"]]["birth_date"]
        if "adoptive" in upper["nature"] and came is not None and came < upper["valid_from"]:
            return True
    return False


def _nature(links):
    natures = {link["nature"] for link in links}
    if natures & {"adoptive", "special_adoptive"}:
        return "adoptive"
    return "recognised" if "recognised" in natures else "birth"


def _half(one, other):
    shared = len(one & other)
    if shared >= 2:
        return "full"
    return "half" if shared == 1 and len(one) > 1 and len(other) > 1 else "unknown"


def _homes(source, known):
    mine = [m for m in known.members[source] if m["end"] in known.homes]
    for other in sorted({lodger for m in mine for lodger in known.lodgers[m["end"]]} - {source}):
        theirs = known.members[other]
        bounds = sorted({m["valid_from"] for m in mine + theirs} | {m["valid_to"] or FOREVER for m in mine + theirs})
        together = [
            (since, until)
            for since, until in pairwise(bounds)
            if any(a["end"] == b["end"] and _covers(a, since) and _covers(b, since) for a in mine for b in theirs)
        ]
        for since, until in _joined(together):
            yield (other, "household", -1, -1, "", "", "", since), (until, 1, "", (source, other), until)


def _covers(member, day):
    return member["valid_from"] <= day < (member["valid_to"] or FOREVER)


def _joined(stretches):
    joined = []
    for since, until in stretches:
        if joined and joined[-1][1] == since:
            joined[-1] = (joined[-1][0], until)
        else:
            joined.append((since, until))
    return joined


def _trivial(key, line, best):
    end, kind, up, down = key[:4]
    same = {other: best[other] for other in best if other[0] == end}
    if kind == "affinity":
        blood = [(k[7], other[0]) for k, other in same.items() if k[1:4] == ("blood", up, down)]
        return any(since <= key[7] and (until == FOREVER or line[0] != FOREVER) for since, until in blood)
    return kind == "tie" and any(k[1] in ("blood", "spouse", "de_facto") for k in same)
