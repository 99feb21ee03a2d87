"""What the resident register has wrong: names, birth dates, and people who came back under a new number (J7)."""

import pandas as pd
import pytest

from synthetic.population.city import Rates
from synthetic.population.simulate import simulate


@pytest.fixture(scope="module")
def simulated():
    return simulate(1_200, 7, Rates(foreign=0.0, come_back=0.2), lambda done, text: None)


def of(files) -> pd.DataFrame:
    """Give the latest row of everybody, by number."""
    return files.juki[files.juki["最新フラグ"] == "1"].set_index("宛名番号")


@pytest.mark.parametrize(("rate", "column"), [
    ("register_kana_slip", "氏名カナ"), ("register_given_wrong", "氏名"), ("register_birth_wrong", "生年月日"),
])  # fmt: skip
def test_each_rate_spoils_its_column_and_no_other(simulated, write, rate, column):
    clean, spoilt = of(write(simulated)), of(write(simulated, **{rate: 1.0}))
    assert (clean[column] != spoilt[column]).mean() > 0.9
    assert clean.drop(columns=column).equals(spoilt.drop(columns=column))


def test_who_came_back_may_have_two_numbers_each_with_its_own_history(simulated, write):
    once, files = write(simulated), write(simulated, two_person_numbers=1.0)
    numbers = zip(files.written.former_numbers, simulated.people["person_id"], strict=True)
    twice = [(former, own) for former, own in numbers if former]
    assert len(twice) > 10
    rows = files.juki.groupby("宛名番号")
    for former, own in twice:
        old, new = rows.get_group(former), rows.get_group(own)
        assert old["住民状態"].iloc[-1] == "2" and list(old["最新フラグ"]).count("1") == 1
        assert old["履歴番号"].iloc[0] == new["履歴番号"].iloc[0] == "1"
        assert old["生年月日"].iloc[0] == new["生年月日"].iloc[0]
    assert len(files.juki) == len(once.juki)
    assert not set(files.written.former_numbers) & (set(simulated.people["person_id"]) - {""})
