"""What is certain about two rows, whatever else they say.

They are the five rules of ``rosters/README.md`` among the test data, section "Rules behind pairs", and one for lists
without doors: a row that tells of no number and stands at no other door is somebody of its name, birth and telephone.
What the rules leave open is weighed (``weighing``), which asks and never joins.
"""

from wangge.planning.matching.spelling import one_sign_apart, plain_name
from wangge.planning.matching.subjects import Judged, Subject, Verdict, shared_phones

OTHER_NUMBER = Judged(Verdict.DIFFERENT, "other_number", 0.0)
SAME_NUMBER = Judged(Verdict.SAME, "duplicate_same_id", 1.0)
SAME_DOOR = Judged(Verdict.SAME, "duplicate_merged", 0.97)
ONE_DIGIT = Judged(Verdict.ASK, "id_one_digit", 0.85)
OTHER_NAME = Judged(Verdict.ASK, "same_id_other_name", 0.7)
DOUBTFUL_NUMBERS = Judged(Verdict.ASK, "same_door_same_name", 0.6)
SAME_PHONE = Judged(Verdict.SAME, "same_phone_name_birth", 0.96)
SAME_BIRTH = Judged(Verdict.ASK, "same_name_same_birth", 0.5)


def judge(first: Subject, second: Subject) -> Judged | None:
    """Judge two rows by the rules alone; None where they leave it open."""
    names_agree = bool(first.name) and plain_name(first.name) == plain_name(second.name)
    if first.number and second.number:
        named = names_agree or not (first.name and second.name)
        return OTHER_NUMBER if first.number != second.number else SAME_NUMBER if named else OTHER_NAME
    doors_agree = bool(first.door) and first.door == second.door
    one, other = first.number or first.doubtful, second.number or second.doubtful
    if one and other:
        return _doubtful(one, other, names_agree=names_agree, doors_agree=doors_agree)
    if not names_agree or contradict(first, second):
        return None
    if doors_agree or first.birth is None or first.birth != second.birth:
        return SAME_DOOR if doors_agree else None
    return SAME_PHONE if _without_door_or_number(first, second) and shared_phones(first, second) else SAME_BIRTH


def _without_door_or_number(first: Subject, second: Subject) -> bool:
    """Tell whether no two doors stand against each other, and one of two rows tells of no number at all."""
    silent = any(not (one.number or one.doubtful or one.partial) for one in (first, second))
    return silent and not (first.door and second.door)


def _doubtful(one: str, other: str, *, names_agree: bool, doors_agree: bool) -> Judged | None:
    """Judge two numbers of which at least one is doubtful."""
    if one == other and names_agree:
        return SAME_DOOR if doors_agree else ONE_DIGIT
    if (one == other or one_sign_apart(one, other)) and (names_agree or doors_agree):
        return ONE_DIGIT
    return DOUBTFUL_NUMBERS if names_agree and doors_agree else None


def contradict(first: Subject, second: Subject) -> bool:
    """Tell whether birth, sex or what is left of a cut number speak against one person."""
    if None not in (first.birth, second.birth) and first.birth != second.birth:
        return True
    if first.sex and second.sex and first.sex != second.sex:
        return True
    return not digits_agree(first, second)


def digits_agree(first: Subject, second: Subject) -> bool:
    """Tell whether what is left of a cut number stands in the other number, as far as both go."""
    one, other = first.number or first.partial, second.number or second.partial
    length = min(len(one), len(other), 15)
    return one[:length] == other[:length]
