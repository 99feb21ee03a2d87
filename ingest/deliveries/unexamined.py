"""What a run cannot examine because nobody delivered what it would rest on (D2)."""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa

from graph.records.deliveries import NotExamined
from words import Said

ROSTER = (
    "no duty roster was delivered: who was on duty beside a desk is not known",
    "勤務表がなく、席の近くに誰がいたか分かりません",
)
TERMINALS = ("no terminals with their sections were delivered", "端末の設置場所がなく、どの席で見たか分かりません")
BIRTHS = (
    "no member of staff has a birth date: none can be told apart from residents of the same name",
    "職員に生年月日がなく、同姓同名の住民と見分けられません",
)
ACCOUNTS = (
    "no account is of one member of staff: no lookup has a known viewer",
    "職員個人の操作者IDがなく、閲覧者が分かりません",
)
KOSEKI = (
    "no family register was delivered: ties that only it states are not seen",
    "戸籍がなく、戸籍だけが示す親族関係は見えません",
)
RECORDS = {
    "assignment": (
        "no assignments of cases were delivered: none can explain a lookup",
        "担当表がなく、担当による説明ができません",
    ),
    "reception": (
        "no receptions were delivered: none can explain a lookup",
        "受付簿がなく、受付による説明ができません",
    ),
    "issuance": (
        "no certificates were delivered: none can explain a lookup",
        "交付簿がなく、交付による説明ができません",
    ),
}


def not_examined(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> tuple[NotExamined, ...]:
    """Name each part of a report that lacks its source, and why, in both languages."""
    return tuple(NotExamined(part=part, reason=Said(en=en, ja=ja)) for part, (en, ja) in _lacking(con, graph))


def _lacking(con: duckdb.DuckDBPyConnection, graph: Mapping[str, pa.Table]) -> Iterable[tuple[str, tuple[str, str]]]:
    if not len(graph["ON_DUTY"]):
        yield "borrowed", ROSTER
    if not len(graph["LOCATED_IN"]):
        yield "borrowed", TERMINALS
    if not _any(con, "SELECT count(*) FROM staff WHERE birth_earliest IS NOT NULL"):
        yield "identity", BIRTHS
    if not len(graph["USES"]):
        yield "viewers", ACCOUNTS
    if not _any(con, "SELECT count(*) FROM koseki_entry"):
        yield "kinship", KOSEKI
    for table, reason in RECORDS.items():
        if not _any(con, f"SELECT count(*) FROM {table}"):
            yield "explanation", reason


def _any(con: duckdb.DuckDBPyConnection, query: str) -> bool:
    return bool(con.execute(query).fetchall()[0][0])
