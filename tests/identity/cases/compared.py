"""How the two of a pair compare, and which record of one human stands for both."""

from datetime import date

from tests.literal import Case, rows

BORN, NEAR, OTHER = date(1980, 5, 21), date(1980, 5, 22), date(1971, 8, 3)
NAMES = ("latin r_latin surname r_surname surname_kana r_surname_kana given r_given given_kana r_given_kana"
         " person_id")  # fmt: skip
SPELLING = "staff_id person_id way written s g surname given surname_kana given_kana unread"
COMPARED = "staff_id person_id status sex birth surname given address"
PAIR = "staff_id person_id"


def surnames(*pairs):
    """Give pairs of (surname, theirs, kana, theirs) side by side, numbered."""
    return rows(
        NAMES, *((False, False, a, b, c, d, "", "", "", "", number) for number, (a, b, c, d) in enumerate(pairs))
    )


KANJI = ("山田", "山田", "ヤマタ", "ヤマタ")
SURNAMES = (KANJI, ("山田", "山田", "", "ヤマタ"), ("山田", "山田", "ヤマタ", "サンタ"), ("山田", "谷", "ヤマタ", "ヤマタ"),
            ("伊集院長", "伊集院張", "", ""), ("山田", "谷", "", ""), ("山田", "", "", ""), ("山〓", "山田", "", ""))  # fmt: skip
LEVELS = (6, 5, 4, 3, 1, 0, None, None)


def side_by_side(*levels):
    """Give the rows of SURNAMES as the step makes them."""
    return [(False, False, a, b, c, d, "", "", "", "", number, level)
            for number, ((a, b, c, d), level) in enumerate(zip(SURNAMES, levels, strict=True))]  # fmt: skip


def given_names(*levels):
    """Give the same of given names."""
    return [(False, False, "", "", "", "", a, b, c, d, number, level)
            for number, ((a, b, c, d), level) in enumerate(zip(SURNAMES, levels, strict=True))]  # fmt: skip


def spelled(way, s, g, written="now", surname="山田", person="p"):
    """Give how one spelling of a pair compares."""
    return ("1", person, way, written, s, g, surname, "花", "ヤマタ", "ハナ", False)


def best(surname, given, person="p", said="山田", alias=False, turned=False):
    """Give a pair with the best of its spellings."""
    return ("1", person, surname, given, said, "花", "ヤマタ", "ハナ", False, alias, turned)


def one(person, status, address="differs", birth="equal", given=6, staff="1"):
    """Give a pair as it was compared."""
    return (staff, person, status, "equal", birth, 6, given, address)


