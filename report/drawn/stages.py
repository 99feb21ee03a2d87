"""The pages that draw stages: `python -m report.drawn.stages` draws them again, from the steps themselves."""

from collections.abc import Iterator

from graph.answers.examined.unattended import PLAN as UNATTENDED
from graph.conflicts.plan import PLAN as CONFLICTS
from graph.steps.step import Plan, Stage
from ingest.deliveries.plan import PLAN as DELIVERIES
from ingest.identity.plan import PLAN as IDENTITY
from ingest.personnel.plan import PLAN as PERSONNEL
from ingest.registers.plan import PLAN as REGISTERS
from report.drawn.page import put

PAGES = {
    "matching.md": (CONFLICTS,),
    "registers.md": (REGISTERS,),
    "identity.md": (IDENTITY,),
    "personnel.md": (PERSONNEL,),
    "deliveries.md": (DELIVERIES, UNATTENDED),
}

TABLE, VIEW, RESULT, INPUT = "[{}]", "({})", "[[{}]]", "([{}])"


def section(stage: Stage) -> str:
    """Draw one stage, and say of each of its tables what it is made from and why."""
    return "\n".join([f"### {stage.name}", stage.why, "", drawing(stage), "", *_rows(stage), ""])


def drawing(stage: Stage) -> str:
    """Draw what a stage reads and makes, as Mermaid text."""
    arrows = [
        f"  {_node(stage, name)} --> {_node(stage, step.name)}" for step in stage.steps for name in sorted(step.reads)
    ]
    return "\n".join(["```mermaid", "flowchart LR", *arrows, "```"])


def _node(stage: Stage, name: str) -> str:
    kinds = {step.name: VIEW if step.kind == "VIEW" else TABLE for step in stage.steps}
    shape = RESULT if name in stage.results else kinds.get(name, INPUT)
    return name + shape.format(name)


def _rows(stage: Stage) -> Iterator[str]:
    yield from ("| table | made from | why |", "|---|---|---|")
    for step in stage.steps:
        name = f"**{step.name}**" if step.name in stage.results else step.name
        view = " (view)" if step.kind == "VIEW" else ""
        yield f"| {name}{view} | {', '.join(sorted(step.reads))} | {step.why} |"


def given(plan: Plan) -> str:
    """Give the tables that no step makes."""
    rows = (f"| {name} | {words} |" for name, words in plan.given.items())
    return "\n".join(["| given | what it is |", "|---|---|", *rows, ""])


def text(*plans: Plan) -> str:
    """Give what a page says of every stage and of what the stages start from."""
    return "\n".join(part for plan in plans for part in (given(plan), *map(section, plan.stages)))


def main() -> None:
    """Write the stages of every page between their marks."""
    for name, plans in PAGES.items():
        put(name, text(*plans), "steps")


if __name__ == "__main__":
    main()
