"""The rules of declared steps: one maker a table, a topological order, short statements that other engines can run."""

import re
from collections import Counter

import pytest
import sqlglot
from sqlglot import exp

from graph.answers.examined.unattended import PLAN as UNATTENDED
from graph.conflicts.plan import PLAN as CONFLICTS
from graph.steps.macros import MACROS
from graph.steps.step import DIALECT, Stage, Step
from ingest.deliveries.plan import PLAN as DELIVERIES
from ingest.identity.plan import PLAN as IDENTITY
from ingest.personnel.plan import PLAN as PERSONNEL
from ingest.registers.plan import PLAN as REGISTERS

PLANS = (CONFLICTS, UNATTENDED, REGISTERS, PERSONNEL, IDENTITY, DELIVERIES)  # every plan that there is
ON_SPARK = (CONFLICTS,)  # those that another engine runs as well
LINES, WIDTH, CTES = 25, 120, 3

# Of the built-in functions of Apache Spark SQL (its page "Built-in Functions"), those that the steps come down to.
SPARK = {
    "abs", "array", "array_sort", "bool_and", "bool_or", "cast", "coalesce", "collect_list", "count", "date_trunc",
    "datediff", "dense_rank", "exists", "explode", "filter", "greatest", "least", "max", "max_by", "median", "min",
    "min_by", "nullif", "row_number", "sha2", "size", "struct", "substring", "sum",
}  # fmt: skip
SYNTAX = {"all", "and", "as", "between", "by", "case", "else", "from", "in", "join", "not", "on", "or", "over",
          "select", "then", "using", "view", "when", "where"}  # fmt: skip


def made_twice(stages, given=()):
    """Name the tables that have more than one maker."""
    makers = Counter([*given, *(step.name for stage in stages for step in stage.steps)])
    return sorted(name for name, count in makers.items() if count > 1)


def changing(step):
    """Say whether a step's SQL does anything but select."""
    return not all(isinstance(statement, exp.Query) for statement in sqlglot.parse(step.sql, read=DIALECT))


def read_too_early(stages, given=()):
    """Name the tables that a step reads before they are there: not given, not made before it, not a result."""
    there, early = set(given), []
    for stage in stages:
        here = set(there)
        for step in stage.steps:
            early += sorted(step.reads - here)
            here.add(step.name)
        there |= set(stage.results)
    return early


def unread(stages, handed_out):
    """Name the steps that nobody reads."""
    read = {name for stage in stages for step in stage.steps for name in step.reads} | set(handed_out)
    return sorted(step.name for stage in stages for step in stage.steps if step.name not in read)


def too_big(step):
    """Say whether a statement is more than one can read at a time."""
    lines = step.sql.strip().splitlines()
    ctes = len(list(sqlglot.parse_one(step.sql, read=DIALECT).find_all(exp.CTE)))
    return len(lines) > LINES or max(map(len, lines)) > WIDTH or ctes > CTES


def only_here(step):
    """Name what no other engine than DuckDB reads: tuples by `row(…)`, a statement that begins with FROM."""
    return re.findall(r"\brow\(|(?:^|\()\s*FROM\b", step.sql)


# What sqlglot gives Spark with another meaning, without a word: lists lose their order, times their date, days their
# number, the length of a list is that of a text, and milliseconds since 1970 become a time.
CHANGED = r"\b(?:isodow|dayofweek|weekday|len|epoch_ms|epoch)\(|\bAS TIME\)|\b(?:list|array_agg)\([^()]*ORDER BY"


def means_another_thing(step):
    """Name what would mean another thing on Spark."""
    return re.findall(CHANGED, step.sql)


def for_spark(step):
    """Give a step's SQL for Spark, macros expanded; what sqlglot cannot say is an error."""
    macros = {macro.name: macro for macro in MACROS}
    tree = sqlglot.parse_one(step.sql, read=DIALECT)

    def expand(node):
        if not (isinstance(node, exp.Anonymous) and node.name.lower() in macros):
            return node
        macro = macros[node.name.lower()]
        values = dict(zip(macro.parameters, node.expressions, strict=True))
        body = sqlglot.parse_one(macro.sql, read=DIALECT)
        return body.transform(lambda part: values[part.name].copy() if isinstance(part, exp.Column) else part)

    return tree.transform(expand).sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def unknown_to_spark(step):
    """Name the functions of a step's SQL for Spark that Spark does not have; sqlglot lets them through."""
    plain = re.sub(r"'[^']*'|`[^`]*`", "", for_spark(step)).lower()
    return sorted(set(re.findall(r"([a-z_][a-z_0-9.]*)\s?\(", plain)) - SPARK - SYNTAX)


def of_each(plans):
    """Ask of every step of these plans, by the plan's and the step's name."""
    steps = [(f"{plan.name}-{step.name}", step) for plan in plans for step in plan.steps]
    return pytest.mark.parametrize("step", [step for _, step in steps], ids=[name for name, _ in steps])


of_each_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)


