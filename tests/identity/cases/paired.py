"""Which staff and residents are put side by side."""

from datetime import date

from tests.literal import Case, rows

BORN, MIXED, OTHER = date(1980, 5, 21), date(1980, 5, 12), date(1971, 8, 3)
FORM = "id way surname given surname_kana given_kana whole reading"
PLACE = "person_id block dwelling"


def form(id, surname, given, reading="", way="now", whole=None):
    """Give the keys of a name, whose whole is its two parts."""
    return (id, way, surname, given, "", "", surname + given if whole is None else whole, reading)


def alike(staff, *people):
    """Give a case of names alone: member of staff 1 and residents of the same birth date."""
    return {
        "member": rows("staff_id birth", ("1", BORN)),
        "birth_date": rows("person_id birth", *((person[0], BORN) for person in people)),
        "member_form": rows(FORM, staff), "form": rows(FORM, *people),
    }  # fmt: skip


def where(*places):
    """Give a dwelling of member of staff 1 and those of residents."""
    return {
        "member_place": rows("staff_id block dwelling", ("1", "a-1", "a-1-2")),
        "place": rows(PLACE, *places),
    }  # fmt: skip


CASES = [
    Case("declared", "only who is still declared and has a birth date",
         {"dependant": rows("staff_id birth name kana seen_until", ("1", BORN, "a", "", None), ("1", None, "b", "", None),
                            ("1", BORN, "c", "", OTHER), ("1", BORN, "a", "", None))},
         [("1", BORN, "a", "")]),
    Case("namesake", "the whole name as written or as read, but no empty one",
         {"member_form": rows(FORM, form("1", "山田", "花", "ヤマダハナ"), form("2", "", "")),
          "form": rows(FORM, form("p", "山田", "花"), form("q", "山", "田花"), form("r", "谷", "花", "ヤマダハナ"), form("s", "", ""))},
         [("1", "p"), ("1", "q"), ("1", "r")]),
    Case("likely_namesake", "the same day, digits exchanged, an unknown one, or the same block",
         {"namesake": rows("staff_id person_id", *(("1", person) for person in "pqrst")), "member": rows("staff_id birth", ("1", BORN)),
          "person": rows("person_id birth", ("p", BORN), ("q", MIXED), ("r", None), ("s", OTHER), ("t", OTHER)),
          **where(("s", "a-1", ""), ("t", "a-2", ""))},
         [("1", "p"), ("1", "q"), ("1", "r"), ("1", "s")]),
    Case("same_birth", "one part of the name is enough, an empty one says nothing",
         alike(form("1", "山田", "花"), form("p", "山田", "桜"), form("q", "川", "花"), form("r", "川", "桜"), form("s", "", "")),
         [("1", "p"), ("1", "q")]),
    Case("same_birth", "halves of a name without a space stand in each other's place",
         alike(form("1", "", "", way="turned", whole="花山田"), form("p", "山田", "花"), form("q", "花", "山田")),
         [("1", "p")]),
    Case("same_dwelling", "the dwelling and the given name",
         where(("p", "a-1", "a-1-2"), ("q", "a-1", "a-1-2"), ("r", "a-1", "a-1-3"))
         | {"member_form": rows(FORM, form("1", "山田", "花")),
            "form": rows(FORM, form("p", "川", "花"), form("q", "山田", "桜"), form("r", "川", "花"))},
         [("1", "p")]),
    Case("same_dwelling_and_birth", "whatever the name",
         where(("p", "a-1", "a-1-2"), ("q", "a-1", "a-1-2"), ("r", "a-1", "a-1-3"))
         | {"member": rows("staff_id birth", ("1", BORN)),
            "birth_date": rows("person_id birth", ("p", BORN), ("q", OTHER), ("r", BORN))},
         [("1", "p")]),
    Case("pair", "each pair once",
         {"likely_namesake": rows("staff_id person_id", ("1", "p")), "same_birth": rows("staff_id person_id", ("1", "p")),
          "same_dwelling": rows("staff_id person_id", ("1", "q")),
          "same_dwelling_and_birth": rows("staff_id person_id", ("2", "p"))},
         [("1", "p"), ("1", "q"), ("2", "p")]),
]  # fmt: skip
