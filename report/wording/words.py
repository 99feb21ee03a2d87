"""The words of a report, Japanese and English; output is a review candidate (確認対象), never a verdict (S2)."""

from collections.abc import Iterable, Mapping

from graph.model import Tense, View
from graph.records.certainty import is_certain
from graph.records.results import Denominators, Identity, LookupEntry, Report, Tie
from report.wording.lacking import except_for

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("親族等に係る閲覧の確認資料", "Lookups of related persons, for review"),
    "notice": (
        "本資料は確認対象の一覧であり、違反の認定ではありません。親族の記録の閲覧それ自体を禁ずる定めは通常なく、問題となるのは業務上の理由のない閲覧です。",
        "This is a list of what to review, not a finding. What is wrong is a lookup without business reason, not kinship.",
    ),
    "period": ("対象期間", "Period examined"),
    "as_of": ("基準日", "As of"),
    "sources": ("使用した資料", "Sources"),
    "missing": ("無かった資料", "Sources that were missing"),
    "policy": ("方針", "Policy"),
    "none": ("なし", "none"),
    "since": ("前回の報告から", "Since the report before"),
    "new": ("新規", "new"),
    "still_open": ("継続", "still open"),
    "grown": ("増加", "grown"),
    "changed": ("変化", "changed"),
    "gone": ("解消", "gone"),
    "examined": ("調べた範囲", "What was examined"),
    "limits": ("この資料の限界", "What this cannot see"),
    "conflicts": ("優先確認(関係があり、業務上の記録で説明できない閲覧)", "To review: related, and not explained by work records"),
    "annex": ("別表(関係があり、業務上の記録で説明できる閲覧)", "Annex: related, and explained by work records"),
    "to_confirm": ("本人確認待ち", "Identity to be confirmed first"),
    "identity_first": (
        "まず本人確認が必要です: この閲覧者が、続柄の起点となる住民である確率は {p:.2f}(段階{tier})。続柄の確度とは別です。",
        "Confirm the identity first: the viewer is the resident whom the kinship starts from with p {p:.2f} (tier {tier}); "
        "the grade of the relation is another matter.",
    ),
    "identity_decided": ("閲覧者と住民の照合は {by} が確定", "Who the viewer is was decided by {by}"),
    "identity_refuted": (
        "{by} は、この閲覧者が続柄の起点となる住民ではないと判断しました。この事案には判断の記録があるため、外さずに載せています。",
        "{by} decided that the viewer is not the resident whom the kinship starts from; the case stays, for it has been decided on.",
    ),
    "borrowed": ("他人の端末・IDによる閲覧の可能性(名義人への確認)", "Possible use of another's session: check with the holder"),
    "not_listed": ("ほか", "not listed:"),
    "disclosure": ("あなたの記録の閲覧状況", "Lookups of your record"),
    "disclosure_notice": (
        "請求に応じて本人に開示するものです。職員の氏名・番号、ほかの人の情報は含みません。業務記録の「説明なし」は、対応する業務の記録が見つからないことを示し、違反の認定ではありません。",
        "For the person who asked. It names no member of staff and no other person. “Unexplained” says that no record of work was found for a lookup; it is no finding.",
    ),
    "complete": ("閲覧はこれで全部です。", "This is every lookup."),
    "incomplete": (
        "次の理由により、閲覧の全部とは言い切れません。",
        "Not surely every lookup, for these reasons:",
    ),
    "open_inquiry": ("調査中のため保留する閲覧", "Lookups held back for an open inquiry"),
    "protected_section": ("所属名を控える閲覧", "Lookups whose section is not named"),
    "unreadable_row": ("読み取れなかったログの行(全員分)", "Log rows that could not be read (of anybody)"),
    "refused_file": ("受け入れられなかったファイル", "Files that were not taken"),
    "unknown_operator": ("操作者の分からない閲覧", "Lookups without a known operator"),
    "unknown_subject": ("対象者の分からないログの行(全員分)", "Log rows of nobody in the registers (of anybody)"),
    "kin_unknown": ("不明(住民との照合が未了)", "unknown (no register identity)"),
    "not_named": ("(控えます)", "(not named)"),
    "person_id": ("宛名番号", "Person id"),
    "viewer": ("閲覧者", "Viewer"),
    "subject": ("被閲覧者", "Subject"),
    "section": ("所属", "Section"),
    "relation": ("続柄", "Relation"),
    "basis": ("根拠", "Basis"),
    "lookups": ("閲覧(時刻順)", "Lookups in time order"),
    "time": ("日時", "Time"),
    "system": ("システム", "System"),
    "account": ("操作者ID", "Account"),
    "terminal": ("端末", "Terminal"),
    "operation": ("操作", "Operation"),
    "outcome": ("業務記録", "Work record"),
    "line": ("ログの行", "Log row"),
    "clears": ("これがあれば説明がつくもの", "What would clear it"),
    "factors": ("優先度の内訳", "What the priority is made of"),
    "score": ("優先度", "Priority"),
    "checked_by": ("確認者", "Checked by"),
    "checked_on": ("確認日", "Date"),
    "result": ("結果", "Result"),
    "holder": ("名義人", "Holder"),
    "candidates": ("当日勤務していた親族", "Kin on duty"),
    "path": ("経路", "Line"),
    "grade": ("確度", "Grade"),
    "synthetic": ("合成データによる例では、人物・番号・出来事はすべて架空です。", "In the demo all persons, numbers and events are invented."),
    "explained": ("説明あり", "explained"),
    "unexplained": ("説明なし", "unexplained"),
    "assignment": ("担当", "assignment"),
    "reception": ("受付", "reception"),
    "issuance": ("交付", "issuance"),
    "suspicious": ("優先確認", "to review"),
    "current": ("現在", "current"),
    "former": ("過去", "former"),
    "future": ("将来", "future"),
    "uncertain": ("日付不確実", "date uncertain"),
    "registered": ("戸籍", "registered"),
    "stated": ("続柄に直接記載", "stated"),
    "composed": ("続柄の連鎖から", "composed"),
    "probable": ("推定", "probable"),
    "hint": ("手掛かり", "hint"),
    "direct": ("個人", "direct"),
    "household": ("世帯照会", "household view"),
    "search": ("検索", "search"),
    "own": ("本人ID", "own account"),
    "relayed": ("経由", "relayed"),
    "shared": ("共用ID", "shared account"),
    "lookups_n": ("閲覧数", "Lookups"),
    "first": ("最初", "First"),
    "last": ("最後", "Last"),
    "id": ("事案番号", "Id"),
}  # fmt: skip

