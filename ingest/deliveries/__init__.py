"""Which days of each access log were delivered (A2): nothing is said of a day that was not."""
