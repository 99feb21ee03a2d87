"""A generation has the name of everything that decides it: one thing changed is another, nothing changed none."""

import json
import shutil
from pathlib import Path

import pytest

import graph
from graph.conflicts.rules import PACKAGED
from graph.errors import ConfigError
from graph.store import schema
from ingest.identity import parameters
from ingest.language.mapping import BUILT_IN
from japanese import names
from tests.commands import run

EXPORTS = Path(__file__).parent / "10-night-shift-over-midnight" / "exports"


@pytest.fixture
def town(faulty, tmp_path):
    """Give a workspace of this test's own."""
    return shutil.copytree(faulty("10"), tmp_path / "var")


def run_id(town, *words):
    """Ingest, and give the id of what is published."""
    done = run("ingest", "--workspace", town, "--format", "json", *words)
    assert done.status == 0, done.err
    return json.loads(done.out)["run_id"]


def changed(path, target, old, new):
    """Copy a file with one passage changed."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def _version(tmp_path, monkeypatch):
    monkeypatch.setattr(graph, "__version__", graph.__version__ + ".1")


def _schema(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "version", lambda: "another")


def _names(tmp_path, monkeypatch):
    monkeypatch.setattr(names, "NORM_VERSION", names.NORM_VERSION + ".1")


def _folds(tmp_path, monkeypatch):
    monkeypatch.setattr(names, "FOLDS", changed(names.FOLDS, tmp_path / "kanji_folds.tsv", "\n", "\n# one more\n"))


def _parameters(tmp_path, monkeypatch):
    path = changed(parameters.PARAMETERS, tmp_path / "parameters.toml", "resident_share = 0.6", "resident_share = 0.5")
    monkeypatch.setattr(parameters, "PARAMETERS", path)


def _policy(tmp_path, monkeypatch):
    return ("--policy", changed(PACKAGED, tmp_path / "policy.toml", "spouse = 1.0", "spouse = 1.1"))


def _mapping(tmp_path, monkeypatch):
    (tmp_path / "mappings").mkdir()
    changed(BUILT_IN / "tanmatsu.toml", tmp_path / "mappings" / "tanmatsu.toml", "[columns]", "[columns]  # ours")
    return (EXPORTS, "--mappings", tmp_path / "mappings")


def _source(tmp_path, monkeypatch):
    (tmp_path / "more").mkdir()
    changed(EXPORTS / "tanmatsu_20240531.csv", tmp_path / "more" / "tanmatsu_20240601.csv", "\n", "\r\n")
    return (tmp_path / "more",)


def _missing(tmp_path, monkeypatch):
    (tmp_path / "mappings").mkdir()
    text = 'table = "reception"\nextent = "delta"\nfiles = ["madoguchi*"]\n'
    text += '[columns]\nreception_id = "番号"\ntime = "日時"\n'
    (tmp_path / "mappings" / "madoguchi.toml").write_text(text, encoding="utf-8")
    return ("--mappings", tmp_path / "mappings")


CHANGES = (_version, _schema, _names, _folds, _parameters, _policy, _mapping, _source, _missing)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_decides_a_generation_changes_its_id(town, tmp_path, monkeypatch, change):
    before = run_id(town)
    words = change(tmp_path, monkeypatch) or ()
    assert run_id(town, *words) != before


def test_the_same_again_is_the_same_generation(town):
    assert len({run_id(town), run_id(town, EXPORTS), run_id(town, "--policy", PACKAGED)}) == 1


def test_scoring_the_links_again_is_one_more_generation_and_then_no_other(town, tmp_path):
    once = run_id(town, "--from-store")
    assert run_id(town, "--from-store") == once != run_id(town)
    other = _policy(tmp_path, None)
    assert run_id(town, "--from-store", *other) != once


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("resident_share = 0.6", "resident_share = 1.0", "resident_share: 1.0: must be less than 1"),
        ("resident_share = 0.6", "resident_shar = 0.6", "resident_shar: 0.6: unknown key; the nearest known key is"),
        ("most_shown = 5", "most_shown = 5.0", "most_shown: 5.0: must be a whole number"),
        ("full = 0.80", "full = nan", "surname.full: nan: must be a finite number"),
        ("full = 0.80", "full = 0", "surname.full: 0: must be more than 0"),
        ("{ F = 0.16, M = 0.02 }", "{ F = 0.16 }", "surname.differs.M: is missing"),
        ("former = 2e-4, ", "", "surname.u.former: is missing"),
        ("elsewhere = 0.5", "elswhere = 0.5", "caps.elswhere: 0.5: unknown key; the nearest known key is elsewhere"),
    ],
)
def test_a_wrong_parameter_of_the_identity_score_is_named(tmp_path, old, new, sentence):
    path = changed(parameters.PARAMETERS, tmp_path / "parameters.toml", old, new)
    with pytest.raises(ConfigError) as error:
        parameters.read_parameters(path)
    assert str(error.value).startswith("parameters.toml: ") and sentence in str(error.value)
