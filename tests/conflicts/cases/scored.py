"""What a conflict's lookups add up to, what the graph keeps, and the denominators."""

import hashlib

from tests.literal import FROM, MONDAY, TUESDAY, Case, at, rows

TEN, FIVE_PAST = at("10:00:00"), at("10:05:00")
ID = "c-" + hashlib.sha256(b"1 p").hexdigest()[:12]
OFFICE = rows("search_minutes opens closes", (5, 8 * 3_600_000_000, 17 * 3_600_000_000))
SATURDAY = MONDAY.replace(day=6)
COUNTED = "conflict_id staff_id viewer_person person_id time printed view system tier p outcome row"


def counted(row, time, outcome="suspicious"):
    """Give a counted lookup by when it was and what was found of it."""
    return ("c", "1", "v", "p", time, False, "direct", "T", 1, None, outcome, row)


def weighed(time, system="T", unexplained=True, off=False, searched=False, view="direct", printed=False):
    """Give a lookup by how it was done."""
    return ("c", "1", "v", "p", time, printed, view, system, 1, 0.5, unexplained, off, searched)


def judged(subject, viewer, key, view, attribution, identified, colleague, outcome, template="", record="", tense=""):
    """Give a lookup as it was judged."""
    return (subject, viewer, key, TEN, "T", "", "T:z", "t", "op", view, attribution, "joined", False, identified, colleague,
            outcome, template, record, tense, "f", 1, "", 0)  # fmt: skip


WEIGHED = "conflict_id staff_id viewer_person person_id time printed view system tier p unexplained off searched"
PAIR = "conflict_id staff_id person_id lookup_id outcome template record tense"
LEFT_OUT = {"system": "T", "via": "", "account_id": "T:z", "terminal_id": "t", "operation": "op", "class": "joined",
            "printed": False, "file": "f", "line": 1, "caller_file": "", "caller_line": 0}  # fmt: skip
MAY = at("10:00:00", MONDAY.replace(month=5))

