"""The explorer as an installed program, `enkan-explorer`: its configuration lies beside the app that it starts."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run Streamlit on `app.py` beside this file: in a folder of its own no page shadows a module of Python."""
    script = Path(__file__).with_name("app.py")
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(script), *sys.argv[1:]])
