"""Which 戸籍 entries can be told to be of one person: by their pointers, and by the resident register."""

import numpy as np
import pandas as pd


def traceable(entries: pd.DataFrame, inside: np.ndarray, seen: pd.DataFrame) -> np.ndarray:
    """Say which entries of registers kept here can be followed to the person (K3, K5, K9).

    従前戸籍 and 新戸籍 tie an entry kept here to the ones before and after; where two entries running are kept
    elsewhere the thread is lost. Of a resident that thread counts that reaches a register named in the resident
    register (`seen`: pid, register), of anybody else the last one.
    """
    order = entries.sort_values("pid", kind="stable").index.to_numpy()
    pid, register = entries["pid"].to_numpy()[order], entries["register"].to_numpy()[order]
    here = inside[register]
    first = np.append(True, pid[1:] != pid[:-1])
    lost = np.append(True, ~here[1:] & ~here[:-1])
    thread = np.cumsum(first | lost) - 1
    count = len(inside)
    named = np.isin(pid * count + register, seen["pid"].to_numpy() * count + seen["register"].to_numpy())
    named |= ~np.isin(pid, seen["pid"]) & _last_here(pid, here)
    followed = np.zeros(len(entries), bool)
    followed[order] = here & np.isin(thread, thread[named])
    return followed


def _last_here(pid: np.ndarray, here: np.ndarray) -> np.ndarray:
    """Mark each person's last entry that is kept here."""
    kept = np.flatnonzero(here)
    last = kept[np.append(pid[kept][1:] != pid[kept][:-1], True)] if len(kept) else kept
    marks = np.zeros(len(pid), bool)
    marks[last] = True
    return marks
