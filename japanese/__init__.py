"""Japanese as registers write it: names, readings, dates, addresses, 続柄. Knows no file and no store."""
