"""The registers of a small simulated town: every row true, every link shown a true one, dirt where dirt belongs."""

from collections import defaultdict

import pandas as pd
import pytest

from synthetic.population.city import City, Rates
from synthetic.population.simulate import simulate
from synthetic.truth import true_links

CODES = {
    "世帯主": "02", "夫": "11", "妻": "12", "夫(未届)": "13", "妻(未届)": "14", "子": "20", "子(子の夫)": "2X",
    "子(子の妻)": "2X", "父": "51", "母": "52", "兄": "71", "弟": "74", "姉": "81", "妹": "84", "縁故者": "96",
    "同居人": "99",
}  # fmt: skip
ERAS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988}
DIRT = {
    "birth_unknown": 0.05, "old_characters": 0.5, "koseki_only_characters": 0.3, "foreign_unproved": 0.2,
    "two_person_numbers": 0.3, "broken_register_rows": 2, "honseki_elsewhere": 0.3,
}  # fmt: skip
UNTOLD = {"", "世帯主", "縁故者", "同居人"}
PLAIN = {term for term in CODES if "(子の" not in term} - UNTOLD


@pytest.fixture(scope="module")
def simulated():
    """A small town with more adoption, divorce and living together than usual."""
    rates = Rates(
        divorce=2.0, step_adoption=0.9, special_adoption=0.05, de_facto=0.1, live_with_parents=0.4, foreign=0.4
    )
    return simulate(1_200, 5, rates, lambda done, text: None)


@pytest.fixture(scope="module")
def town(simulated, write):
    """Its registers, dirt and all."""
    return write(simulated, **DIRT)


@pytest.fixture(scope="module")
def whole(town):
    """The rows that nothing happened to, each once."""
    table = town.juki[~town.juki["備考"].str.contains("�", na=True)]
    table = table[table["異動事由"].ne("99") & table["生年月日"].ne("S54.13.40")]
    return table.drop_duplicates(["宛名番号", "履歴番号"])


def test_codes_and_text_say_the_same(whole):
    codes = whole[[f"続柄コード{place}" for place in (1, 2, 3, 4)]].to_numpy()
    assert ["".join(row) for row in codes] == [_codes(text) for text in whole["続柄表記"]]


def _codes(text: str) -> str:
    return "2X" if "(子の" in text else "".join(CODES[term] for term in text.split("の") if term) or "XX"


def test_every_row_is_there_and_broken_ones_are_extra(town, whole):
    lines = (town.folder / "juki_rireki_20180731.csv").read_bytes().split(b"\r\n")
    assert len(whole) == town.written.rows["juki_rireki_20180731.csv"] == len(lines) - 2 - 5 * 2
    undecodable = [line for line in lines if not _decodes(line)]
    short = [line for line in lines[:-1] if line.count(b",") < lines[0].count(b",")]
    assert (len(undecodable), len(short)) == (2, 2)


