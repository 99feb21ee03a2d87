"""The people of the municipality that never was, and their lives."""
