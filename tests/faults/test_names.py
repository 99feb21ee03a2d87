"""Folder 12: characters that show nothing, in every column that rows are compared by."""

import json

from tests.commands import run

HIDDEN = {"name": "\u200b", "id": "\ufeff", "kana": "\u00ad", "day": "\u2060", "operator": "\u3164"}


def test_staff_with_invisible_characters_in_their_names_are_linked(faulty):
    """Folder 12."""
    found = {each["staff"]: each for each in _identity(faulty("12"))}
    assert [found[staff]["outcome"] for staff in ("0000301", "0000302", "0000303")] == ["linked"] * 3


def _identity(workspace):
    return json.loads(run("identity", "--all", "--workspace", workspace, "--format", "json").out)
