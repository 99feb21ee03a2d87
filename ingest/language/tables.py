"""The canonical tables: what a mapping turns an export file into; docs/data-formats.md explains them.

A typed row has the columns below plus `file` (name of the export), `line` (1-based, the header is line 1) and `source`
(id of the mapping). A column of kind `register_date` becomes five: `x` (DATE, null where the text names no single day),
`x_earliest`, `x_latest` (DATE), `x_precision` (D, M, Y or N) and `x_text` (F8, F9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.store.column_types import TYPES, ColumnType

COLUMN_KINDS: Mapping[str, type] = {
    "text": str,  # NFKC-trimmed at the ends only; never null, empty where the file says nothing
    "word": str,  # an id or a term that rows are compared by: as written, without characters that show nothing
    "id": str,  # in the canonical width the mapping states
    "code": str,  # through a code dictionary of the mapping; an unknown code is a problem
    "int": int,
    "bool": bool,
    "day": date,  # an impossible day is a problem; empty is null
    "register_date": date,
    "time": datetime,  # local time of the source clock
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One canonical column: what it holds, of which kind, whether a row without it is a problem, and its closed set."""

    name: str
    kind: str
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()

    @property
    def type(self) -> ColumnType:
        """Give the type of what the column holds."""
        return TYPES[COLUMN_KINDS[self.kind]]