TEMPLATES = ("assignment", "reception", "issuance")

LIMITS = (
    (
        "市外に住む親族は、戸籍に現れる場合を除き見えません。",
        "Kin outside the city are invisible unless a 戸籍 names them.",
    ),
    (
        "外国人住民には戸籍がなく、住民票の続柄だけが手掛かりです。",
        "Foreign residents have no 戸籍: only 続柄 speaks.",
    ),
    (
        "転籍・改製前の離婚・離縁等は、除籍・改製原が無ければ見えません。",
        "Ended ties vanish on 転籍 and 改製 unless old registers are loaded.",
    ),
    (
        "共用ID・臨時IDの閲覧は誰が見たか分かりません。",
        "Who looked under a shared or temporary account is unknown.",
    ),
    (
        "経由照会で呼出元の記録が無い行は操作者が不明です。",
        "A relayed row without its calling row has no known operator.",
    ),
    (
        "「縁故者」の実際の関係は分かりません。友人・知人は対象外です。",
        "縁故者 may be any tie; friends and acquaintances are out of reach.",
    ),
    (
        "職員と住民の照合ができない職員については、親族が「いない」のではなく「不明」です。",
        "For staff without a register identity kin are unknown, not absent.",
    ),
)

REASONS: Mapping[str, tuple[str, str]] = {
    "unknown_account": ("名簿に無い操作者ID", "account in no list"),
    "shared_account": ("共用・臨時・システムID", "shared, temporary or system account"),
    "unknown_subject": ("台帳に無い対象者", "subject in no register"),
    "relayed_operator_unknown": ("呼出元の無い経由照会", "relayed row without caller"),
}


