"""Writes of cut-offs."""

from wangge.situation.cutoffs.commands.settings import edit_indicator, set_times
from wangge.situation.cutoffs.commands.snapshots import take_snapshot
from wangge.situation.cutoffs.commands.zeros import declare_zero, withdraw_zero

__all__ = ["declare_zero", "edit_indicator", "set_times", "take_snapshot", "withdraw_zero"]
