"""Every place where a person's record keeps another spelling of the name."""

import pytest

from ingest.reading.gedcom.lines import parse
from ingest.reading.gedcom.persons import person

SATO = ("佐藤花子", "花子")


@pytest.mark.parametrize(
    "lines",
    [
        "1 NAME 花子 /佐藤/", "1 NAME /佐藤/ 花子", "1 NAME 佐藤 花子", "1 NAME 佐藤 /花子/", "1 NAME 佐藤, 花子",
        "1 NAME Hanako /Suzuki/\n2 TRAN 花子 /佐藤/\n3 LANG ja", "1 NAME Hanako /Suzuki/\n2 FONE 花子 /佐藤/",
        "1 NAME 花子 /鈴木/\n2 ROMN Hanako\n2 _MARNM 花子 /佐藤/", "1 NAME 花子 /鈴木/\n2 _MARNM 佐藤",
        "1 NAME 花子 /鈴木/\n1 _MARNM 佐藤", "1 NAME 花子 /鈴木/\n1 NAME /佐藤/\n2 TYPE married",
        "1 NAME 花子 /鈴木/\n1 NAME 花子 /佐藤/\n2 TYPE married", "1 NAME はな /佐藤/\n2 NICK 花子",
        "1 NAME\n2 GIVN 花子\n2 SURN 佐藤", "1 NAME Hanako /Sato/\n2 GIVN 花子\n2 SURN 佐藤",
        "1 NAME 花子 /鈴木/\n1 ALIA 花子 /佐藤/", "1 NAME 花代 /佐藤/\n1 NICK 花子", "1 NAME x /y/\n1 _AKA 花子 /佐藤/",
        "1 NAME x /y/\n1 FACT 花子 /佐藤/\n2 TYPE AKA", "1 NAME Dr. 花子 /佐藤/ 様\n2 NPFX Dr.\n2 NSFX 様",
        "1 NAME Hanako\n2 TRAN 花子 /鈴木/\n2 _MARNM 佐藤",
    ],
)  # fmt: skip
def test_a_name_is_found_wherever_it_stands(lines):
    (record,), _ = parse(f"0 @I1@ INDI\n{lines}")
    assert SATO in [(name.key, name.given_key) for name in person(record).names]


def test_the_first_name_is_the_usual_one_and_a_pointer_is_no_name():
    (record,), _ = parse("0 @I1@ INDI\n1 ALIA @I2@\n1 NAME 花子 /佐藤/\n2 _PRIM Y\n2 _UID 77")
    assert {name.written for name in person(record).names} == {"佐藤　花子", "花子　佐藤"}
    assert person(record).names[0].written == "佐藤　花子"
