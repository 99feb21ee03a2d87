"""The analyst's walk of docs/walks.md in a real browser, from the side bar to the decision."""

import json
import sqlite3

import cli


def test_the_analyst_goes_from_the_side_bar_to_a_decision(serve, workspace, page, select_first_row, tmp_path):
    out = tmp_path / "report.json"
    assert cli.main(["report", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    conflicts = json.loads(out.read_text(encoding="utf-8"))["conflicts"]
    mine, other = conflicts[0]["viewer"], next(c for c in conflicts if c["viewer"] != conflicts[0]["viewer"])
    address = serve(workspace)

    page.goto(address)
    page.get_by_role("heading", name="概要").wait_for()
    page.get_by_role("textbox", name="あなたの職員番号").fill(mine)  # 1
    page.get_by_role("textbox", name="あなたの職員番号").press("Enter")
    page.get_by_role("link", name="事案").click()  # 2
    page.get_by_text("表示しません").filter(visible=True).first.wait_for()

    page.get_by_label("氏名・番号", exact=True).fill(other["conflict_id"])
    page.get_by_label("氏名・番号", exact=True).press("Enter")
    page.wait_for_timeout(1500)
    select_first_row()  # 3
    assert f"case={other['conflict_id']}" in page.url and f"me={mine}" in page.url

    with page.context.expect_page() as opened:
        page.get_by_test_id("stMain").get_by_role("link", name="職員", exact=True).first.click()
    staff = opened.value
    with staff.expect_download() as download:
        staff.get_by_role("button", name="CSVで保存").first.click()
    assert download.value.suggested_filename == f"accounts-{other['viewer']}.csv"
    assert download.value.path().read_bytes().startswith("\ufeffsystem,account".encode())
    staff.wait_for_timeout(1500)
    with sqlite3.connect(workspace / "ledger.sqlite") as con:
        assert con.execute("SELECT target FROM audit WHERE action = 'export'").fetchall() == [
            (f"accounts-{other['viewer']}.csv",)
        ]
    staff.close()

    told = {
        "関係検索": other["ties"][0]["term_ja"],
        "閲覧履歴": "親族等による閲覧",
        "職員": f"({other['viewer']})",
        "端末": "その日の勤務",
    }
    for name, text in told.items():  # 4
        with page.context.expect_page() as opened:
            page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True).first.click()
        opened.value.get_by_text(text).first.wait_for(state="attached")
        assert f"me={mine}" in opened.value.url
        opened.value.close()

    page.get_by_role("textbox", name="人を探す(氏名・カナ・番号・住所)").fill(other["subject"])  # 5
    page.get_by_role("textbox", name="人を探す(氏名・カナ・番号・住所)").press("Enter")
    page.get_by_test_id("stSidebar").get_by_text(other["subject"]).filter(visible=True).first.wait_for()

    page.get_by_label("メモを書く(消せません)").fill("所属長に連絡した")  # 6
    page.get_by_role("button", name="メモを残す").click()
    page.get_by_text("所属長に連絡した").filter(visible=True).first.wait_for()
    page.get_by_label("理由(必須)").fill("業務上の必要を確認した")
    page.get_by_role("button", name="記録する").click()
    page.get_by_text("業務上の必要を確認した").filter(visible=True).first.wait_for()
    page.reload()
    page.get_by_text("業務上の必要を確認した").filter(visible=True).first.wait_for()
    assert page.external == []
