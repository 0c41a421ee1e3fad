"""The day's round: doors, visits, and whose doors they are."""
