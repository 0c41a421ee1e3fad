"""Shapes of areas: reading them from files, measuring and thinning them, finding whose they are. Plain Python."""
