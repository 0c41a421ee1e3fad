"""Invented towns in which weeks can be played: people, places, days; what they are drawn from is in SOURCES.md."""
