"""What a published generation answers: conflicts, lookups, kin, and what was examined."""
