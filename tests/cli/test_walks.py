"""docs/walks.md: every command of its boxes is run, in order, and prints what stands under it.

`ENKAN_REFRESH=1 pytest tests/cli/test_walks.py` writes what the commands print into the page.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "walks.md"
BOX = re.compile(r"```console\n(.*?)```", re.DOTALL)
LONG = 24  # lines; what is longer is cut in the page


def run(command: str, folder: Path) -> str:
    """Run one line as a shell would, with the program that is under test."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def answered(box: str, folder: Path) -> str:
    """Give a box with what its commands print now."""
    lines = []
    for command in (line for line in box.splitlines() if line.startswith("$ ")):
        printed = run(command[2:], folder).splitlines()
        lines += [command, *(line.rstrip() for line in printed[:LONG])] + ["…"] * (len(printed) > LONG)
    return "\n".join(lines) + "\n"


def test_the_walks_print_what_the_page_says(tmp_path):
    text = PAGE.read_text(encoding="utf-8")
    now = BOX.sub(lambda box: f"```console\n{answered(box[1], tmp_path)}```", text)
    if os.environ.get("ENKAN_REFRESH"):
        PAGE.write_text(now, encoding="utf-8")
    assert now == PAGE.read_text(encoding="utf-8")
