"""A conflict report for people: console, JSON, CSV and one self-contained HTML page."""
