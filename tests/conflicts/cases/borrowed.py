"""Lookups under a colleague's account: who is asked, and what is listed."""

from tests.literal import ALWAYS, FROM, MONDAY, TUESDAY, Case, at, rows

TEN = at("10:00:00")
HELD = "row person_id day time holders viewer"
FIRST, SECOND = (1, "p", MONDAY, TEN, ["1", "2"], "1"), (1, "p", MONDAY, TEN, ["1", "2"], "2")
KIN = rows(HELD, FIRST)
TIE = "start end kind valid_from"
DESK = "row person_id time day holder section_id"
COLLEAGUE = "row person_id day time holder viewer"
GROUP = "subject holder viewers lookups rows own away doubled"
PRESENCE = "start end present valid_from valid_to"


def group(subject, own=0, away=0, lookups=1):
    """Give a group by what it is ranked by."""
    return (subject, "2", ["1"], [f"T:{n}" for n in range(lookups)], [1], own, away, 0)


CASES = [
    Case("held", "each holder of an account that two held",
         {"lookup": rows("row holders", (1, ["1", "2"]), (2, None)),
          "exposed": rows("row person_id day time", (1, "p", MONDAY, TEN), (2, "p", MONDAY, TEN))},
         [FIRST, SECOND]),
    Case("held_covered", "while a cover of either holds",
         {"held": rows(HELD, FIRST, SECOND), "cover": rows("staff_id person_id since until", ("2", "p", TEN, TEN))}, [(1,)]),
    Case("held_kin", "only holders who are tied to the person, and certain",
         {"held": rows(HELD, FIRST, SECOND, (2, *FIRST[1:])), "held_covered": rows("row", 2),
          "viewer": rows("staff_id person_id certain", ("1", "v", True), ("2", "w", False)),
          "graph_related_to": rows(TIE, ("v", "p", "blood", MONDAY), ("v", "p", "household", MONDAY), ("w", "p", "blood", FROM))},
         [FIRST]),
    Case("held_kin", "a tie that begins later, or outside the law, is none",
         {"held": rows(HELD, FIRST), "held_covered": rows("row", 2), "viewer": rows("staff_id person_id certain", ("1", "v", True)),
          "graph_related_to": rows(TIE, ("v", "p", "spouse", TUESDAY), ("v", "p", "tie", FROM))},
         []),
    Case("other_holder", "all who held it", {"held_kin": KIN}, [(1, "p", "1"), (1, "p", "2")]),
    Case("asked", "one who is no kin, where there is one",
         {"other_holder": rows("row person_id holder", (1, "p", "1"), (1, "p", "2")), "held_kin": KIN}, [(1, "p", "2", "1")]),
    Case("asked", "else the first",
         {"other_holder": rows("row person_id holder", (1, "p", "1"), (1, "p", "2")), "held_kin": rows(HELD, FIRST, SECOND)},
         [(1, "p", None, "1")]),
    Case("doubled", "with who is asked", {"held_kin": KIN, "asked": rows("row person_id other any_holder", (1, "p", "2", "1"))},
         [(1, "p", MONDAY, TEN, "2", "1")]),
    Case("doubled", "or any where all are kin",
         {"held_kin": KIN, "asked": rows("row person_id other any_holder", (1, "p", None, "1"))},
         [(1, "p", MONDAY, TEN, "1", "1")]),
    Case("desk", "unexplained lookups of strangers, by the section the terminal stood in that day",
         {"exposed": rows("row person_id time day staff_id terminal_id class",
                          *[(n, "p", TEN, MONDAY, "2", "t", "joined") for n in (1, 2, 3)], (4, "p", TEN, MONDAY, "2", "t", "search_only")),
          "graph_located_in": rows("start end valid_from valid_to", ("t", "310", FROM, TUESDAY), ("t", "320", TUESDAY, ALWAYS)),
          "explained": rows("row", 2), "related": rows("row", 3)},
         [(1, "p", TEN, MONDAY, "2", "310")]),
    Case("desk_kin", "not the holder, not who is uncertain",
         {"desk": rows(DESK, (1, "p", TEN, MONDAY, "2", "310")),
          "viewer": rows("staff_id person_id certain", ("1", "v", True), ("2", "v", True), ("3", "v", False)),
          "graph_related_to": rows(TIE, ("v", "p", "blood", MONDAY), ("v", "p", "household", MONDAY))},
         [(1, "p", TEN, MONDAY, "2", "310", "1")]),
    Case("desk_kin", "a tie that begins later, or outside the law, is none",
         {"desk": rows(DESK, (1, "p", TEN, MONDAY, "2", "310")), "viewer": rows("staff_id person_id certain", ("1", "v", True)),
          "graph_related_to": rows(TIE, ("v", "p", "spouse", TUESDAY), ("v", "p", "tie", FROM))},
         []),
    Case("colleague", "on duty in that section in that very minute, or a holder of the account",
         {"doubled": rows(COLLEAGUE, (9, "p", MONDAY, TEN, "2", "1")),
          "desk_kin": rows(f"{DESK} viewer", (1, "p", TEN, MONDAY, "2", "310", "1"), (2, "p", TEN, MONDAY, "2", "320", "1"),
                           (3, "p", at("09:00:00"), MONDAY, "2", "310", "1")),
          "graph_on_duty": rows(PRESENCE, ("1", "310", True, at("09:30:00"), at("10:30:00")))},
         [(1, "p", MONDAY, TEN, "2", "1"), (9, "p", MONDAY, TEN, "2", "1")]),
    Case("asked_row", "each once", {"colleague": rows("row", 1, 1)}, [(1,)]),
    Case("neighbour", "who lived in one household that day",
         {"colleague": rows(COLLEAGUE, (1, "p", MONDAY, TEN, "2", "1")),
          "graph_member_of": rows("start end valid_from valid_to", ("p", "h", FROM, ALWAYS), ("q", "h", FROM, TUESDAY),
                                  ("old", "h", FROM, MONDAY))},
         [(1, "p", "2", "1", "p"), (1, "p", "2", "1", "q")]),
    Case("own", "of the colleague, unexplained, at the same person or another of the household",
         {"neighbour": rows("row person_id holder viewer near", (1, "p", "2", "1", "p"), (1, "p", "2", "1", "q")),
          "counted": rows("row staff_id person_id outcome", (7, "1", "p", "suspicious"), (8, "1", "q", "suspicious"),
                          (9, "1", "p", "explained"), (10, "3", "p", "suspicious")),
          "doubled": rows(COLLEAGUE, (5, "p", MONDAY, TEN, "2", "1"))},
         [(1, "p", "2", "1", 7, True), (1, "p", "2", "1", 8, False), (5, "p", "2", "1", None, True)]),
    Case("often", "by own lookups of the very person",
         {"own": rows("row person_id own_row same", (1, "p", 7, True), (1, "p", 7, True), (1, "p", 8, False))}, [(1, "p", 1)]),
    Case("subject", "whom they looked up most, then the first",
         {"often": rows("row person_id often", (1, "p", 1), (1, "q", 2), (2, "q", 1), (2, "p", 1))}, [(1, "q"), (2, "p")]),
    Case("away", "at that very time",
         {"colleague": rows(COLLEAGUE, (1, "p", MONDAY, TEN, "2", "1"), (2, "p", MONDAY, at("11:00:00"), "2", "1")),
          "graph_on_duty": rows(PRESENCE, ("2", "310", False, TEN, at("11:00:00")))},
         [(1,)]),
    Case("borrowed_group", "one for each person and holder, with what speaks for it",
         {"own": rows("row person_id holder viewer own_row", (1, "p", "2", "1", 7), (1, "p", "2", "1", 8), (1, "p", "2", "1", 8),
                      (3, "p", "2", "4", None), (1, "q", "2", "1", 8)),
          "subject": rows("row person_id", (1, "p"), (3, "p")), "lookup": rows("row lookup_id", (1, "T:1"), (3, "T:3")),
          "away": rows("row", 1), "doubled": rows("row", 3, 3)},
         [("p", "2", ["1", "4"], ["T:1", "T:3"], [1, 3], 2, 1, 1)]),
    Case("ranked", "by own lookups, absences, size, names",
         {"borrowed_group": rows(GROUP, group("z"), group("b", own=1), group("c", away=1), group("d", lookups=2), group("a"))},
         [(*each, place) for place, each in sorted(
             zip((5, 1, 2, 3, 4), (group("z"), group("b", own=1), group("c", away=1), group("d", lookups=2), group("a")), strict=True),
             key=lambda pair: repr(pair[1]))]),
    Case("borrowed", "as many as the policy lists",
         {"ranked": rows(f"{GROUP} place", (*group("q"), 2), (*group("p"), 1), (*group("r"), 3)), "setting": rows("borrowed_limit", 2)},
         [(*group("p"), 1), (*group("q"), 2)]),
    Case("listed_row", "each lookup of a group", {"borrowed": rows("subject rows", ("p", [1, 2]))}, [("p", 1), ("p", 2)]),
    Case("not_listed", "each lookup once",
         {"colleague": rows("row", 1, 2, 2, 3), "listed_row": rows("row", 1)}, [(2,)]),
]  # fmt: skip