def say(key: str, lang: str) -> str:
    """Give the word for a key in the reader's language."""
    return WORDS[key][0 if lang == "ja" else 1]


def tie_words(tie: Tie, lang: str) -> str:
    """Word a tie with its tense and grade: 父方の伯父(血族3親等・戸籍)."""
    term = tie.term(lang)
    notes = [say(tie.tense, lang)] if tie.tense != Tense.CURRENT else []
    notes += [say(tie.grade, lang)] if tie.grade else []
    return f"{term}[{'・'.join(notes)}]" if notes else term


def identity_words(identity: Identity, lang: str) -> str:
    """Say whether the viewer is the resident whom the kinship starts from; empty where that is sure."""
    if identity.decided_by and identity.p == 0:
        return say("identity_refuted", lang).format(by=identity.decided_by)
    if identity.decided_by:
        return say("identity_decided", lang).format(by=identity.decided_by)
    if identity.p is None or is_certain(identity.p):
        return ""
    return say("identity_first", lang).format(p=identity.p, tier=identity.tier)


def path_words(tie: Tie) -> str:
    """Word the line person by person; a placeholder is never named (E9)."""
    return " → ".join(step.name or "(氏名不明)" for step in tie.path)


def listed(parts: Iterable[str], lang: str) -> str:
    """Set words side by side with the comma of the language."""
    return ("、" if lang == "ja" else ", ").join(parts)


def system_words(system: str, via: str, lang: str) -> str:
    """Name the system that was read, and the one that asked it for somebody."""
    return f"{system} ({say('relayed', lang)}: {via})" if via else system


def operation_words(operation: str, view: str, lang: str) -> str:
    """Name what was done, and where more than one person was shown, that it was so."""
    return operation if view == View.DIRECT else f"{operation} [{say(view, lang)}]"


def outcome_words(lookup: LookupEntry, lang: str) -> str:
    """Word whether and how work explains one lookup."""
    if lookup.explanation is None:
        return say(lookup.outcome, lang)
    return f"{say('explained', lang)}: {template_words(lookup.explanation.template, lang)} {lookup.explanation.record}"


def template_words(template: str, lang: str) -> str:
    """Name the kind of work record that explains; one of a policy of one's own stands by its id."""
    return say(template, lang) if template in TEMPLATES else template


def denominators(found: Denominators, lang: str) -> tuple[str, ...]:
    """Word the denominators in sentences whose sums the reader can check."""
    lost = sum(found.unjoinable.values())
    told = (f"{REASONS[key][0 if lang == 'ja' else 1]} {n:,}" for key, n in found.unjoinable.items() if n)
    reasons = listed(told, lang)
    if lang == "ja":
        return (
            f"ログ {found.rows:,}行(うち経由照会の呼出行として1件に数えたもの {found.relayed_merged:,}行) = 閲覧 {found.lookups:,}件。",
            f"閲覧 {found.lookups:,}件 = 閲覧者と対象者が分かったもの {found.joined:,}件 + 検索のみ {found.search_only:,}件 + 結び付けられないもの {lost:,}件"
            + (f"({reasons})。" if reasons else "。"),
            f"分かったもの {found.joined:,}件 = 関係あり {found.related:,}件(説明あり {found.related_explained:,}、優先確認 {found.related_suspicious:,})"
            f" + 関係なし {found.unrelated:,}件(説明あり {found.unrelated_explained:,}、説明なし {found.unrelated_unexplained:,})。",
            f"関係なしのうち {found.unlinked_viewer:,}件は、閲覧者と住民との照合ができず、親族の有無が不明なものです。",
        )  # fmt: skip
    return (
        f"{found.rows:,} log rows ({found.relayed_merged:,} of them calling rows counted with the row read) = {found.lookups:,} lookups.",
        f"{found.lookups:,} lookups = {found.joined:,} with known viewer and subject + {found.search_only:,} searches only + {lost:,} not joinable"
        + (f" ({reasons})." if reasons else "."),
        f"{found.joined:,} = {found.related:,} related ({found.related_explained:,} explained, {found.related_suspicious:,} to review)"
        f" + {found.unrelated:,} unrelated ({found.unrelated_explained:,} explained, {found.unrelated_unexplained:,} unexplained).",
        f"For {found.unlinked_viewer:,} of the unrelated the viewer has no register identity: their kin are unknown, not absent.",
    )  # fmt: skip


