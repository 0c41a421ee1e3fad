"""The register on the desk: search, areas with their counts, buildings door by door, households and their members."""
