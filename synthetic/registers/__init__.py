"""The registers of the municipality that never was, as its clerks write them, slips and all."""
