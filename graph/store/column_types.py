"""The one table of types: what stands for a Python type in Arrow, in SQL and in the headers of Neo4j's importer."""

from collections.abc import Mapping
from datetime import date, datetime

import pyarrow as pa

from graph.model import record


@record
class ColumnType:
    """One type, by its name in each place where a column is kept."""

    arrow: pa.DataType
    sql: str
    importer: str


TYPES: Mapping[type, ColumnType] = {
    str: ColumnType(arrow=pa.string(), sql="VARCHAR", importer="string"),
    int: ColumnType(arrow=pa.int64(), sql="BIGINT", importer="long"),
    float: ColumnType(arrow=pa.float64(), sql="DOUBLE", importer="double"),
    bool: ColumnType(arrow=pa.bool_(), sql="BOOLEAN", importer="boolean"),
    date: ColumnType(arrow=pa.date32(), sql="DATE", importer="date"),
    datetime: ColumnType(arrow=pa.timestamp("us"), sql="TIMESTAMP", importer="localdatetime"),
    tuple: ColumnType(arrow=pa.list_(pa.string()), sql="VARCHAR[]", importer="string[]"),
}

SQL_OF: Mapping[pa.DataType, str] = {each.arrow: each.sql for each in TYPES.values()}
