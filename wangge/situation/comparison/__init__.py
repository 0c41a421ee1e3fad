"""Comparing teams and workers by open work: off unless a leader switches it on, with a reason and an end."""
