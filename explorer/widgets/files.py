"""What became of each delivered file, for who answers for the data: counts, why rows say nothing, what is odd."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer import literal
from graph.records.accepted import DoubtfulFile
from report.wording.measures import measured, warning
from words import Words

COUNTS = ("rows", "loaded", "quarantined", "duplicate", "idle")


def show(found: Mapping[str, Any], words: Words) -> None:
    """List the files that were not taken, and those that may be cut off, with reasons; then what became of the rows."""
    for word in ("refused", "shrunk"):
        if found[word]:
            st.warning(words.say(f"screen.files.{word}"))
            st.table(literal.table(_doubtful(each, words) for each in found[word]))
    if not found["refused"]:
        st.write(words.say("screen.none_refused"))
    st.caption(words.say("screen.accepted_files"))
    wide = {
        words.say(f"screen.label.{key}"): st.column_config.TextColumn(width="medium")
        for key in ("reasons", "idle_reasons", "warnings")
    }
    st.dataframe(literal.frame(_row(file, words) for file in found["files"]), hide_index=True, column_config=wide)


def _doubtful(file: DoubtfulFile, words: Words) -> dict[str, object]:
    known = file.accepted
    accepted = words.say("screen.accepted", by=known.by, day=known.at[:10]) if known else ""
    reason = file.reason.to(words.lang)
    return {
        words.say("screen.label.file"): file.file,
        words.say("screen.reason_why"): reason,
        words.say("screen.accepted_as_lacking"): accepted,
    }


def _row(file: Mapping[str, Any], words: Words) -> dict[str, object]:
    """Give one file's line: what was counted, then in words why."""
    odd = " ".join(f"{warning(word, words)}:{count:,}" for word, count in sorted(file["warnings"].items()))
    return {
        **{words.say(f"screen.label.{key}"): file[key] for key in ("file", "encoding", *COUNTS)},
        words.say("screen.label.reasons"): measured(file["reasons"], words),
        words.say("screen.label.idle_reasons"): measured(file["idle_reasons"], words),
        words.say("screen.label.warnings"): odd,
    }
