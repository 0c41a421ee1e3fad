"""The residents' door: pages that work on any phone, without signing in, without script, with nothing kept behind."""
