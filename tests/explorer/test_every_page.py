"""Every page in a real browser, in both languages and on both stores.

What a page says comes from the data, nothing leaves the machine, and no accessibility rule is seriously broken.
"""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import cli

HANDMADE = Path(__file__).parents[1] / "handmade"
SERIOUS = ("serious", "critical")


@pytest.fixture(params=["duckdb", "neo4j"])
def explorer(request, serve, workspace):
    """The explorer on 椋川町, in one of the two stores."""
    if request.param == "duckdb":
        return serve(workspace)
    neo4j = request.getfixturevalue("neo4j")
    words = ["ingest", "--mappings", str(HANDMADE / "mappings"), "--workspace", str(workspace), "--store", neo4j.uri]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_PASSWORD", neo4j.password)
        assert cli.main([*words, "--quiet"]) == 0
    return serve(workspace, "--store", neo4j.uri, NEO4J_PASSWORD=neo4j.password)


@pytest.fixture
def views(workspace, tmp_path):
    """Give for each page an address with a view in it, and a text of that view that the data tells."""
    out = tmp_path / "report.json"
    assert cli.main(["report", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert cli.main(["status", "--workspace", str(workspace), "--format", "json", "--out", str(out)]) == 0
    status = json.loads(out.read_text(encoding="utf-8"))
    case = next(c for c in report["conflicts"] if (c["viewer"], c["subject"]) == ("0001802", "0000253278"))
    last = case["lookups"][-1]
    return {
        "": f"{report['denominators']['lookups']:,}",
        f"cases?case={case['conflict_id']}": f"{case['viewer_name']} → {case['subject_name']}",
        f"relations?a=staff:{case['viewer']}&b={case['subject']}": case["ties"][0]["edges"][0]["file"],
        f"history?person={case['subject']}": f"{report['denominators']['rows']:,}",
        f"staff?staff={case['viewer']}": f"{case['viewer_name']}({case['viewer']})",
        f"terminal?terminal={last['terminal']}&day={last['time'][:10]}": ": ",
        "identity": "",
        "quality": f"{status['coverage']['with_mother']:.1%}",
    }


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_says_what_the_data_say(explorer, page, views, lang):
    for address, told in views.items():
        page.goto(f"{explorer}/{address}{'&' if '?' in address else '?'}lang={lang}")
        page.get_by_role("heading", level=1).first.wait_for()
        page.get_by_text(told).filter(visible=True).first.wait_for() if told else None
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        broken = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in broken if each["impact"] in SERIOUS] == [], address
        assert page.get_by_test_id("stException").count() == 0
    assert page.external == []


def test_the_picture_moves_by_keys_and_names_whom_is_clicked(serve, workspace, page, views):
    address = next(address for address in views if address.startswith("cases"))
    page.goto(f"{serve(workspace)}/{address}")
    card = page.locator(".card.path").first
    card.wait_for()
    svg = page.locator("svg.enkan")
    whole = svg.get_attribute("viewBox")
    card.focus()
    for key, moved in (("+", True), ("0", False), ("ArrowRight", True), ("0", False), ("p", True)):
        card.press(key)
        assert (svg.get_attribute("viewBox") != whole) is moved, key
    page.get_by_role("button", name="全体").click()
    assert svg.get_attribute("viewBox") == whole
    card.press("Enter")
    person = card.get_attribute("data-person")
    page.locator(f"a[href*='history?person={person}']").last.wait_for()