@pytest.mark.parametrize("part", ["kisai", "jiko"])
def test_koseki_files_are_utf8_with_one_mark_and_their_broken_rows(town, part):
    name = f"koseki_{part}_20180731.csv"
    raw = (town.folder / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\xef\xbb\xbf") == 1
    lines = raw.split(b"\r\n")
    assert len(lines) - 2 - 5 * 2 == town.written.rows[name]
    assert sum(not _decodes(line, "utf-8") for line in lines) == 2
    assert sum(line.split(b",")[2] == b"8" for line in lines[:-1]) == 2


def _decodes(line: bytes, encoding: str = "cp932") -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def test_history_numbers_run_and_only_the_last_row_is_current(whole):
    numbers = whole.assign(n=whole["履歴番号"].astype(int)).groupby("宛名番号", sort=False)
    assert (numbers["n"].min() == 1).all()
    assert (numbers["n"].max() == numbers.size()).all()
    assert (
        whole.groupby("宛名番号")["最新フラグ"].agg(list).map(lambda flags: flags == ["0"] * (len(flags) - 1) + ["1"])
    ).all()


def test_who_lives_here_today_is_who_the_register_has(simulated, whole):
    current = whole[(whole["最新フラグ"] == "1") & (whole["住民状態"] == "1")]
    living = simulated.people[simulated.people["resident"]]
    assert set(current["宛名番号"]) == set(living["person_id"])


def test_unknown_days_are_written_00_and_the_same_in_every_row(whole):
    unknown = whole[whole["生年月日"].str.endswith(".00")]
    assert 0 < len(unknown) < len(whole) * 0.2
    assert (unknown.groupby("宛名番号")["生年月日"].nunique() == 1).all()


def test_the_same_city_and_seed_give_the_same_bytes(simulated, town, write):
    again = write(simulated, **DIRT)
    for file in sorted(town.folder.iterdir()):
        assert (again.folder / file.name).read_bytes() == file.read_bytes()
    pd.testing.assert_frame_equal(again.written.links, town.written.links)


class Walk:
    """Follows 続柄 terms from person to people, by sets and dictionaries."""

    def __init__(self, city: City) -> None:
        """Index the city's family tables by person."""
        self.people = city.people.to_dict("index")
        self.married, self.together, self.adopted = defaultdict(list), defaultdict(list), defaultdict(list)
        self.children, self.recognised = defaultdict(set), {}
        for row in city.marriages.to_dict("records"):
            end = row["end"] if row["ended_by"] == "divorce" else row["terminated"]
            for one, other in ((row["husband"], row["wife"]), (row["wife"], row["husband"])):
                self.married[one].append((other, row["start"], end))
        for row in city.partnerships.to_dict("records"):
            for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
                self.together[one].append((other, row["start"], row["end"]))
        for row in city.adoptions.to_dict("records"):
            self.adopted[row["child"]].append(row)
            self.children[row["parent"]].add(row["child"])
        for row in city.recognitions.to_dict("records"):
            self.recognised[row["child"]] = (row["father"], row["date"])
            self.children[row["father"]].add(row["child"])
        for pid, person in self.people.items():
            for parent in (person["mother"], person["father"]):
                self.children[parent].add(pid)

    def parents(self, pid: int, day: pd.Timestamp) -> set[int]:
        """Give the legal parents on a day."""
        valid = [row for row in self.adopted[pid] if row["start"] <= day and not row["end"] <= day]
        person = self.people[pid]
        father, since = self.recognised.get(pid, (person["father"], person["birth"]))
        special = any(row["kind"] == "special" for row in valid)
        born = set() if special else {person["mother"], father if since <= day else -1}
        return (born | {row["parent"] for row in valid}) - {-1}

    def step(self, pid: int, term: str, day: pd.Timestamp) -> set[int]:
        """Give everyone whom one term can mean."""
        woman = term in {"妻", "妻(未届)", "母", "姉", "妹"}
        if term == "子":
            return {child for child in self.children[pid] if pid in self.parents(child, day)}
        if term in {"父", "母"}:
            found = self.parents(pid, day)
        elif term in {"兄", "弟", "姉", "妹"}:
            found = {c for parent in self.parents(pid, day) for c in self.step(parent, "子", day)} - {pid}
            elder = term in {"兄", "姉"}
            found = {c for c in found if (self.people[c]["birth"] <= self.people[pid]["birth"]) == elder}
        else:
            ties = self.together[pid] if "未届" in term else self.married[pid]
            found = {other for other, start, end in ties if start <= day and not end <= day}
        return {one for one in found if (self.people[one]["sex"] == "F") == woman}

    def reach(self, head: int, text: str, day: pd.Timestamp) -> set[int]:
        """Give everyone whom a chain can mean, seen from the head."""
        found = {head}
        for term in text.split("(")[0].split("の") if "(子の" in text else text.split("の"):
            found = {other for one in found for other in self.step(one, term, day)}
        return found


def _day(text: str) -> pd.Timestamp:
    year, month, day = text[1:].split(".")
    return pd.Timestamp(ERAS[text[0]] + int(year), int(month), int(day))


@pytest.fixture(scope="module")
def seen_from_head(simulated, whole, town):
    """For every row: whom it is about, the head of the household on the day it describes, 続柄 and that day."""
    pid = dict(zip(simulated.people["person_id"], simulated.people.index, strict=True))
    pid |= {text: n for n, text in enumerate(town.written.former_numbers) if text}
    number = {text: n for n, text in enumerate(simulated.household_ids)}
    heads = defaultdict(list)
    for row in simulated.heads.to_dict("records"):
        heads[row["household"]].append(row)
    rows = []
    for row in whole[["宛名番号", "世帯番号", "続柄表記", "異動事由", "異動年月日"]].itertuples(index=False):
        day = _day(row[4]) - pd.Timedelta(days=int(row[3] in {"21", "23"}))
        at = [h["head"] for h in heads[number[row[1]]] if h["start"] <= day and not h["end"] <= day]
        rows.append((pid[row[0]], at[0] if at else None, row[2], day))
    return rows


def test_every_zokugara_is_true_on_its_day(simulated, seen_from_head):
    walk = Walk(simulated)
    told = [row for row in seen_from_head if row[2] not in UNTOLD]
    assert len(told) > 1_000
    assert [row for row in told if row[0] not in walk.reach(row[1], row[2], row[3])] == []


def test_heads_and_the_unrelated_are_called_so(simulated, seen_from_head):
    walk = Walk(simulated)
    for pid, head, text, day in seen_from_head:
        assert (text == "世帯主") == (pid == head)
        assert (text == "") == (head is None)
        if text == "同居人":
            assert not any(pid in walk.reach(head, term, day) for term in PLAIN)


def test_every_link_shown_is_a_true_one(simulated, town):
    shown = town.written.links
    key = ["link", "a", "b", "start"]
    kin = shown.loc[shown["link"] != "household", key].drop_duplicates()
    true = true_links(simulated)[key].astype({"start": "datetime64[s]"}).drop_duplicates()
    assert len(kin) > 1_000
    assert len(kin.merge(true, on=key)) == len(kin)
    assert set(shown["grade"]) <= {"registered", "stated", "composed", "probable"}


def test_a_row_of_a_child_or_wife_shows_that_link(simulated, town, seen_from_head):
    shown = town.written.links
    shown = set(zip(shown["link"], shown["a"], shown["b"], shown["grade"], strict=True))
    for pid, head, text, _ in seen_from_head:
        if text in {"子", "父", "母"}:
            assert ("parent", *((head, pid) if text == "子" else (pid, head)), "stated") in shown
        if text in {"妻", "夫"}:
            assert ("spouse", min(pid, head), max(pid, head), "stated") in shown


def test_every_native_stands_in_one_register_at_a_time(simulated, town):
    rows = town.kisai[town.kisai["戸籍区分"] != "改製原"]
    rows = rows[rows["除籍年月日"] == ""]
    key = rows["名"] + rows["出生年月日"] + rows["父"] + rows["母"]
    assert key.duplicated().mean() < 0.005  # namesakes born on one day
    version = ["本籍", "筆頭者氏名", "戸籍区分", "編製年月日"]
    positions = town.kisai.drop_duplicates().groupby(version)["記載順"].agg(list)
    whole = positions.map(lambda found: sorted(map(int, found)) == list(range(1, len(found) + 1)))
    assert whole.mean() > 0.99  # broken rows repeat a few
