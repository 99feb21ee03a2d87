"""The same data in another layout: other columns, words, 続柄 codes and times; the conflicts are the same."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import cli
import synthetic

MAPPINGS = Path(__file__).parent / "mappings"
Row = dict[str, str]

RELATIONS = {
    "02": "H", "11": "S1", "12": "S2", "13": "P1", "14": "P2", "20": "K", "2X": "K", "51": "F", "52": "M", "71": "B1",
    "74": "B2", "81": "G1", "84": "G2", "96": "E", "99": "D", "XX": "", "": "",
}  # fmt: skip
REASONS = {
    "01": "転入", "02": "転入", "03": "出生", "07": "改製", "08": "改製", "21": "転出", "22": "転出", "23": "死亡",
    "41": "転居", "50": "分離", "51": "合併", "52": "世帯変更", "53": "主変更",
} | {str(code): "修正" for code in range(42, 50)}  # fmt: skip
STATUS = {"1": "在", "2": "出", "3": "死", "9": "消"}


def resident(row: Row) -> Row:
    codes = {f"続柄{letter}": RELATIONS[row[f"続柄コード{n}"]] for n, letter in enumerate("ABCD", start=1)}
    other = {
        "住民番号": row["宛名番号"], "異動連番": row["履歴番号"], "現在": row["最新フラグ"], "世帯": row["世帯番号"],
        "世帯主との続柄": row["続柄表記"], "漢字氏名": row["氏名"], "カナ": row["氏名カナ"], "旧姓": row["旧氏"],
        "通称名": row["通称"], "英字氏名": row["アルファベット氏名"],
        "男女": {"1": "男", "2": "女"}.get(row["性別"], ""), "誕生日": row["生年月日"],
        "国籍区分": {"1": "J", "2": "F"}[row["住民種別"]], "在住": STATUS[row["住民状態"]], "町": row["町字"],
        "地番": row["番地号"], "建物": row["方書"], "本籍地": row["本籍"], "戸籍筆頭者": row["筆頭者"],
        "理由": REASONS[row["異動事由"]], "異動した日": row["異動年月日"], "住民日": row["住民となった年月日"],
        "旧住所": row["転入前住所"], "新住所": row["転出先住所"], "メモ": row["備考"],
    }  # fmt: skip
    return dict(reversed((codes | other).items()))


def jumin(row: Row) -> Row:
    day, time = row["処理日時"].split(" ")  # H29.06.07 16:22:37
    return {
        "コード": row["処理コード"], "内容": row["処理名"], "時刻": time.replace(":", ""),
        "年月日": day.replace("H", "平成").replace(".", "年", 1).replace(".", "月") + "日", "機器": row["端末名"],
        "使用者": row["操作者ID"], "中継元": row["経由"], "単位": {"1": "個人", "2": "世帯", "": ""}[row["対象区分"]],
        "住民番号": row["宛名番号"], "世帯": row["世帯番号"], "条件": row["検索条件"], "交付番号": row["発行番号"],
        "No": row["連番"],
    }  # fmt: skip


def zei(row: Row) -> Row:
    year, month, day = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", row["利用日"]).groups()
    time = ":".join(re.findall("..", row["利用時刻"]))
    return {
        "項目": row["参照項目"], "義務者": row["納税義務者番号"], "内容": row["処理区分"], "使用者": row["利用者ID"],
        "日時": f"H{int(year) - 1988:02}.{month}.{day} {time}", "機器": row["端末番号"], "No": row["通番"],
    }  # fmt: skip


def fukushi(row: Row) -> Row:
    year, month, day = (int(part) for part in row["日時"][:10].split("-"))
    return {
        "時刻": row["日時"][11:19], "年月日": f"平成{year - 1988}年{month}月{day}日", "内容": row["機能"],
        "住民番号": row["対象者番号"], "ケース": row["ケース番号"], "使用者": row["利用者ID"], "機器": row["端末ID"],
        "条件": row["検索語"], "No": row["ログID"],
    }  # fmt: skip


LAYOUT: Mapping[str, tuple[str, str, Callable[[Row], Row], str]] = {
    "juki_rireki_": ("kojin_", ".txt", resident, "utf-8"),
    "jumin_log_": ("jumin_access_", ".csv", jumin, "cp932"),
    "zei_log_": ("zei_access_", ".csv", zei, "cp932"),
    "fukushi_log_": ("fukushi_access_", ".csv", fukushi, "cp932"),
}


def rewrite(path: Path, folder: Path) -> None:
    """Write one export in the other layout, or as it is where the layout leaves it alone."""
    known = next((prefix for prefix in LAYOUT if path.name.startswith(prefix)), None)
    if known is None:
        (folder / path.name).write_bytes(path.read_bytes())
        return
    prefix, ending, other, encoding = LAYOUT[known]
    with path.open(encoding="cp932", newline="") as handle:
        rows = [other(row) for row in csv.DictReader(handle)]
    with (folder / f"{prefix}{path.stem.removeprefix(known)}{ending}").open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter="\t" if ending == ".txt" else ",")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """One town in the standard layout and in the other, with what each is reported to hold."""
    root = tmp_path_factory.mktemp("layouts")
    whole = ["logs=0.3", "broken_register_rows=0", "broken_rows=0"]
    synthetic.make("3000", 4, root, whole, lambda done, text: None)
    other = root / "other"
    other.mkdir()
    for path in sorted((root / "exports").iterdir()):
        rewrite(path, other)
    return [_report(root / name, root / f"{name}-workspace", root, more)
            for name, more in (("exports", []), ("other", ["--mappings", str(MAPPINGS)]))]  # fmt: skip


def _report(exports: Path, workspace: Path, root: Path, more: Iterable[str]) -> dict:
    common = ["--workspace", str(workspace), "--quiet"]
    out = root / f"{exports.name}.json"
    assert cli.main(["ingest", str(exports), *more, *common, "--format", "json", "--out", str(out)]) == 0
    counted = json.loads(out.read_text(encoding="utf-8"))
    assert cli.main(["report", *common, "--format", "json", "--out", str(out)]) == 0
    return {"counted": counted, "report": json.loads(out.read_text(encoding="utf-8"))}


def placeless(value):
    """Leave out in which file and line something stands, and the lookups' ids, which name the file's rows."""
    if isinstance(value, dict):
        return {name: placeless(each) for name, each in value.items() if name not in ("file", "line", "lookup_id")}
    return [placeless(each) for each in value] if isinstance(value, list) else value


def test_every_row_of_the_other_layout_is_loaded(reports):
    first, second = (each["counted"]["totals"] for each in reports)
    assert first == second and first["quarantined"] == 0


def test_the_conflicts_are_the_same(reports):
    first, second = (each["report"] for each in reports)
    assert len(first["conflicts"]) >= 3
    for part in ("conflicts", "annex", "to_confirm", "borrowed", "denominators", "period"):
        assert placeless(first[part]) == placeless(second[part]), part


def test_the_other_layout_has_no_source_of_the_standard_one(reports):
    used = {file["source"] for file in reports[1]["counted"]["files"]}
    assert {"kojin", "jumin_access", "zei_access", "fukushi_access"} <= used
    assert not used & {"juki_rireki", "jumin_log", "zei_log", "fukushi_log"}
