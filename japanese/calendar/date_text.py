"""What stands around a date and in place of one: 西暦, 生, a time of day, a weekday; 99999999, an empty form."""

import re
import unicodedata

from japanese.invisible import visible
from japanese.numerals import arabic

UNKNOWN = re.compile(r"不詳|不明|未詳|[?*xX]+")
UNKNOWN_PARTS = re.compile(r"(?:(?<!\d)月|\?月)?(?:日\?|\?日)$|(?:(?<!\d)月\?|\?月)$|(?<=[月./-])-+$")
BEFORE = re.compile(r"^(?:生年月日[:]?)?(?:\(?西[暦歴]\)?)?(?=.)")
AFTER = re.compile(r"(?:生まれ|うまれ|生れ|出生|生|満了日?|付け?|現在|限り?)$")
UNTIL = re.compile(r"(?<!から)(?:まで|迄)$")
WEEKDAY = re.compile(r"\([月火水木金土日祝](?:曜日?)?\)|(?<=日)[月火水木金土日]曜日?$")
CLOCK = r"(?:午前|午後)?\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:\.\d+)?)?|時(?:\d{1,2}分(?:\d{1,2}秒)?)?)(?:\+09:?00)?"
TIMED = re.compile(rf"(?P<day>\S.*?)(?:(?<=日)\s*|[\sT]+){CLOCK}")
DIGITS_ONLY = re.compile(r"(?P<day>\d{8})(?:\d{4}|\d{6})")
EMPTY_FORM = re.compile(r"(?:明治|大正|昭和|平成|令和|[MTSHR])?(?:年月日?|[./-]{2,})")


def plain(text: str) -> str:
    """Write a date's text in one way: digits, no spaces, unknown parts as `?`, nothing around it.

    >>> plain("西暦１９８５年四月一日生"), plain("1985/04/01 0:00:00"), plain("昭和廿年三月不詳日")
    ('1985年4月1日', '1985/04/01', '昭和20年3月')
    """
    written = _without_time(arabic(unicodedata.normalize("NFKC", visible(text))).strip())
    bare = WEEKDAY.sub("", re.sub(r"\s", "", written).replace("・", ".").replace("−", "-"))
    return UNKNOWN_PARTS.sub("", re.sub(r"^生?年月日\?$", "?", UNKNOWN.sub("?", _alone(bare))))


def says_nothing(text: str) -> bool:
    """Say whether a plain text stands for no date at all, as old systems fill what is empty.

    >>> [says_nothing(text) for text in ("99999999", "S00.00.00", "昭和年月日", "明治0年", "H8.8.8")]
    [True, True, True, False, False]
    """
    groups = re.findall(r"\d+", text)
    digits = "".join(groups)
    if not digits:
        return text in ("", "?", "-") or bool(EMPTY_FORM.fullmatch(text))
    zeros = text == "0" or len(digits) >= 4 or len(groups) >= 3
    return (zeros and set(digits) == {"0"}) or (len(digits) >= 6 and set(digits) == {"9"}) or _eights(digits)


def _eights(digits: str) -> bool:
    return digits in ("8888", "888888", "88888888")


def _without_time(written: str) -> str:
    timed = TIMED.fullmatch(written) or DIGITS_ONLY.fullmatch(written)
    return timed["day"] if timed else written


def _alone(bare: str) -> str:
    ended = AFTER.sub("", BEFORE.sub("", bare))
    return ended if "から" in ended else UNTIL.sub("", ended)
