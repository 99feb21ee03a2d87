"""Memberships and kin links from the resident register alone."""

from datetime import date

BORN = {"father": "1950-01-01", "mother": "1952-01-01", "son": "1980-01-01", "daughter": "1983-01-01"}


def spans(found, person):
    """Give a person's memberships as (household, 続柄, from, to)."""
    kept = ("end", "relation_to_head", "valid_from", "valid_to")
    return [tuple(r[c] for c in kept) for r in found.rows("MEMBER_OF") if r["start"] == person]


def family(rows, **son):
    """Give a couple with a son and a daughter."""
    return [
        rows.resident("father", "世帯主", "山田　一郎", BORN["father"]),
        rows.resident("mother", "妻", "山田　花子", BORN["mother"], "F"),
        rows.resident("son", "子", "山田　太郎", BORN["son"], **son),
        rows.resident("daughter", "子", "山田　恵", BORN["daughter"], "F"),
    ]


def test_every_row_is_a_dated_membership(read, rows):
    found = read(
        [
            *family(rows),
            rows.resident(
                "son", "世帯主", "山田　太郎", BORN["son"], history_no=2, household_id="h2", event="2005-06-01"
            ),
            rows.resident(
                "son",
                "世帯主",
                "山田　太郎",
                BORN["son"],
                history_no=3,
                household_id="h2",
                event="2010-03-31",
                status="moved",
            ),
        ]
    )
    assert spans(found, "son") == [
        ("h1", "子", date(1993, 4, 1), date(2005, 6, 1)),
        ("h2", "世帯主", date(2005, 6, 1), date(2010, 3, 31)),
    ]


def test_rows_that_change_nothing_here_are_one_membership(read, rows):
    found = read(
        [*family(rows), rows.resident("son", "子", "山田　太郎", BORN["son"], history_no=2, event="2005-06-01")]
    )
    assert spans(found, "son") == [("h1", "子", date(1993, 4, 1), None)]


def test_a_cancelled_row_never_was(read, rows):
    moved = rows.resident(
        "son", "世帯主", "山田　太郎", BORN["son"], history_no=2, household_id="h2", event="2005-06-01"
    )
    back = rows.resident("son", "子", "山田　太郎", BORN["son"], history_no=3, event="2005-06-03", reason="cancelled")
    found = read([*family(rows), moved, back])
    assert spans(found, "son") == [("h1", "子", date(1993, 4, 1), None)]


def test_who_is_known_only_as_having_left_lived_here_before(read, rows):
    left = {"status": "moved", "event": "2001-05-01", "resident_since": "1990-01-01", "reason": "move_out"}
    found = read(family(rows, **left))
    assert spans(found, "son") == [("h1", "子", date(1990, 1, 1), date(2001, 5, 1))]
    assert found.parents["father", "son"] == ("birth", "stated")


def test_a_row_gone_from_a_newer_file_ends_there(read, rows):
    found = read(family(rows, seen_until=date(2020, 4, 1)))
    link = next(r for r in found.rows("PARENT_OF") if (r["start"], r["end"]) == ("father", "son"))
    assert spans(found, "son") == [("h1", "子", date(1993, 4, 1), date(2020, 4, 1))]
    assert (link["valid_to"], link["ended_by"]) == (date(2020, 4, 1), "vanished")


def test_child_of_the_head_and_only_probably_of_the_wife(read, rows):
    found = read(family(rows))
    assert found.parents == {
        ("father", "son"): ("birth", "stated"), ("father", "daughter"): ("birth", "stated"),
        ("mother", "son"): ("birth", "probable"), ("mother", "daughter"): ("birth", "probable"),
    }  # fmt: skip
    assert found.spouses == [("father", "mother", "legal", "stated", "0001-01-01", "", "")]
    assert {r["valid_from"] for r in found.rows("PARENT_OF") if r["end"] == "son"} == {date(1980, 1, 1)}


def test_a_change_of_head_gives_the_same_family_and_the_death(read, rows):
    day = "2015-08-09"
    found = read(
        [
            *family(rows),
            rows.resident("father", "世帯主", "山田　一郎", BORN["father"], history_no=2, event=day, status="dead"),
            rows.resident("mother", "母", "山田　花子", BORN["mother"], "F", history_no=2, event=day),
            rows.resident("son", "世帯主", "山田　太郎", BORN["son"], history_no=2, event=day),
            rows.resident("daughter", "妹", "山田　恵", BORN["daughter"], "F", history_no=2, event=day),
        ]
    )
    assert found.parents["mother", "son"] == ("birth", "stated")
    assert found.parents["mother", "daughter"] == ("birth", "probable")
    assert {pair for pair in found.parents if pair[0] not in ("father", "mother")} == set()  # E4: the father is known
    assert found.spouses == [("father", "mother", "legal", "stated", "0001-01-01", day, "death")]


