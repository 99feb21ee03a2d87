"""docs/install.md where there is no internet: the bundle, unpacked into a fresh environment that has no index."""

import os
import re
import subprocess
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/none", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone, so that nothing of this working copy gets into a bundle or wheel."""
    path = tmp_path_factory.mktemp("clone") / "enkan"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(path)], check=True)
    (path / ".stamp").touch()  # newer than what it depends on: nothing is installed into the environment of the tests
    return path


def make(clone, **environment):
    """Run `make bundle` in the clone with the environment of the tests."""
    words = ["make", "bundle", "STAMP=.stamp", f"VENV={ROOT / '.venv'}"]
    return subprocess.run(words, cwd=clone, capture_output=True, text=True, env=os.environ | environment)


@pytest.fixture(scope="module")
def bundle(clone):
    """The archive that `make bundle` makes."""
    done = make(clone)
    assert done.returncode == 0, done.stderr[-2000:]
    return clone / "dist" / "enkan.tar.gz"


@pytest.mark.xdist_group("bundle")
def test_a_part_that_cannot_be_had_ends_it(clone, tmp_path):
    other = tmp_path / "fc-match"
    other.write_text("#!/bin/sh\necho /usr/share/fonts/Other.ttf\n", encoding="utf-8")
    other.chmod(0o755)
    done = make(clone, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.returncode != 0
    assert "Noto Sans CJK JP" in done.stderr
    assert not (clone / "dist" / "enkan.tar.gz").exists()


@pytest.mark.xdist_group("bundle")
def test_it_has_jars_and_a_japanese_font(bundle):
    with tarfile.open(bundle) as archive:
        names = archive.getnames()
    assert any(re.fullmatch(r"enkan/fonts/NotoSansCJK.*", name) for name in names)
    assert any(re.fullmatch(r"enkan/jars/neo4j-5.*\.jar", name) for name in names)


@pytest.mark.xdist_group("bundle")
def test_the_page_s_commands_install_it_where_there_is_no_index(bundle, tmp_path):
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    block = next(text for text in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) if "--no-index" in text)
    lines = [line for line in block.splitlines() if "streamlit run" not in line and "enkan demo" not in line]
    assert len(lines) == 5
    (tmp_path / bundle.name).symlink_to(bundle)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "VIRTUAL_ENV"))}
    script = (
        "set -e\n"
        + "\n".join(lines)
        + "\n.venv/bin/enkan generate --size 2000 --set logs=0 --out town --quiet\nls town/exports"
    )
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment | NOWHERE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "juki_rireki_20180731.csv" in done.stdout
