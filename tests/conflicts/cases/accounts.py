"""Accounts, operator ids, and the pairing of relayed rows."""

from datetime import date

from tests.literal import ALWAYS, FROM, MONDAY, TUESDAY, Case, at, rows

ACCESS = "row system via calls person_id household_id time file line operator"
CALL, READ = (
    (1, "W", "", "R", "p", "", at("10:00:00"), "w", 1, "z"),
    (2, "R", "W", "", "p", "", at("10:00:05"), "r", 2, ""),
)
LATE = (3, "R", "W", "", "p", "", at("10:02:00"), "r", 3, "")
OTHER = (4, "R", "W", "", "q", "", at("10:00:05"), "r", 4, "")
CENTRE, SETTING = rows("via system centre", ("W", "R", 0)), rows("relay_seconds", 60)
PLACE = {"file": "r", "line": 2, "caller_file": "w", "caller_line": 1}
ACCOUNT = "system operator staff_id kind valid_from valid_to seen_until"
LEFT = rows("read_row caller_row gap place", (1, 11, 5, 1), (1, 12, 6, 2), (2, 11, 4, 3), (2, 12, 9, 4))

CASES = [
    Case("account_term", "a row that a newer file lacks ends on that file's day",
         {"account": rows(ACCOUNT, ("T", "z", None, "personal", None, None, MONDAY))},
         [("T", "z", "", "personal", date(1, 1, 1), MONDAY)]),
    Case("subject_key", "a key of two people names nobody",
         {"crossref": rows("space subject_key person_id", ("s", "1", "a"), ("s", "2", "a"), ("s", "2", "b"))},
         [("s", "1", "a")]),
    Case("known_operator", "each once", {"account_term": rows("system operator", ("T", "z"), ("T", "z"))}, [("T", "z")]),
    Case("unknown_operator", "an id is of its system",
         {"account_term": rows("system operator", ("T", "z")), "access": rows("system operator", ("T", "z"), ("W", "z"), ("W", "z"))},
         [("W", "z")]),
    Case("account_day", "one row for each day of use, under the account's own spelling",
         {"access": rows("system operator time", ("T", "z", at("09:00:00")), ("T", "Z", at("10:00:00")), ("W", "Z", at("10:00:00"))),
          "spelled": rows("system operator known", ("T", "Z", "z"))},
         [("T", "z", MONDAY), ("W", "Z", MONDAY)]),
    Case("named", "the last day of a term is no longer its own",
         {"account_day": rows("system operator day", ("T", "z", MONDAY), ("T", "z", TUESDAY)),
          "account_term": rows("system operator staff_id kind valid_from valid_to",
                               ("T", "z", "1", "personal", FROM, TUESDAY), *[("T", "z", "2", "personal", MONDAY, ALWAYS)] * 2)},
         [("T", "z", MONDAY, False, ["1", "2"]), ("T", "z", TUESDAY, False, ["2"])]),
    Case("holder", "two on one day name nobody, as a shared account's do",
         {"named": rows("system operator day shared named", ("T", "a", MONDAY, False, ["1"]), ("T", "b", MONDAY, False, ["1", "2"]),
                        ("T", "c", MONDAY, True, ["1"]), ("T", "d", MONDAY, False, [""]))},
         [("T", "a", MONDAY, "personal", "1", None), ("T", "b", MONDAY, "doubled", None, ["1", "2"]),
          ("T", "c", MONDAY, "shared", "1", None), ("T", "d", MONDAY, "unknown", "", None)]),
    Case("few", "who is looked up four times a day tells no delay",
         {"access": rows("system via calls person_id household_id time",
                         *[("W", "", "R", "often", "", at(f"10:00:0{n}")) for n in range(4)],
                         *[CALL[1:7]] * 3, ("T", "", "", "p", "", at("10:00:00")), ("R", "W", "", "", "", at("10:00:00")))},
         [CALL[1:7]] * 3),
    Case("delay", "in seconds, only of the same subject",
         {"few": rows("system via calls person_id household_id time", CALL[1:7], READ[1:7], OTHER[1:7])},
         [("W", "R", 5.0, 1)]),
    Case("calling", "each pair of systems once", {"access": rows(ACCESS, CALL, READ, LATE)}, [("W", "R")]),
    Case("near", "a call within the window, both ends of it",
         {"access": rows(ACCESS, CALL, READ, LATE, OTHER), "centre": CENTRE, "setting": rows("relay_seconds", 5)},
         [(2, 1, "W", "R", 5000, 0, PLACE)]),
    Case("near", "the window lies about the delay of the clocks",
         {"access": rows(ACCESS, CALL, READ, LATE), "centre": rows("via system centre", ("W", "R", 120_000)), "setting": SETTING},
         [(3, 1, "W", "R", 120_000, 120_000, PLACE | {"line": 3})]),
    Case("candidate", "measured from the nearer of two delays",
         {"near": rows("read_row caller_row via system delay centre place", (2, 1, "W", "R", 50, 0, 1), (2, 1, "W", "R", 50, 75, 1))},
         [(2, 1, "W", "R", 50, 75, 1)]),
    Case("lone", "a row with two calls tells no delay",
         {"candidate": rows("via system read_row centre delay", ("W", "R", 1, 0, 7), ("W", "R", 2, 0, 8), ("W", "R", 2, 0, 9))},
         [("W", "R", 0, 7)]),
    Case("drift", "the median",
         {"lone": rows("via system centre delay", ("W", "R", 0, 1), ("W", "R", 0, 3), ("W", "R", 0, 90))}, [("W", "R", 0, 3)]),
    Case("unpaired_0", "from the drift where there is one, else from the centre",
         {"candidate": rows("read_row caller_row via system delay centre place", (2, 1, "W", "R", 50, 0, 1), (3, 1, "T", "R", 50, 40, 1)),
          "drift": rows("via system centre delay", ("W", "R", 0, 53), ("T", "R", 0, 99), ("T", "W", 40, 99))},
         [(2, 1, 3, 1), (3, 1, 10, 1)]),
    Case("paired_0", "only who is nearest to each other", {"unpaired_0": LEFT}, [(2, 11)]),
    Case("unpaired_1", "without either of a pair",
         {"unpaired_0": LEFT, "paired_0": rows("read_row caller_row", (2, 11))}, [(1, 12, 6, 2)]),
    Case("relay", "the pairs of the rounds", {"paired_0": rows("read_row caller_row", (2, 11))}, [(2, 11)]),
    Case("nearest_centre", "a pair is of the delay it is nearest to",
         {"relay": rows("read_row caller_row", (3, 1)), "access": rows(ACCESS, CALL, LATE),
          "centre": rows("via system centre", ("W", "R", 0), ("W", "R", 118_000))},
         [("W", "R", 118_000, 118_000)]),
    Case("clock_offset", "in whole seconds, by the rows that used it",
         {"nearest_centre": rows("via system centre nearest", ("W", "R", 75_000, 75_000), ("W", "R", 75_000, 0))},
         [("W", "R", 75, 1)]),
]  # fmt: skip
