"""Where a graph is kept: an embedded DuckDB file or a Neo4j server, behind one small interface."""
