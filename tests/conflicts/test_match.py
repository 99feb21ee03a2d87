"""Who looked at whom: accounts of the day, relayed rows, subjects, household views, tenses."""

import pytest


def counted(found):
    """Give the lookups that stand in conflicts, with the outcome and tense of each."""
    return {row["end"]: (row["outcome"], row["tense"]) for row in found.tables["COUNTS"].to_pylist()}


def subjects(found):
    """Give the subjects of the conflicts."""
    return sorted(found.tables["SUBJECT"].column("end").to_pylist())


def lookup(found, lookup_id):
    """Give one kept lookup."""
    return next(row for row in found.tables["Lookup"].to_pylist() if row["lookup_id"] == lookup_id)


def test_a_lookup_of_kin_is_a_conflict_and_one_of_a_stranger_is_none(town):
    kin = town.log("2024-04-01 10:00:00", "0001", "sister")
    town.log("2024-04-01 10:05:00", "0001", "stranger")
    found = town.find()
    assert counted(found) == {kin: ("suspicious", "current")}
    (conflict,) = found.tables["Conflict"].to_pylist()
    assert (conflict["viewer_id"], conflict["viewer_person"], conflict["subject_id"]) == ("0001", "clerk", "sister")


def test_one_conflict_gathers_all_systems_and_years(town):
    town.log("2022-04-01 10:00:00", "0001", "sister", system=town.RESIDENT)
    town.log("2024-04-01 10:00:00", "0001", "sister", system=town.TAX)
    (conflict,) = town.find().tables["Conflict"].to_pylist()
    assert conflict["systems"] == [town.RESIDENT, town.TAX]
    assert (conflict["first_lookup"].year, conflict["last_lookup"].year) == (2022, 2024)


def test_an_account_belongs_to_its_holder_of_that_day(town):
    town.clerk("0002")
    town.account(town.TAX, "Z1", "0001", since="2020-04-01", until="2024-04-01")
    town.account(town.TAX, "Z1", "0002", since="2024-04-01")
    last_day = town.log("2024-03-31 23:59:59", "Z1", "sister")
    town.log("2024-04-01 00:00:00", "Z1", "sister")
    assert list(counted(town.find())) == [last_day]


def test_an_account_that_a_newer_file_lacks_ended_on_its_day(town):
    town.row("account", system=town.TAX, operator="Z2", staff_id="0001", kind="personal", seen_until="2024-04-01")
    town.log("2024-04-02 10:00:00", "Z2", "sister")
    assert town.find().facts.days[0].unjoinable == {"unknown_account": 1}


@pytest.mark.parametrize("kind", ["shared", "temporary", "system"])
def test_shared_accounts_never_join(town, kind):
    town.account(town.TAX, "COUNTER", "0001", kind=kind)
    town.log("2024-04-01 10:00:00", "COUNTER", "sister")
    found = town.find(graph_lookups="all")
    assert found.tables["Conflict"].num_rows == 0
    assert found.facts.days[0].unjoinable == {"shared_account": 1}
    assert lookup(found, f"{town.TAX}:1")["attribution"] == "shared"


def test_a_relayed_lookup_of_a_shared_account_is_a_shared_one(town):
    town.account(town.WELFARE, "COUNTER", "", kind="shared")
    lookup_id = town.relayed("2024-04-01 10:00:00", "COUNTER", "sister", read="2024-04-01 10:00:05")
    found = town.find(graph_lookups="all")
    assert lookup(found, lookup_id)["attribution"] == "shared"
    assert found.facts.days[0].unjoinable == {"shared_account": 1}


def test_two_holders_on_one_day_make_an_account_shared(town):
    """Folder 08."""
    town.clerk("0002")
    town.account(town.TAX, "Z1", "0001")
    town.account(town.TAX, "Z1", "0002")
    key = town.log("2024-04-01 10:00:00", "Z1", "sister")
    found = town.find(graph_lookups="all")
    assert found.facts.days[0].unjoinable == {"shared_account": 1}
    assert lookup(found, key)["attribution"] == "shared"


def test_an_account_handed_over_is_shared_on_the_day_of_both(town):
    town.clerk("0002")
    town.account(town.TAX, "Z1", "0001", until="2024-04-02")
    town.account(town.TAX, "Z1", "0002", since="2024-04-01")
    keys = [town.log(f"{day} 10:00:00", "Z1", "sister") for day in ("2024-03-31", "2024-04-01", "2024-04-02")]
    found = town.find(graph_lookups="all")
    assert [lookup(found, key)["attribution"] for key in keys] == ["own", "shared", "own"]
    assert found.tables["COUNTS"].column("end").to_pylist() == keys[:1]


