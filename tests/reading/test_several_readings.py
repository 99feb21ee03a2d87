"""One file read more than once: into two tables, group by group of its columns, by the kind of its records."""

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.conflicts.rules import read_policy
from graph.errors import ConfigError
from graph.store.opening import open_store
from ingest import pipeline
from ingest.language import mapping
from ingest.language.known_source import Mapping
from ingest.sources import acceptance, accepted
from ingest.sources.acceptance import FileReport

HANDMADE = Path(__file__).parents[1] / "handmade"

KINDS = """
table = "account"
files = ["opers*.csv"]
extent = "full"
where = { "記録区分" = ["1"] }
pass_over = { "記録区分" = ["9"] }
[constants]
system = "税務事務システム"
kind = "personal"
[columns]
operator = "番号"
staff_id = "職員"
valid_from = "開始"
"""
PLACES = """
table = "terminal"
same_file_as = "accounts"
extent = "full"
where = { "記録区分" = ["2"] }
[columns]
terminal_id = "番号"
place = "職員"
valid_from = "開始"
"""
RECORDS = "記録区分,番号,職員,開始\n1,A1,0001,2020-04-01\n2,T1,1階,2019-04-01\n01,A2,0002,2020-04-01\n9,3,,\n"


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., tuple[Mapping, ...]]:
    """Write mapping files by name and read them with the built-in ones."""

    def written(**texts: str) -> tuple[Mapping, ...]:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return mapping.load([folder])

    return written


def counts(report: FileReport) -> tuple[str, int, int, int, int]:
    assert report.rows == report.loaded + report.quarantined + report.duplicate
    return report.source, report.rows, report.loaded, report.quarantined, report.duplicate


def test_the_records_of_one_file_fill_two_tables(
    own: Callable[..., tuple[Mapping, ...]], export: Callable[..., Path], tmp_path: Path
) -> None:
    """Each record is of one reading; a kind that nobody reads is quarantined, one that is passed over is counted."""
    mappings = own(accounts=KINDS, places=PLACES)
    folder = export(RECORDS + "7,x,,2019-04-01\n2,T2\n", "opers_20240531.csv").parent
    first = acceptance.accept(tmp_path / "w", [folder], mappings)
    assert [counts(report) for report in first.files] == [("accounts", 4, 2, 2, 0), ("places", 1, 1, 0, 0)]
    assert first.files[0].reasons == {"truncated": 1, "unknown_code": 1}
    assert first.files[0].warnings == {"passed_over": 1}
    assert {source.table: source.loaded for source in accepted.kept(tmp_path / "w")} == {"account": 2, "terminal": 1}
    again = acceptance.accept(tmp_path / "w", [folder], mappings)
    assert [counts(report) for report in again.files] == [("accounts", 4, 0, 2, 2), ("places", 1, 0, 0, 1)]


def test_a_reading_that_lacks_its_columns_refuses_the_file(
    own: Callable[..., tuple[Mapping, ...]], export: Callable[..., Path], tmp_path: Path
) -> None:
    mappings = own(accounts=KINDS, places=PLACES.replace('"職員"', '"設置"'))
    found = acceptance.accept(tmp_path / "w", [export(RECORDS, "opers.csv").parent], mappings)
    assert [report.problem and report.problem.en for report in found.files] == [
        "opers.csv: line 1: read as UTF-8, the header lacks 設置, which the mapping places needs"
    ]
    assert accepted.kept(tmp_path / "w") == ()


def test_two_folders_may_hold_a_file_of_one_name(own: Callable[..., tuple[Mapping, ...]], tmp_path: Path) -> None:
    """A register in parts, each part under the same name: no reading of one takes the place of the other's."""
    folders = [tmp_path / name for name in ("north", "south")]
    for folder in folders:
        folder.mkdir()
        text = RECORDS.replace(",T1,", f",T{folder.name},").replace(",A1,", f",A{folder.name},")
        (folder / "opers.csv").write_text(text, encoding="utf-8")
    found = acceptance.accept(tmp_path / "w", folders, own(accounts=KINDS, places=PLACES))
    assert sorted(report.source for report in found.files) == ["accounts", "accounts", "places", "places"]
    assert sorted(source.source for source in accepted.kept(tmp_path / "w")) == [
        "accounts",
        "accounts",
        "places",
        "places",
    ]


def test_a_file_that_lacks_is_missed_once_for_each_table_and_not_for_each_group(
    own: Callable[..., tuple[Mapping, ...]], export: Callable[..., Path], tmp_path: Path
) -> None:
    places = PLACES.replace('"番号"', '"番号{n}"').replace('extent = "full"', 'extent = "full"\ngroups = 3')
    mappings = own(accounts=KINDS, places=places)
    assert [found.id for found in mappings[:4]] == ["accounts", "places", "places#2", "places#3"]
    folder = export("職員番号,氏名\n", "README.md").parent
    missing = acceptance.accept(tmp_path / "w", [folder], mappings).missing
    assert {"accounts", "places"} <= set(missing) and not [name for name in missing if "#" in name]


