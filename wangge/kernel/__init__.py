"""Plain Python that everything stands on: identities, clocks, periods, area paths, refusals."""
