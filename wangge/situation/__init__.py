"""Reads across rooms: what is done, what is open, who has sent nothing."""
