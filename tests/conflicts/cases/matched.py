"""Who saw whom, in what class a lookup is, and which ties count on its day."""

from datetime import date

from tests.literal import ALWAYS, FROM, MONDAY, TUESDAY, Case, at, rows

ACCESS = ("row system row_key time operator terminal_id operation view person_id household_id via calls printed"
          " file line")  # fmt: skip
CALL = (1, "W", "c", at("10:00:00"), "z", "desk", "op", "direct", "p", "", "", "R", True, "w", 1)
READ = (2, "R", "", at("10:00:05"), "SRV", "server", "op", "direct", "p", "", "W", "", False, "r", 2)
ALONE = (3, "R", "k", at("10:00:05"), "SRV", "server", "op", "direct", "p", "", "W", "", False, "r", 3)

MERGED = ("row system time operation view via file line lookup_id day account_day account_system operator terminal_id"
          " printed caller_file caller_line")  # fmt: skip
EXPOSED = "row person_id view day class staff_id"
TIE = "start end kind valid_from valid_to may_end"


def merged(row, operator="z", view="direct", via="", caller_line=0):
    """Give a lookup before its account's holder is known."""
    return (row, "T", at("10:00:00"), "", view, via, "t", row, f"T:{row}", MONDAY, MONDAY, "T", operator, "", False, "",
            caller_line)  # fmt: skip


def lookup(
    row, attribution, class_, staff, operator="z", view="direct", via="", caller_line=0, identified=None, holders=None
):
    """Give a lookup as the step makes it."""
    return (row, "T", at("10:00:00"), "", view, via, "t", row, f"T:{row}", MONDAY, operator, "", False, "", caller_line,
            f"T:{operator}", attribution, class_, staff, identified, holders)  # fmt: skip


def related(*ties):
    """Give what `related` reads: one lookup of p by the resident v, with ties between them."""
    return {
        "exposed": rows(EXPOSED, (1, "p", "direct", MONDAY, "joined", "1"), (2, "p", "direct", MONDAY, "unknown_account", "1")),
        "viewer": rows("staff_id person_id", ("1", "v")),
        "graph_related_to": rows(TIE, *(("v", "p", *tie) for tie in ties)),
    }  # fmt: skip


CASES = [
    Case("seen", "a household view shows its members of that day",
         {"access": rows("row person_id view household_id time", (1, "p", "direct", "", at("10:00:00")),
                         (2, "", "household", "h", at("10:00:00")), (3, "p", "search", "", at("10:00:00")),
                         (4, "p", "household", "", at("10:00:00")), (5, "nobody", "direct", "", at("10:00:00"))),
          "graph_person": rows("person_id", "p", "q"),
          "graph_member_of": rows("start end valid_from valid_to", ("q", "h", FROM, TUESDAY), ("p", "h", FROM, MONDAY))},
         [(1, "p", "direct"), (2, "q", "household"), (4, "p", "direct")]),
    Case("merged", "what was read, by whom it was called",
         {"access": rows(ACCESS, CALL, READ, ALONE), "relay": rows("read_row caller_row", (2, 1)),
          "spelled": rows("system operator known", ("W", "z", "Z1"), ("W", "SRV", "other"), ("R", "z", "other"))},
         [(2, "R", at("10:00:05"), "op", "direct", "W", "r", 2, "R:r:2", MONDAY, MONDAY, "W", "Z1", "desk", True, "w", 1),
          (3, "R", at("10:00:05"), "op", "direct", "W", "r", 3, "R:k", MONDAY, MONDAY, "R", "SRV", "server", False, "", 0)]),
    Case("lookup", "the first class that fits",
         {"merged": rows(MERGED, merged(1), merged(2, view="search"), merged(3, via="W"), merged(4, "new"), merged(5, "two"),
                         merged(6), merged(7, via="W", caller_line=1), merged(8, "hr")),
          "holder": rows("system operator day kind staff_id holders", ("T", "z", MONDAY, "personal", "1", None),
                         ("T", "two", MONDAY, "doubled", None, ["1", "2"]), ("T", "hr", MONDAY, "personal", "0", None)),
          "seen": rows("row", 1, 2, 3, 4, 5, 7, 8), "viewer": rows("staff_id tier certain", ("1", 1, True), ("0", 0, True))},
         [lookup(1, "own", "joined", "1", identified=True), lookup(2, "own", "search_only", "1", view="search", identified=True),
          lookup(3, "relayed", "relayed_operator_unknown", "1", via="W", identified=True),
          lookup(4, "own", "unknown_account", None, "new"),
          lookup(5, "shared", "shared_account", None, "two", holders=["1", "2"]),
          lookup(6, "own", "unknown_subject", "1", identified=True),
          lookup(7, "relayed", "joined", "1", via="W", caller_line=1, identified=True),
          lookup(8, "own", "joined", "0", "hr", identified=False)]),
    Case("exposed", "one row for each person shown",
         {"lookup": rows("row time day class staff_id terminal_id", (1, at("10:00:00"), MONDAY, "joined", "1", "t")),
          "seen": rows("row person_id view", (1, "p", "household"), (1, "q", "household"), (2, "p", "direct"))},
         [(1, "p", "household", at("10:00:00"), MONDAY, "joined", "1", "t"),
          (1, "q", "household", at("10:00:00"), MONDAY, "joined", "1", "t")]),
    Case("related", "a tie of that day is current", related(("blood", FROM, ALWAYS, ALWAYS)), [(1, "p", "direct", "current")]),
    Case("related", "one that ended that day is former", related(("spouse", FROM, MONDAY, MONDAY)), [(1, "p", "direct", "former")]),
    Case("related", "one that may have ended by then is uncertain", related(("spouse", FROM, TUESDAY, MONDAY)),
         [(1, "p", "direct", "uncertain")]),
    Case("related", "one that began nobody knows when and ended later is uncertain",
         related(("spouse", date(1, 1, 1), TUESDAY, ALWAYS)), [(1, "p", "direct", "uncertain")]),
    Case("related", "of several the one that holds best", related(("spouse", FROM, MONDAY, MONDAY), ("household", FROM, ALWAYS, ALWAYS)),
         [(1, "p", "direct", "current")]),
    Case("related", "one that begins that day holds", related(("spouse", MONDAY, ALWAYS, ALWAYS)), [(1, "p", "direct", "current")]),
    Case("related", "one that begins later is none", related(("spouse", TUESDAY, ALWAYS, ALWAYS)), []),
    Case("related", "a tie outside the law is none", related(("tie", FROM, ALWAYS, ALWAYS)), []),
    Case("of_person", "only persons of lookups that are kept",
         {"exposed": rows("row person_id view", (1, "p", "direct"), (2, "q", "direct")),
          "lookup": rows("row lookup_id", (1, "T:1"), (2, "T:2")), "kept": rows("row", 1)},
         [("T:1", "p", "direct")]),
]  # fmt: skip
