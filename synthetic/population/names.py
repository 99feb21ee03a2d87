"""Names: 氏 by population weight, given names by sex and decade of birth, and the names of foreigners."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from japanese_personal_name_dataset import load_dataset

SURNAME_CODES = 1 << 30  # a family's code is drawn evenly; its 氏 is read off the weights


def words(*lines: str) -> tuple[str, ...]:
    """Split lines at blanks."""
    return tuple(" ".join(lines).split())


WOMEN_OLD = words(
    "ハナ キヨ ミツ フミ トシ ヨシ スミ ハル キク チヨ ツル マツ トメ シゲ セツ タケ テル ナカ ヒサ フサ マサ",
    "ミヨ ヤス ユキ イト ウメ カネ キミ サト シズ スエ タカ タツ タマ ツネ トヨ ノブ ハツ フジ ミネ",
)
WOMEN_ENDINGS = {
    "こ": (0.9, 3.2, 2.6, 0.9, 0.35, 0.25),
    "え": (0.7, 1.6, 2.0, 1.2, 0.6, 0.5),
    "よ": (0.9, 1.6, 1.2, 0.5, 0.2, 0.1),
    "み": (0.1, 0.5, 1.8, 2.2, 1.2, 0.7),
    "お": (0.2, 0.3, 0.5, 0.9, 1.2, 1.6),
}
WOMEN_OTHERS = (0.1, 0.1, 0.25, 1.4, 2.2, 2.6)
MEN_ENDINGS = {
    "お": (2.2, 2.6, 2.0, 0.5, 0.15, 0.1),
    "ち": (2.2, 2.2, 1.2, 0.6, 0.4, 0.3),
    "じ": (1.8, 1.8, 1.8, 0.8, 0.3, 0.2),
    "う": (1.0, 0.9, 0.8, 0.9, 1.2, 1.3),
    "と": (0.1, 0.2, 0.4, 1.0, 2.0, 2.6),
    "た": (0.1, 0.1, 0.2, 0.8, 2.2, 2.4),
    "や": (0.1, 0.1, 0.5, 1.8, 1.8, 1.0),
    "き": (0.4, 0.6, 1.2, 1.8, 1.6, 1.4),
}
MEN_OTHERS = (0.8, 0.9, 1.1, 1.1, 0.9, 0.8)
OLD_NAMES = ((1900, 1945), (0.75, 0.0))  # share of women named in plain kana, by decade of birth
ERAS = (1905, 1930, 1950, 1970, 1990, 2010)  # the years the weights above stand for; invented, as no table is free
DECADES = tuple(range(1840, 2020, 10))
CHARACTER_POWER = 0.9  # how much spellings with the usual characters for a reading are preferred


@dataclass(frozen=True)
class Nation:
    """A nationality and the names its people bear: 氏 and given names as written, their kana and latin letters."""

    name: str
    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]


NATIONS = (
    Nation(
        "韓国",
        words("金/キム/KIM 李/イ/LEE 朴/パク/PARK 崔/チェ/CHOI 鄭/チョン/JEONG 姜/カン/KANG 趙/チョ/CHO 尹/ユン/YUN"),
        words(
            "成浩/ソンホ/SEONGHO 永植/ヨンシク/YEONGSIK 俊英/ジュニョン/JUNYEONG 哲洙/チョルス/CHEOLSU",
            "明哲/ミョンチョル/MYEONGCHEOL",
        ),
        words("美英/ミヨン/MIYEONG 順子/スンジャ/SUNJA 恵珍/ヘジン/HYEJIN 英姫/ヨンヒ/YEONGHUI 智恩/チウン/JIEUN"),
    ),
    Nation(
        "中国",
        words(
            "王/オウ/WANG 李/リ/LI 張/チョウ/ZHANG 劉/リュウ/LIU 陳/チン/CHEN 楊/ヨウ/YANG 黄/コウ/HUANG 林/リン/LIN"
        ),
        words("偉/イ/WEI 建国/ケンコク/JIANGUO 強/キョウ/QIANG 明/メイ/MING 浩/コウ/HAO 志強/シキョウ/ZHIQIANG"),
        words("芳/ホウ/FANG 麗/レイ/LI 静/セイ/JING 敏/ビン/MIN 春梅/シュンバイ/CHUNMEI 雪/セツ/XUE"),
    ),
    Nation(
        "ベトナム",
        words("/グエン/NGUYEN /チャン/TRAN /レ/LE /ファム/PHAM /ホアン/HOANG /ヴ/VU /ダン/DANG /ブイ/BUI"),
        words("/バン_ミン/VAN_MINH /バン_フン/VAN_HUNG /クオック_アン/QUOC_ANH /ドゥック/DUC /タン/THANH"),
        words("/ティ_ラン/THI_LAN /ティ_フオン/THI_HUONG /ティ_マイ/THI_MAI /ゴック_アン/NGOC_ANH /ティ_トゥ/THI_THU"),
    ),
    Nation(
        "フィリピン",
        words("/サントス/SANTOS /レイエス/REYES /クルス/CRUZ /バウティスタ/BAUTISTA /ガルシア/GARCIA /ラモス/RAMOS"),
        words("/マーク_アンソニー/MARK_ANTHONY /ホセ/JOSE /ジョン_ポール/JOHN_PAUL /ロドリゴ/RODRIGO"),
        words("/マリア_テレサ/MARIA_TERESA /ジョイ/JOY /ローズマリー/ROSEMARIE /アンジェリカ/ANGELICA /グレース/GRACE"),
    ),
    Nation(
        "ネパール",
        words("/シュレスタ/SHRESTHA /タマン/TAMANG /グルン/GURUNG /ライ/RAI /カドカ/KHADKA /アディカリ/ADHIKARI"),
        words("/ラム/RAM /ビシャル/BISHAL /スレシュ/SURESH /プラカシュ/PRAKASH /ディパク/DIPAK"),
        words("/シタ/SITA /アニタ/ANITA /サビナ/SABINA /プジャ/PUJA /マヤ/MAYA"),
    ),
    Nation(
        "米国",
        words("/スミス/SMITH /ジョンソン/JOHNSON /ブラウン/BROWN /ミラー/MILLER /デイビス/DAVIS /ウィルソン/WILSON"),
        words("/ジェームズ/JAMES /マイケル/MICHAEL /デイビッド/DAVID /ロバート_リー/ROBERT_LEE /トーマス/THOMAS"),
        words("/メアリー/MARY /リンダ_アン/LINDA_ANN /サラ/SARAH /エミリー/EMILY /ジェシカ/JESSICA"),
    ),
)


def katakana(hiragana: str) -> str:
    """Write hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in hiragana)


