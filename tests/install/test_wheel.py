"""A wheel, installed where there is no checkout: the commands and the explorer work from it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = "import sys, cli; sys.exit(cli.main(sys.argv[1:]))"
EXPLORER = "import sys; from explorer.start import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds what the wheel holds; what it needs is there already, its own modules come first."""
    home = tmp_path_factory.mktemp("wheel")
    clone = home / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    built = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", home, clone]
    subprocess.run([*pip, *built], check=True)
    (wheel,) = home.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", home / "site", wheel], check=True)
    return home / "site"


def environment(installed):
    """Give the environment in which the wheel's own modules are found first."""
    return os.environ | {"PYTHONPATH": str(installed)}


def enkan(installed, folder, *words):
    """Run one command of the installed program in a folder that is no checkout."""
    line = [sys.executable, "-P", "-c", COMMAND, *map(str, words)]
    return subprocess.run(line, cwd=folder, env=environment(installed), capture_output=True, text=True)


def test_commands_work_outside_a_checkout(installed, tmp_path):
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import cli, graph; print(cli.__file__, graph.__file__)"],
        cwd=tmp_path, env=environment(installed), capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert all(path.startswith(str(installed)) for path in where)
    for words in (
        ("generate", "--size", "600", "--seed", "3", "--set", "logs=1", "--out", "town"),
        ("ingest", "town/exports", "--workspace", "W"),
        ("status", "--workspace", "W"),
        ("report", "--workspace", "W", "--format", "html", "--out", "report.html"),
        ("zokugara", "妻の弟"),
    ):
        done = enkan(installed, tmp_path, *words)
        assert done.returncode in (0, 4), done.stderr
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_explorer_starts_with_its_own_configuration(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-P", "-c", EXPLORER, "--server.port", str(port)]
    process = subprocess.Popen(
        line, cwd=tmp_path, env=environment(installed), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        headers = _answer(f"http://127.0.0.1:{port}/")
        assert "default-src" in headers["Content-Security-Policy"]
    finally:
        process.terminate()
        told = process.communicate(timeout=30)[0]
    assert f"127.0.0.1:{port}" in told  # this machine only
    assert "External URL" not in told and "Network URL" not in told


def _answer(url):
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.headers
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{url} does not answer")
