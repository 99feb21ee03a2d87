"""Kinship of whole towns: one written by hand, whose ties are known, and a synthetic one against the oracle."""

import csv
from datetime import date
from itertools import groupby, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import cli
import synthetic
from graph.answers.ties import people_on, ties
from graph.kinship import pair, terms
from graph.kinship.closure import closure
from graph.kinship.network import INPUTS
from graph.model import Grade, Relation
from graph.records.certainty import CERTAIN
from graph.store.duckdb import DuckDBStore
from tests.kinship.oracle import Oracle

HANDMADE = Path(__file__).parents[1] / "handmade"
LAST_DAY = date(2024, 5, 31)


def published(folder: Path, *words: str | Path) -> DuckDBStore:
    """Ingest exports into a workspace and open what was published."""
    log = ("--workspace", folder, "--quiet", "--out", folder / "ingest.txt")
    folder.mkdir()
    assert cli.main([str(word) for word in ("ingest", *words, *log)]) == 0
    store = DuckDBStore(folder)
    store.current()
    return store


@pytest.fixture(scope="module")
def handmade(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handmade") / "var"
    with published(folder, HANDMADE / "exports", "--mappings", HANDMADE / "mappings") as store:
        yield store


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("village")
    synthetic.make("village", 5, folder, ["logs=0"], lambda share, what: None)
    with published(folder / "var", folder / "exports") as store:
        yield store


def expected_ties() -> dict[tuple[str, ...], str]:
    """Read the ties set down by hand, with the grade none may fall below; a tie outside the law has no steps."""
    with (HANDMADE / "expected" / "ties.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row if row["kind"] != "tie" else row | {"up": "", "down": ""} for row in csv.DictReader(lines)]
    key = ("staff_id", "person_id", "kind", "up", "down", "side", "nature", "half", "tense_at_end")
    return {tuple(row[name] for name in key): row["grade_floor"] for row in rows}


def found_ties(store: DuckDBStore) -> dict[tuple[str, ...], str]:
    """Give the ties of all linked staff to people in the resident register as of the last day, with their grades."""
    found = {}
    for link in store.select("IDENTIFIED_AS"):
        if link.p < CERTAIN:
            continue
        rows = [row for row in pair.around(store, link.end).relations(link.end) if ":" not in row.end]
        people = people_on(store, rows)
        for end, group in groupby(sorted(rows, key=lambda row: row.end), key=lambda row: row.end):
            for tie in ties(group, people, LAST_DAY):
                steps = ["" if n is None else str(n) for n in (tie.up, tie.down)]
                key = (link.start, end, tie.kind, *steps, tie.side, tie.nature, tie.half, str(tie.tense))
                found[key] = tie.grade
    return found


def test_every_tie_set_down_by_hand_is_found_and_no_other_kin_is_claimed(handmade):
    expected, found = expected_ties(), found_ties(handmade)
    assert set(expected) - set(found) == set()
    assert {key for key in set(found) - set(expected) if key[2] != "tie"} == set()


def test_no_tie_is_founded_worse_than_it_may_be(handmade):
    order, found = list(Grade), found_ties(handmade)
    floors = {key: floor for key, floor in expected_ties().items() if floor}
    worse = {key: found[key] for key, floor in floors.items() if order.index(found[key]) > order.index(floor)}
    assert worse == {}


def test_who_is_not_kin_is_at_most_a_tie(handmade):
    with (HANDMADE / "expected" / "not_kin.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {(row["staff_id"], row["person_id"]): row["may_be_shown_as"] for row in csv.DictReader(lines)}
    kinds = {key[:2]: key[2] for key in found_ties(handmade) if key[:2] in rows}
    assert kinds == {pair: "tie" for pair, shown in rows.items() if shown == "tie"}


def test_ties_are_named_in_both_languages(handmade):
    cousins = [r for r in pair.around(handmade, "0000100625").ties("0000100625", "0000100692") if r.kind == "blood"]
    people = {p.person_id: p for p in handmade.people(sorted({i for r in cousins for i in r.path}))}
    named = [terms.term(r, people, "current", lang) for r in cousins for lang in ("ja", "en")]
    assert named == ["母方のいとこ", "maternal first cousin"]


@pytest.fixture(scope="module")
def villagers(village):
    """Every relation of every person of the village, residents and all whom the registers name or imply."""
    graph = {kind: village.read(kind) for kind in INPUTS}
    return graph, closure(graph, graph["Person"]["person_id"].to_pylist())


def test_a_whole_village_agrees_with_the_oracle(villagers):
    graph, relations = villagers
    oracle = Oracle(
        *(graph[kind].to_pylist() for kind in ("Person", "PARENT_OF", "SPOUSE_OF", "Household", "MEMBER_OF"))
    )
    people = graph["Person"]["person_id"].to_pylist()
    wrong = {}
    for first in range(0, len(people), 5000):
        batch = people[first : first + 5000]
        here = relations.filter(pc.is_in(relations["start"], pa.array(batch)))
        told = {(a, *key): value for a in batch for key, value in oracle.relations(a).items()}
        wrong |= dict(set(by_key(here).items()) ^ set(told.items()))
    assert dict(islice(wrong.items(), 5)) == {}  # a few tell what is wrong; a million fill the memory
    assert len(people) > 50_000 and relations.num_rows > 1_000_000


def by_key(relations):
    """Give relations as the oracle does."""
    keys = ("start", "end", "kind", "up", "down", "side", "nature", "half", "valid_from")
    columns = (relations[name].to_pylist() for name in (*keys, "valid_to", "grade", "label", "path", "may_end"))
    return {row[: len(keys)]: (*row[len(keys) : -2], tuple(row[-2]), row[-1]) for row in zip(*columns, strict=True)}


@pytest.mark.parametrize("lang", terms.NAMES)
@pytest.mark.parametrize("tense", ["current", "former"])
def test_every_relation_of_villagers_has_words(village, villagers, tense, lang):
    people = {person.person_id: person for person in village.select("Person")}
    some = villagers[1].slice(0, 20_000).to_pylist()
    assert all(terms.term(Relation(**row), people, tense, lang) for row in some)
