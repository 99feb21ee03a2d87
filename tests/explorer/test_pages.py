"""What the pages show, asserted with values that come from the data."""

import json
import re
import sqlite3

import pytest

import cli


@pytest.fixture
def report(workspace, tmp_path):
    """The conflict report of the same workspace, as the command line gives it."""
    out = tmp_path / "report.json"
    assert cli.main(["report", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def texts(page):
    """Give everything a page says."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption, *page.success, *page.info]
    return plain("\n".join(str(part.value) for part in parts))


def plain(text):
    """Read Markdown as a reader sees it: what is escaped is itself."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", str(text))


def case(report, viewer, subject):
    """Give one conflict of the report."""
    return next(c for c in report["conflicts"] if (c["viewer"], c["subject"]) == (viewer, subject))


def press(page, label):
    """Click the button that bears a label."""
    return next(button for button in page.button if button.label == label).click()


def test_the_overview_counts_what_the_report_lists(open_page, workspace, report):
    page = open_page(workspace, "overview")
    assert not page.exception
    assert [metric.value for metric in page.metric] == [
        str(len(report["conflicts"])), str(len(report["annex"])), str(len(report["borrowed"])),
        str(report["denominators"]["lookups"]),
    ]  # fmt: skip
    assert f"閲覧 {report['denominators']['lookups']:,}件" in texts(page)
    assert "この資料の限界" in texts(page)


def test_the_overview_speaks_english(open_page, workspace, report):
    page = open_page(workspace, "overview", lang="en")
    assert f"{report['denominators']['lookups']:,} lookups" in texts(page)


def test_the_shell_names_the_one_local_user(open_page, workspace):
    page = open_page(workspace)
    assert not page.exception
    assert any("local" in caption.value for caption in page.sidebar.caption)


def test_the_queue_lists_every_conflict_highest_score_first(open_page, workspace, report):
    page = open_page(workspace, "cases")
    frame = page.dataframe[0].value
    assert list(frame["事案番号"]) == [c["conflict_id"] for c in report["conflicts"]]
    assert list(frame["優先度"]) == sorted(frame["優先度"], reverse=True)


def test_a_link_opens_the_case_with_its_loop(open_page, workspace, report):
    """直人's former wife: three lookups by two taxpayer numbers."""
    wanted = case(report, "0001802", "0000253278")
    page = open_page(workspace, "cases", case=wanted["conflict_id"])
    assert not page.exception
    assert page.header[0].value == "久我　直人 → 田所　裕子"
    assert "元妻" in texts(page) and "3件閲覧" in texts(page)
    tables = [table.value for table in page.table]
    evidence, lookups = tables[0], tables[-1]
    assert [plain(file) for file in evidence["ファイル"]] == [edge["file"] for edge in wanted["ties"][0]["edges"]]
    assert [plain(row) for row in lookups["ログの行"]] == [f"{x['file']}:{x['line']}" for x in wanted["lookups"]]


def test_search_and_section_narrow_the_queue(open_page, workspace, report):
    page = open_page(workspace, "cases")
    page.text_input(key="search").input("久我直人").run()
    shown = page.dataframe[0].value
    assert len(shown) == sum(c["viewer"] == "0001802" for c in report["conflicts"])
    page.text_input(key="search").input("だれでもない").run()
    assert page.info[0].value == "条件に合う事案はありません。"


def test_a_decision_lasts_and_needs_a_reason(open_page, workspace, report):
    wanted = case(report, "0001802", "0000253278")["conflict_id"]
    page = open_page(workspace, "cases", case=wanted)
    submit = next(button for button in page.button if button.label == "記録する")
    submit.click().run()
    assert page.error[0].value == "理由を入力してください。"
    next(box for box in page.text_input if "理由" in box.label).input("本人に事情を聴く")
    next(box for box in page.selectbox if box.label == "判断" and box.options).select("needs_inquiry")
    press(page, "記録する").run()
    again = open_page(workspace, "cases", case=wanted)
    assert "要照会 ・ 本人に事情を聴く" in texts(again)


def test_every_answer_is_in_the_audit_log_before_it_is_shown(open_page, workspace):
    open_page(workspace, "overview")
    with sqlite3.connect(workspace / "ledger.sqlite") as con:
        actions = {action for (action,) in con.execute("SELECT action FROM audit")}
    assert "report" in actions


def test_where_the_audit_log_cannot_be_written_nothing_is_shown(open_page, workspace):
    open_page(workspace, "overview")
    (workspace / "ledger.sqlite").unlink()
    (workspace / "ledger.sqlite").mkdir()
    page = open_page(workspace)
    assert not page.metric and page.error


def test_the_quality_page_reconciles_and_names_the_quarantine(open_page, workspace):
    page = open_page(workspace, "quality")
    assert not page.exception
    files, rejected = page.dataframe[0].value, page.dataframe[1].value
    assert (files["行数"] == files["取込"] + files["隔離"] + files["重複"]).all()
    assert files["行数"].sum() == 1053
    assert sorted(rejected["理由"]) == sorted(["あり得ない値", "途中で切れた行", "文字化け", "未定義のコード"])
    assert "text" not in rejected.columns


def test_the_matching_page_shows_the_candidate_beside_the_personnel_record(open_page, workspace):
    """聡子 of 税務課 bears the name and birth date of a resident, but lives outside the town (tier 7)."""
    page = open_page(workspace, "identity", staff="0002411")
    assert not page.exception
    assert list(page.dataframe[0].value["職員番号"]) == ["0002411"]
    assert "深見市緑町6-3-20" in texts(page) and "本町二丁目33番1号" in texts(page)
    assert "○ 生年月日が一致" in texts(page) and "× 人事の住所は市外" in texts(page)


def test_a_decision_shows_its_effect_first_and_then_moves_the_conflicts(open_page, workspace, report):
    waiting = [c for c in report["to_confirm"] if c["viewer"] == "0002411"]
    assert waiting
    page = open_page(workspace, "identity", staff="0002411")
    page.radio[0].set_value("0000267139").run()
    effect = page.table[0].value
    effect = effect.set_index(effect.pop("区分").map(plain))
    assert list(effect.loc["本人確認待ち"]) == [len(waiting), 0]
    assert effect.loc[["優先確認", "説明あり(別表)"], "判断後"].sum() == len(waiting)
    press(page, "記録する").run()
    assert page.error[0].value == "選択と理由を入力してください。"
    page.text_input[0].input("本人に確認した").run()
    press(page, "記録する").run()
    assert page.info[0].value == "確認を待つ職員はいません。"
    queue = open_page(workspace, "cases").dataframe[0].value
    assert sum("0002411" in viewer for viewer in queue["閲覧者"]) == effect.loc["優先確認", "判断後"]


def test_a_conflict_that_waits_says_so_before_anything_else(open_page, workspace, report):
    waiting = report["to_confirm"][0]
    page = open_page(workspace, "cases", case=waiting["conflict_id"])
    assert f"{waiting['identity']['p']:.2f}(段階{waiting['identity']['tier']})" in plain(page.warning[0].value)


def test_a_decision_put_off_keeps_its_place_in_the_queue(open_page, workspace):
    page = open_page(workspace, "identity", staff="0002411")
    page.radio[0].set_value("later").run()
    page.text_input[0].input("転入日を照会中").run()
    press(page, "記録する").run()
    assert list(page.dataframe[0].value["判断"]) == ["保留"]


def test_without_a_workspace_the_demo_is_offered(open_page, tmp_path):
    page = open_page(tmp_path / "empty")
    assert not page.exception
    assert page.button[0].label == "デモを作成する"


def test_a_broken_store_is_a_sentence(open_page, workspace):
    for graph in workspace.glob("generations/*/graph.duckdb"):
        graph.write_bytes(b"broken")
    page = open_page(workspace)
    assert not page.exception and page.error


def test_two_people_have_every_tie_and_its_evidence(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "relations", a=f"staff:{case['viewer']}", b=case["subject"])
    assert not page.exception and not page.error
    assert list(page.dataframe[0].value["続柄"])[: len(case["ties"])][0] == case["ties"][0]["term_ja"]
    files = {(edge["file"], edge["line"]) for tie in case["ties"] for edge in tie["edges"]}
    shown = {(plain(row["ファイル"]), row["行"]) for table in page.table for row in table.value.to_dict("records")}
    assert files <= shown


def test_one_person_has_their_kin_by_degree(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "relations", a=case["subject"], lang="en")
    assert not page.exception
    kin = page.dataframe[0].value
    degrees = [degree for degree in kin["Degree"] if degree]
    assert len(kin) > 1 and degrees == sorted(degrees)
    page = open_page(workspace, "relations", a=case["subject"], kin=kin["Person id"].iloc[-1])
    assert f"b={kin['Person id'].iloc[-1]}" in page.get("link_button")[0].proto.url


def test_the_day_that_counts_is_the_reader_s(open_page, workspace, report):
    """Two who were married are former spouses today and were spouses, or not yet, on an earlier day (F10)."""
    case = next(c for c in report["conflicts"] if c["ties"][0]["term_ja"] == "元妻")
    told = {}
    for day in (case["ties"][0]["valid_from"], report["as_of"]):
        page = open_page(workspace, "relations", a=f"staff:{case['viewer']}", b=case["subject"], as_of=day)
        assert not page.exception
        told[day] = (page.dataframe[0].value["続柄"].iloc[0], page.dataframe[0].value["時期"].iloc[0])
    assert list(told.values()) == [("妻", "現在"), ("元妻", "過去")]


def test_a_person_is_found_by_a_variant_of_the_name(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "history", person=case["subject_name"])
    assert not page.exception and not page.warning
    assert case["subject"] in texts(page) + str(page.query_params["person"])


def test_a_search_is_recorded_by_whom_it_found_never_by_a_name(open_page, workspace, report):
    case = report["conflicts"][0]
    open_page(workspace, "history", person=case["subject_name"])
    with sqlite3.connect(workspace / "ledger.sqlite") as con:
        targets = [target for (target,) in con.execute("SELECT target FROM audit WHERE action = 'search'")]
    assert case["subject"] in targets[0]
    assert not [word for word in case["subject_name"].split("　") if word in "".join(targets)]


def test_the_history_page_shows_every_lookup_of_the_person(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "history", person=case["subject"])
    assert not page.exception and not page.error
    shown = page.dataframe[0].value
    own = shown[shown["閲覧者"] == case["viewer"]]
    assert {f"{each['file']}:{each['line']}" for each in case["lookups"]} <= set(own["ログの行"])
    assert (own["続柄"] != "").all() and page.metric[0].value == f"{len(shown):,}"
    page.toggle[0].set_value(True).run()
    assert (page.dataframe[0].value["続柄"] != "").all()


def test_the_disclosure_is_made_on_demand(open_page, workspace, report):
    page = open_page(workspace, "history", person=report["conflicts"][0]["subject"])
    page.button[0].click().run()
    assert not page.exception and "全部" in texts(page)
    assert page.get("download_button")[-1].label == "開示用を保存"


def test_nobody_found_is_a_sentence(open_page, workspace):
    for name, key in (("history", "person"), ("relations", "a")):
        page = open_page(workspace, name, **{key: "存在しない氏名"})
        assert not page.exception and page.warning[0].value == "該当する人物がいません。"


def test_a_member_of_staff_has_accounts_and_kin_with_their_own_lookups_of_them(open_page, workspace, report):
    case = next(c for c in report["conflicts"] if c["identity"]["p"] in (None, 1.0) or c["identity"]["p"] > 0.99)
    page = open_page(workspace, "staff", staff=case["viewer"])
    assert not page.exception and not page.error
    accounts, postings, chance, kin = (frame.value for frame in page.dataframe)
    assert postings["所属"].iloc[-1] in page.header[0].value
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown["実際の件数"] == str(chance["実際の件数"].sum())
    assert shown["説明あり"] == str(chance["説明あり"].sum())
    assert {lookup["account"] for lookup in case["lookups"] if lookup["attribution"] != "borrowed"} <= set(
        accounts["操作者ID"]
    )
    row = kin.set_index("宛名番号").loc[case["subject"]]
    assert row["続柄"] and row["閲覧"] >= sum(lookup["attribution"] != "borrowed" for lookup in case["lookups"])


def test_a_terminal_s_day_shows_who_was_on_it_and_who_was_on_duty(open_page, workspace, report):
    lookup = report["conflicts"][0]["lookups"][0]
    page = open_page(workspace, "terminal", terminal=lookup["terminal"], day=lookup["time"][:10])
    assert not page.exception and not page.error
    assert lookup["time"][11:19] in set(page.dataframe[0].value["日時"])
    drawn = json.loads(page.get("vega_lite_chart")[0].proto.spec)
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == ["bar", "tick"]


@pytest.mark.parametrize(("name", "query"), [("staff", {"staff": "9999999"}), ("terminal", {"terminal": "なし"})])
def test_an_unknown_number_is_a_sentence(open_page, workspace, name, query):
    page = open_page(workspace, name, **query)
    assert not page.exception and len(page.error) == 1


@pytest.mark.parametrize("name", ["relations", "history", "staff", "terminal"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_page_that_was_asked_nothing_asks_back(open_page, workspace, name, lang):
    page = open_page(workspace, name, lang=lang)
    assert not page.exception and not page.error and page.title


def test_the_reader_s_own_cases_and_those_of_their_kin_are_refused(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "cases")
    everything = len(page.dataframe[0].value)
    page.session_state["me"] = case["viewer"]
    page.run()
    assert not page.exception and "表示しません" in page.warning[0].value
    shown = page.dataframe[0].value if page.dataframe else []
    assert len(shown) < everything and not any(
        case["viewer"] in viewer for viewer in (shown["閲覧者"] if len(shown) else [])
    )
    page = open_page(workspace, "cases", case=case["conflict_id"])
    page.session_state["me"] = case["viewer"]
    page.run()
    assert case["subject"] not in texts(page)


def test_the_history_of_one_s_own_kin_is_refused(open_page, workspace, report):
    case = report["conflicts"][0]
    page = open_page(workspace, "history")
    page.session_state["me"] = case["viewer"]
    page.text_input[0].input(case["subject"]).run()
    assert not page.exception and not page.dataframe and "表示しません" in page.error[0].value


def test_next_and_previous_walk_the_queue(open_page, workspace, report):
    ids = [case["conflict_id"] for case in report["conflicts"]]
    page = open_page(workspace, "cases", case=ids[0])
    assert page.button(key="previous-case").disabled
    page.button(key="next-case").click().run()
    assert not page.exception and ids[1] in str(page.query_params["case"])
    page.button(key="previous-case").click().run()
    assert ids[0] in str(page.query_params["case"])


def test_a_case_leads_on_to_the_other_pages(open_page, workspace, report):
    case = report["conflicts"][0]
    text = texts(open_page(workspace, "cases", case=case["conflict_id"]))
    for address in (
        f"history?person={case['subject']}",
        f"relations?a=staff:{case['viewer']}",
        f"staff?staff={case['viewer']}",
    ):
        assert address in text


def test_a_note_stays_with_its_case(open_page, workspace, report):
    wanted = report["conflicts"][0]["conflict_id"]
    page = open_page(workspace, "cases", case=wanted)
    page.text_area[0].input("所属長に連絡した")
    press(page, "メモを残す").run()
    assert not page.exception
    assert "所属長に連絡した" in texts(open_page(workspace, "cases", case=wanted))
    assert "所属長に連絡した" not in texts(open_page(workspace, "cases", case=report["conflicts"][1]["conflict_id"]))


def test_who_ties_both_sides_is_listed_on_demand(open_page, workspace, report):
    wanted = case(report, "0001802", "0000253278")["conflict_id"]
    page = open_page(workspace, "cases", case=wanted)
    before = len(page.dataframe)
    page.toggle(key=f"leak-{wanted}").set_value(True).run()
    assert not page.exception
    out = workspace.parent / "leak.json"
    assert cli.main(["leak", wanted, "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["between"]
    assert list(page.dataframe[before].value["番号"]) == [each["person"] for each in told] != []


@pytest.mark.parametrize("text", ["田所裕子", "ﾀﾄﾞｺﾛ", "0000253278"])
def test_every_page_finds_people(open_page, workspace, text):
    """By name however it is spaced, by half-width kana, by number."""
    page = open_page(workspace)
    page.text_input(key="search-people").input(text).run()
    assert not page.exception
    found = [each.value for each in page.sidebar.markdown if "0000253278" in each.value]
    assert len(found) == 1 and "history?person=0000253278" in found[0]


def test_every_page_finds_people_by_address(open_page, workspace):
    page = open_page(workspace)
    page.text_input(key="search-people").input("川端町８番地").run()
    assert any("0000100234" in each.value for each in page.sidebar.markdown)


def test_the_search_leaves_out_the_reader_s_own_circle_and_links_keep_who_reads(open_page, workspace, report):
    found = case(report, "0001802", "0000253278")
    page = open_page(workspace, me=found["viewer"])
    page.text_input(key="search-people").input(found["subject"]).run()
    assert not page.exception
    assert not [each for each in page.sidebar.markdown if found["subject"] in each.value]
    page.text_input(key="search-people").input("0000100234").run()
    assert any(f"me={found['viewer']}" in each.value for each in page.sidebar.markdown)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_generation_of_another_version_is_a_sentence_in_both_languages(open_page, workspace, lang, monkeypatch):
    monkeypatch.setattr("graph.store.schema.version", lambda: "of tomorrow")
    page = open_page(workspace, lang=lang)
    assert not page.exception and len(page.error) == 1
    assert {"ja": "別の版", "en": "another version"}[lang] in page.error[0].value
    assert ("保存先を読めません" in page.error[0].value) is (lang == "ja")


def test_unattended_terminals_are_listed_on_demand(open_page, workspace):
    page = open_page(workspace, "terminal")
    assert not page.exception and not page.dataframe
    page.toggle(key="unattended").set_value(True).run()
    out = workspace.parent / "unattended.json"
    words = ["report", "--kind", "unattended", "--workspace", str(workspace), "--format", "json", "--out", str(out)]
    assert cli.main(words) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert list(page.dataframe[0].value["最初"]) == [each["first"] for each in told["sessions"]] != []
    assert dict(page.table[0].value.itertuples(index=False)) == told["sections"]


def test_who_one_is_oneself_is_for_somebody_else_to_decide(open_page, workspace, report):
    staff = report["to_confirm"][0]["viewer"]
    page = open_page(workspace, "identity", staff=staff)
    assert page.radio
    page.session_state["me"] = staff
    page.run()
    assert not page.exception and not page.radio and "別の担当者" in page.error[0].value
