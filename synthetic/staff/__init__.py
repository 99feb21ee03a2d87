"""Who works for the municipality, where, and when they are at their desks."""
