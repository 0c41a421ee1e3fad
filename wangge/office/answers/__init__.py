"""Pages of answers: filling in at a door, side by side, contradictions, spot checks, paper and keying."""
