"""The relationship graph: records, stores, kinship, conflicts, pictures and decisions."""

__version__ = "0.3.3"
