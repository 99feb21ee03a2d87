"""The pages, one file each, and the parts of a case."""
