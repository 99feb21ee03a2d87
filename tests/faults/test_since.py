"""A report beside an earlier one sees more than new pairs: growth, borrowed groups, cases to confirm, holes."""

import copy
import json
from pathlib import Path

import pytest

from report.since import Holes, holes
from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """椋川町."""
    workspace = tmp_path_factory.mktemp("town")
    done = run("ingest", HANDMADE / "exports", "--mappings", HANDMADE / "mappings", "--workspace", workspace)
    assert done.status in (0, 4), done.err
    return workspace


@pytest.fixture(scope="module")
def whole(town):
    """Its report."""
    return json.loads(run("report", "--workspace", town, "--format", "json").out)


@pytest.fixture
def since(town, tmp_path):
    """Set the report beside an earlier one, with further options; give what the command left, and its JSON."""

    def beside(earlier, *options):
        path = tmp_path / "base.json"
        path.write_text(json.dumps(earlier), encoding="utf-8")
        words = ("--workspace", town, "--since-report", path, "--fail-on-new", *options)
        done = run("report", *words, "--format", "json")
        return done, json.loads(done.out)["since_report"] if done.out else None

    return beside


@pytest.fixture
def base(whole):
    """The report itself, to be made an earlier one."""
    return copy.deepcopy(whole)


def test_the_same_report_has_nothing_new(since, base):
    done, told = since(base)
    assert done.status == 0
    for part in (told, *told["parts"].values()):
        assert not any(part[name] for name in ("new", "grown", "changed", "gone"))
    assert told["parts"].keys() == {"conflicts", "to_confirm", "borrowed"} and told["not_compared"] == []


@pytest.mark.parametrize("part", ["conflicts", "to_confirm", "borrowed"])
def test_further_lookups_of_what_was_known_are_growth(since, base, part):
    item = max(base[part], key=lambda each: len(each["lookups"]))
    item["lookups"].pop()
    done, told = since(base)
    key = item.get("conflict_id") or item["borrowed_id"]
    assert done.status == 3 and told["parts"][part]["grown"] == [key] and told["parts"][part]["new"] == []
    assert told["grown"] == ([] if part == "borrowed" else [key])


@pytest.mark.parametrize("part", ["conflicts", "to_confirm", "borrowed"])
def test_what_was_not_there_is_new_and_what_was_is_gone(since, base, part):
    there = base[part].pop()
    other = copy.deepcopy(there) | {"conflict_id": "c-other", "subject": "0"}
    base[part].append(other)
    done, told = since(base)
    key = there.get("conflict_id") or there["borrowed_id"]
    assert done.status == 3 and told["parts"][part]["new"] == [key] and len(told["parts"][part]["gone"]) == 1


def test_a_base_from_before_borrowed_groups_had_ids_is_read(since, base):
    for group in base["borrowed"]:
        del group["borrowed_id"]
    assert since(base)[0].status == 0


def test_an_explained_case_that_nothing_explains_any_more_is_new(since, base):
    moved = base["conflicts"].pop()
    base["annex"].append(moved)
    done, told = since(base)
    assert done.status == 3 and told["new"] == [moved["conflict_id"]]


def test_a_lookup_that_nothing_explains_any_more_is_growth(since, base):
    base["conflicts"][0]["lookups"][0]["outcome"] = "explained"
    done, told = since(base)
    assert done.status == 3 and told["grown"] == [base["conflicts"][0]["conflict_id"]]


def test_whoever_was_to_be_confirmed_and_is_sure_now_is_not_new(since, base):
    moved = base["conflicts"].pop()
    base["to_confirm"].append(moved | {"identity": {"p": 0.6, "tier": 6, "decided_by": ""}})
    done, told = since(base)
    assert done.status == 0 and told["changed"] == told["parts"]["conflicts"]["changed"] == [moved["conflict_id"]]
    assert told["parts"]["to_confirm"]["gone"] == []


@pytest.mark.parametrize("options", [("--preset", "core"), ("--section", "税務課課税係"), ("--since", "2023-06-01")])
def test_a_report_that_was_asked_for_something_else_is_refused(since, base, options):
    done, _ = since(base, *options)
    assert done.status == 2 and options[0][2:] in done.err and not done.out


def test_a_preset_that_is_the_usual_one_is_the_same(since, base):
    assert since(base, "--preset", base["policy"]["preset"])[0].status == 0


def test_a_report_that_ends_later_is_refused_and_one_that_ends_earlier_is_not(town, whole, since, tmp_path):
    done, _ = since(whole, "--until", "2023-12-31")
    assert done.status == 2 and whole["period"]["until"] in done.err
    early = json.loads(run("report", "--workspace", town, "--until", "2023-12-31", "--format", "json").out)
    assert since(early)[0].status == 3
    assert since(early, "--until", "2023-12-31")[0].status == 0


def test_a_report_that_does_not_say_what_it_was_asked_for_is_compared_as_far_as_it_goes(since, base):
    del base["asked"]
    done, told = since(base)
    assert done.status == 0 and len(told["not_compared"]) == 1
    assert since(base, "--preset", "core")[0].status == 2


def test_what_the_logs_lack_is_compared_day_by_day():
    log = {"system": "税務", "absent": ["2023-05-08"], "thin": [{"day": "2023-05-09", "rows": 1, "expected": 9}]}
    gap = {"serial_gaps": [{"after": "10", "before": "13", "missing": 2}]}
    whole, with_holes = {"log_coverage": []}, {"log_coverage": [log | gap]}
    names = ("税務:10..13", "税務:2023-05-08", "税務:2023-05-09")
    assert holes(with_holes, whole) == Holes(new=names, gone=())
    assert holes(whole, with_holes) == Holes(new=(), gone=names)
    assert holes(whole, {}) is holes({}, whole) is None


@pytest.mark.parametrize(("lang", "words"), [("ja", ("新規 1", "増加 1")), ("en", ("new 1", "grown 1"))])
@pytest.mark.parametrize("fmt", ["table", "html", "csv"])
def test_every_format_tells_new_and_grown(town, base, tmp_path, fmt, lang, words):
    base["conflicts"].pop()
    base["conflicts"][0]["lookups"].pop()
    gone = base["borrowed"][0]["borrowed_id"]
    base["borrowed"] = base["borrowed"][1:]
    path = tmp_path / "base.json"
    path.write_text(json.dumps(base), encoding="utf-8")
    done = run("report", "--workspace", town, "--since-report", path, "--format", fmt, "--lang", lang)
    assert all(word in done.out + done.err for word in (*words, gone))


def test_what_is_no_report_is_a_sentence_in_the_reader_s_language(town, tmp_path):
    path = tmp_path / "base.json"
    for text in ("[]", "{}", "{", '{"conflicts": [], "to_confirm": [], "borrowed": []}'):
        path.write_text(text, encoding="utf-8")
        done = run("report", "--workspace", town, "--since-report", path)
        assert done.status == 1 and "報告ではありません" in done.err
