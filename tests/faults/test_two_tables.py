"""The same bytes read twice: into two tables they are two sources, into one the second is a duplicate."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run

HANDMADE = Path(__file__).parents[1] / "handmade"
ADDRESSES = """
table = "koseki_address"
files = ["utsushi*.csv"]
extent = "full"
[columns]
honseki = "本籍"
register_head = "筆頭者氏名"
version = { from = "戸籍区分", codes = { 1 = "current", 2 = "closed", 3 = "superseded" }, otherwise = "current" }
given_name = "名"
address = "本籍"
"""
ENTRY = "koseki_kisai.csv"


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    for part in ("exports", "mappings"):
        shutil.copytree(HANDMADE / part, tmp_path / part)
    return tmp_path


def ingest(delivery: Path) -> dict[str, Any]:
    done = run(
        "ingest", delivery / "exports", "--mappings", delivery / "mappings", "--workspace", delivery / "var",
        "--format", "json", "--quiet",
    )  # fmt: skip
    assert done.status == 0, done.err
    return dict(json.loads(done.out))


def counts(delivery: Path) -> tuple[int, int]:
    report = json.loads(run("report", "--workspace", delivery / "var", "--format", "json").out)
    status = json.loads(run("status", "--workspace", delivery / "var", "--format", "json").out)
    return status["counts"]["PARENT_OF"], len(report["conflicts"])


def of(told: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (file for file in told["files"] if file["file"] == name)
    return dict(found)


def test_r1_the_same_bytes_in_two_tables_are_two_sources(delivery: Path) -> None:
    ingest(delivery)
    alone = counts(delivery)
    shutil.copy(delivery / "exports" / ENTRY, delivery / "exports" / "utsushi.csv")
    (delivery / "mappings" / "utsushi.toml").write_text(ADDRESSES, encoding="utf-8")
    told = ingest(delivery)
    assert of(told, "utsushi.csv")["loaded"] > 0
    assert of(told, "utsushi.csv")["source"] == "utsushi"
    assert counts(delivery) == alone
    assert of(told, ENTRY)["source"] == "koseki_kisai"


@pytest.mark.parametrize("own_mapping", [False, True])
def test_a_second_copy_in_one_table_is_a_duplicate_and_both_are_named(delivery: Path, own_mapping: bool) -> None:
    ingest(delivery)
    alone = counts(delivery)
    rule = (delivery / "mappings" / "koseki_kisai.toml").read_text(encoding="utf-8")
    name = "utsushi.csv" if own_mapping else "koseki_kisai_2.csv"
    shutil.copy(delivery / "exports" / ENTRY, delivery / "exports" / name)
    if own_mapping:
        text = rule.replace("koseki_kisai*", "utsushi*").replace('id = "koseki_kisai"', 'id = "utsushi"')
        (delivery / "mappings" / "utsushi.toml").write_text(text, encoding="utf-8")
    for _ in range(2):
        file = of(ingest(delivery), name)
        assert (file["loaded"], file["duplicate"], file["same_as"]) == (0, file["rows"] - file["quarantined"], ENTRY)
    assert counts(delivery) == alone
    sources = json.loads(run("report", "--workspace", delivery / "var", "--format", "json").out)["sources"]
    assert {ENTRY, name} <= {source["file"] for source in sources}


def test_a_mapping_that_now_fills_another_table_takes_its_file_along(delivery: Path) -> None:
    shutil.copy(delivery / "exports" / ENTRY, delivery / "exports" / "utsushi.csv")
    with (delivery / "exports" / "utsushi.csv").open("ab") as handle:
        handle.write(b"\r\n")
    rule = (
        (delivery / "mappings" / "koseki_kisai.toml").read_text(encoding="utf-8").replace("koseki_kisai*", "utsushi*")
    )
    for text in (rule, ADDRESSES):
        (delivery / "mappings" / "utsushi.toml").write_text(text, encoding="utf-8")
        ingest(delivery)
    sources = json.loads(run("status", "--workspace", delivery / "var", "--format", "json").out)["files"]
    assert [file["table"] for file in sources if file["file"] == "utsushi.csv"] == ["koseki_address"]
