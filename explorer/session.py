"""How pages reach the workspace: opened once per published generation, always as the one local user, who is named."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from explorer.literal import literal
from graph.conflicts.rules import Policy, policy_for
from graph.errors import NothingPublished, UsageError, WorkspaceError
from graph.records.reader import Reader
from graph.records.results import ConflictCase, Report
from graph.workspace import Workspace, open_workspace
from words import LANGUAGES, Words

READER = Reader(name="local")


def root() -> Path:
    """Give the workspace folder: `streamlit run app.py -- --workspace DIR`, else $ENKAN_WORKSPACE, else var."""
    return Path(_argument("--workspace") or os.environ.get("ENKAN_WORKSPACE", "var"))


def store_uri() -> str:
    """Give the store: `streamlit run app.py -- --store URI`, else the workspace's own."""
    return _argument("--store") or "duckdb:"


def reader_words() -> Words:
    """Give the reader's words by the switch in the side bar, and name the user there."""
    shown = st.query_params.get("lang", "ja")
    with st.sidebar:
        picked = st.segmented_control("言語 / Language", LANGUAGES, default=shown, key="lang", required=True)
        words = Words(picked if picked in LANGUAGES else "ja")
        st.caption(words.say("screen.local_user"))
        me = st.text_input(
            words.say("screen.who_are_you"),
            value=st.query_params.get("me", ""),
            key="me",
            help=words.say("screen.who_are_you_help"),
        )
    st.query_params["lang"] = words.lang
    if me.strip():
        st.query_params["me"] = me.strip()
    else:
        st.query_params.pop("me", None)
    return words


def link(page: str, **query: str) -> str:
    """Give the address of a view of another page, in this language and for this reader; it opens in its own session."""
    kept = {name: st.query_params[name] for name in ("lang", "me") if name in st.query_params}
    return f"{page}?{urlencode(query | kept, safe=':')}"


def words_now() -> Words:
    """Give the words of the language that the side bar is set to."""
    return Words("en" if st.query_params.get("lang") == "en" else "ja")


def workspace_or_none() -> Workspace | None:
    """Open the workspace's published generation; None where there is none yet."""
    try:
        found = _open(str(root()), store_uri())
        found.refresh()
    except NothingPublished:
        return None
    return found


def workspace() -> Workspace:
    """Give the open workspace to a page that is only reached when there is one."""
    found = workspace_or_none()
    if found is None:
        st.stop()
    return found


def refused() -> tuple[frozenset[str], frozenset[str]]:
    """Give the people and the staff whom the reader must leave to somebody else: themself and their kin.

    Raises UsageError where the number the reader gave is nobody's: then nothing can be left out, and nothing is shown.
    """
    me = _me()
    try:
        return workspace().own_circle(me) if me else (frozenset(), frozenset())
    except WorkspaceError as error:
        parts = ((Words(each).say("screen.own_number"), error.said.to(each)) for each in ("en", "ja"))
        raise UsageError(*(" ".join(part) for part in parts)) from error


def reader(words: Words) -> None:
    """Say beside the reader's own number where it is nobody's, or where nobody knows who their kin are."""
    with st.sidebar, told(words):
        unknown = workspace().who_is(_me()).unknown if _me() else None
        if unknown:
            st.warning(literal(f"{words.say('screen.own_kin_unknown')} {words.tell(unknown)}"))


@contextmanager
def told(words: Words) -> Iterator[None]:
    """Show in a sentence what was asked for and is not there."""
    try:
        yield
    except (WorkspaceError, UsageError) as error:
        st.error(literal(error.said.to(words.lang)))


def _me() -> str:
    return str(st.session_state.get("me", "")).strip()


def report() -> Report:
    """Give the report at the policy's own preset."""
    return workspace().report()


def picture(case: ConflictCase, words: Words) -> str:
    """Draw a conflict's pedigree."""
    return workspace().picture(case, words)


def policy() -> Policy:
    """Read the policy: `streamlit run app.py -- --policy FILE`, else the workspace's own, else the packaged one."""
    return policy_for(root(), policy_file())


def policy_file() -> Path | None:
    """Give the policy that was given on the command line."""
    given = _argument("--policy")
    return Path(given) if given else None


@st.cache_resource(show_spinner=False)
def _open(folder: str, uri: str) -> Workspace:
    return open_workspace(Path(folder), uri, READER, policy_file())


def _argument(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv[:-1] else ""
