"""Adding up evidence that two records are one: the method of Fellegi and Sunter, in bits.

For everything two records can be compared in, an observation is more likely when they are one (probability *m*) or when
they are not (*u*). Its weight is ``log2(m / u)``; the weights of independent observations add up, and with the odds
before anything was looked at they give the probability that the two are one. An agreement on what is rare weighs more
than one on what is common: *u* is then the share of the value in the lists at hand (Newcombe 1959, Winkler 1989).

Source: I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", Journal of the American Statistical Association 64
(1969) 1183-1210. W. E. Winkler, "Frequency-based matching in the Fellegi-Sunter model of record linkage" (1989).
"""

from math import log2


def weight(m: float, u: float) -> float:
    """Return the bits that an observation tells: positive for one record, negative against it."""
    return log2(m / u)


def probability(bits: float) -> float:
    """Return the probability that two records are one, from all bits, those of the prior odds included."""
    if bits > 60:
        return 1.0
    odds: float = 2.0 ** max(bits, -60.0)
    return odds / (1.0 + odds)
