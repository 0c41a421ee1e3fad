"""Survey rounds: those of an area, one with its doors, starting, dealing, closing."""