def test_a_reading_that_is_given_up_counts_no_more(
    own: Callable[..., tuple[Mapping, ...]], export: Callable[..., Path], tmp_path: Path
) -> None:
    folder = export(RECORDS, "opers_20240531.csv").parent
    acceptance.accept(tmp_path / "w", [folder], own(accounts=KINDS, places=PLACES))
    (tmp_path / "own" / "places.toml").unlink()
    changed = own(accounts=KINDS.replace('"personal"', '"shared"').replace('["9"]', '["2", "9"]'))
    acceptance.accept(tmp_path / "w", [folder], changed)
    assert [source.source for source in accepted.kept(tmp_path / "w")] == ["accounts"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"accounts"', '"acounts"'), 'same_file_as: "acounts": must be one of '),
        (('extent = "full"', 'extent = "full"\nfiles = ["x*"]'), 'same_file_as: "accounts": goes without `files`'),
        (('"terminal"', '"account"'), "same_file_as: \"accounts\": is read into account by accounts.toml too"),
        (('["2"]', "[]"), "where.記録区分: []: must have at least 1 entry"),
        (('extent = "full"', 'extent = "full"\ngroups = 2'), "groups: 2: goes with header names that hold {n}"),
        (('"番号"', '"番号{n}"'), "groups: goes with header names that hold {n}"),
        (('extent = "full"', 'extent = "full"\ngroups = 100'), "groups: 100: must be at most 99"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_together_is_named(
    own: Callable[..., tuple[Mapping, ...]], change: tuple[str, str], sentence: str
) -> None:
    changed = PLACES.replace(*change)
    if '"account"' in change[1]:
        changed = changed.replace("terminal_id", "operator").replace("place =", "staff_id =")
        changed = changed.replace("[columns]", '[constants]\nsystem = "x"\nkind = "shared"\n[columns]')
    with pytest.raises(ConfigError) as error:
        own(accounts=KINDS, places=changed)
    assert f"places.toml: {sentence}" in error.value.said.en


EVENT = ("身分事項", "事件年月日", "届出年月日", "相手方氏名", "相手方戸籍（本籍）", "相手方戸籍（筆頭者）", "記事")
OF_WHOM = ("本籍", "筆頭者氏名", "戸籍区分", "名")


def wide(exports: Path) -> int:
    """Write 戸籍 as one line a person, events in numbered groups, in place of two files; give how many groups."""
    with (exports / "koseki_kisai.csv").open(encoding="utf-8-sig") as lines:
        entries = list(csv.DictReader(lines))
    events: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    with (exports / "koseki_jiko.csv").open(encoding="utf-8-sig") as lines:
        for event in csv.DictReader(lines):
            events[tuple(event[name] for name in OF_WHOM)].append(event)
    most = max(map(len, events.values()))
    names = [f"{name}{number}" for number in range(1, most + 1) for name in EVENT]
    with (exports / "koseki.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*entries[0], *names], restval="")
        writer.writeheader()
        for entry in entries:
            own = events.pop(tuple(entry[name] for name in OF_WHOM), [])
            groups = {f"{name}{at}": event[name] for at, event in enumerate(own, start=1) for name in EVENT}
            writer.writerow(entry | groups)
    assert not events, "an event of nobody who is entered"
    for name in ("koseki_kisai.csv", "koseki_jiko.csv"):
        (exports / name).unlink()
    return most


def links(workspace: Path, exports: Path, mappings: Path) -> dict[str, list[tuple[object, ...]]]:
    """Ingest and give the links of parents and spouses, without the place of the row behind them."""
    run = pipeline.ingest(
        workspace,
        [exports],
        mappings=mapping.load([mappings]),
        policy=read_policy(),
        open_store=lambda: open_store("duckdb:", workspace),
        progress=lambda done, text: None,
    )
    assert run.published
    with open_store("duckdb:", workspace) as store:
        tables = {kind: store.read(kind) for kind in ("PARENT_OF", "SPOUSE_OF")}
    kept = {
        kind: [name for name in table.schema.names if not name.startswith("source_")] for kind, table in tables.items()
    }
    return {
        kind: sorted((tuple(row.values()) for row in table.select(kept[kind]).to_pylist()), key=repr)
        for kind, table in tables.items()
    }


def test_events_in_numbered_groups_make_the_links_that_events_in_rows_make(tmp_path: Path) -> None:
    """Weddings, divorces, adoptions and their ends, recognitions: the same, whichever way the file is laid out."""
    exports, mappings = tmp_path / "exports", tmp_path / "mappings"
    shutil.copytree(HANDMADE / "exports", exports)
    shutil.copytree(HANDMADE / "mappings", mappings)
    before = links(tmp_path / "before", exports, mappings)
    groups = wide(exports)
    entries = (mappings / "koseki_kisai.toml").read_text(encoding="utf-8")
    (mappings / "koseki_kisai.toml").write_text(entries.replace("koseki_kisai*", "koseki*"), encoding="utf-8")
    text = (mappings / "koseki_jiko.toml").read_text(encoding="utf-8")
    for name in EVENT:
        text = text.replace(f'"{name}"\n', f'"{name}{{n}}"\n')
    text = text.replace('files = ["koseki_jiko*.csv"]', f'same_file_as = "koseki_kisai"\ngroups = {groups}')
    (mappings / "koseki_jiko.toml").write_text(text, encoding="utf-8")
    assert groups > 2 and before["SPOUSE_OF"]
    assert links(tmp_path / "after", exports, mappings) == before
