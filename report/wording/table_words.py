"""Japanese words for the headings and codes of a table on a terminal; JSON and CSV keep those of the interface."""

from collections.abc import Iterable, Mapping
from typing import Any

from report.wording.measures import MEASURES, measure

HEADINGS: Mapping[str, str] = {
    "item": "項目", "value": "値", "file": "ファイル", "source": "資料", "encoding": "文字コード", "rows": "行数",
    "loaded": "取込", "quarantined": "隔離", "duplicate": "重複", "idle": "何も述べない行", "reasons": "理由別",
    "run_id": "世代", "term": "続柄", "kind": "種別", "degree": "親等", "nature": "実養", "half": "全半血",
    "grade": "確度", "tense": "時期", "path": "経路", "person": "番号", "only_if": "前提", "system": "システム",
    "account": "操作者ID", "valid_from": "有効開始", "valid_to": "有効終了", "persons_shown": "見た人(のべ)",
    "observed": "実際の件数", "explained": "説明あり", "expected": "偶然なら", "name": "氏名", "staff": "職員番号",
    "to_viewer": "閲覧者から見て", "to_subject": "被閲覧者から見て", "time": "日時", "via": "経由", "viewer": "閲覧者",
    "viewer_section": "所属", "view": "表示", "outcome": "結果", "explanation": "業務記録", "ties": "関係",
    "p_nobody": "該当なしの確率", "p": "確率", "tier": "段階", "evidence": "一致・不一致", "text": "文字",
    "steps": "続柄の語", "up": "上り", "down": "下り", "side": "側", "needs_match": "照合が必要",
    "term_ja": "日本語", "term_en": "英語", "problem": "問題", "key": "キー", "loose_key": "緩いキー",
    "earliest": "最も早い日", "latest": "最も遅い日", "precision": "精度", "warnings": "注意", "place": "市内外",
    "intact": "改ざんなし", "altered_at": "変えられた箇所", "length": "記録数", "head": "最後の印",
    "anchor_length": "控えの記録数", "ahead": "控えより後", "column": "列", "from": "元の列", "how": "読み方",
    "running": "稼働中", "user": "利用者", "password_file": "パスワードのファイル", "browser": "画面", "version": "版",
    "terminal": "端末", "holder": "名義人", "first": "開始", "last": "終了", "lookups": "閲覧",
    "while_away": "不在中の閲覧", "other_accounts": "他の操作者ID", "section": "所属", "equal": "一致",
    "part": "区分", "measure": "指標", "at": "日時", "by": "記入者", "conflict_id": "事案番号",
}  # fmt: skip
CODES: Mapping[str, str] = {
    "blood": "血族", "spouse": "配偶者", "affinity": "姻族", "self": "本人", "household": "世帯", "de_facto": "事実婚",
    "tie": "その他", "none": "なし", "birth": "実", "adoptive": "養", "recognised": "認知", "full": "全血",
    "half": "半血", "unknown": "不明", "registered": "戸籍", "stated": "続柄に直接記載", "composed": "続柄の連鎖から",
    "probable": "推定", "hint": "手掛かり", "current": "現在", "former": "過去", "future": "将来",
    "uncertain": "日付不確実", "relative": "親族の配偶者", "explained": "説明あり", "unexplained": "説明なし",
    "suspicious": "優先確認", "direct": "個人", "search": "検索", "linked": "照合済", "review": "要確認",
    "nobody": "住民に該当なし", "personal": "個人", "shared": "共用", "temporary": "臨時", "system": "システム",
    "assignment": "担当", "reception": "受付", "issuance": "交付", "name": "氏名", "kana": "カナ", "date": "日付",
    "address": "住所", "city": "市内", "outside": "市外", "altered": "書き換えられています",
    "cut short": "途中で切れています", "written anew": "作り直されています", "True": "はい", "False": "いいえ",
}  # fmt: skip
CODED = {
    "kind", "nature", "half", "grade", "tense", "side", "view", "explanation", "place", "intact", "needs_match",
    "running", "equal", "problem",
}  # fmt: skip


def worded(rows: Iterable[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Put a table's headings and codes into the reader's language; what is data stays as it is."""
    if lang != "ja":
        return [dict(row) for row in rows]
    return [{HEADINGS.get(key, key): _cell(key, value, row) for key, value in row.items()} for row in rows]


def _cell(key: str, value: Any, row: Mapping[str, Any]) -> Any:
    if key == "item":
        return _item(str(value))
    if key == "reasons":
        return " ".join(_counted(each) for each in str(value).split(" "))
    if key in CODED or (key == "outcome" and row.keys() & {"viewer", "p_nobody"}):
        return CODES.get(str(value)) or measure(str(value), "ja") if value not in (None, "") else value
    return value


def _item(name: str) -> str:
    """Word what a line of the status is about: a key, or a key with the name of what it is about."""
    first, _, rest = name.partition(" ")
    return measure(name, "ja") if name in MEASURES or not rest else f"{measure(first, 'ja')} {measure(rest, 'ja')}"


def _counted(text: str) -> str:
    key, colon, count = text.partition(":")
    return f"{measure(key, 'ja')}{colon}{count}"
