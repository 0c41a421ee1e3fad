"""Pages of self-declaration campaigns: coverage, doors, codes on paper, teams in the evening, entry for others."""
