"""Pages of docs that the program itself draws or measures, between their marks."""
