"""The words for blood kin and affines (T1–T4), row by row, written by hand; and their inverses."""

from datetime import date

import pytest

from graph.kinship import terms
from tests.kinship.conftest import closed, family, people

# Sex and birth year of everybody who appears; names say who they are to `me`.
FACTS_TEXT = """
me:M1980 father:M1950 mother:F1952 grandpa:M1920 grandma:F1922 mgrandpa:M1921 ggpa:M1895 gggpa:M1870 p5:M1845
p6:M1820 brother:M1978 sister:F1985 uncle_e:M1948 uncle_y:M1955 aunt_e:F1945 aunt_m:F1960 nephew:M2005
niece:F2008 cousin:F1977 gguncle:M1915 ggaunt:F1925 grandnephew:M2030 son:M2006 daughter:F2009 grandson:M2030
ggson:M2055 d4:F2080 d5:M2100 d6:M2120 cousin_p:M1945 cchild:F2004 second:M1976 gg3uncle:M1890 gg4uncle:M1868
gcousin:F1918 ccc:M2031 n4:F2055 n5:M2080 wife:F1982 wfather:M1951 wsister:F1980 wniece:F2010 wuncle:M1953
wgrandma:F1925 bwife:F1979 awife:M1944 bride:F2007 stepmother:F1960 wbwife:F1975 wbrother:M1978 bfather:M1955
adopted:F2001 adopter:M1949 half:M1990 partner:F1983 pchild:M2011 ex:F1981 exmother:F1955 late:F1979
lodger:M1990 other:F1984
"""
FACTS = dict(word.split(":") for word in FACTS_TEXT.split())
PICTURE = """
father>me mother>me grandpa>father grandma>father mgrandpa>mother ggpa>grandpa gggpa>ggpa p5>gggpa p6>p5
father>brother mother>brother father>sister mother>sister grandpa>uncle_e grandpa>uncle_y grandpa>aunt_e mgrandpa>aunt_m
brother>nephew sister>niece aunt_e>cousin ggpa>gguncle ggpa>ggaunt nephew>grandnephew grandnephew>n4 n4>n5
me>son me>daughter son>grandson grandson>ggson ggson>d4 d4>d5 d5>d6
gguncle>cousin_p cousin_p>second cousin>cchild cchild>ccc gggpa>gg3uncle p5>gg4uncle gg3uncle>gcousin
me=wife wfather>wife wfather>wsister wfather>wbrother wsister>wniece wgrandma>wfather wgrandma>wuncle wbrother=wbwife
brother=bwife aunt_e=awife son=bride father=stepmother bfather>bride me>>adopted adopter>>me father>half x>half
me~partner partner>pchild me@home lodger@home me>k other>k
"""

