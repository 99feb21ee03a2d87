"""What is read of personnel records."""

from datetime import date

from tests.literal import Case, rows

BORN, SINCE, UNTIL = date(1980, 5, 21), date(2020, 4, 1), date(2024, 4, 1)
DEPENDANT = "staff_id name kana relation birth together valid_from valid_to file line seen_until"
CONTACT = "staff_id name kana relation address file line seen_until"
RESIDENT = "person_id name kana birth household_id town number"

CASES = [
    Case("uses", "an account of known staff, from day to day",
         {"account_row": rows("staff_id system operator since ends", ("1", "T", "z", SINCE, UNTIL), ("9", "T", "y", SINCE, None)),
          "staff_row": rows("staff_id", "1")},
         [("1", "T:z", SINCE, UNTIL)]),
    Case("named_relative", "dependants and contacts who are still named, those with a birth date first",
         {"dependant": rows(DEPENDANT, ("1", "花", "", "子", None, True, SINCE, None, "d", 1, None),
                            ("1", "桜", "", "子", BORN, True, SINCE, None, "d", 2, None),
                            ("1", "梅", "", "子", BORN, True, SINCE, None, "d", 3, UNTIL)),
          "emergency_contact": rows(CONTACT, ("1", "松", "", "母", "本町1", "c", 1, None), ("1", "竹", "", "父", "", "c", 2, UNTIL))},
         [("1", "桜", "", "子", BORN, True, SINCE, None, "", "d", 2), ("1", "松", "", "母", None, None, None, None, "本町1", "c", 1),
          ("1", "花", "", "子", None, True, SINCE, None, "", "d", 1)]),
    Case("housemate", "everyone who ever lived there, but nobody of no household",
         {"linked": rows("staff_id person_id", ("1", "p"), ("2", "s")),
          "resident": rows(RESIDENT, ("p", "花", "", BORN, "h", "", ""), ("q", "桜", "", BORN, "h", "", ""),
                           ("r", "梅", "", BORN, "i", "", ""), ("s", "松", "", BORN, "", "", ""), ("t", "竹", "", BORN, "", "", ""))},
         [("1", "q", "桜", "", BORN)]),
    Case("namesake", "whoever has the name, under every address",
         {"called": rows("name key", ("渡邊 花", "渡辺花")),
          "resident": rows(RESIDENT, ("p", "渡邊 花", "", BORN, "h", "本町", "1番"), ("p", "渡邊 花", "", BORN, "i", "南町", "2番"),
                           ("q", "川 花", "", BORN, "h", "本町", "1番"))},
         [("渡辺花", "p", BORN, "南町", "2番"), ("渡辺花", "p", BORN, "本町", "1番")]),
]  # fmt: skip
