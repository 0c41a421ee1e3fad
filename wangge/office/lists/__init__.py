"""Handed-down lists on the desk: bring in, hand out, answer row by row, give back, close."""
