"""Measurements: each stage of the main job beside its yardstick, in one run. Never a timed test."""