def assurance(report: Report, lang: str) -> str:
    """Say first of all what the review comes to, also when there is nothing to review, and how far that reaches."""
    said = (_examined(report, lang), except_for(report, lang), _listed(report, lang), *asked_words(report, lang))
    return ("" if lang == "ja" else " ").join(filter(None, said))


def _examined(report: Report, lang: str) -> str:
    """Say what was looked at, and of how much of it the viewer's kin are unknown; nobody's looking is no all-clear."""
    since, until, count = report.period.since, report.period.until, report.denominators.lookups
    section = report.section.asked if report.section else ""
    if lang == "ja":
        whose = f"{section}に係る" if section else ""
        if not count:
            return f"{since}から{until}まで、{whose}対象の閲覧はありません。"
        return f"{since}から{until}までの{whose}閲覧 {count:,}件{_unlinked(report.denominators, lang)}を調べました。"
    whose = f" of {section}" if section else ""
    if not count:
        return f"There was no lookup{whose} from {since} to {until}."
    return f"{count:,} lookups{whose} from {since} to {until} were examined{_unlinked(report.denominators, lang)}."


def _unlinked(found: Denominators, lang: str) -> str:
    """Say of what part of the lookups with known viewer and subject the viewer's kin are unknown."""
    if not found.unlinked_viewer:
        return ""
    part = max(round(100 * found.unlinked_viewer / found.joined), 1)
    if lang == "ja":
        return f"(閲覧者と対象者が分かったもののうち{part}%は、閲覧者と住民との照合ができず、親族の有無が不明)"
    return f" (for {part} % of those with known viewer and subject the viewer's kin are unknown: no register identity)"


def _listed(report: Report, lang: str) -> str:
    count = len(report.conflicts)
    if not report.denominators.lookups:
        return ""
    if lang == "ja":
        return f"優先確認は{count}件です。" if count else "説明のない親族等の閲覧はありませんでした。"
    return f"{count} conflicts are to be reviewed." if count else "No unexplained lookup of a relative was found."


def asked_words(report: Report, lang: str) -> tuple[str, ...]:
    """Say what a section took along, and what part of the period asked for lies outside what was examined."""
    return tuple(filter(None, (_section_words(report, lang), _outside_words(report, lang))))


def _section_words(report: Report, lang: str) -> str:
    if report.section is None:
        return ""
    units, alike = (listed(names, lang) for names in (report.section.units, report.section.alike))
    if lang == "ja":
        return f"含めた所属: {units}。" + (f"名前は似ていますが含めていない所属: {alike}。" if alike else "")
    return f"Sections taken: {units}." + (f" Named alike, but not taken: {alike}." if alike else "")


def _outside_words(report: Report, lang: str) -> str:
    span, asked = report.span, report.asked
    last = min((day for day in (asked.until, asked.as_of) if day), default=None)
    if not ((asked.since and span.since and asked.since < span.since) or (last and span.until and last > span.until)):
        return ""
    if lang == "ja":
        return f"お尋ねの期間のうち、ログがあるのは{span.since}から{span.until}までです。"
    return f"Of the period asked for, the logs cover {span.since} to {span.until}."
