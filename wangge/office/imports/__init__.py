"""Importing rosters on the desk: upload, look, bring in, answer, take back."""
