"""How well the matcher did on two labelled lists."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wangge.cli.benches.labelled.lists import Labelled
from wangge.planning.matching import Found, match_rows


@dataclass(frozen=True, slots=True)
class Judgement:
    """``precision`` and ``recall`` are of what was made one without asking; ``asked`` is the share of rows asked about.

    ``found`` is the recall if every question is answered rightly, ``twins`` how many were taken for their twin.
    """

    precision: float
    recall: float
    asked: float
    found: float
    twins: int
    reasons: dict[str, int]


def judge_lists(lists: Labelled) -> Judgement:
    """Match the second list with the first and hold the answer against the truth."""
    return held_against(match_rows(lists.first, lists.second), lists)


def held_against(found: Sequence[Found], lists: Labelled) -> Judgement:
    """Hold an answer against the truth; joined with an earlier row of its own list, a row is joined wrongly."""
    repeated = sum(at is not None for at in lists.truth)
    rows = list(zip(found, lists.truth, strict=True))
    joined = [(one.same, at) for one, at in rows if one.same is not None]
    right = sum(same == at for same, at in joined)
    asked = [(one, at) for one, at in rows if one.asks]
    answered = sum(at in one.asks for one, at in asked if at is not None)
    return Judgement(
        precision=right / max(len(joined), 1),
        recall=right / max(repeated, 1),
        asked=len(asked) / max(len(rows), 1),
        found=(right + answered) / max(repeated, 1),
        twins=sum(at is not None and lists.twins.get(at, -1) == same for same, at in joined),
        reasons=dict(sorted(Counter(one.reason for one in found if one.reason).items())),
    )
