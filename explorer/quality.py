"""データ品質: what went in, what was turned away and why, and what the registers leave unknown."""

import pandas as pd
import streamlit as st

from explorer import door
from explorer.words import measure, say


def page() -> None:
    """Show the reconciliation, the quarantine, and coverage of the registers."""
    lang = door.language_now()
    st.title(say("quality", lang))
    found = door.workspace().status()
    st.subheader(say("reconciliation", lang))
    st.table(pd.DataFrame([_file_row(file, lang) for file in found["files"]]))
    st.subheader(say("quarantine", lang))
    rejected = door.workspace().quarantine()
    if rejected:
        st.caption(say("raw_hidden", lang))
        st.table(pd.DataFrame([_rejected_row(row, lang) for row in rejected]))
    else:
        st.write(say("no_quarantine", lang))
    st.subheader(say("coverage", lang))
    st.table(
        pd.DataFrame(
            [{say("what", lang): measure(key, lang), say("number", lang): value} for key, value in _numbers(found)]
        )
    )


def _file_row(file: dict[str, object], lang: str) -> dict[str, object]:
    reasons = file["reasons"]
    assert isinstance(reasons, dict)
    shown = " ".join(f"{measure(reason, lang)}:{count}" for reason, count in sorted(reasons.items()))
    counted = ("file", "encoding", "rows", "loaded", "quarantined", "duplicate")
    return {say(key, lang): file[key] for key in counted} | {say("reasons", lang): shown}


def _rejected_row(row: dict[str, object], lang: str) -> dict[str, object]:
    return {say(key, lang): row[key] for key in ("file", "line", "column")} | {
        say("reason_why", lang): measure(str(row["reason"]), lang)
    }


def _numbers(found: dict[str, object]) -> list[tuple[str, str]]:
    """Word the graph's counts, then the registers' coverage; shares as per cent."""
    counts, coverage = found["counts"], found["coverage"]
    assert isinstance(counts, dict) and isinstance(coverage, dict)
    shown = {key: f"{value:.1%}" if key.startswith("with_") else f"{value:,}" for key, value in coverage.items()}
    return [*shown.items(), *((key, f"{value:,}") for key, value in counts.items())]
