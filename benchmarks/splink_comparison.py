"""Splink on the same staff and residents, to compare with: python -m benchmarks.splink_comparison FOLDER.

Optional: needs `pip install splink` (5.0, MIT), which nothing else here does. FOLDER is a synthetic municipality, its
exports read (`python -m benchmarks.identity read FOLDER`). Both get the same keys. Splink's probabilities are pairwise;
those of one member of staff are made to exclude each other here (W1).
"""

import sys
import time
from pathlib import Path
from typing import Any

import duckdb

import evaluation
from graph.steps.duckdb import within
from ingest.identity.compare import write_keys
from ingest.reading.towns import read_towns
from ingest.sources.effective import effective

# One row a human: the spelling now, birth date, sex, dwelling.
PEOPLE = """
SELECT f.id AS unique_id, any_value(f.surname) AS surname, any_value(f.given) AS given,
       nullif(any_value(f.surname_kana), '') AS surname_kana, nullif(any_value(f.given_kana), '') AS given_kana,
       CAST(any_value(p.birth) AS VARCHAR) AS birth, nullif(any_value(p.sex), '') AS sex,
       nullif(any_value(h.dwelling), '') AS dwelling, nullif(any_value(h.block), '') AS block
FROM {form} f JOIN {person} p ON p.{key} = f.id LEFT JOIN {place} h ON h.{key} = f.id
WHERE f.way = 'now' GROUP BY f.id ORDER BY f.id
"""
SIDES = {
    "staff": PEOPLE.format(form="member_form", person="member", place="member_place", key="staff_id"),
    "resident": PEOPLE.format(form="form", person="person", place="home", key="person_id"),
}
ONE_OF_N = """
WITH odds AS (
    SELECT unique_id_l AS a, unique_id_r AS b, match_probability / greatest(1 - match_probability, 1e-12) AS odds
    FROM found WHERE match_probability > 0.001
)
SELECT a, b, odds / (1 + sum(odds) OVER (PARTITION BY a)) AS p FROM odds
"""


def tables(folder: Path) -> dict[str, Any]:
    """Give both sides with the keys that linking itself compares."""
    with duckdb.connect() as con:
        effective(con, folder / "accepted")
        with within(con) as engine:
            write_keys(engine, read_towns(con))
            return {name: con.sql(query).to_arrow_table() for name, query in SIDES.items()}


def splink(sides: dict[str, Any]) -> Any:
    """Train and predict as Splink's own guide has it."""
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    blocks = [
        block_on("birth", "given"), block_on("birth", "surname"), block_on("birth", "given_kana"),
        block_on("surname", "given"), block_on("surname_kana", "given_kana"), block_on("dwelling", "given"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            library.ExactMatch("surname").configure(term_frequency_adjustments=True),
            library.ExactMatch("given").configure(term_frequency_adjustments=True),
            library.ExactMatch("surname_kana"), library.ExactMatch("given_kana"),
            library.DamerauLevenshteinAtThresholds("birth", 1),
            library.ExactMatch("dwelling"), library.ExactMatch("sex"),
        ],
    )  # fmt: skip
    api = DuckDBAPI()
    linker = Linker([api.register(sides["staff"]), api.register(sides["resident"])], settings)
    linker.training.estimate_probability_two_random_records_match(blocks[:1], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(blocks[0])
    linker.training.estimate_parameters_using_expectation_maximisation(blocks[3])
    return linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()


def main() -> None:
    """Print precision and recall at .99 and .95."""
    folder = Path(sys.argv[1])
    sides = tables(folder)
    begun = time.perf_counter()
    found = splink(sides)
    seconds = time.perf_counter() - begun
    staff = evaluation.key_table(folder, "staff")
    now = {key: person for key, person in zip(staff["staff_id"], staff["person_id"], strict=True) if person}
    ever = dict(zip(staff["staff_id"], staff["former_person_id"], strict=True))
    with duckdb.connect() as con:
        con.register("found", found)
        links = con.sql(ONE_OF_N).fetchall()
    for level in (0.99, 0.95):
        claimed = {a: b for a, b, p in links if p >= level}
        right = [a for a, b in claimed.items() if ever.get(a) == b]
        recall = sum(a in now for a in right) / len(now)
        print(
            f"splink ≥ {level}: precision {len(right) / max(len(claimed), 1):.4f}, recall {recall:.4f}, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