def test_two_rows_of_one_holder_are_one_holder(town):
    town.account(town.TAX, "Z1", "0001")
    town.account(town.TAX, "Z1", "0001", since="2023-04-01")
    assert town.find_joined("Z1") == 1


WRITTEN = ("j101", "Ｊ０１０１", "CITY\\J0101", "j0101@city.lg.jp", "J101", "Ｊ 0101", "city/j101")


@pytest.mark.parametrize("written", WRITTEN)
def test_an_id_in_another_writing_is_the_one_account_it_can_be(town, written):
    """L10."""
    town.account(town.TAX, "J0101", "0001")
    assert town.find_joined(written) == 1


def test_two_known_ids_are_never_one(town):
    town.clerk("0002")
    town.account(town.TAX, "J0101", "0001")
    town.account(town.TAX, "j101", "0002")
    town.log("2024-04-01 10:00:00", "j101", "sister")
    assert town.find_joined("J101") == 1  # 0002's own only: the other could be either


def test_an_id_of_another_system_is_another_id(town):
    town.account(town.WELFARE, "J0101", "0001")
    assert town.find_joined("j101") == 0


def test_every_lookup_falls_into_one_class(town):
    town.account(town.RESIDENT, "FUKUREN", "", kind="system")
    town.log("2024-04-01 09:00:00", "0001", view="search")
    town.log("2024-04-01 09:01:00", "nobody", "sister")
    town.log("2024-04-01 09:02:00", "0001", "unheard of")
    town.log("2024-04-01 09:03:00", "FUKUREN", "sister", system=town.RESIDENT, via=town.WELFARE)
    town.log("2024-04-01 09:04:00", "0001", "stranger")
    town.relayed("2024-04-01 10:00:00", "0001", "sister", read="2024-04-01 10:00:05")
    (day,) = town.find().facts.days
    assert (day.rows, day.relayed_merged, day.search_only, day.joined) == (7, 1, 1, 2)
    assert day.unjoinable == {"unknown_account": 1, "unknown_subject": 1, "relayed_operator_unknown": 1}
    assert day.rows == day.relayed_merged + day.search_only + day.joined + sum(day.unjoinable.values())


def test_a_relayed_pair_is_one_lookup_of_the_caller(town):
    town.desk("FK02")
    town.account(town.RESIDENT, "FUKUREN", "", kind="system")
    relayed = town.relayed("2024-04-01 10:00:00", "0001", "sister", read="2024-04-01 10:00:05", terminal_id="FK02")
    found = town.find()
    kept = lookup(found, relayed)
    assert (kept["system"], kept["via"], kept["attribution"]) == (town.RESIDENT, town.WELFARE, "relayed")
    assert (kept["line"], kept["caller_file"], kept["caller_line"]) == (3, "lookup.csv", 2)
    assert found.tables["MADE_BY"].column("end").to_pylist() == [f"{town.WELFARE}:0001"]
    assert found.tables["AT"].column("end").to_pylist() == ["FK02"]
    assert list(counted(found)) == [relayed]


def test_a_calling_row_stands_behind_one_relayed_row_only(town):
    near = town.relayed("2024-04-01 10:00:00", "0001", "sister", read="2024-04-01 10:00:05")
    town.log("2024-04-01 10:00:20", "FUKUREN", "sister", system=town.RESIDENT, via=town.WELFARE)
    found = town.find()
    assert list(counted(found)) == [near]
    assert found.facts.days[0].unjoinable == {"relayed_operator_unknown": 1}


def test_relayed_rows_find_their_callers_by_the_usual_delay(town):
    """Two clerks ask for the same person seconds apart: nearness alone would exchange them."""
    town.clerk("0002")
    for minute in range(3):
        town.relayed(f"2024-04-01 09:0{minute}:00", "0002", "stranger", read=f"2024-04-01 09:0{minute}:10")
    first = town.relayed("2024-04-01 10:00:00", "0001", "sister", read="2024-04-01 10:00:10")
    town.relayed("2024-04-01 10:00:09", "0002", "sister", read="2024-04-01 10:00:19")
    assert list(counted(town.find(relay_seconds=30))) == [first]


@pytest.mark.parametrize(("read", "merged"), [("2024-04-01 10:01:00", 1), ("2024-04-01 10:01:01", 0)])
def test_clocks_may_differ_by_the_window(town, read, merged):
    town.relayed("2024-04-01 10:00:00", "0001", "sister", read=read)
    assert town.find(relay_seconds=60).facts.days[0].relayed_merged == merged


