"""Accounts, their duties, sign-in links and cards, and approvals."""
