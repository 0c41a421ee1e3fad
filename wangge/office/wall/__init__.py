"""The wall: the board of an area for the big screen of a meeting."""
