"""A real browser lives through days on a desk and a phone, at a demonstration served by ``wangge up``."""
