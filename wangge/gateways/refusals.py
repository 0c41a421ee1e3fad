"""The codes with which the gateways say no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "gateways.channel_unknown": ("channel",),
    "gateways.body_empty": (),
    "gateways.too_many_bytes": ("channel", "length", "most"),
    "gateways.too_many_characters": ("channel", "length", "most"),
    "gateways.key_reused": ("key",),
    "gateways.disk": (),
}
