"""Which part of a cell's text a column is, and which word of a dictionary that part means.

Patterns are RE2's, whose time grows with the text and never with how often a pattern could fit it: a mapping comes from
outside, and a cell may be long.
"""

import functools
import unicodedata
from typing import Any

import re2

from graph.files.toml import Wrong
from ingest.language.rule import PATTERN, PREFIX, WHOLE, Rule, code_key
from words import Said

LONGEST_PATTERN = 200


def excerpt(rule: Rule, text: str) -> str:
    """Give the part of a text that the rule takes: replaced, after, before, by pattern, in this order."""
    for old, new in rule.replace:
        text = text.replace(old, new)
    if rule.after:
        text = text.partition(rule.after)[2]
    if rule.before:
        text = text.partition(rule.before)[0]
    return (matched(rule.pattern, text) if rule.pattern else text).strip()


def word(rule: Rule, text: str) -> str | None:
    """Give the word that the rule's dictionary has for a text; None where it has none.

    Of several beginnings that fit the longest counts, of several patterns the first in the mapping.
    """
    codes, key = rule.codes or {}, dictionary_key(rule.codes_by, text)
    if rule.codes_by == PREFIX:
        fitting = [code for code in codes if code and key.startswith(code)]
        return codes.get(max(fitting, key=len) if fitting else key)
    if rule.codes_by == PATTERN:
        return next((codes[code] for code in codes if _engine(code).fullmatch(key)), None)
    return codes.get(key)


def dictionary_key(codes_by: str, text: str) -> str:
    """Write a code, or a text, as the two are compared: leading zeros count in what is only a part of a code (Z13)."""
    if codes_by == WHOLE:
        return code_key(text)
    return text if codes_by == PATTERN else unicodedata.normalize("NFKC", text).strip()


def matched(pattern: str, text: str) -> str:
    """Give what a pattern finds in a text: its group, or all of it where it has none; empty where it finds nothing.

    >>> matched("旧姓[:：](.+)", "旧姓：山田")
    '山田'
    """
    match = _engine(pattern).search(text)
    return (match[1 if match.re.groups else 0] or "") if match else ""


def checked(pattern: str) -> str:
    """Refuse a pattern that RE2 cannot read, or that has several groups."""
    if len(pattern) > LONGEST_PATTERN:
        raise Wrong(Said(en="must have at most 200 characters", ja="200文字以内にしてください"))
    try:
        groups = _engine(pattern).groups
    except re2.error as error:
        why = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise Wrong(Said(en=f"is no pattern of RE2 ({why})", ja=f"RE2 の正規表現として読めません（{why}）")) from error
    if groups > 1:
        raise Wrong(
            Said(
                en="must have one group ( ) at most; write (?: ) for the others",
                ja="括弧 ( ) は1つまでにしてください。ほかは (?: ) と書きます",
            )
        )
    return pattern


@functools.lru_cache(maxsize=1000)
def _engine(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
