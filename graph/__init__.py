"""The relationship graph: records, stores, kinship, conflicts, pictures and decisions."""
