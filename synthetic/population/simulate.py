"""Simulate the people of the municipality year by year and write down what is true of them."""

from collections.abc import Callable

from synthetic.population import adoptions, couples, curves, lives, moves
from synthetic.population.city import TODAY, City, Rates
from synthetic.population.namesakes import plant
from synthetic.population.state import LIVES, NAMESAKES, State, stream
from synthetic.population.tables import write_down

Progress = Callable[[float, str], None]
LAST_YEAR = int(str(TODAY)[:4])
STEPS = (
    lives.deaths, lives.births, couples.marry, couples.end_de_facto, couples.divorce,
    adoptions.adopt_specially, adoptions.adopt_grandchildren, moves.shelter_children,
    moves.join_child, moves.institutions, moves.separate, moves.leave_home, moves.come_back,
    moves.hand_over, moves.move_out, moves.move_within, moves.arrive, lives.appoint_heads,
)  # fmt: skip


def simulate(residents: int, seed: int, rates: Rates, progress: Progress, size: str = "") -> City:
    """Simulate the years up to TODAY; the municipality then has about `residents` living residents."""
    state = State(rates, residents, stream(seed, LIVES))
    lives.founders(state, max(int(residents * curves.SIZE[1][0]), 40))
    for year in range(curves.FIRST_YEAR, LAST_YEAR + 1):
        state.begin(year)
        for step in STEPS:
            step(state)
        progress((year - curves.FIRST_YEAR) / (LAST_YEAR - curves.FIRST_YEAR + 1), f"{year}")
    return plant(write_down(state, seed, size or str(residents)), rates.namesakes, stream(seed, NAMESAKES))
