"""One file to typed rows: records, encodings, values, columns; genealogies beside them."""