WORDS = [
    ("me", "本人", "self"),
    ("father", "父", "father"),
    ("mother", "母", "mother"),
    ("grandpa", "父方の祖父", "paternal grandfather"),
    ("mgrandpa", "母方の祖父", "maternal grandfather"),
    ("ggpa", "父方の曽祖父", "paternal great-grandfather"),
    ("gggpa", "父方の高祖父", "paternal great-great-grandfather"),
    ("p5", "父方の五世の祖", "paternal 3×great-grandfather"),
    ("p6", "父方の六世の祖", "paternal 4×great-grandfather"),
    ("son", "息子", "son"),
    ("daughter", "娘", "daughter"),
    ("grandson", "孫", "grandson"),
    ("ggson", "曽孫", "great-grandson"),
    ("d4", "玄孫", "great-great-granddaughter"),
    ("d5", "来孫（玄孫の子）", "3×great-grandson"),
    ("d6", "昆孫（玄孫の孫）", "4×great-grandson"),
    ("brother", "兄", "elder brother"),
    ("sister", "妹", "younger sister"),
    ("half", "異母弟", "younger half-brother"),
    ("uncle_e", "父方の伯父", "paternal uncle"),
    ("uncle_y", "父方の叔父", "paternal uncle"),
    ("aunt_e", "父方の伯母", "paternal aunt"),
    ("aunt_m", "母方の叔母", "maternal aunt"),
    ("nephew", "甥", "nephew"),
    ("niece", "姪", "niece"),
    ("cousin", "父方のいとこ", "paternal first cousin"),
    ("gguncle", "父方の大伯父（祖父母の兄弟姉妹）", "paternal great-uncle (grandparent's sibling)"),
    ("ggaunt", "父方の大叔母（祖父母の兄弟姉妹）", "paternal great-aunt (grandparent's sibling)"),
    ("grandnephew", "大甥（甥姪の子）", "grand-nephew (nephew's or niece's child)"),
    ("n4", "曽姪孫（甥姪の孫）", "great-grand-niece (nephew's or niece's grandchild)"),
    ("n5", "玄姪孫（甥姪の曽孫）", "great-great-grand-nephew (nephew's or niece's great-grandchild)"),
    ("gg3uncle", "父方の曽祖伯父（曽祖父母の兄弟姉妹）", "paternal great-grand-uncle (great-grandparent's sibling)"),
    (
        "gg4uncle",
        "父方の高祖伯父（高祖父母の兄弟姉妹）",
        "paternal great-great-grand-uncle (great-great-grandparent's sibling)",
    ),
    ("cousin_p", "父方の従伯父（父母のいとこ）", "paternal first cousin once removed (parent's cousin)"),
    ("cchild", "父方の従姪（いとこの子）", "paternal first cousin once removed (cousin's child)"),
    ("gcousin", "父方の従伯祖母（祖父母のいとこ）", "paternal first cousin twice removed (grandparent's cousin)"),
    ("ccc", "父方の従姪孫（いとこの孫）", "paternal first cousin twice removed (cousin's grandchild)"),
    ("second", "父方のはとこ（再従兄弟姉妹）", "paternal second cousin"),
    ("wife", "妻", "wife"),
    ("wfather", "配偶者の父", "spouse's father"),
    ("wgrandma", "配偶者の父方の祖母", "spouse's paternal grandmother"),
    ("wsister", "配偶者の姉", "spouse's elder sister"),
    ("wniece", "配偶者の姪", "spouse's niece"),
    ("wuncle", "配偶者の父方の叔父", "spouse's paternal uncle"),
    ("bwife", "兄の妻", "wife of the elder brother"),
    ("awife", "父方の伯母の夫", "husband of the paternal aunt"),
    ("bride", "息子の妻", "wife of the son"),
    ("stepmother", "父の妻", "wife of the father"),
    ("wbwife", "配偶者の兄の妻", "wife of the spouse's elder brother"),
    ("bfather", "子の配偶者の父（相舅）", "father of the child's spouse"),
    ("adopted", "養女", "adoptive daughter"),
    ("adopter", "養父", "adoptive father"),
    ("partner", "事実婚の妻", "de facto wife"),
    ("pchild", "事実婚の妻の息子", "son of the de facto wife"),
    ("lodger", "同一世帯員", "member of the same household"),
    ("other", "子の母", "mother of one's child"),
]


def facts(rows, table):
    """Write sexes and births from a table like `FACTS` into the persons' rows."""
    for person in rows["Person"]:
        told = table.get(person["person_id"], "")
        person["sex"] = told[:1].strip("U")
        person["birth_date"] = date(int(told[1:]), 1, 1) if told[1:] else None
    return rows


def words(rows, start, end, tense="current"):
    """Give the words for every relation of two people, in both languages."""
    known = people(rows)
    found = [r for r in closed(rows, start) if r.end == end]
    return {tuple(terms.term(r, known, tense, lang) for lang in ("ja", "en")) for r in found}


@pytest.fixture(scope="module")
def spoken():
    """Name everybody in `PICTURE` as `me` would."""
    rows = facts(family(PICTURE), FACTS)
    rows["PARENT_OF"] = [link | {"valid_from": date(1, 1, 1)} for link in rows["PARENT_OF"]]
    known = people(rows)
    said: dict[str, set[tuple[str, str]]] = {}
    for r in closed(rows, "me"):
        said.setdefault(r.end, set()).add(
            (terms.term(r, known, "current", "ja"), terms.term(r, known, "current", "en"))
        )
    return said


@pytest.mark.parametrize(("who", "ja", "en"), WORDS, ids=[row[0] for row in WORDS])
def test_words(spoken, who, ja, en):
    assert spoken[who] == {(ja, en)}


