"""The rows of a form, read from the register for one viewer."""
