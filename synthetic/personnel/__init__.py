"""What HR and the offices have on file: who works where, since when, with whom they are kin."""
