"""Forms: the register as a view in the layout that an office asks for, described by data."""
