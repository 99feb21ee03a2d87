"""What agrees and what differs between a member of staff and a candidate: kept as codes, worded for a reader.

A code is what is compared, its outcome, and where it counts something that number: `surname:6`, `dependants:3`.
"""

from collections.abc import Iterable, Mapping

from words import Said

FOR, DOUBT, AGAINST = "○", "△", "×"

WORDS: Mapping[str, tuple[str, str, str]] = {
    "surname:7": (FOR, "氏のカナが一致(一方はローマ字)", "surname: kana agree (one is in Latin letters)"),
    "surname:6": (FOR, "氏が一致(漢字・カナ)", "surname agrees (characters and kana)"),
    "surname:5": (FOR, "氏が一致(漢字)", "surname agrees (characters)"),
    "surname:4": (AGAINST, "氏の漢字が一致、カナは不一致", "surname: characters agree, kana differ"),
    "surname:3": (AGAINST, "氏のカナが一致、漢字は不一致", "surname: kana agree, characters differ"),
    "surname:2": (DOUBT, "旧氏・以前の氏が一致", "a former surname agrees"),
    "surname:1": (DOUBT, "氏が類似", "surname is similar"),
    "surname:0": (AGAINST, "氏が不一致", "surname differs"),
    "given:7": (FOR, "名のカナが一致(一方はローマ字)", "given name: kana agree (one is in Latin letters)"),
    "given:6": (FOR, "名が一致(漢字・カナ)", "given name agrees (characters and kana)"),
    "given:5": (FOR, "名が一致", "given name agrees"),
    "given:4": (AGAINST, "名の漢字が一致、カナは不一致", "given name: characters agree, kana differ"),
    "given:3": (AGAINST, "名のカナが一致、漢字は不一致", "given name: kana agree, characters differ"),
    "given:1": (DOUBT, "名が類似", "given name is similar"),
    "given:0": (AGAINST, "名が不一致", "given name differs"),
    "unreadable": (FOR, "読めない文字(外字・〓)がある", "some characters cannot be read (外字, 〓)"),
    "birth:equal": (FOR, "生年月日が一致", "date of birth agrees"),
    "birth:near": (
        DOUBT,
        "生年月日が近い(桁の違い又は入れ替わり)",
        "date of birth is close (a digit differs, or two are swapped)",
    ),
    "birth:missing": (DOUBT, "生年月日の一方がない", "one date of birth is missing"),
    "birth:differs": (AGAINST, "生年月日が不一致", "date of birth differs"),
    "address:dwelling": (FOR, "住所が号まで一致", "address agrees to the dwelling (号)"),
    "address:before": (DOUBT, "以前又は転出先の住所が一致", "an address before, or the one moved to, agrees"),
    "address:block": (FOR, "住所が番まで一致", "address agrees to the block (番)"),
    "address:town": (FOR, "住所が町・丁目まで一致", "address agrees to the town (丁目)"),
    "address:differs": (AGAINST, "住所が不一致", "address differs"),
    "address:outside": (AGAINST, "人事の住所は市外", "personnel's address is outside the municipality"),
    "sex:differs": (AGAINST, "性別が不一致", "sex differs"),
    "dependants": (FOR, "扶養親族{count}人が同じ世帯にいる", "in the same household live dependants: {count}"),
    "dependants:none": (AGAINST, "扶養親族は同じ世帯にいない", "no dependant lives in the same household"),
    "alias_only": (DOUBT, "通称のみ一致", "only the alias agrees"),
    "turned_only": (
        FOR,
        "氏と名が逆、又は名だけの記載",
        "surname and given name are swapped, or one name stands alone",
    ),
    "protected": (DOUBT, "支援措置の対象者(必ず人が確認)", "under protection (a person always decides)"),
    "moved": (AGAINST, "転出済みの住民", "a resident who has moved out"),
    "personnel": (FOR, "人事記録による", "as personnel records say"),
}


def lines(codes: Iterable[str]) -> list[Said]:
    """Say in short lines what agrees and what differs."""
    return [line(code) for code in codes]


def line(code: str) -> Said:
    """Say one of them."""
    found, count = _found(code)
    return Said(en=found[2].format(count=count), ja=found[1].format(count=count))


def mark(code: str) -> str:
    """Say at a glance whether a line speaks for the candidate, against, or leaves a doubt."""
    return _found(code)[0][0]


def _found(code: str) -> tuple[tuple[str, str, str], str]:
    """Give the words of a code, and the number it counts; a code of nobody's stands as it is."""
    if code in WORDS:
        return WORDS[code], ""
    name, _, count = code.partition(":")
    return WORDS.get(name, (FOR, code, code)), count
