"""Two invented lists of one place, and who in the second is who in the first: what the matcher is measured on."""

from wangge.cli.benches.labelled.judging import Judgement, judge_lists
from wangge.cli.benches.labelled.lists import Labelled, labelled

__all__ = ["Judgement", "Labelled", "judge_lists", "labelled"]
