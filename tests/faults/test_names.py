"""Folders 01, 02, 12 and 13: staff whom personnel and register write in different ways."""

import json

import pytest

from tests.commands import run
from tests.faults.conftest import FAULTS

WRITTEN_IN_LATIN = tuple(f"0000{number}" for number in range(301, 309))
TURNED_ROUND = tuple(f"0000{number}" for number in range(301, 308))


def test_a_name_in_latin_letters_is_met_by_its_reading(faulty):
    """Folder 01: kana, birth date and address link; whatever else differs, the true record is shown."""
    found = _identity(faulty("01"))
    assert {found[staff]["outcome"] for staff in ("0000301", "0000303", "0000308")} == {"linked"}
    for staff in WRITTEN_IN_LATIN:
        assert found[staff]["outcome"] in ("linked", "review")
        assert found[staff]["candidates"][0]["person"] == _resident(staff)


@pytest.mark.parametrize("staff", TURNED_ROUND)
def test_surname_and_given_name_in_each_other_s_place_are_a_question(faulty, staff):
    """Folder 02: a known slip of entry, and no link without a person."""
    found = _identity(faulty("02"))[staff]
    assert found["outcome"] == "review"
    assert found["candidates"][0]["person"] == _resident(staff)
    assert "氏と名が逆、又は名だけの記載" in found["candidates"][0]["evidence"]


def test_staff_with_invisible_characters_in_their_names_are_linked(faulty):
    """Folder 12."""
    found = _identity(faulty("12"))
    assert [found[staff]["outcome"] for staff in ("0000301", "0000302", "0000303")] == ["linked"] * 3


def test_the_file_with_invisible_characters_is_warned_of(tmp_path):
    """Folder 12: three cells, of which one has two."""
    done = run("ingest", _exports("12"), "--workspace", tmp_path, "--format", "json")
    warnings = {each["file"]: each["warnings"] for each in json.loads(done.out)["files"]}
    assert warnings["shokuin_20240531.csv"] == {"invisible": 3}
    assert "shokuin_20240531.csv: 見えない文字を含む欄: 3" in done.err


@pytest.mark.parametrize("staff", ["0000301", "0000302", "0000303"])
def test_one_s_own_town_in_another_spelling_links_as_no_address_does(faulty, staff):
    """Folder 13: tier 6, not 7."""
    found = _identity(faulty("13"))[staff]
    assert (found["outcome"], found["candidates"][0]["tier"]) == ("linked", 6)
    assert "人事の住所は市外" not in found["candidates"][0]["evidence"]


def _exports(number):
    (folder,) = FAULTS.glob(f"{number}-*")
    return folder / "exports"


def _resident(staff):
    return f"00000000000{staff[4:]}0"


def _identity(workspace):
    told = run("identity", "--all", "--workspace", workspace, "--format", "json").out
    return {each["staff"]: each for each in json.loads(told)}
