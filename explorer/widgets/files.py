"""What became of each delivered file, for who answers for the data: counts, why rows say nothing, what is odd."""

import streamlit as st

from explorer import literal
from explorer.wording.words import say
from graph.records.accepted import DoubtfulFile
from graph.records.answers import Status
from graph.records.facts import SourceFile
from report.wording.lacking import ACCEPTED
from report.wording.measures import measured, warning

COUNTS = ("rows", "loaded", "quarantined", "duplicate", "idle")


def show(found: Status, lang: str) -> None:
    """List the files that were not taken, and those that may be cut off, with reasons; then what became of the rows."""
    for word, files in (("refused", found.refused), ("shrunk", found.shrunk)):
        if files:
            st.warning(say(f"{word}_files", lang))
            st.table(literal.table(_doubtful(each, lang) for each in files))
    if not found.refused:
        st.write(say("none_refused", lang))
    st.caption(say("accepted_files", lang))
    wide = {
        say(key, lang): st.column_config.TextColumn(width="medium") for key in ("reasons", "idle_reasons", "warnings")
    }
    st.dataframe(literal.frame(_row(file, lang) for file in found.files), hide_index=True, column_config=wide)


def _doubtful(file: DoubtfulFile, lang: str) -> dict[str, object]:
    known = file.accepted
    words = ACCEPTED[lang].format(by=known.by, day=known.at[:10]) if known else ""
    reason = file.reason.to(lang)
    return {say("file", lang): file.file, say("reason_why", lang): reason, say("accepted_as_lacking", lang): words}


def _row(file: SourceFile, lang: str) -> dict[str, object]:
    """Give one file's line: what was counted, then in words why."""
    odd = " ".join(f"{warning(word, lang)}:{count:,}" for word, count in sorted(file.warnings.items()))
    return {
        **{say(key, lang): getattr(file, key) for key in ("file", "encoding", *COUNTS)},
        say("reasons", lang): measured(file.reasons, lang),
        say("idle_reasons", lang): measured(file.idle_reasons, lang),
        say("warnings", lang): odd,
    }
