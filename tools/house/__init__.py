"""The rules of the house, each a small pure function over parsed source or over the registry of tables."""
