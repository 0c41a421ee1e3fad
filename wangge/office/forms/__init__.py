"""Forms on the desk: their list, preview, editor, taking out, and what was taken out."""
