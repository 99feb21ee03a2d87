"""A filter that matches nothing is wrong usage; a section is that of the day, with its sub-units and own sums."""

import json
from datetime import date
from pathlib import Path

import pytest

from graph.answers import sections
from graph.errors import UsageError
from graph.workspace import open_workspace
from tests.commands import run
from words.nearest import nearest, spellings

HANDMADE = Path(__file__).parents[1] / "handmade"
RENAMED = {
    "税務課課税係": "生活支援課第1係", "福祉課生活支援係": "生活支援課（保護）", "町民課窓口係": "生活支援課題室",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """椋川町 with its sections renamed: two sub-units of 生活支援課, and one that only begins alike."""
    folder, workspace = tmp_path_factory.mktemp("exports"), tmp_path_factory.mktemp("town")
    for source in (HANDMADE / "exports").iterdir():
        target = folder / source.name
        target.write_bytes(_renamed(source.read_bytes()) if source.name == "shokuin.csv" else source.read_bytes())
    done = run("ingest", folder, "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    assert done.status == 0, done.err
    return workspace


def _renamed(raw):
    encoding = "cp932" if b"\x90E" in raw[:200] else "utf-8-sig"
    text = raw.decode(encoding)
    for old, new in RENAMED.items():
        text = text.replace(old, new)
    return text.encode(encoding)


def _report(workspace, *words):
    done = run("report", "--workspace", workspace, "--format", "json", *words)
    assert done.status == 0, done.err
    return json.loads(done.out)


def _holds(found):
    assert found["rows"] == found["lookups"] + found["relayed_merged"]
    assert found["lookups"] == found["joined"] + found["search_only"] + sum(found["unjoinable"].values())
    assert found["joined"] == found["related"] + found["unrelated"]
    assert found["related"] == found["related_explained"] + found["related_suspicious"]
    assert found["unrelated"] == found["unrelated_explained"] + found["unrelated_unexplained"]
    assert 0 <= found["unlinked_viewer"] <= found["unrelated"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["課税", "生活支援", "生活支援課題", "だれもいない課", ""])
def test_s1_an_unknown_section_is_wrong_usage(town, name, lang):
    done = run("report", "--workspace", town, "--section", name, "--lang", lang)
    assert (done.status, done.out) == (2, "")
    assert "生活支援課第1係" in done.err or name in ("だれもいない課", "", "課税")
    assert ("という所属は" if lang == "ja" else "is no section") in done.err


def test_s1_a_section_takes_its_sub_units_along_and_says_so(town):
    found = _report(town, "--section", "生活支援課")
    assert found["section"]["units"] == ["生活支援課第1係", "生活支援課（保護）"]
    assert found["section"]["alike"] == ["生活支援課題室"] and found["asked"]["section"] == "生活支援課"
    table = run("report", "--workspace", town, "--section", "生活支援課").out
    assert "含めた所属: 生活支援課第1係、生活支援課（保護）。" in table and "生活支援課題室" in table
    assert {case["viewer_section"] for case in found["conflicts"]} <= {"生活支援課第1係", "生活支援課（保護）"}


def test_s1_width_and_spaces_of_a_name_do_not_matter(town):
    one = _report(town, "--section", "生活支援課　第１係")
    assert one["section"]["units"] == ["生活支援課第1係"]
    assert one["denominators"] == _report(town, "--section", "生活支援課第1係")["denominators"]


@pytest.mark.parametrize("name", [*RENAMED.values(), "生活支援課"])
@pytest.mark.parametrize("words", [(), ("--preset", "core"), ("--since", "2023-09-01", "--until", "2024-01-31")])
def test_s1_the_sums_of_a_section_hold(town, name, words):
    found = _report(town, "--section", name, *words)
    _holds(found["denominators"])
    whole = _report(town, *words)
    assert 0 < found["denominators"]["lookups"] < whole["denominators"]["lookups"]
    assert {c["conflict_id"] for c in found["conflicts"]} <= {c["conflict_id"] for c in whole["conflicts"]}


def test_s1_what_nobody_of_a_section_took_part_in_is_not_in_its_report(town):
    whole = _report(town)
    found = [_report(town, "--section", name) for name in RENAMED.values()]
    listed = [
        {case["conflict_id"] for part in ("conflicts", "annex", "to_confirm") for case in each[part]} for each in found
    ]
    every = {case["conflict_id"] for part in ("conflicts", "annex", "to_confirm") for case in whole[part]}
    assert set().union(*listed) == every and all(ids < every for ids in listed)
    groups = [{(g["holder"], g["subject"]) for g in each["borrowed"]} for each in found]
    assert set().union(*groups) == {(g["holder"], g["subject"]) for g in whole["borrowed"]}


def test_s1_the_section_is_that_of_the_day(town):
    """Whoever has moved counts where they were, and a terminal where it stood."""
    with open_workspace(town) as opened:
        kept = sections.scope(opened._store, "生活支援課第1係")
        whole = opened.looked()
        inside = [x for x in whole if kept.took_part(x.viewer, x.lookup.terminal, x.lookup.time.date())]
        report = opened.report(section="生活支援課第1係")
    assert len({x.lookup.lookup_id for x in inside}) == report.denominators.lookups


def test_s1_days_without_a_posting_are_those_of_todays_section():
    first, last = date(2020, 4, 1), date(2021, 4, 1)
    assert list(sections._between([(first, last)])) == [(date(1, 1, 1), first), (last, None)]
    assert list(sections._between([(date(1, 1, 1), None)])) == []
    assert list(sections._between([])) == [(date(1, 1, 1), None)]


@pytest.mark.parametrize(
    "words",
    [("--since", "2030-01-01"), ("--until", "2000-01-01"), ("--as-of", "2000-01-01"),
     ("--since", "2024-02-01", "--until", "2024-01-01"), ("--since", "2024-02-01", "--as-of", "2024-01-01")],
)  # fmt: skip
def test_s1_a_period_outside_the_data_is_wrong_usage_and_names_what_there_is(town, words):
    done = run("report", "--workspace", town, *words)
    assert (done.status, done.out) == (2, "")
    assert "2023-04-04〜2024-05-31" in done.err or "後です" in done.err


def test_s1_a_period_partly_outside_the_data_says_so_and_claims_no_more(town):
    found = _report(town, "--since", "2020-01-01", "--until", "2030-12-31")
    assert found["period"] == {"since": "2023-04-04", "until": "2024-05-31"}
    assert found["asked"]["since"] == "2020-01-01" and found["asked"]["until"] == "2030-12-31"
    said = run("report", "--workspace", town, "--since", "2020-01-01", "--lang", "en").out.splitlines()[0]
    assert "the logs cover 2023-04-04 to 2024-05-31" in said and "from 2020" not in said


def test_s1_nobody_looked_is_said_as_that_and_not_as_an_all_clear(town):
    quiet = run("report", "--workspace", town, "--since", "2023-04-08", "--until", "2023-04-09")
    assert quiet.status == 0 and "対象の閲覧はありません" in quiet.out and "調べました" not in quiet.out


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("fmt", ["table", "html"])
def test_the_first_sentence_says_of_how_much_the_kin_are_unknown(town, fmt, lang):
    found = _report(town)["denominators"]
    part = round(100 * found["unlinked_viewer"] / found["joined"])
    out = run("report", "--workspace", town, "--format", fmt, "--lang", lang).out
    assert (f"うち{part}%" if lang == "ja" else f"for {part} %") in out


def test_a_preset_that_there_is_not_is_wrong_usage_in_a_notebook_too(town):
    with open_workspace(town) as opened, pytest.raises(UsageError, match="'5' is no preset"):
        opened.conflicts(preset="5")


def test_the_nearest_names_come_first_by_number_then_by_what_holds_them():
    assert nearest("1375", ["0013750", "0001375"])[0] == "0001375"
    assert nearest("課税", ["市民課", "税務課課税係"]) == ["税務課課税係"]
    assert nearest("qqq", ["市民課"]) == []
    assert "0001375" in spellings("１３７５") and spellings("hr:1") == ["hr:1"]
