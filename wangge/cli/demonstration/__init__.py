"""An invented township to look around in."""

from wangge.cli.demonstration.days import play_days, play_on
from wangge.cli.demonstration.opening import open_demonstration
from wangge.cli.demonstration.places import fresh_links

__all__ = ["fresh_links", "open_demonstration", "play_days", "play_on"]
