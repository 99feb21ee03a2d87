"""One human under two ids, and the parent links that stay."""

from tests.literal import Case
from tests.registers.cases.tables import NEVER, tables, y

PLACED = {
    "known": "koseki:k",
    "text": "山田花",
    "sex": "F",
    "by_name": True,
    "resident": "p",
    "grade": "stated",
    "stands": True,
}
SPELL = {"person_id": "p", "name_key": "山田花", "given_key": "花", "sex": "F", "birth": y(1970)}
BORN = {"parent": "f", "child": "c", "nature": "birth", "grade": "registered"}
FATHER, STEPFATHER = ({"person_id": p, "sex": "M"} for p in ("f", "g"))
CLAIM = {"parent": "g", "child": "c", "nature": "birth", "grade": "stated", "starts": y(2010)}
HELD = CLAIM | {"sex": "M", "first_said": y(2010), "said_first": y(2010)}
PARENT = {
    "parent": "f",
    "child": "c",
    "nature": "birth",
    "grade": "registered",
    "valid_from": y(2000),
    "file": "f",
    "line": 1,
}

CASES = [
    Case("in_one_place", "the same given name, or a foreigner",
         tables(same_parent=[PLACED, PLACED | {"resident": "q"}, PLACED | {"known": "koseki:l", "resident": "x"}], same_spouse=[], appearance=[],
                spell=[SPELL, SPELL | {"person_id": "q", "given_key": "梅"}, SPELL | {"person_id": "x", "given_key": "MARIA"}],
                foreigner=[{"person_id": "x"}]),
         [("koseki:k", "p"), ("koseki:l", "x")]),
    Case("in_one_place", "an entry also by its birth date",
         tables(same_parent=[PLACED | {"by_name": False}, PLACED | {"by_name": False, "resident": "q"}], same_spouse=[], foreigner=[],
                appearance=[{"person_id": "koseki:k", "given_key": "花", "birth": y(1970)}],
                spell=[SPELL, SPELL | {"person_id": "q", "birth": y(1971)}]),
         [("koseki:k", "p")]),
    Case("too_young_resident", "twelve years by birth",
         tables(in_one_place=[{"known": k, "resident": "p"} for k in "kl"], spell=[SPELL],
                parent_named=[{"parent": "k", "role": "birth", "birth": y(1980)}, {"parent": "l", "role": "birth", "birth": y(1990)}]),
         [("k", "p")]),
    Case("same_person", "what fits two is nobody",
         tables(in_one_place=[{"known": k, "resident": r} for k, r in (("k", "p"), ("l", "p"), ("l", "q"), ("m", "p"))],
                too_young_resident=[{"known": "m", "resident": "p"}]),
         [("k", "p")]),
    Case("settled_sex", "by birth or recognition, not by adoption",
         tables(parent_united=[BORN, BORN | {"child": "d", "nature": "adoptive"}], person_known=[FATHER]), [("c", "M")]),
    Case("claim_held", "a chain gives way to a denial, a plain term does not",
         tables(claim=[CLAIM, CLAIM | {"child": "d"}, CLAIM | {"child": "e", "grade": "composed"}, CLAIM | {"parent": "f"}], parent_united=[BORN],
                person_known=[FATHER, STEPFATHER], settled_sex=[{"child": "c", "sex": "M"}],
                denied_link=[{"one": "g", "other": other} for other in "de"]),
         [("g", "c", True), ("g", "d", False)], "parent child settled"),
    Case("claim_firm", "beside a settled father or a first one, adopted",
         tables(claim_held=[HELD | {"settled": True}, HELD | {"child": "d"}, HELD | {"child": "e", "said_first": y(2015)},
                            HELD | {"child": "f", "grade": "composed", "settled": True}]),
         [("c", "adoptive"), ("d", "birth"), ("e", "adoptive")], "child nature"),
    Case("claim_probable", "not beside a firm parent of that sex, nor one refuted",
         tables(claim_held=[HELD | {"child": c, "grade": "probable", "settled": c == "s"} for c in ("c", "d", "e", "s")],
                claim_firm=[{"parent": "f", "child": "d", "nature": "birth", "sex": "M"}], refuted_parent=[{"parent": "g", "child": "e"}]),
         [("c",)], "child"),
    Case("parent_merged", "the best grade; what newer files lack has vanished",
         tables(parent_together=[PARENT | {"grade": g, "child": c} for g in ("probable", "stated") for c in "cd"],
                parent_evidence=[{"parent": "f", "child": "c", "stands": True}, {"parent": "f", "child": "d", "gone": y(2015)}]),
         [("c", "stated", None, ""), ("d", "stated", y(2015), "vanished")], "child grade valid_to ended_by"),
    Case("parent_settled", "the birth parent goes, whose spouse adopts stays",
         tables(parent_merged=[PARENT, PARENT | {"parent": "m"}, PARENT | {"parent": "g", "nature": "special_adoptive", "valid_from": y(2005)}],
                spouse_link=[{"a": "g", "b": "m", "valid_from": y(2004)}]),
         [("f", y(2005), "special_adoption"), ("g", None, ""), ("m", None, "")], "parent valid_to ended_by"),
    Case("impossible_line", "by birth twelve years, else older",
         tables(parent_settled=[PARENT, PARENT | {"child": "d"}, PARENT | {"child": "d", "nature": "adoptive", "line": 2},
                                PARENT | {"child": "e", "nature": "adoptive", "line": 3}],
                person_known=[{"person_id": p, "birth": y(year), "born": y(year)} for p, year in (("f", 1970), ("c", 2000), ("d", 1981), ("e", 1970))]),
         [("f", "d", "f", 1), ("f", "e", "f", 3)]),
    Case("parent_possible", "every link of such a pair goes",
         tables(parent_settled=[PARENT, PARENT | {"child": "d"}], impossible_line=[{"parent": "f", "child": "d"}],
                sibling_parent=[PARENT | {"parent": "anon"}]),
         [("anon", "c"), ("f", "c")], "parent child"),
    Case("circular_line", "the lines of a circle",
         tables(parent_possible=[PARENT, PARENT | {"child": "d"}], circle=[{"parent": "f", "child": "c"}]), [("f", 1)]),
    Case("parent_link", "without those of a circle",
         tables(parent_possible=[PARENT | {"valid_from": NEVER}, PARENT | {"child": "d"}], circle=[{"parent": "f", "child": "c"}]),
         [("f", "d")], "parent child"),
]  # fmt: skip
