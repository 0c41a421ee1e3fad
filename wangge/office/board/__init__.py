"""The board: what is done and what is open, at a glance."""
