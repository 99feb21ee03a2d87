"""What is published holds codes and numbers: no sentence, in no language."""

import json

import duckdb

KEPT = {"refused", "shrunk"}  # the reason is an error's, said in both languages where it was raised


def pairs(found, at=""):
    """Give where something stands in both languages."""
    if isinstance(found, dict):
        if {"en", "ja"} <= found.keys():
            yield at
        for key, value in found.items():
            yield from pairs(value, f"{at}/{key}")
    elif isinstance(found, list):
        for value in found:
            yield from pairs(value, at)


def published(workspace):
    """Give the facts of the published generation, and the factors of its conflicts."""
    (graph,) = workspace.glob("generations/*/graph.duckdb")
    with duckdb.connect(str(graph), read_only=True) as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        assert {"Conflict", "Generation"} <= tables
        facts = json.loads(con.execute('SELECT facts FROM "Generation"').fetchall()[0][0])
        factors = [json.loads(text) for (text,) in con.execute('SELECT factors FROM "Conflict"').fetchall()]
    return facts, factors


def test_no_sentence_is_in_the_facts_or_the_factors(handmade):
    facts, factors = published(handmade)
    assert [place for place in pairs(facts) if place.split("/")[1] not in KEPT] == []
    assert factors and list(pairs(factors)) == []
    assert {key for found in factors for factor in found for key in factor} == {"name", "value", "figures"}


def test_a_sentence_would_be_seen():
    assert list(pairs({"days": [{"why": {"en": "one", "ja": "一"}}]})) == ["/days/why"]
