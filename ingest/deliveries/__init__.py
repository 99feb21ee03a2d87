"""Which days of each access log were delivered (D1): nothing is said of a day that was not."""
