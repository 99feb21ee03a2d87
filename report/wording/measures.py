"""Words for what is counted and why rows were turned away, in both languages; the keys are those of the interface."""

from collections.abc import Mapping

MEASURES: Mapping[str, tuple[str, str]] = {
    "truncated": ("途中で切れた行", "row that breaks off"),
    "extra_columns": ("列が多い", "too many columns"),
    "undecodable": ("文字化け", "unreadable characters"),
    "unknown_code": ("未定義のコード", "code that is not defined"),
    "impossible_value": ("あり得ない値", "impossible value"),
    "no_key": ("キーなし", "no key"),
    "duplicate_key": ("キーの重複(内容が違う)", "key given twice with other content"),
    "inconsistent": ("矛盾", "contradiction"),
    "with_mother": ("母が分かる住民の割合", "residents whose mother is known"),
    "with_father": ("父が分かる住民の割合", "residents whose father is known"),
    "with_mother_registered": ("母が分かる住民の割合(戸籍)", "residents whose mother is known (戸籍)"),
    "with_mother_stated": ("母が分かる住民の割合(続柄)", "residents whose mother is known (続柄)"),
    "with_mother_composed": ("母が分かる住民の割合(続柄の連鎖)", "residents whose mother is known (chain of 続柄)"),
    "with_mother_probable": ("母が分かる住民の割合(推定)", "residents whose mother is known (inferred)"),
    "with_father_registered": ("父が分かる住民の割合(戸籍)", "residents whose father is known (戸籍)"),
    "with_father_stated": ("父が分かる住民の割合(続柄)", "residents whose father is known (続柄)"),
    "with_father_composed": ("父が分かる住民の割合(続柄の連鎖)", "residents whose father is known (chain of 続柄)"),
    "with_father_probable": ("父が分かる住民の割合(推定)", "residents whose father is known (inferred)"),
    "with_parent_registered_stated_or_composed": ("親が確かな住民の割合", "residents with a parent who is certain"),
    "residents": ("住民", "residents"),
    "placeholders": ("名前の分からない親族(仮の人物)", "kin known by a place in the family alone"),
    "households_without_head": ("世帯主のいない世帯", "households without a head"),
    "unmatched_chains": ("途中の人が分からない続柄", "relations (続柄) through somebody unknown"),
    "residents_a_koseki_would_settle": ("戸籍があれば親族が確かになる住民", "residents whose kin a 戸籍 would settle"),
    "united_numbers": ("複数の宛名番号を持っていた人", "people who had several numbers"),
    "unspecified_ties": ("縁故者(続柄不明)", "縁故者 (tie not said)"),
    "staff": ("職員", "staff"),
    "staff_linked": ("住民と照合できた職員", "staff linked to a resident"),
    "personal": ("個人", "personal"),
    "shared": ("共用", "shared"),
    "temporary": ("臨時", "temporary"),
    "system": ("システム", "system"),
    "Person": ("人物", "persons"),
    "Household": ("世帯", "households"),
    "FamilyRegister": ("戸籍", "family registers"),
    "Staff": ("職員", "staff"),
    "Section": ("所属", "sections"),
    "Account": ("操作者ID", "accounts"),
    "Terminal": ("端末", "terminals"),
    "Lookup": ("閲覧(グラフ上)", "lookups in the graph"),
    "Conflict": ("閲覧者と被閲覧者の組", "viewer–subject pairs"),
    "PARENT_OF": ("親子のつながり", "parent links"),
    "SPOUSE_OF": ("夫婦のつながり", "marriages"),
    "MEMBER_OF": ("世帯への所属", "household memberships"),
    "REGISTERED_IN": ("戸籍への記載", "register entries"),
    "IDENTIFIED_AS": ("職員と住民の照合", "staff matched to residents"),
    "BELONGS_TO": ("職員の所属", "postings to sections"),
    "ON_DUTY": ("勤務", "duty"),
    "USES": ("操作者IDの保有", "accounts held"),
    "LOCATED_IN": ("端末の設置", "places of terminals"),
    "MADE_BY": ("閲覧の操作者ID", "lookups by account"),
    "AT": ("閲覧の端末", "lookups at terminals"),
    "OF": ("閲覧の対象者", "lookups of subjects"),
    "RELATED_TO": ("親族関係(計算)", "kinship (computed)"),
    "VIEWER": ("事案の閲覧者", "viewers of conflicts"),
    "SUBJECT": ("事案の被閲覧者", "subjects of conflicts"),
    "COUNTS": ("事案に数えた閲覧", "lookups counted in conflicts"),
    # Rows that load and say nothing.
    "no_length": ("期間の長さがない行", "spells of no length"),
    "no_section": ("その日に所属のない勤務の行", "duty of somebody without a section that day"),
    "unknown_staff": ("名簿にない職員の行", "rows of staff in no list"),
    "no_subject": ("対象者のない行", "rows without a subject"),
    "unknown_person": ("台帳にない人の行", "rows of people in no register"),
    "nothing_said": ("何も書かれていない行", "rows that say nothing"),
    # What is odd in a file and no error.
    "nobody_matched": ("住民に一人も結び付かない家系図の人数", "people of a genealogy none of whom is a resident"),
    "date": ("読めない日付", "dates that could not be read"),
    "dangling": ("誰も指さない参照", "pointers to nobody"),
    "check_digit": ("宛名番号の検査数字が合わない行", "rows whose check digit does not fit"),
    "relation_text": ("続柄の文字がコードより長い行", "rows whose 続柄 says more than its code"),
    "two_holders": (
        "同じ日に2人が持つ操作者ID(その日の閲覧は共用として扱う)",
        "accounts that two people hold on one day (its lookups count as shared)",
    ),
    "differs": ("他の資料と値が異なる欄", "cells that another source says otherwise"),
    "cut_off": ("途中で切れた最後の行", "last records that are cut off"),
    "invisible": ("見えない文字を含む欄", "cells with characters that show nothing"),
    # What the status tells besides.
    "run_id": ("世代", "run_id"),
    "missing": ("無かった資料", "missing"),
    "identity open": ("本人確認待ちの職員", "identity open"),
    "nobody matched": ("住民に一人も結び付かない家系図", "nobody matched"),
    "refused": ("受け入れなかったファイル", "refused"),
    "shrunk": ("切れているおそれがあるまま取り込んだファイル", "shrunk"),
    "clock": ("時計のずれ", "clock"),
    "log": ("ログ", "log"),
    "decisions": ("判断", "decisions"),
    "open": ("未処理", "open"),
    "needs_inquiry": ("要照会", "needs inquiry"),
    "cleared": ("問題なし", "cleared"),
    "confirmed": ("確認済(要対応)", "confirmed"),
    "lost": ("判断済みで、いまの資料に現れないもの", "lost"),
    "other_policy": ("方針が変わる前のもの", "other_policy"),
    "standing": ("有効", "standing"),
    "changed": ("判断後に変化", "changed"),
}

# The same key as that of a row turned away; a genealogy's record with such characters is loaded.
UNREADABLE = ("読めない文字を含む記録", "records with unreadable characters")


def measure(key: str, lang: str) -> str:
    """Give the word for something counted or for why a row was turned away; what is not listed stands as it is."""
    return MEASURES.get(key, (key, key))[0 if lang == "ja" else 1]


def warning(key: str, lang: str) -> str:
    """Word one kind of what is odd in a file and no error."""
    return UNREADABLE[0 if lang == "ja" else 1] if key == "undecodable" else measure(key, lang)


def measured(counts: Mapping[str, int], lang: str) -> str:
    """Word counts by their keys in one cell: 矛盾:2 キーなし:1."""
    return " ".join(f"{measure(key, lang)}:{count:,}" for key, count in sorted(counts.items()))