def _encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _surnames() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    _, _, table = load_dataset("org", include_last_names=True)
    kept = [(name, katakana(entry["reading"]), entry["count"]) for name, entry in table.items() if _encodable(name)]
    weight = np.cumsum([count for _, _, count in kept], dtype=float)
    names = np.array([name for name, _, _ in kept], object), np.array([kana for _, kana, _ in kept], object)
    return *names, weight / weight[-1]


def surnames(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Read Japanese 氏 and kana off family codes."""
    names, kana, weight = _surnames()
    index = np.searchsorted(weight, codes / SURNAME_CODES, side="right")
    return names[index], kana[index]


def given_names(birth_years: np.ndarray, male: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw given names and kana by sex and decade of birth."""
    decade = np.clip(birth_years // 10 * 10, DECADES[0], DECADES[-1])
    names, kana = np.empty(len(male), object), np.empty(len(male), object)
    for sex in (True, False):
        for year in DECADES:
            who = np.flatnonzero((decade == year) & (male == sex))
            spelling, reading, weight = _given(sex, year)
            index = rng.choice(len(weight), len(who), p=weight)
            names[who], kana[who] = spelling[index], reading[index]
    return names, kana


@cache
def _given(male: bool, decade: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names, kana, ending, weight = _spellings(male)
    endings, others = (MEN_ENDINGS, MEN_OTHERS) if male else (WOMEN_ENDINGS, WOMEN_OTHERS)
    fashion = np.full(len(names), np.interp(decade, ERAS, others))
    for end, weights in endings.items():
        fashion[ending == end] = np.interp(decade, ERAS, weights)
    weight = weight * fashion / (weight * fashion).sum()
    return (names, kana, weight) if male else _with_old_names(names, kana, weight, decade)


def _with_old_names(
    names: np.ndarray, kana: np.ndarray, weight: np.ndarray, decade: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    share = float(np.interp(decade, *OLD_NAMES))
    rank = 1 / np.sqrt(np.arange(1, len(WOMEN_OLD) + 1))
    old = np.array(WOMEN_OLD, object)
    weight = np.concatenate([weight * (1 - share), rank / rank.sum() * share])
    return np.concatenate([names, old]), np.concatenate([kana, old]), weight / weight.sum()


@cache
def _spellings(male: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """List spelling, kana and ending of every popular name, weighted by how usual its characters are for it."""
    men, women = load_dataset("opti")
    everyone = load_dataset("org")[0 if male else 1]
    seen = Counter(use for kana, entry in everyone.items() for kanji in entry["kanji"] for use in _uses(kana, kanji))
    rows = []
    for kana, entry in (men if male else women).items():
        usable = [kanji for kanji in entry["kanji"] if _encodable(kanji)]
        scores = [_score(kana, kanji, seen) for kanji in usable]
        share = len(usable) ** 0.5 / sum(scores)
        rows += [(kanji, katakana(kana), kana[-1], score * share) for kanji, score in zip(usable, scores, strict=True)]
    names, katakanas, endings, weights = zip(*rows, strict=True)
    return np.array(names, object), np.array(katakanas, object), np.array(endings), np.array(weights)


def _uses(kana: str, kanji: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give what the first and the last character are used for: the beginning and the end of the reading."""
    return (kana[:2], kanji[0]), ("…" + kana[-1], kanji[-1])


def _score(kana: str, kanji: str, seen: Mapping[tuple[str, str], int]) -> float:
    first, last = _uses(kana, kanji)
    return float((seen[first] * seen[last]) ** CHARACTER_POWER)


def foreign_surnames(nation: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Read the 氏 of people of nations 1 … off family codes: rows as written, kana, latin letters."""
    return _columns(_name(NATIONS[n - 1].surnames, c) for n, c in zip(nation.tolist(), codes.tolist(), strict=True))


def foreign_given(nation: np.ndarray, male: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw given names for people of nations 1 …: rows as written, kana, latin letters."""
    pick = rng.integers(0, 1 << 20, len(nation)).tolist()
    lists = [NATIONS[n - 1].men if m else NATIONS[n - 1].women for n, m in zip(nation.tolist(), male, strict=True)]
    return _columns(_name(choice, number) for choice, number in zip(lists, pick, strict=True))


def nationalities(nation: np.ndarray) -> np.ndarray:
    """Name nations 1 …."""
    return np.asarray(np.array([each.name for each in NATIONS], object)[nation - 1])


def _name(choice: Sequence[str], number: int) -> tuple[str, str, str]:
    """Without kanji a name is written in latin letters."""
    kanji, kana, latin = choice[number % len(choice)].replace("_", " ").split("/")
    return kanji or latin, kana, latin


def _columns(rows: Iterable[tuple[str, str, str]]) -> np.ndarray:
    return np.array(list(rows), object).reshape(-1, 3).T
