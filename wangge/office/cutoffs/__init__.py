"""Cut-offs on the desk: days of an area, one snapshot, zero reports, the list behind a number, hours, indicators."""