@pytest.mark.parametrize(
    ("picture", "table", "ja", "en"),
    [
        ("p>me p>x", {}, "兄弟姉妹", "sibling"),
        ("p>me p>x", {"x": "F"}, "姉妹", "sister"),
        ("p>me p>x", {"me": "M1980", "x": "U1975"}, "兄・姉", "elder sibling"),
        ("p>me g>p g>x", {"x": "M"}, "おじ", "uncle"),
        ("p>me g>p g>x", {"x": "F1940"}, "おば", "aunt"),
        ("p>me g>p g>x", {}, "おじ・おば", "uncle or aunt"),
        ("p>me g>p g>x", {"p": "F1950", "x": "M1950"}, "母方のおじ", "maternal uncle"),
        ("p>me p>s s>x", {}, "甥・姪", "nephew or niece"),
        ("p>me g>p x>g", {}, "曽祖父母", "great-grandparent"),
        ("x>me", {}, "親", "parent"),
        ("me>x", {}, "子", "child"),
        ("me=x", {}, "配偶者", "spouse"),
        ("p>me p>s s=x", {"s": "F"}, "姉妹の配偶者", "spouse of the sister"),
        ("g>>p p>me g>x", {"x": "M"}, "おじ（養子縁組）", "uncle (by adoption)"),
    ],
)
def test_what_is_not_known_has_a_word_too(picture, table, ja, en):
    assert words(facts(family(picture), table), "me", "x") == {(ja, en)}


@pytest.mark.parametrize(
    ("picture", "ja", "en"),
    [
        ("me=x", "元妻", "former wife"),
        ("me=s x>s", "元配偶者の母", "former spouse's mother"),
        ("p>me p>b b=x", "兄の元妻", "former wife of the elder brother"),
        ("me>>x", "元養女", "former adoptive daughter"),
        ("x>me", "母（関係は終了）", "mother (tie ended)"),
        ("me~x", "元事実婚の妻", "former de facto wife"),
        ("me@h x@h", "元同一世帯員", "former member of the same household"),
    ],
)
def test_what_has_ended_says_so(picture, ja, en):
    rows = facts(family(picture), {"me": "M1980", "b": "M1970", "x": "F1975"})
    assert words(rows, "me", "x", "former") == {(ja, en)}


def test_the_dead_are_not_divorced():
    rows = facts(family("me=x"), {"x": "F1980"})
    rows["SPOUSE_OF"][0] |= {"valid_to": date(2001, 1, 1), "ended_by": "death"}
    rows["Person"][1]["death_date"] = date(2001, 1, 1)
    assert words(rows, "me", "x", "former") == {("亡妻", "late wife")}


def test_recognition_is_said():
    rows = facts(family("me>x"), {"x": "F2001"})
    rows["PARENT_OF"][0]["nature"] = "recognised"
    assert words(rows, "me", "x") == {("娘（認知）", "daughter (by recognition)")}


INVERSE = {
    "父": "息子",
    "父方の祖父": "孫",
    "兄": "弟",
    "妹": "兄",
    "父方の伯父": "甥",
    "母方の叔母": "甥",
    "父方の曽祖父": "曽孫",
    "甥": "叔父",
    "妻": "夫",
    "配偶者の父": "娘の夫",
    "兄の妻": "配偶者の弟",
    "配偶者の姪": "叔母の夫",
    "養女": "養父",
    "父方の大伯父（祖父母の兄弟姉妹）": "大甥（甥姪の子）",
    "事実婚の妻": "事実婚の夫",
    "子の配偶者の父（相舅）": "子の配偶者の父（相舅）",
    "父方の従伯父（父母のいとこ）": "従甥（いとこの子）",
    "父方の曽祖伯父（曽祖父母の兄弟姉妹）": "曽姪孫（甥姪の孫）",
    "父方の従伯祖母（祖父母のいとこ）": "従姪孫（いとこの孫）",
}


@pytest.mark.parametrize(("ja", "back"), INVERSE.items())
def test_words_have_their_inverse(spoken, ja, back):
    (who,) = [name for name, said in spoken.items() if any(word == ja for word, _ in said)]
    rows = facts(family(PICTURE), FACTS)
    rows["PARENT_OF"] = [link | {"valid_from": date(1, 1, 1)} for link in rows["PARENT_OF"]]
    (word,) = {pair[0] for pair in words(rows, who, "me")}
    assert word.removeprefix("父方の").removeprefix("母方の") == back


def test_standing_names_the_law():
    assert [terms.standing("affinity", 2, lang) for lang in ("ja", "en")] == ["姻族2親等", "affinity, degree 2"]
    assert [terms.standing(kind, None, "ja") for kind in ("spouse", "household", "tie")] == [
        "配偶者", "同一世帯", "民法上の親族ではない",
    ]  # fmt: skip
