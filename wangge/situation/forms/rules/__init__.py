"""The rules of forms: what a profile says, which fields there are, how a sheet is laid out."""