@dataclass(frozen=True, slots=True)
class CanonicalTable:
    """One canonical table: `key` identifies a row; `required` tables must be there for a run to be published.

    An `extra` one is a bonus where it can be had: a run without it is not said to lack anything. `subject` is whom or
    what a row tells of: another row of the same subject takes the place of one that is gone. `max_shrink` is the share
    of its valid keys that a newer full file may lack (None: what it lacks ends nothing), or of its rows not be read.
    `joined_by` (`subject` and at most one more) says which rows of several sources are one row, unless they differ in
    `apart`; where it is empty they stand side by side.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    required: bool = False
    extra: bool = False
    subject: tuple[str, ...] = ()
    max_shrink: float | None = None
    joined_by: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


REGISTER, CHANGING = 0.02, 0.1  # who is in a register stays in it; staff, accounts and assignments come and go


def _c(name: str, kind: str, meaning: str, required: bool = False, values: tuple[str, ...] = ()) -> TableColumn:
    return TableColumn(name, kind, meaning, required, values)


SEX = ("M", "F", "")
REASONS = (
    "move_in", "birth", "correction", "made", "move_out", "death", "removal", "move", "split", "merge",
    "household_change", "head_change", "former_surname", "alias", "cancelled", "other", "",
)  # fmt: skip
EVENTS = (
    "birth", "marriage", "divorce", "adoption", "special_adoption", "dissolution", "recognition",
    "affinity_end", "death", "other",
)  # fmt: skip

RESIDENT = CanonicalTable(
    "resident",
    "住民基本台帳: one whole-row snapshot for each person and 異動 (J6)",
    ("person_id", "history_no"),
    (
        _c("person_id", "id", "宛名番号", True),
        _c("history_no", "int", "履歴番号, 1 is the oldest; 1 where the file has no history"),
        _c("current", "bool", "the row that holds now; null where the file does not mark it"),
        _c("household_id", "id", "世帯番号"),
        _c("relation", "word", "続柄 as written (text)"),
        _c("relation_codes", "word", "続柄 from codes, as canonical text joined by の; empty without codes"),
        _c("name", "text", "氏名"),
        _c("kana", "text", "氏名カナ"),
        _c("former_surname", "text", "旧氏"),
        _c("alias", "text", "通称"),
        _c("latin_name", "text", "氏名アルファベット"),
        _c("sex", "code", "性別", values=SEX),
        _c("birth", "register_date", "生年月日", True),
        _c("nationality", "code", "住民種別", values=("japanese", "foreign", "")),
        _c("status", "code", "住民状態", values=("resident", "moved", "dead", "removed")),
        _c("town", "text", "町字"),
        _c("number", "text", "番地号"),
        _c("building", "text", "方書"),
        _c("honseki", "text", "本籍"),
        _c("register_head", "text", "筆頭者"),
        _c("reason", "code", "異動事由", values=REASONS),
        _c("event", "register_date", "異動日"),
        _c("resident_since", "register_date", "住民となった年月日"),
        _c("previous_address", "text", "前住所"),
        _c("moved_to", "text", "転出先"),
        _c("note", "text", "備考"),
    ),
    required=True,
    subject=("person_id",),
    max_shrink=REGISTER,
    joined_by=("person_id", "history_no"),
)

IN_REGISTER = (
    _c("honseki", "text", "本籍", True),
    _c("register_head", "text", "筆頭者氏名", True),
    _c("version", "code", "戸籍区分", True, ("current", "closed", "superseded")),
    _c("given_name", "text", "名", True),
)

KOSEKI_ENTRY = CanonicalTable(
    "koseki_entry",
    "戸籍: one row for each person and register (K1)",
    ("honseki", "register_head", "version", "position", "made"),
    (
        _c("honseki", "text", "本籍", True),
        _c("register_head", "text", "筆頭者氏名", True),
        _c("version", "code", "戸籍区分", True, ("current", "closed", "superseded")),
        _c("made", "register_date", "編製・改製年月日"),
        _c("closed", "register_date", "消除年月日"),
        _c("position", "int", "記載順"),
        _c("person_id", "id", "宛名番号, where the export has one"),
        _c("given_name", "text", "名, without 氏", True),
        _c("kana", "text", "振り仮名 of the given name or the whole"),
        _c("sex", "code", "性別, where the export has it", values=SEX),
        _c("birth", "register_date", "出生年月日"),
        _c("father", "text", "父"),
        _c("mother", "text", "母"),
        _c("relation_to_parents", "word", "父母との続柄 (長男, 二女 …)"),
        _c("adoptive_father", "text", "養父"),
        _c("adoptive_mother", "text", "養母"),
        _c("adoptive_relation", "word", "養父母との続柄"),
        _c("spouse_role", "word", "夫婦の別: 夫, 妻 or empty"),
        _c("entered", "register_date", "入籍年月日"),
        _c("entered_by", "word", "入籍事由"),
        _c("prior_honseki", "text", "従前戸籍の本籍"),
        _c("prior_head", "text", "従前戸籍の筆頭者"),
        _c("left_on", "register_date", "除籍年月日"),
        _c("left_by", "word", "除籍事由"),
        _c("new_honseki", "text", "新戸籍の本籍"),
        _c("new_head", "text", "新戸籍の筆頭者"),
    ),
    subject=("honseki", "register_head", "given_name"),
    max_shrink=REGISTER,
)

KOSEKI_EVENT = CanonicalTable(
    "koseki_event",
    "戸籍の身分事項: one row for each event in one register",
    (),
    (
        *IN_REGISTER,
        _c("event", "code", "身分事項", True, EVENTS),
        _c("happened", "register_date", "事件年月日"),
        _c("notified", "register_date", "届出年月日"),
        _c("counterpart", "text", "相手方氏名"),
        _c("counterpart_honseki", "text", "相手方戸籍の本籍"),
        _c("counterpart_head", "text", "相手方戸籍の筆頭者"),
        _c("note", "text", "記事"),
    ),
    subject=("honseki", "register_head", "given_name"),
    max_shrink=REGISTER,
)

KOSEKI_ADDRESS = CanonicalTable(
    "koseki_address",
    "戸籍の附票: one row for each address of a person while in a register (K9)",
    (),
    (
        *IN_REGISTER,
        _c("address", "text", "住所", True),
        _c("since", "register_date", "住所を定めた年月日"),
    ),
    extra=True,
    subject=("honseki", "register_head", "given_name"),
    max_shrink=REGISTER,
)

GENEALOGY = CanonicalTable(
    "genealogy",
    "家系図 (GEDCOM): one record of a person or a family, as it is written",
    (),
    (
        _c("xref", "text", "the record's id in its file, without @", True),
        _c("what", "code", "which record", True, ("person", "family")),
        _c("text", "text", "the record's lines", True),
        _c("written", "day", "the day in the file's header"),
    ),
    extra=True,
    subject=("xref", "what"),
    max_shrink=CHANGING,
)

STAFF = CanonicalTable(
    "staff",
    "職員: one row for each posting",
    ("staff_id", "valid_from"),
    (
        _c("staff_id", "id", "職員番号", True),
        _c("name", "text", "氏名"),
        _c("kana", "text", "カナ氏名"),
        _c("uses_former_name", "bool", "旧姓使用"),
        _c("birth", "register_date", "生年月日"),
        _c("sex", "code", "性別", values=SEX),
        _c("section_id", "id", "所属コード"),
        _c("section_name", "text", "所属名"),
        _c("title", "text", "職名"),
        _c("valid_from", "day", "発令日"),
        _c("valid_to", "day", "first day no longer valid"),
        _c("address", "text", "現住所"),
    ),
    required=True,
    subject=("staff_id",),
    max_shrink=CHANGING,
    joined_by=("staff_id", "valid_from"),
    apart=("section_id",),  # two postings of one day are both held
)

DEPENDANT = CanonicalTable(
    "dependant",
    "扶養親族",
    ("staff_id", "name"),
    (
        _c("staff_id", "id", "職員番号", True),
        _c("name", "text", "被扶養者氏名"),
        _c("kana", "text", "被扶養者カナ"),
        _c("relation", "word", "続柄, seen from the member of staff"),
        _c("birth", "register_date", "生年月日"),
        _c("together", "bool", "同居"),
        _c("valid_from", "day", "認定日"),
        _c("valid_to", "day", "first day no longer valid"),
    ),
    subject=("staff_id",),
    max_shrink=CHANGING,
)

EMERGENCY_CONTACT = CanonicalTable(
    "emergency_contact",
    "緊急連絡先",
    ("staff_id", "name"),
    (
        _c("staff_id", "id", "職員番号", True),
        _c("name", "text", "緊急連絡先氏名"),
        _c("kana", "text", "カナ"),
        _c("relation", "word", "続柄, seen from the member of staff"),
        _c("address", "text", "住所"),
        _c("phone", "text", "電話番号"),
    ),
    extra=True,
    subject=("staff_id",),
    max_shrink=CHANGING,
)

ACCOUNT = CanonicalTable(
    "account",
    "操作者ID: who held which id of which system, and when (L5)",
    ("system", "operator", "valid_from"),
    (
        _c("system", "code", "the system, in the word its log uses", True),
        _c("operator", "word", "操作者ID", True),
        _c("staff_id", "id", "職員番号; empty for shared and system accounts"),
        _c("kind", "code", "個人 …", True, ("personal", "shared", "temporary", "system")),
        _c("valid_from", "day", "first day"),
        _c("valid_to", "day", "first day no longer valid"),
    ),
    required=True,
    subject=("system", "operator"),
    max_shrink=CHANGING,
    joined_by=("system", "operator", "valid_from"),
    apart=("staff_id",),  # two holders are both looked at
)

TERMINAL = CanonicalTable(
    "terminal",
    "端末",
    ("terminal_id", "valid_from"),
    (
        _c("terminal_id", "word", "端末ID", True),
        _c("place", "text", "設置場所"),
        _c("section_id", "id", "所属コード"),
        _c("main_user", "id", "職員番号 of who usually sits there"),
        _c("valid_from", "day", "使用開始"),
        _c("valid_to", "day", "first day no longer valid"),
    ),
    subject=("terminal_id",),
    max_shrink=CHANGING,
    joined_by=("terminal_id", "valid_from"),
)

DUTY = CanonicalTable(
    "duty",
    "勤務: default hours over a range, or an exception that wins",
    (),
    (
        _c("staff_id", "id", "職員番号", True),
        _c("first_day", "day", "開始日", True),
        _c("last_day", "day", "終了日, inclusive"),
        _c("presence", "code", "勤務区分", True, ("default", "present", "away")),
        _c("what", "text", "勤務区分名"),
        _c("from_minute", "int", "minutes after midnight; null = whole day"),
        _c("to_minute", "int", "minutes after midnight; null = whole day"),
    ),
)

ASSIGNMENT = CanonicalTable(
    "assignment",
    "担当: a case, its household and who is in charge (X1)",
    ("case_id", "role", "staff_id", "valid_from"),
    (
        _c("case_id", "word", "ケース番号", True),
        _c("household_id", "id", "世帯番号"),
        _c("person_id", "id", "世帯主 or the person concerned"),
        _c("role", "code", "担当区分", values=("main", "deputy", "")),
        _c("staff_id", "id", "担当職員番号", True),
        _c("valid_from", "day", "担当開始"),
        _c("valid_to", "day", "first day no longer valid"),
    ),
    subject=("case_id",),
    max_shrink=CHANGING,
)

RECEPTION = CanonicalTable(
    "reception",
    "窓口受付",
    ("reception_id",),
    (
        _c("reception_id", "word", "受付番号", True),
        _c("time", "time", "受付日時", True),
        _c("what", "text", "請求・届出種別"),
        _c("staff_id", "id", "受付職員"),
        _c("operator", "word", "受付した操作者ID, where no 職員番号 is given"),
        _c("person_id", "id", "対象者宛名番号"),
    ),
)

ISSUANCE = CanonicalTable(
    "issuance",
    "証明交付",
    ("issuance_id",),
    (
        _c("issuance_id", "word", "発行番号", True),
        _c("time", "time", "交付日時", True),
        _c("reception_id", "word", "受付番号"),
        _c("what", "text", "証明種別"),
        _c("person_id", "id", "対象者 (or who asked, for a whole household)"),
        _c("household_id", "id", "filled where the certificate covers the whole household"),
        _c("system", "word", "system of the operator id"),
        _c("operator", "word", "操作者ID"),
        _c("staff_id", "id", "職員番号, where given instead of an operator id"),
        _c("terminal_id", "word", "端末"),
    ),
)

CROSSREF = CanonicalTable(
    "crossref",
    "a system's own subject key → 宛名番号",
    ("space", "subject_key"),
    (
        _c("space", "word", "which key space; named by the log's mapping", True),
        _c("subject_key", "word", "納税義務者番号 …", True),
        _c("person_id", "id", "宛名番号", True),
    ),
    subject=("space", "subject_key"),
    max_shrink=CHANGING,
    joined_by=("space", "subject_key"),
    apart=("person_id",),  # a key of two people names nobody
)

LOOKUP = CanonicalTable(
    "lookup",
    "アクセスログ: one row for each logged access (L4)",
    ("system", "row_key"),
    (
        _c("system", "code", "the system whose log this is", True),
        _c("row_key", "word", "連番; empty where the log numbers nothing (then file and line stand in)"),
        _c("time", "time", "処理日時", True),
        _c("operator", "word", "操作者ID", True),
        _c("terminal_id", "word", "端末"),
        _c("operation", "text", "処理名, as written"),
        _c("view", "code", "what was shown", True, ("direct", "household", "search")),
        _c("subject_space", "word", "empty: `subject` is a 宛名番号; else the key space to look it up in"),
        _c("subject", "word", "the person looked up, in that key space"),
        _c("household_id", "id", "the household looked up, for household views"),
        _c("via", "word", "calling system of a relayed row, else empty (L4)"),
        _c("calls", "word", "system that this row reads through a relay, else empty"),
        _c("case_id", "word", "ケース番号"),
        _c("issuance_id", "word", "発行番号"),
        _c("search_text", "text", "検索条件"),
        _c("printed", "bool", "paper came out"),
        _c("items", "text", "参照項目"),
    ),
    required=True,
)

TABLES = {
    t.name: t
    for t in (
        RESIDENT, KOSEKI_ENTRY, KOSEKI_EVENT, KOSEKI_ADDRESS, GENEALOGY, STAFF, DEPENDANT, EMERGENCY_CONTACT, ACCOUNT,
        TERMINAL, DUTY, ASSIGNMENT, RECEPTION, ISSUANCE, CROSSREF, LOOKUP,
    )
}  # fmt: skip

NOTHING = CanonicalTable("ignored", "not read", (), (), extra=True)  # what a file fills that nobody is to read