CASES = [
    Case("surname_level", "best first: kanji and kana, kanji without kana, kanji, kana, alike, another, nothing to compare",
         {"side_by_side": surnames(*SURNAMES)}, sorted(side_by_side(*LEVELS), key=repr)),
    Case("given_level", "the same of given names",
         {"surname_level": rows(NAMES, *(row[:-1] for row in given_names(*LEVELS)))},
         sorted(given_names(*LEVELS), key=repr)),
    Case("name_level", "the best spelling of each part",
         {"spelling_level": rows(SPELLING, spelled("now", 0, 6), spelled("past", 6, 4)), "former": rows("person_id former_surname")},
         [best(2, 6)]),
    Case("name_level", "a surname before a marriage; an alias alone; a name turned round that agrees in both parts, or not",
         {"spelling_level": rows(SPELLING, spelled("now", 0, 6), spelled("alias", 6, 6, person="q"),
                                 spelled("now", 4, 4, written="turned", person="r"),
                                 spelled("now", 1, 4, written="turned", person="s")),
          "former": rows("person_id former_surname", ("p", "山田"))},
         [best(2, 6), best(6, 6, "q", alias=True), best(4, 4, "r", turned=True)]),
    Case("dependant_met", "who lives there, born that day, with the given name",
         {"pair": rows(PAIR, ("1", "p"), ("1", "q")),
          "declared": rows("staff_id birth name kana", ("1", BORN, "山田花", ""), ("1", BORN, "山田桜", "")),
          "declared_form": rows("name kana whole reading", ("山田花", "", "山田花", ""), ("山田桜", "", "山田桜", "")),
          "housemate": rows("person_id mate birth given given_kana", ("p", "m", BORN, "花", ""), ("p", "n", OTHER, "桜", ""),
                            ("q", "o", BORN, "梅", ""))},
         [("1", "p", 1)]),
    Case("address_level", "dwelling, a former one, outside, unknown, block, town, another",
         {"pair": rows(PAIR, *((staff, "p") for staff in "1234567")),
          "member_place": rows("staff_id place town block dwelling", ("1", "here", "a", "a-1", "a-1-2"),
                               ("2", "here", "b", "b-1", "b-1-1"), ("3", "outside", "x", "", "x-1"), ("4", "unknown", "", "", ""),
                               ("5", "here", "a", "a-1", "a-1-9"), ("6", "here", "a", "a-5", "a-5-1"),
                               ("7", "here", "c", "c-1", "c-1-1")),
          "home": rows("person_id town dwelling", ("p", "a", "a-1-2")),
          "any_place": rows("person_id block dwelling", ("p", "a-1", "a-1-2"), ("p", "b-1", "b-1-1"))},
         [("1", "p", "a-1-2", "a-1", "a", "dwelling"), ("2", "p", "b-1-1", "b-1", "b", "before"),
          ("3", "p", "x-1", "", "x", "outside"), ("4", "p", "", "", "", "missing"), ("5", "p", "a-1-9", "a-1", "a", "block"),
          ("6", "p", "a-5-1", "a-5", "a", "town"), ("7", "p", "c-1-1", "c-1", "c", "differs")]),
    Case("fact_level", "birth dates once written count; dependants whom nobody met are none, undeclared ones nothing",
         {"pair": rows(PAIR, ("1", "p"), ("1", "q"), ("2", "p")),
          "member": rows("staff_id birth sex", ("1", BORN, "F"), ("2", OTHER, "")),
          "person": rows("person_id status protected birth sex", ("p", "resident", False, NEAR, "F"), ("q", "moved", True, NEAR, "M")),
          "birth_date": rows("person_id birth", ("p", NEAR), ("p", BORN), ("q", NEAR)),
          "dependant": rows("staff_id", "1"), "dependant_met": rows("staff_id person_id found", ("1", "p", 2))},
         [("1", "p", "resident", False, "equal", "equal", "F", BORN, 2), ("1", "q", "moved", True, "near", "differs", "F", BORN, 0),
          ("2", "p", "resident", False, "differs", "missing", "", OTHER, None)]),
    Case("bearer", "each resident once, an empty value never",
         {"form": rows("id surname given surname_kana given_kana", ("p", "山田", "花", "", ""), ("p", "山田", "桜", "", ""),
                       ("q", "山田", "", "", "")),
          "home": rows("person_id dwelling block town", ("p", "a-1-2", "a-1", "a"), ("q", "", "a-1", "a")),
          "person": rows("person_id birth", ("p", BORN), ("q", BORN))},
         [("birth", "1980-05-21", 2), ("block", "a-1", 2), ("dwelling", "a-1-2", 1), ("given", "桜", 1), ("given", "花", 1),
          ("surname", "山田", 2), ("town", "a", 2)]),
    Case("compared", "what nobody bears is borne by none",
         {"name_level": rows("staff_id person_id surname_said given_said surname_kana_said given_kana_said",
                             ("1", "p", "山田", "花", "ヤマタ", "ハナ")),
          "fact_level": rows("staff_id person_id born", ("1", "p", BORN)),
          "address_level": rows("staff_id person_id dwelling block town", ("1", "p", "a-1-2", "a-1", "a")),
          "person": rows("person_id", "p", "q", "r"),
          "bearer": rows("what value n", ("surname", "山田", 3), ("given", "花", 2), ("birth", "1980-05-21", 1), ("given", "山田", 9))},
         [("1", "p", "山田", "花", "ヤマタ", "ハナ", BORN, "a-1-2", "a-1", "a", 3, 3, 2, 0, 0, 1, 0, 0, 0)]),
    Case("returned", "one moved away, one is here, and name and birth date are equal",
         {"compared": rows(COMPARED, one("p", "resident"), one("q", "moved", "block"), one("r", "moved", birth="near"),
                           one("s", "moved", given=3), one("t", "moved", staff="2"))},
         [("1", "p", "q", True)]),
    Case("candidate", "the one that is here stands for both, and an address of before fits it",
         {"compared": rows(COMPARED, one("p", "resident"), one("q", "moved", "block"), one("r", "resident", staff="2")),
          "returned": rows("staff_id here gone fits", ("1", "p", "q", True))},
         [one("p", "resident", "before"), one("r", "resident", staff="2")]),
]  # fmt: skip
