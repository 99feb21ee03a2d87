"""What is asked on a page and is not there, or nobody can know, is said; nobody is opened before being picked."""

import json
import sqlite3

import pytest

OPEN, CANDIDATE, MOTHER = "0002411", "0000267139", "0000267120"  # who she may be (p .5), and whose mother she looked up
QUIET = "0002210"  # matched to no resident


def _said(page):
    parts = (page.header, page.error, page.warning, page.info, page.caption, page.markdown)
    return "\n".join(each.value for part in parts for each in part)


def _asked_for(workspace, action):
    with sqlite3.connect(workspace / "ledger.sqlite") as con:
        return [target for (target,) in con.execute("SELECT target FROM audit WHERE action = ?", [action])]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_mistyped_own_number_is_said_beside_it_and_shuts_what_it_should_shut(open_page, workspace, lang):
    page = open_page(workspace, me="1802", lang=lang)
    assert not page.exception and page.metric
    assert len(page.error) == 1 and "0001802" in page.error[0].value
    page.text_input(key="search-people").input("0000100234").run()
    assert not [each for each in page.sidebar.markdown if "0000100234" in each.value]
    assert not [each for each in page.error if "保存先" in each.value or "store" in each.value]


def test_whose_own_kin_nobody_knows_is_told_so(open_page, workspace):
    page = open_page(workspace, me=QUIET)
    assert "あなた自身の親族の記録を除けません" in page.sidebar.warning[0].value
    assert not open_page(workspace, me="0001802").sidebar.warning


@pytest.mark.parametrize(("lang", "unknown"), [("ja", "不明"), ("en", "unknown")])
@pytest.mark.parametrize("staff", [OPEN, QUIET])
def test_the_page_of_staff_whom_nobody_knows_has_no_0_for_their_kin(open_page, workspace, staff, lang, unknown):
    page = open_page(workspace, "staff", staff=staff, lang=lang)
    assert not page.exception and not page.error
    assert [metric.value for metric in page.metric[2:6]] == [unknown] * 4
    assert staff in page.warning[0].value and page.dataframe[2].value.isin([unknown]).any().any()


def test_the_page_of_staff_shows_the_kin_of_each_candidate_as_conditional(open_page, workspace):
    page = open_page(workspace, "staff", staff=OPEN)
    assert f"{CANDIDATE} が本人である場合(確率 0.50)" in _said(page)
    kin = page.dataframe[-1].value
    assert kin.loc[kin["宛名番号"] == MOTHER, "閲覧"].tolist() == [1]


def test_the_relation_of_an_open_case_does_not_contradict_it(open_page, workspace):
    page = open_page(workspace, "relations", a=f"staff:{OPEN}", b=MOTHER)
    assert not page.exception and "未確定" in page.warning[0].value
    assert "関係は分かりません" not in _said(page) and "が本人である場合(確率 0.50)" in _said(page)
    assert "母" in page.dataframe[0].value["続柄"].tolist()


def test_a_history_tells_an_unknown_tie_from_none(open_page, workspace):
    page = open_page(workspace, "history", person=MOTHER)
    shown = page.dataframe[0].value
    unknown = shown["続柄"].str.startswith("不明")
    assert unknown[shown["閲覧者"] == OPEN].all() and not unknown.all()
    assert {metric.label: metric.value for metric in page.metric}["親族か不明な閲覧"] == str(unknown.sum())


def test_a_person_nobody_looked_up_is_told_from_nobody_found(open_page, workspace):
    page = open_page(workspace, "history", person="0000100617")
    looked = bool(len(page.dataframe))
    page = open_page(workspace, "history", person=next(iter(_never_looked_up(workspace))))
    assert looked and "この人の閲覧は、調べたログ396行の中にありません。" in _said(page)
    assert [button.label for button in page.button] == ["開示用を作る"]


def _never_looked_up(workspace):
    from graph.workspace import open_workspace

    with open_workspace(workspace) as opened:
        seen = {each.subject for each in opened.looked()}
        return [p.person_id for p in opened._store.select("Person") if p.person_id not in seen and not p.placeholder]


def test_no_namesake_is_opened_before_one_is_picked(open_page, workspace):
    page = open_page(workspace, "history", person="田")
    assert not page.exception and page.selectbox[0].value is None and not page.dataframe
    assert "person" not in page.query_params and not _asked_for(workspace, "history")
    chosen = page.selectbox[0].options[1]
    page.selectbox[0].select(chosen).run()
    assert len(set(_asked_for(workspace, "history"))) == 1


def test_more_than_a_page_can_show_are_counted(open_page, workspace, monkeypatch):
    monkeypatch.setattr("explorer.widgets.person_picker.MOST", 2)
    page = open_page(workspace, "history", person="田")
    assert "人のうち2人を表示しています" in _said(page)
    assert len(json.loads(_asked_for(workspace, "search")[-1])) == 2


@pytest.mark.parametrize(
    ("page", "query", "near"),
    [("staff", {"staff": "24119"}, OPEN), ("relations", {"a": "staff:2411"}, OPEN),
     ("terminal", {"terminal": "ZM2", "day": "2023-06-20"}, "ZM02"),
     ("terminal", {"terminal": "ZM02", "day": "1999-01-01"}, "2023-04-04")],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_not_there_is_said_with_the_nearest_in_one_language(open_page, workspace, page, query, near, lang):
    shown = open_page(workspace, page, lang=lang, **query)
    assert not shown.exception and near in shown.error[0].value
    assert any(ord(char) > 0x3000 for char in shown.error[0].value) == (lang == "ja")


@pytest.mark.parametrize("typed", ["三輪　聡子", "2411", "ﾐﾜ"])
def test_a_member_of_staff_is_found_by_name_reading_and_number(open_page, workspace, typed):
    page = open_page(workspace, "staff", staff=typed)
    assert not page.exception and not page.error and OPEN in page.header[0].value


def test_the_queue_finds_a_name_as_it_is_shown(open_page, workspace):
    page = open_page(workspace, "cases")
    name = page.dataframe[0].value["被閲覧者"].iloc[0]
    page.text_input(key="search").input(name).run()
    assert "　" in name and set(page.dataframe[0].value["被閲覧者"]) == {name}
