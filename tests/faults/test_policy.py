"""A policy that says nothing, and whose policy a report goes by."""

import html
import json
import shutil

import pytest

from graph.conflicts.rules import PACKAGED
from tests.commands import run

SLIPS = [
    ("[disclosure]", "[disclosre]", ("disclosre", "disclosure")),
    ("spouse = 1.0", "spuse = 1.0", ("score.closeness.spuse", "spouse")),
    ("weekdays = [1, 2, 3, 4, 5]", "weekdays = [0, 9]", ("office.weekdays", "0")),
    ("self = 0.4", "self = inf", ("score.closeness.self", "inf")),
    ("{day} {time}の前", "{nosuch}の前", ("missing_ja", "nosuch", "{day}")),
]


def written(path, old="", new=""):
    """Write the packaged policy with one passage changed."""
    path.write_text(PACKAGED.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def town(faulty, tmp_path_factory):
    """Give a workspace of this module's own."""
    return shutil.copytree(faulty("01"), tmp_path_factory.mktemp("policy") / "var")


@pytest.mark.parametrize("command", [("report",), ("ingest",), ("status",), ("identity",)], ids=" ".join)
@pytest.mark.parametrize(("old", "new", "told"), SLIPS, ids=[new[:20] for _, new, _ in SLIPS])
def test_a_slip_in_a_policy_ends_the_command_with_one_sentence(town, tmp_path, command, old, new, told):
    policy = written(tmp_path / "town.toml", old, new)
    done = run(*command, "--workspace", town, "--policy", policy)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert all(word in done.err for word in ("town.toml", *told)) and str(tmp_path) not in done.err


def test_a_slip_in_the_workspaces_own_policy_is_found(town, tmp_path):
    workspace = shutil.copytree(town, tmp_path / "var")
    written(workspace / "policy.toml", "spouse = 1.0", "spuse = 1.0")
    assert run("report", "--workspace", workspace).status == 1


def test_a_report_names_the_policy_it_goes_by_and_the_one_that_scored(town, tmp_path):
    def policy(*words):
        return json.loads(run("report", "--workspace", workspace, "--format", "json", *words).out)["policy"]

    workspace = shutil.copytree(town, tmp_path / "var")
    packaged = policy()
    assert (packaged["file"], packaged["origin"], packaged["scored_by"]) == ("policy.toml", "packaged", None)
    written(workspace / "policy.toml", "spouse = 1.0", "spouse = 1.5")
    own = policy()
    assert (own["file"], own["origin"], own["scored_by"]) == ("policy.toml", "workspace", packaged["sha256"])
    given = policy("--policy", written(tmp_path / "strict.toml", 'preset = "4"', 'preset = "core"'))
    assert (given["file"], given["origin"], given["preset"]) == ("strict.toml", "given", "core")
    for lang, words in (("ja", ("作業フォルダのもの", "別の方針")), ("en", ("the workspace's own", "another policy"))):
        for form in ("table", "html"):
            told = html.unescape(run("report", "--workspace", workspace, "--lang", lang, "--format", form).out)
            assert all(word in told for word in words)


def test_an_ingest_by_another_policy_is_another_generation(town, tmp_path):
    workspace = shutil.copytree(town, tmp_path / "var")

    def run_id(*words):
        return json.loads(run("ingest", "--workspace", workspace, "--format", "json", *words).out)["run_id"]

    before = run_id()
    other = written(tmp_path / "strict.toml", "spouse = 1.0", "spouse = 1.5")
    assert run_id("--policy", other) != before and run_id() == before
