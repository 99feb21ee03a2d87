"""Every imported package is declared, and the locks pin what is declared, with hashes."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUNTIME = ("words", "japanese", "graph", "ingest", "synthetic", "report", "explorer", "commands")
OWN = {*RUNTIME, "benchmarks", "tests", *(path.stem for path in ROOT.glob("*.py"))}
MEASURED_ALONE = {"jntajis", "splink"}  # in an environment of their own (CONTRIBUTING.md, docs/identity.md)


def declared(name):
    """Give the requirements of a file and of those it includes."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    included = [line.split()[1] for line in lines if line.startswith("-r ")]
    own = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]
    return own + [each for other in included for each in declared(other)]


def pinned(name):
    """Give the versions of a lock, by package; each must have a hash."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    assert all("--hash=sha256:" in line for line in text.splitlines() if line.strip())
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def imported(paths):
    """Give the top modules that these files import, beside the standard library and our own."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - OWN - MEASURED_ALONE


@pytest.mark.parametrize(
    ("folders", "requirements"),
    [(RUNTIME, "requirements.txt"), ((*RUNTIME, "benchmarks", "tests"), "requirements-dev.txt")],
)
def test_every_imported_package_is_declared(folders, requirements):
    files = [*(path for folder in folders for path in (ROOT / folder).rglob("*.py")), *ROOT.glob("*.py")]
    homes = packages_distributions()
    have = {canonicalize_name(each.name) for each in declared(requirements)}
    needed = {name: {canonicalize_name(home) for home in homes[name]} for name in imported(files)}
    assert needed
    assert not {name for name, owners in needed.items() if not owners & have}


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [("requirements.lock", "requirements.txt"), ("requirements-dev.lock", "requirements-dev.txt")],
)
def test_a_lock_pins_what_is_declared(lock, requirements):
    versions = pinned(lock)
    for each in (*declared(requirements), *declared("requirements-build.txt")):
        assert each.specifier.contains(versions[canonicalize_name(each.name)]), each


def test_both_locks_agree():
    runtime, every = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert runtime.items() <= every.items()
