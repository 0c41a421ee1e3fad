"""Changes of the register as questions: moves, splits, joinings and their undoing, leaving, newborns, guests."""
