"""GEDCOM 5.5.1 and 7: what genealogists keep family registers in."""
