"""Where a request comes from, as far as that can be relied on."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# What one household's line has: the last 64 bits of a newer address are chosen by each device anew.
HOME_NETWORK = 64


def client_of(request: HttpRequest) -> str:
    """Return the address that asks: the one that knocked, or whom the nearest proxies of ours name.

    A header is believed only as far as addresses in ``WANGGE_PROXIES`` wrote it: whoever writes the header without
    being one of these stays the address that knocked.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    named = [one.strip() for one in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if one.strip()]
    while address in settings.PROXIES and named:
        address = named.pop()
    return _network(address)


def _network(address: str) -> str:
    """Return the address, of a newer one only the part that a household's line has; unreadable ones are alike."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, HOME_NETWORK), strict=False))
    return str(read)
