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
def bundle(tmp_path_factory):
    """The archive that `make bundle` makes, in a clone so that nothing of this working copy gets in."""
    clone = tmp_path_factory.mktemp("clone") / "enkan"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    (clone / ".stamp").touch()  # newer than what it depends on: nothing is installed into the environment of the tests
    words = ["make", "bundle", "STAMP=.stamp", f"VENV={ROOT / '.venv'}"]
    done = subprocess.run(words, cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return clone / "dist" / "enkan.tar.gz"


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
    assert len(lines) == 4
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
