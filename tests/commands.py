"""Commands run in this process as a user would type them."""

import contextlib
import io
from typing import NamedTuple

import cli


class Done(NamedTuple):
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


class Stream(io.StringIO):
    """A text stream that can be told its encoding, as a terminal's can."""

    def reconfigure(self, **_: str) -> None:
        """Take any encoding: text stays text."""


def run(*words: object) -> Done:
    """Run one command line."""
    out, err = Stream(), Stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(word) for word in words])
    return Done(status, out.getvalue(), err.getvalue())