def test_father_and_mother_of_the_head_are_probably_married(read, rows):
    found = read(
        [
            rows.resident("son", "世帯主", "山田　太郎", BORN["son"]),
            rows.resident("father", "父", "山田　一郎", BORN["father"]),
            rows.resident("mother", "母", "山田　花子", BORN["mother"], "F"),
        ]
    )
    assert [pair[:4] for pair in found.spouses] == [("father", "mother", "legal", "probable")]


def test_siblings_without_parents_share_one_that_nobody_names(read, rows):
    both = [
        rows.resident("son", "世帯主", "山田　太郎", BORN["son"]),
        rows.resident("daughter", "妹", "山田　恵", BORN["daughter"], "F"),
    ]
    turned = [
        rows.resident("son", "兄", "山田　太郎", BORN["son"], history_no=2, event="2001-01-01"),
        rows.resident("daughter", "世帯主", "山田　恵", BORN["daughter"], "F", history_no=2, event="2001-01-01"),
    ]
    found = read([*both, *turned])
    anonymous = {parent for parent, _ in found.parents}
    assert len(anonymous) == 1 and anonymous.pop().startswith("anon:")
    assert [r["placeholder"] for r in found.rows("Person") if r["person_id"].startswith("anon:")] == [True]
    assert found.parents == read(both).parents


def test_relations_beyond_kin_give_no_link(read, rows):
    found = read(
        [
            rows.resident("son", "世帯主", "山田　太郎", BORN["son"]),
            rows.resident("a", "同居人", "山田　次郎", BORN["daughter"]),
            rows.resident("b", "縁故者", "山田　三郎", BORN["daughter"]),
            rows.resident("c", "何か", "山田　四郎", BORN["daughter"]),
        ]
    )
    assert (found.parents, found.spouses) == ({}, [])
    assert [problem.line for problem in found.registers.problems] == [5]


def test_an_institution_makes_no_kin(read, rows):
    inmates = [rows.resident(f"p{n}", "同居人", f"山田　{n}", "1930-01-01") for n in range(12)]
    found = read(
        [
            *inmates,
            rows.resident("head", "世帯主", "施設　長", "1960-01-01"),
            rows.resident("x", "子", "山田　子", "1990-01-01"),
        ]
    )
    assert found.rows("Household") == [{"household_id": "h1", "institution": True}]
    assert found.parents == {}


def test_an_export_without_history_reads_the_head_of_a_later_day(read, rows):
    found = read([rows.resident("father", "世帯主", "山田　一郎", BORN["father"], event="2012-01-01"), family(rows)[2]])
    assert found.parents == {("father", "son"): ("birth", "stated")}


def test_two_heads_on_one_day_settle_nothing(read, rows):
    found = read([*family(rows)[:1], rows.resident("other", "世帯主", "鈴木　実", BORN["father"]), family(rows)[2]])
    assert found.parents == {}


def test_order_of_rows_does_not_matter(read, rows):
    people = family(rows, register_head="山田　太郎", honseki="椋川町1番地")
    for line, row in enumerate(people, start=2):
        row["line"] = line
    forward, backward = read(people), read(people[::-1])
    assert all(forward.registers.kinds[kind].equals(backward.registers.kinds[kind]) for kind in forward.registers.kinds)


def test_a_parent_younger_than_the_child_is_dropped_and_told(read, rows):
    found = read(
        [rows.resident("a", "世帯主", "山田　一郎", "1990-01-01"), rows.resident("b", "子", "山田　太郎", "1980-01-01")]
    )
    assert found.parents == {}
    assert [(p.file, p.what) for p in found.registers.problems] == [("resident.csv", "parent not old enough for child")]


def test_nobody_is_an_ancestor_of_themselves(read, rows):
    unknown = {"birth": None, "birth_text": "不詳"}
    found = read(
        [
            rows.resident("a", "世帯主", "山田　一郎", "1990-01-01", household_id="h1") | unknown,
            rows.resident("b", "子", "山田　太郎", "1990-01-01", household_id="h1") | unknown,
            rows.resident(
                "a", "父の子", "山田　一郎", "1990-01-01", household_id="h2", history_no=2, event="2000-01-01"
            )
            | unknown,
            rows.resident("a", "子", "山田　一郎", "1990-01-01", household_id="h2", history_no=3, event="2001-01-01")
            | unknown,
            rows.resident(
                "b", "世帯主", "山田　太郎", "1990-01-01", household_id="h2", history_no=2, event="2001-01-01"
            )
            | unknown,
        ]
    )
    assert found.parents == {}
    assert {problem.what for problem in found.registers.problems} == {"person among their own ancestors"}
