"""Planted incidents: the published totals, nothing that explains them, nothing but who and whom that betrays them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from synthetic.exports import seconds_of_day
from synthetic.plan import draw_plan
from synthetic.population.timeline import day_number
from synthetic.settings import WorkRates
from synthetic.staff.offices import RESIDENT, TAX, WELFARE, era_of
from synthetic.truth import lookups
from synthetic.work.rows import log_rows

SEEDS = (1, 2, 3, 4, 5)
QUIET = WorkRates(staff=120, cases=2, logs=0.5)


@pytest.fixture(scope="module", params=SEEDS)
def ikuno(request: pytest.FixtureRequest, world) -> tuple:
    """The case of 2018 as drawn by one seed: plan, its acts, its log rows."""
    rng = np.random.default_rng(request.param)
    plan = draw_plan(world.town, world.staff, world.hr, world.ties, QUIET, rng)
    rows, _ = log_rows(plan.acts, plan.setting, rng)
    return plan, plan.acts[plan.acts["origin"] == "ikuno"], rows[rows["origin"] == "ikuno"]


def test_ikuno_has_the_published_totals(ikuno) -> None:
    _, acts, rows = ikuno
    assert len(acts) == 7 and len(rows) == 12 and acts["subject"].nunique() == 2  # O7
    tax, relayed = acts[acts["system"] == TAX], acts[acts["system"] == WELFARE]
    assert (len(tax), tax["subject"].nunique(), len(relayed), relayed["subject"].nunique()) == (2, 1, 5, 2)
    assert rows["system"].value_counts().to_dict() == {TAX: 2, WELFARE: 5, RESIDENT: 5}


def test_ikuno_fills_the_published_window(ikuno) -> None:
    _, acts, _ = ikuno
    days = acts["time"].to_numpy().astype("datetime64[D]")
    assert (str(days.min()), str(days.max())) == ("2017-08-14", "2018-07-26")
    assert len(set(days)) == 7


def test_three_of_seven_are_in_the_colleagues_session(ikuno) -> None:
    plan, acts, rows = ikuno
    borrowed = acts[acts["holder"] != acts["staff"]]
    assert len(borrowed) == 3 and borrowed["holder"].nunique() == 1
    own = acts[acts["holder"] == acts["staff"]]
    assert set(own["subject"]) == set(acts["subject"]) and (own["system"] == TAX).any()
    colleague = int(borrowed["holder"].iloc[0])
    seat = plan.setting.places.seat[0, colleague]
    calling = rows[(rows["holder"] == colleague) & (rows["sort"] == "view")]
    assert set(calling["terminal"]) == {plan.setting.places.seats["terminal"].iloc[seat]}


def test_colleague_is_briefly_away_and_viewer_on_duty(ikuno) -> None:
    plan, acts, _ = ikuno
    roster = plan.setting.roster
    for act in acts[acts["holder"] != acts["staff"]].itertuples():
        day = int(np.searchsorted(roster.days, np.datetime64(act.time, "D")))
        slot = (act.time.hour * 60 + act.time.minute - 480) // 15
        assert roster.away[act.holder, day, slot] and not roster.away[act.holder, day].all()
        assert not roster.away[act.staff, day, slot] and (act.time.hour, act.time.minute) < (17, 15)


def test_viewer_and_colleague_share_a_section_with_tax_rights(ikuno) -> None:
    plan, acts, _ = ikuno
    places, people = plan.setting.places, sorted(set(acts["staff"]) | set(acts["holder"]))
    assert len(set(places.seats["section"].to_numpy()[places.seat[:, people]].ravel())) == 1
    assert (places.operator[:, people][:, :, [TAX, WELFARE]] != "").all()


def test_nothing_explains_ikuno(ikuno) -> None:
    plan, acts, _ = ikuno
    town = plan.setting.town
    homes = town.household(acts["subject"].to_numpy(), acts["time"].to_numpy())
    assert not set(homes) & set(plan.setting.cases.table["household"])
    others = plan.acts.drop(index=acts.index)
    theirs = others[others["staff"].isin(set(acts["staff"]) | set(acts["holder"]))]
    met = town.household(theirs["subject"].to_numpy(), theirs["time"].to_numpy())
    assert not set(homes) & set(met)
    assert (acts["reception"] == "").all() and (acts["case"] == -1).all()


def test_subjects_are_visible_kin_of_viewer_and_strangers_to_colleague(ikuno, world) -> None:
    _, acts, _ = ikuno
    pairs = set(zip(world.ties["staff"], world.ties["b"], strict=True))
    for act in acts.itertuples():
        assert (act.staff, act.subject) in pairs
        assert act.holder == act.staff or (act.holder, act.subject) not in pairs


def test_serial_cases_cover_many_sorts_of_ties(world) -> None:
    acts = world.plan.acts[world.plan.acts["planted"] > 0]
    assert {"blood_1", "blood_2", "blood_3", "blood_4", "spouse", "affinity_1", "affinity_2"} <= set(acts["origin"])
    assert acts.groupby("planted").size().between(2, 9).all()
    assert not acts["staff"].isin(world.staff.index[~world.staff["resident"]]).any()
    assert acts.groupby("planted")["staff"].nunique().eq(1).all() and (acts["reason"] == "none").all()


def test_an_account_that_is_used_by_another_is_no_kin(world) -> None:
    rng = np.random.default_rng(3)
    rates = WorkRates(staff=120, cases=20, logs=0.1, borrowed_cases=1.0)
    plan = draw_plan(world.town, world.staff, world.hr, world.ties, rates, rng)
    borrowed = plan.acts[(plan.acts["planted"] > 0) & (plan.acts["holder"] != plan.acts["staff"])]
    kin = set(zip(world.ties["staff"], world.ties["b"], strict=True))
    assert len(borrowed) >= 5
    assert not kin & set(zip(borrowed["holder"], borrowed["subject"], strict=True))


def test_assigned_relative_has_a_running_assignment(world) -> None:
    acts = world.plan.acts[world.plan.acts["origin"] == "hard:assigned_relative"]
    table = world.plan.setting.cases.table.loc[acts["case"]]
    places = world.plan.setting.places
    assert len(acts) and (places.seat[0, acts["staff"].to_numpy()] == table["seat"].to_numpy()).all()
    household = world.town.household(acts["subject"].to_numpy(), acts["time"].to_numpy())
    assert (household == table["household"].to_numpy()).all()
    assert (day_number(table["start"].to_numpy()) < day_number(acts["time"].to_numpy())).all()


def test_parents_certificate_has_its_reception_and_its_number(world) -> None:
    rows = world.rows[world.rows["origin"] == "hard:counter_parent"]
    assert len(rows) and (rows.loc[rows["sort"] == "issue", "issuance"] != "").all()
    assert set(rows["act"]) <= set(world.business.receptions["act"])


def test_namesakes_are_strangers_with_a_relatives_name(world) -> None:
    chosen = world.plan.negatives.of("namesake")
    name = world.town.text("surname") + world.town.text("given")
    for pair in chosen.itertuples():
        kin = world.ties.loc[world.ties["staff"] == pair.staff, "b"].to_numpy()
        assert pair.subject not in kin and name[pair.subject] in set(name[kin])


def test_kin_of_own_household_view_are_exposed(world) -> None:
    rows = world.rows.assign(file="f", line=1)
    views = lookups(rows)
    exposed = views[(views["origin"] == "hard:household_view") & (views["view"] == "household")]
    assert len(exposed) and (exposed["household"] >= 0).all()


# What gives a planted row away: nothing but who looks, whom, and what follows from whom (case, certificate, number).

ABOUT_WHOM = {
    "利用者ID", "操作者ID", "納税義務者番号", "対象者番号", "宛名番号", "世帯番号", "ケース番号", "発行番号", "枚数",
    "検索語", "検索条件",
}  # fmt: skip
POSITIONS = {"通番", "ログID", "連番"}
TIMES = {"利用日", "利用時刻", "日時", "処理日時"}
TERMINALS = {"端末番号", "端末ID", "端末名"}
OPERATIONS = {"処理区分", "機能", "処理コード", "処理名", "対象区分", "経由"}


def _scores(world, system: int) -> Iterator[tuple[str, pd.Series]]:
    """Turn each column of a log into numbers to tell rows apart by."""
    mine = world.rows[world.rows["system"] == system].reset_index(drop=True)
    text = world.written[system]
    assert len(mine) == len(text)
    time = mine["time"].to_numpy()
    for column in text.columns:
        if column in ABOUT_WHOM:
            continue
        if column in POSITIONS:
            yield column, text[column].str.removeprefix("T").astype(int)
        elif column in TERMINALS:
            seats = world.plan.setting.places
            own = seats.seats["terminal"].to_numpy(dtype=object)[seats.seat[era_of(time), mine["holder"].to_numpy()]]
            yield column, pd.Series((text[column].to_numpy() == own).astype(int))
        elif column not in TIMES:
            yield column, text[column].map(text[column].value_counts().rank(method="first"))
    yield "day", pd.Series(time.astype("datetime64[D]").astype(int))
    yield "weekday", pd.Series(time.astype("datetime64[D]").astype(int) % 7)
    yield "time of day", pd.Series(seconds_of_day(time))
    yield "second", pd.Series(seconds_of_day(time) % 60)
    yield "gap before", pd.Series(np.diff(time.astype(int), prepend=0))
    within = pd.Series(time).groupby(mine["operator"].to_numpy()).diff().dt.total_seconds()
    yield "gap before in the same session", within.fillna(0)


def _auc(score: pd.Series, planted: pd.Series, stratum: pd.Series) -> tuple[float, float]:
    """Compare planted rows with ordinary ones of the same stratum: AUC and its standard error if they are alike."""
    wins, pairs, variance = 0.0, 0.0, 0.0
    for _, group in pd.DataFrame({"x": score, "y": planted}).groupby(stratum):
        m, n = int(group["y"].sum()), int((~group["y"]).sum())
        if not m or not n:
            continue
        ranks = group["x"].rank()
        ties = group["x"].value_counts().to_numpy(dtype=float)
        size = m + n
        wins += float(ranks[group["y"]].sum()) - m * (m + 1) / 2
        pairs += m * n
        variance += m * n / 12 * (size + 1 - (ties**3 - ties).sum() / (size * (size - 1)))
    return wins / pairs, max(np.sqrt(variance) / pairs, 1e-9)


@pytest.mark.parametrize("system", [TAX, WELFARE, RESIDENT])
def test_no_column_tells_planted_rows_from_ordinary_ones(world, system: int) -> None:
    """Among rows of the same account for which nobody wrote a reason, as a detector would look for them.

    The case of 2018 is left out: its days and its way through welfare are published facts, not drawn.
    """
    mine = world.rows[world.rows["system"] == system].reset_index(drop=True)
    comparable = mine["sort"].isin(["view", "relay"]) & (mine["reason"] != "recorded") & (mine["origin"] != "ikuno")
    comparable &= ~mine["origin"].str.startswith("hard:") & ~mine["shared"]
    planted = mine["planted"] > 0
    assert planted[comparable].sum() >= 40
    for column, score in _scores(world, system):
        account = mine["staff"].astype(str)
        stratum = account if column in OPERATIONS else account + mine["sort"]
        auc, error = _auc(score[comparable], planted[comparable], stratum[comparable])
        assert abs(auc - 0.5) <= 3 * error, (column, auc, error)
