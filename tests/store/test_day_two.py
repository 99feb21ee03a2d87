"""The second day: a register with a thousand changes read after the first is what both read at once are."""

import csv
import random
from pathlib import Path

import pytest

import synthetic
from graph.conflicts.rules import read_policy
from graph.store.compare import compare
from graph.store.duckdb import DuckDBStore
from graph.store.neo4j import Neo4jStore
from ingest import pipeline
from ingest.language import mapping
from report import reconciliation
from words import JAPANESE

FIRST, SECOND = "juki_rireki_20180731.csv", "juki_rireki_20180831.csv"
MOVED, DIED, BORN, GONE = 500, 250, 200, 50
ON = "H30.08.15"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp932", newline="") as handle:
        return list(csv.DictReader(handle))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="cp932", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def changed(row: dict[str, str], reason: str, **more: str) -> dict[str, str]:
    """Give the row that an 異動 adds after a person's latest."""
    later = {"履歴番号": str(int(row["履歴番号"]) + 1), "異動事由": reason, "異動年月日": ON, "備考": ""}
    return row | later | more


def child(mother: dict[str, str], number: int) -> dict[str, str]:
    """Give the first row of a child of the head's family."""
    own = {
        "宛名番号": f"{99000 + number:015}",
        "履歴番号": "1",
        "続柄コード1": "20",
        "続柄コード2": "",
        "続柄表記": "子",
    }
    own |= {"氏名": f"{mother['氏名'].split('　')[0]}　新{number}", "氏名カナ": "", "旧氏": "", "性別": "1"}
    own |= {"生年月日": ON, "異動事由": "03", "異動年月日": ON, "住民となった年月日": ON, "備考": ""}
    return mother | own


def second_day(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give the register of the month after: people moved house, died, were born, and some are in it no more."""
    latest = {row["宛名番号"]: row for row in rows}
    here = sorted(number for number, row in latest.items() if row["住民状態"] == "1" and row["住民種別"] == "1")
    chosen = random.Random(2).sample(here, MOVED + DIED + GONE)
    moved, died, gone = chosen[:MOVED], chosen[MOVED : MOVED + DIED], set(chosen[MOVED + DIED :])
    wives = [n for n in here if latest[n]["続柄表記"] == "妻" and n not in chosen][:BORN]
    added = [changed(latest[n], "41", 町字="桜野町九丁目", 番地号="9番9号", 方書="") for n in moved]
    added += [changed(latest[n], "23", 住民状態="3") for n in died]
    added += [child(latest[n], number) for number, n in enumerate(wives)]
    assert len(wives) == BORN
    kept = [row | {"最新フラグ": "0" if row["宛名番号"] in chosen else row["最新フラグ"]} for row in rows]
    whole = [row for row in kept if row["宛名番号"] not in gone] + added
    return sorted(whole, key=lambda row: (row["宛名番号"], int(row["履歴番号"])))


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Two folders: a town's exports, and its register a month later."""
    root = tmp_path_factory.mktemp("two_days")
    synthetic.make("3000", 4, root, ["logs=0.02", "broken_register_rows=0"], lambda done, text: None)
    (root / "second").mkdir()
    write(root / "second" / SECOND, second_day(read(root / "exports" / FIRST)))
    return root / "exports", root / "second"


def ingest(folder, open_store, *exports):
    return pipeline.ingest(
        folder, exports, mappings=mapping.load([]), policy=read_policy(), open_store=open_store,
        progress=lambda done, text: None,
    )  # fmt: skip


def held(store_of):
    with store_of() as store:
        return {row["person_id"]: row for row in store.read("Person").to_pylist()}


def of_store(kind, folder, neo4j):
    if kind == "duckdb":
        return lambda: DuckDBStore(folder)
    return lambda: Neo4jStore(neo4j().uri, user=neo4j().user, password=neo4j().password, owner="test")


@pytest.mark.parametrize("kind", ["duckdb", "neo4j"])
def test_a_thousand_changes_are_the_full_run_and_are_told(kind, exports, tmp_path, request):
    opened = of_store(kind, tmp_path / "daily", lambda: request.getfixturevalue("neo4j"))
    assert ingest(tmp_path / "daily", opened, exports[0]).changes == ()
    before = held(opened)
    daily = ingest(tmp_path / "daily", opened, exports[1])
    whole = ingest(tmp_path / "whole", lambda: DuckDBStore(tmp_path / "whole"), *exports)
    assert daily.run_id == whole.run_id
    with opened() as a, DuckDBStore(tmp_path / "whole") as b:
        assert compare(a, b) == []
    after = held(opened)
    told = reconciliation.shape(daily, JAPANESE)["changes"]["Person"]
    common = before.keys() & after.keys()
    assert told == {
        "added": len(after.keys() - before.keys()),
        "gone": len(before.keys() - after.keys()),
        "changed": sum(before[person] != after[person] for person in common),
    }
    assert told["added"] >= BORN and told["changed"] >= MOVED + DIED
    assert "人 +" in reconciliation.changes(daily, JAPANESE)
