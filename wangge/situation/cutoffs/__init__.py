"""Indicators as data, what they stood at when a report was due, and who reported nothing to report."""
