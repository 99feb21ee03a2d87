"""Steps: named tables, each made by one SELECT, run in order on an engine: the one way in which SQL is run."""
