"""docs/neo4j.md: every query of the tour is asked on a real server and answers what stands under it.

`ENKAN_REFRESH=1 pytest tests/store/test_tour.py` writes the answers into the page.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import synthetic
from graph.conflicts.rules import read_policy
from graph.store.neo4j import Neo4jStore
from ingest import pipeline
from ingest.language import mapping
from report import output

PAGE = Path(__file__).parents[2] / "docs" / "neo4j.md"
STEP = re.compile(r"(```cypher\n(.*?)```\n)(?:\n```text\n.*?```\n)?", re.DOTALL)
ASKED = {"person": "000000010038227", "other": "000000010038243"}  # of the town of docs/walks.md
MOST = 5  # rows in the page


def answer(neo4j, query: str) -> str:
    rows = neo4j.run(query, **{name: value for name, value in ASKED.items() if f"${name}" in query})
    shown = [{name: _plain(value) for name, value in row.items()} for row in rows[:MOST]]
    more = f"… {len(rows) - MOST} more\n" if len(rows) > MOST else ""
    return output.as_table(shown) + more if rows else "no rows\n"


def _plain(value):
    if isinstance(value, list):
        return " → ".join(map(str, value))
    return "" if value is None else re.sub(r"\.\d+$", "", str(value))


def test_every_query_of_the_tour_answers_what_the_page_says(neo4j, tmp_path):
    synthetic.make("3000", 4, tmp_path, ["logs=0.3"], lambda done, text: None)
    run = pipeline.ingest(
        tmp_path / "var", [tmp_path / "exports"], mappings=mapping.load([]),
        policy=replace(read_policy(), graph_lookups="all", preset="725"),
        open_store=lambda: Neo4jStore(neo4j.uri, user=neo4j.user, password=neo4j.password, owner="tour"),
        progress=lambda done, text: None,
    )  # fmt: skip
    assert run.published
    text = PAGE.read_text(encoding="utf-8")
    now = STEP.sub(lambda step: f"{step[1]}\n```text\n{answer(neo4j, step[2])}```\n", text)
    if os.environ.get("ENKAN_REFRESH"):
        PAGE.write_text(now, encoding="utf-8")
    assert now == PAGE.read_text(encoding="utf-8")
    assert now.count("```text") == len(STEP.findall(now)) >= 5 and now.count("no rows") <= 1
