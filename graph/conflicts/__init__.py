"""Lookups that close a loop between a member of staff and their kin, and what business says about them."""
