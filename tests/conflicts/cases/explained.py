"""Business reasons: how far each reaches, and which of several is told."""

from datetime import datetime, timedelta

from tests.literal import ALWAYS, FROM, MONDAY, TUESDAY, Case, at, rows

TERM = "system operator staff_id kind valid_from valid_to"
HOLDER = rows(TERM, ("T", "z", "1", "personal", FROM, ALWAYS), ("T", "counter", "2", "shared", FROM, ALWAYS))
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
SINCE, UNTIL = datetime(2000, 1, 1), datetime(2024, 4, 2) - TICK
COVERS = "staff_id person_id since until record"
DATED = "staff_id person_id time record"
LATER, SOON = at("00:00:00", TUESDAY), at("10:10:00")

CASES = [
    Case("case_worker", "until a newer list lacks the row",
         {"assignment": rows("case_id household_id person_id staff_id valid_from valid_to seen_until file",
                             ("c", "h", None, "1", FROM, None, MONDAY, "f"))},
         [("c", "h", "", "1", "f", FROM, MONDAY)]),
    Case("request", "what is not stated is the empty text",
         {"reception": rows("reception_id time staff_id operator person_id file", ("r", SOON, None, "z", "p", "f"))},
         [("r", SOON, "", "z", "p", "f")]),
    Case("certificate", "what is not stated is the empty text",
         {"issuance": rows("issuance_id time person_id household_id system operator staff_id file",
                           ("k", SOON, None, "h", None, "z", None, "f"))},
         [("k", SOON, "", "h", "", "z", "", "f")]),
    Case("case_cover", "a case covers its person, and its household while both hold",
         {"case_worker": rows("case_id household_id person_id staff_id valid_from valid_to file",
                              ("c", "h", "", "1", FROM, TUESDAY, "f"), ("d", "", "p", "1", FROM, TUESDAY, "f")),
          "graph_member_of": rows("start end valid_from valid_to", ("q", "h", MONDAY, ALWAYS), ("old", "h", FROM, FROM))},
         [("1", "p", SINCE, UNTIL, "f d"), ("1", "q", at("00:00:00"), UNTIL, "f c")]),
    Case("received", "the clerk as stated, else the account's holder of that day",
         {"request": rows("reception_id time staff_id operator person_id file", ("a", SOON, "7", "z", "p", "f"),
                          ("b", SOON, "", "z", "p", "f"), ("c", SOON, "", "counter", "p", "f")),
          "account_term": HOLDER},
         [("1", "p", SOON, "f b"), ("7", "p", SOON, "f a"), (None, "p", SOON, "f c")]),
    Case("issued", "an account is of its system where one is stated",
         {"certificate": rows("issuance_id time person_id household_id system operator staff_id file",
                              ("a", SOON, "p", "", "T", "z", "", "f"), ("b", SOON, "p", "", "W", "z", "", "f")),
          "account_term": HOLDER},
         [("1", "p", "", SOON, "f a"), (None, "p", "", SOON, "f b")]),
    Case("issued_for", "one of the whole household covers its members of that day",
         {"issued": rows("staff_id person_id household_id time record", ("1", "", "h", SOON, "k"), ("1", "p", "", SOON, "l")),
          "graph_member_of": rows("start end valid_from valid_to", ("q", "h", FROM, TUESDAY), ("old", "h", FROM, MONDAY))},
         [("1", "p", SOON, "l"), ("1", "q", SOON, "k")]),
    Case("cover", "approved templates only, for as long as they say",
         {"case_cover": rows(COVERS, ("1", "p", SINCE, UNTIL, "c")), "received": rows(DATED, ("1", "p", SOON, "r")),
          "issued_for": rows(DATED, ("1", "p", SOON, "k")),
          "template": rows("rank id minutes expires", (0, "reception", 60, TUESDAY), (1, "issuance", 60, TUESDAY))},
         [(0, "reception", "1", "p", SOON, SOON + HOUR, "r"), (1, "issuance", "1", "p", SOON - HOUR, SOON, "k")]),
    Case("cover", "not beyond the end of the approval",
         {"case_cover": rows(COVERS, ("1", "p", SINCE, datetime(9999, 12, 30), "c")), "received": rows(DATED),
          "issued_for": rows(DATED), "template": rows("rank id minutes expires", (0, "assignment", 0, TUESDAY))},
         [(0, "assignment", "1", "p", SINCE, LATER, "c")]),
    Case("first_cover", "the first template, its first record; both ends of a cover are in it",
         {"exposed": rows("row person_id staff_id time class", (1, "p", "1", SOON, "joined"), (2, "p", "1", SOON + TICK, "joined"),
                          (3, "p", "2", SOON, "joined")),
          "cover": rows("rank template staff_id person_id since until record", (1, "issuance", "1", "p", SINCE, SOON, "a"),
                        (0, "reception", "1", "p", SOON, SOON, "c"), (0, "reception", "1", "p", SOON, SOON, "b"))},
         [(1, {"rank": 0, "record": "b", "template": "reception"})]),
]  # fmt: skip
