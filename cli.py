"""`python cli.py COMMAND …` in a checkout: the same as `enkan COMMAND …`."""

import sys

from commands.main import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
