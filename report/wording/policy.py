"""Which policy a report goes by, in words."""

from graph.records.results import PolicyStamp
from words import Said
from words.visible import visible

ORIGINS = {
    "given": Said(en="given with --policy", ja="--policyで指定"),
    "workspace": Said(en="the workspace's own", ja="作業フォルダのもの"),
    "packaged": Said(en="the packaged default", ja="同梱の既定"),
}
LABEL = Said(en="Policy", ja="方針")
SCORED = Said(
    en="The lookups were matched and scored by another policy (sha256 {sha256}); ingest again to score by this one.",
    ja="閲覧の照合と採点は別の方針（sha256 {sha256}）によります。この方針で採点するには取込をやり直してください。",
)


def policy_words(stamp: PolicyStamp, lang: str) -> str:
    """Name the preset, the policy's file, whose it is and its hash; where another policy scored, say so."""
    named = f"{stamp.preset} ・ {visible(stamp.file)}（{ORIGINS[stamp.origin].ja}）"
    if lang != "ja":
        named = f"{stamp.preset} ・ {visible(stamp.file)} ({ORIGINS[stamp.origin].en})"
    other = f" {SCORED.to(lang).format(sha256=stamp.scored_by)}" if stamp.scored_by else ""
    return f"{named} ・ sha256 {stamp.sha256}{'。' if other and lang == 'ja' else '.' if other else ''}{other}"


def policy_line(stamp: PolicyStamp, lang: str) -> str:
    """Give the same as a line of its own."""
    return f"{LABEL.to(lang)}: {policy_words(stamp, lang)}"