CASES = [
    Case("counted", "suspicious unless explained",
         {"related": rows("row person_id view tense", (1, "p", "direct", "current"), (2, "p", "direct", "former")),
          "lookup": rows("row lookup_id staff_id time day system account_id printed", (1, "T:1", "1", TEN, MONDAY, "T", "T:z", False),
                         (2, "T:2", "1", TEN, MONDAY, "T", "T:z", True)),
          "explained": rows("row template record", (2, "reception", "r")),
          "tied": rows("staff_id subject viewer_person p tier", ("1", "p", "v", 0.5, 2))},
         [(ID, 1, "T:1", "1", "v", 0.5, 2, "p", "direct", "current", "suspicious", "", "", TEN, MONDAY, "T", "T:z", False),
          (ID, 2, "T:2", "1", "v", 0.5, 2, "p", "direct", "former", "explained", "reception", "r", TEN, MONDAY, "T", "T:z", True)]),
    Case("searched", "within the minutes before, under the same account",
         {"counted": rows("row account_id time", (1, "T:z", FIVE_PAST), (2, "T:z", at("10:05:01")), (3, "T:y", FIVE_PAST)),
          "setting": OFFICE, "lookup": rows("view account_id time", ("search", "T:z", TEN), ("direct", "T:y", TEN))},
         [(1,)]),
    Case("weighed", "outside office hours and days; closing time is outside",
         {"counted": rows(COUNTED, counted(1, TEN), counted(2, at("07:59:59")), counted(3, at("17:00:00"), "explained"),
                          counted(4, at("10:00:00", SATURDAY)), counted(5, at("08:00:00"))),
          "setting": OFFICE, "workday": rows("weekday", 1, 2, 3, 4, 5), "searched": rows("row", 1)},
         sorted([(*counted(1, TEN)[:10], True, False, True), (*counted(2, at("07:59:59"))[:10], True, True, False),
                 (*counted(3, at("17:00:00"))[:10], False, True, False),
                 (*counted(4, at("10:00:00", SATURDAY))[:10], True, True, False),
                 (*counted(5, at("08:00:00"))[:10], True, False, False)], key=repr)),
    Case("system_day", "unexplained in two systems on one day",
         {"counted": rows("conflict_id outcome day system", ("c", "suspicious", MONDAY, "T"), ("c", "suspicious", MONDAY, "W"),
                          *[("c", "suspicious", TUESDAY, "T")] * 2, ("c", "explained", TUESDAY, "W"))},
         [("c",)]),
    Case("double_day", "how many", {"system_day": rows("conflict_id", "c", "c")}, [("c", 2)]),
    Case("evidence", "only what nothing explains speaks against somebody",
         {"weighed": rows(WEIGHED, weighed(TEN, off=True, printed=True), weighed(MAY), weighed(MAY, searched=True, view="household"),
                          weighed(MAY, "W", unexplained=False, off=True)),
          "double_day": rows("conflict_id days", ("c", 3))},
         [("c", "1", "v", "p", 4, 3, 2, 3, 1, 1, 1, ["T"], False, ["T", "W"], TEN, MAY, 1, 0.5)]),
    Case("evidence", "nothing unexplained",
         {"weighed": rows(WEIGHED, weighed(TEN, unexplained=False), weighed(TEN, unexplained=False)),
          "double_day": rows("conflict_id days", ("d", 3))},
         [("c", "1", "v", "p", 2, 0, 0, 0, 0, 0, 0, [], False, ["T"], TEN, TEN, 1, 0.5)]),
    Case("bond", "ties that had begun by the last lookup",
         {"last_day": rows("conflict_id viewer_person person_id day", ("c", "v", "p", MONDAY)),
          "graph_related_to": rows("start end kind up down grade valid_from", *[("v", "p", "blood", 1, 1, "registered", MONDAY)] * 2,
                                   ("v", "p", "spouse", 0, 0, "registered", TUESDAY), ("v", "p", "tie", 0, 0, "registered", FROM))},
         [("c", "blood", 2, "registered")]),
    Case("viewer_of", "one", {"counted": rows(PAIR, ("c", "1", "p", "T:1", "", "", "", ""), ("c", "1", "p", "T:2", "", "", "", ""))},
         [("c", "1")]),
    Case("subject_of", "one", {"counted": rows(PAIR, ("c", "1", "p", "T:1", "", "", "", ""), ("c", "1", "p", "T:2", "", "", "", ""))},
         [("c", "p")]),
    Case("counts", "each lookup with what was found of it",
         {"counted": rows(PAIR, ("c", "1", "p", "T:1", "explained", "reception", "r", "current"))},
         [("c", "T:1", "explained", "reception", "r", "current")]),
    Case("day_count", "every lookup in one class of its day",
         {"lookup": rows("row day caller_line class identified", (1, MONDAY, 0, "joined", True), (2, MONDAY, 4, "joined", False),
                         (3, MONDAY, 0, "search_only", None), (4, MONDAY, 0, "shared_account", None),
                         (5, TUESDAY, 0, "unknown_subject", None)),
          "explained": rows("row", 1), "asked_row": rows("row", 2)},
         [("2024-04-01", 4, 1, 1, 2, 1, 1, 1, 0, 1, 0, 0), ("2024-04-02", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)]),
    Case("judged", "for each person a lookup showed, by subject",
         {"lookup": rows("row view staff_id identified attribution time lookup_id " + " ".join(LEFT_OUT),
                         (1, "household", "1", True, "own", TEN, "T:1", *LEFT_OUT.values()),
                         (2, "direct", None, None, "shared", TEN, "T:2", *LEFT_OUT.values()),
                         (3, "search", "1", True, "own", TEN, "T:3", *LEFT_OUT.values())),
          "exposed": rows("row person_id view", (1, "p", "household"), (1, "q", "household"), (2, "q", "direct")),
          "explained": rows("row template record", (2, "reception", "r")),
          "counted": rows("row person_id tense", (1, "p", "current")),
          "asked_row": rows("row", 1), "listed_row": rows("subject row", ("q", 1), ("q", 2))},
         [judged("", "1", "T:3", "search", "own", True, False, "unexplained"),
          judged("p", "1", "T:1", "household", "own", True, True, "suspicious", tense="current"),
          judged("q", "1", "T:1", "household", "borrowed", True, True, "unexplained"),
          judged("q", "", "T:2", "direct", "shared", False, False, "explained", "reception", "r")]),
]  # fmt: skip