@of_each_plan
def test_every_table_has_one_maker_and_nobody_changes_anothers(plan):
    assert made_twice(plan.stages, plan.given) == []
    assert [step.name for step in plan.steps if changing(step)] == []


@of_each_plan
def test_the_order_is_topological_and_every_table_is_read(plan):
    assert read_too_early(plan.stages, plan.given) == []
    assert unread(plan.stages, plan.results) == []
    assert sorted(set(plan.given) - {name for stage in plan.stages for name in stage.inputs}) == []


@of_each(PLANS)
def test_a_step_is_short_and_gives_its_reason(step):
    assert not too_big(step)
    assert step.why.endswith(".")


@of_each(ON_SPARK)
def test_a_step_is_read_by_other_engines(step):
    assert only_here(step) == []
    assert means_another_thing(step) == []
    assert unknown_to_spark(step) == []


def stage(*sqls, results=()):
    """Give a stage of steps a, b, c …"""
    return Stage("bad", "", tuple(Step(name, sql, "") for name, sql in zip("abc", sqls, strict=False)), results)


def test_the_guards_see_bad_stages():
    assert made_twice([stage("SELECT 1"), stage("SELECT 2")]) == ["a"]
    assert made_twice([stage("SELECT 1")], given=["a"]) == ["a"]
    assert read_too_early([stage("SELECT * FROM b", "SELECT * FROM x")], given=["x"]) == ["b"]
    kept, dropped = stage("SELECT 1", results=("a",)), stage("SELECT 1")
    reader = Stage("reader", "", (Step("d", "SELECT * FROM a", ""),), ())
    assert (read_too_early([kept, reader]), read_too_early([dropped, reader])) == ([], ["a"])
    assert unread([kept, reader], handed_out=["d"]) == []
    assert unread([kept, reader], handed_out=[]) == ["d"]


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ("SELECT 1 AS a FROM b", False),
        ("UPDATE b SET a = 1", True),
        ("DELETE FROM b", True),
        ("SELECT 1; DROP TABLE b", True),
    ],
)
def test_the_guard_sees_a_change(sql, bad):
    assert changing(Step("a", sql, "")) == bad


@pytest.mark.parametrize(
    ("sql", "big"),
    [
        ("SELECT 1" + "\n+ 1" * 24, False),
        ("SELECT 1" + "\n+ 1" * 25, True),
        ("SELECT " + "1" * 120, True),
        ("WITH a AS (SELECT 1), b AS (SELECT 1), c AS (SELECT 1) SELECT 1", False),
        ("WITH a AS (SELECT 1), b AS (SELECT 1), c AS (SELECT 1), d AS (SELECT 1) SELECT 1", True),
    ],
)
def test_the_guard_sees_a_big_statement(sql, big):
    assert too_big(Step("a", sql, "")) == big


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT row(1, 2)", ["row("]),
        ("FROM b", ["FROM"]),
        ("SELECT a FROM b WHERE row IN (FROM c)", ["(FROM"]),
        ("SELECT row FROM b WHERE (row) > 1", []),
    ],
)
def test_the_guard_sees_what_is_of_one_engine(sql, found):
    assert only_here(Step("a", sql, "")) == found


@pytest.mark.parametrize(
    ("sql", "unknown"),
    [
        ("SELECT to_minutes(a) FROM b", ["to_minutes"]),
        ("SELECT epoch_us(a), sum(c) FROM b", ["epoch_us"]),
        ("SELECT list_sort(list(DISTINCT a)) FROM b", []),
        ("SELECT a FROM b WHERE holds(a.day, b.first, b.last)", []),
    ],
)
def test_the_guard_sees_a_function_that_spark_lacks(sql, unknown):
    assert unknown_to_spark(Step("a", sql, "")) == unknown


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT isodow(a) FROM b", ["isodow("]),
        ("SELECT len(a) + epoch_ms(c) FROM b", ["len(", "epoch_ms("]),
        ("SELECT CAST(a AS TIME) FROM b", ["AS TIME)"]),
        ("SELECT list(DISTINCT a ORDER BY a) FROM b", ["list(DISTINCT a ORDER BY"]),
        ("SELECT list_sort(list(DISTINCT a)), array_length(c), CAST(d AS TIMESTAMP) FROM b ORDER BY a", []),
    ],
)
def test_the_guard_sees_what_would_mean_another_thing(sql, found):
    assert means_another_thing(Step("a", sql, "")) == found


def test_what_spark_cannot_do_at_all_is_an_error():
    with pytest.raises(sqlglot.errors.UnsupportedError):
        for_spark(Step("a", "SELECT * FROM read_parquet('a', hive_partitioning = false)", ""))


def test_a_macro_is_expanded():
    sql = for_spark(Step("a", "SELECT 1 FROM b WHERE holds(b.day, b.first, b.last)", ""))
    assert sql == "SELECT 1 FROM b WHERE (b.day >= b.first AND (b.last IS NULL OR b.day < b.last))"
