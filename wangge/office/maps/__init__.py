"""The map of an area: looking at it, drawing on it."""
