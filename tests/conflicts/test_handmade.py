"""The municipality written by hand, from its files to its conflicts, held against what its author expects."""

import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from graph.conflicts.find import find
from graph.conflicts.rules import read_policy
from graph.kinship.closure import closure
from ingest import pipeline
from ingest.identity.link import link
from ingest.language import mapping
from ingest.sources import acceptance
from ingest.sources.effective import effective

ROOT = Path(__file__).parents[2]
HANDMADE = ROOT / "tests" / "handmade"
EXPECTED = json.loads((HANDMADE / "expected" / "conflicts.json").read_text(encoding="utf-8"))
COUNTS = json.loads((HANDMADE / "expected" / "counts.json").read_text(encoding="utf-8"))["log"]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Find the conflicts of the municipality."""
    workspace = tmp_path_factory.mktemp("handmade")
    acceptance.accept(workspace, [HANDMADE / "exports"], mapping.load([HANDMADE / "mappings"]))
    with duckdb.connect() as con:
        manifest = effective(con, workspace)
        graph = pipeline.links(con, link(con))
        graph["RELATED_TO"] = closure(graph, sorted(set(graph["IDENTIFIED_AS"].column("end").to_pylist())))
        logs = [workspace / path for path in manifest.lookups]
        return find(graph, con, logs, read_policy(), lambda done, text: None)


@pytest.fixture(scope="module")
def lookups(found):
    """Give every kept lookup by id."""
    return {row["lookup_id"]: row for row in found.tables["Lookup"].to_pylist()}


@pytest.fixture(scope="module")
def pairs(found, lookups):
    """Give outcome and log rows of each viewer and subject."""
    conflicts = certain(found)
    result = {}
    for count in (row for row in found.tables["COUNTS"].to_pylist() if row["start"] in conflicts):
        conflict = conflicts[count["start"]]
        pair = result.setdefault((conflict["viewer_id"], conflict["subject_id"]), [conflict["outcome"], set()])
        pair[1] |= rows_of(lookups[count["end"]])
    return result


def certain(found):
    """Give the conflicts of viewers whose register identity is certain; the others wait for a decision."""
    rows = {row["conflict_id"]: row for row in found.tables["Conflict"].to_pylist()}
    return {key: row for key, row in rows.items() if row["identity_p"] >= 0.99}


def rows_of(lookup):
    """Give the log rows of a lookup: the read one, and the calling one where there is any."""
    caller = {(lookup["caller_file"], lookup["caller_line"])} if lookup["caller_line"] else set()
    return {(lookup["file"], lookup["line"])} | caller


def expected(*lists):
    """Give outcome and log rows of each pair that stands in these lists of the author."""
    return {
        (pair["viewer"], pair["subject"]): [pair["outcome"], {(row["file"], row["line"]) for row in pair["rows"]}]
        for name in lists
        for pair in EXPECTED[name]
    }


def test_every_conflict_with_its_rows_and_outcome_and_no_other(pairs):
    assert pairs == expected("conflicts", "annex")


def test_what_must_not_be_reported_or_is_only_a_tie(pairs):
    unwanted = EXPECTED["must_not_be_reported"] + EXPECTED["only_as_tie_outside_the_law"]
    assert not set(pairs) & {(pair["viewer"], pair["subject"]) for pair in unwanted}


NAMES = ("rows", "relayed_merged", "search_only", "joined")


def test_the_denominators(found):
    totals, unjoinable = Counter(), Counter()
    for day in found.facts.days:
        unjoinable.update(day.unjoinable)
        totals.update({name: getattr(day, name) for name in NAMES})
    for name in NAMES:
        assert totals[name] == COUNTS[name]
    assert unjoinable == COUNTS["unjoinable"]


def test_related_lookups_count_once(found):
    counts = [row for row in found.tables["COUNTS"].to_pylist() if row["start"] in certain(found)]
    suspicious = {row["end"] for row in counts if row["outcome"] == "suspicious"}
    assert len({row["end"] for row in counts} - suspicious) == COUNTS["related_explained"]
    assert len(suspicious) == COUNTS["related_suspicious"]


def test_the_annex_names_template_and_record(found):
    records = {(row["template"], row["record"]) for row in found.tables["COUNTS"].to_pylist() if row["template"]}
    assert records == {
        ("assignment", "fukushi_tanto.csv 3005"),
        ("reception", "uketsuke.csv R05-00069"),
        ("reception", "uketsuke.csv R05-00048"),
    }


def test_the_borrowed_sessions(found, lookups):
    groups = {
        (group.subject, group.holder, *(candidate.viewer for candidate in group.candidates)): set().union(
            *(rows_of(lookups[lookup]) for lookup in group.lookups)
        )
        for group in found.facts.borrowed
    }
    assert groups == {
        (group["subject"], group["holder"], group["candidate"]): {(row["file"], row["line"]) for row in group["rows"]}
        for group in EXPECTED["borrowed"]
    }
    assert all(group.away == len(group.lookups) for group in found.facts.borrowed)
    assert found.facts.borrowed_not_listed == 0
