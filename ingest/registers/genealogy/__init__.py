"""家系図 (GEDCOM): family registers that somebody keeps, joined to those of the municipality."""
