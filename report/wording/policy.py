"""Which policy a report goes by, in words."""

from graph.records.results import PolicyStamp
from words import Words
from words.visible import visible


def policy_words(stamp: PolicyStamp, words: Words) -> str:
    """Name the preset, the policy's file, whose it is and its hash; where another policy scored, say so."""
    told = words.say(
        "report.policy_words",
        preset=stamp.preset,
        file=visible(stamp.file),
        origin=stamp.origin,
        sha256=stamp.sha256,
    )
    return words.say("report.policy_scored", policy=told, sha256=stamp.scored_by) if stamp.scored_by else told


def policy_line(stamp: PolicyStamp, words: Words) -> str:
    """Give the same as a line of its own."""
    return f"{words.say('report.policy')}: {policy_words(stamp, words)}"