def test_another_persons_calling_row_is_no_caller(town):
    town.log("2024-04-01 10:00:00", "0001", "stranger", system=town.WELFARE, calls=town.RESIDENT)
    town.log("2024-04-01 10:00:05", "FUKUREN", "sister", system=town.RESIDENT, via=town.WELFARE)
    found = town.find()
    assert found.facts.days[0].relayed_merged == 0
    assert found.tables["Conflict"].num_rows == 0


def test_a_system_with_its_own_subject_numbers(town):
    town.row("crossref", space="tax", subject_key="old", person_id="sister")
    town.row("crossref", space="tax", subject_key="new", person_id="sister")
    town.row("crossref", space="tax", subject_key="both", person_id="sister")
    town.row("crossref", space="tax", subject_key="both", person_id="stranger")
    old = town.log("2024-04-01 10:00:00", "0001", "old", subject_space="tax")
    new = town.log("2024-04-02 10:00:00", "0001", "new", subject_space="tax")
    town.log("2024-04-03 10:00:00", "0001", "both", subject_space="tax")
    town.log("2024-04-03 10:00:00", "0001", "sister", subject_space="tax")
    found = town.find()
    assert sorted(counted(found)) == [old, new]
    assert found.facts.days[2].unjoinable == {"unknown_subject": 2}


def test_a_household_view_exposes_the_members_of_that_day(town):
    town.people("left", "brother")
    town.related("clerk", "left")
    town.related("clerk", "brother")
    town.household("H", "sister", "brother", "stranger")
    town.household("H", "left", until="2024-04-01")
    view = town.log("2024-04-01 10:00:00", "0001", view="household", household_id="H")
    found = town.find()
    assert subjects(found) == ["brother", "sister"]
    assert found.tables["Lookup"].num_rows == 1
    assert found.tables["OF"].to_pylist() == [
        {"start": view, "end": person, "view": "household"} for person in ("brother", "sister", "stranger")
    ]
    assert found.facts.days[0].joined == 1


def test_a_household_without_members_is_an_unknown_subject(town):
    town.log("2024-04-01 10:00:00", "0001", view="household", household_id="nowhere")
    assert town.find().facts.days[0].unjoinable == {"unknown_subject": 1}


@pytest.mark.parametrize(
    ("since", "until", "tense"),
    [
        ("2000-01-01", None, "current"),
        ("2000-01-01", "2024-04-02", "current"),
        ("2000-01-01", "2024-04-01", "former"),
        ("2024-04-01", None, "current"),
        ("2024-04-02", None, None),
        ("0001-01-01", None, "current"),
        ("0001-01-01", "2024-04-02", "uncertain"),
        ("0001-01-01", "2024-04-01", "former"),
    ],
)
def test_the_day_of_the_lookup_decides_the_tense(town, since, until, tense):
    town.related("clerk", "stranger", "spouse", since=since, until=until)
    lookup_id = town.log("2024-04-01 10:00:00", "0001", "stranger")
    assert counted(town.find()) == ({lookup_id: ("suspicious", tense)} if tense else {})


def test_a_tie_outside_the_law_makes_no_conflict(town):
    town.related("clerk", "stranger", "tie", label="co_parent")
    town.log("2024-04-01 10:00:00", "0001", "stranger")
    assert town.find().tables["Conflict"].num_rows == 0


def test_a_viewer_without_a_register_identity_is_counted(town):
    town.clerk("0009")
    town.log("2024-04-01 10:00:00", "0009", "sister")
    town.log("2024-04-01 10:01:00", "0001", "stranger")
    assert town.find().facts.days[0].unlinked_viewer == 1


def test_a_log_that_numbers_nothing_is_named_by_file_and_line(town):
    town.log("2024-04-01 10:00:00", "0001", "sister", key="")
    assert list(counted(town.find())) == [f"{town.TAX}:lookup.csv:2"]


def test_all_lookups_are_kept_where_the_policy_says_so(town):
    town.log("2024-04-01 10:00:00", "0001", "sister")
    town.log("2024-04-01 10:05:00", "0001", "stranger")
    town.log("2024-04-01 10:06:00", "0001", view="search")
    assert town.find().tables["Lookup"].num_rows == 1
    found = town.find(graph_lookups="all")
    assert (found.tables["Lookup"].num_rows, found.tables["OF"].num_rows) == (3, 2)


def test_a_second_run_gives_the_same(town):
    for minute in range(10, 40):
        town.relayed(f"2024-04-01 10:{minute}:00", "0001", "sister", read=f"2024-04-01 10:{minute}:07")
    first, second = town.find(), town.find()
    assert first.facts == second.facts
    assert all(first.tables[kind].equals(second.tables[kind]) for kind in first.tables)
