"""Runs the steps of a stage on an engine: in order, timed, each table dropped after its last reader."""

from time import perf_counter
from typing import Protocol

from graph.model import record
from graph.steps.step import Stage, Step


class Engine(Protocol):
    """What can make a step's table; whatever fails in it is a `StepError` that names the step."""

    def make(self, step: Step) -> None:
        """Make the table of a step out of those that it reads."""

    def drop(self, step: Step) -> None:
        """Drop the table of a step."""


@record
class Timing:
    """How long a step took; a view takes its time in those that read it."""

    stage: str
    step: str
    seconds: float


def run(stage: Stage, engine: Engine, whole: Stage | None = None) -> tuple[Timing, ...]:
    """Make the tables of a stage, and say how long each step took; its results are kept as long as the whole needs."""
    spent = (whole or stage).spent()
    return tuple(_timed(stage, step, engine, spent.get(step.name, [])) for step in stage.steps)


def _timed(stage: Stage, step: Step, engine: Engine, spent: list[Step]) -> Timing:
    started = perf_counter()
    engine.make(step)
    for each in reversed(spent):  # a view goes before what it rests on
        engine.drop(each)
    return Timing(stage=stage.name, step=step.name, seconds=perf_counter() - started)
