"""Two rows, one person? Certain by document or by door and name; doubtful cases are asked; never guessed.

First the rules (``rules``) decide, then what they leave open is weighed (``weighing``). Work grows with the number of
rows, not of pairs (``pools``). Twins stay two: other numbers or other names are never made one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import InitVar, dataclass, field, replace
from datetime import date

from wangge.planning.matching.pools import Pool, slips_of
from wangge.planning.matching.rules import OTHER_NAME, OTHER_NUMBER, SAME_NUMBER, judge
from wangge.planning.matching.spelling import plain_name
from wangge.planning.matching.subjects import Found, Judged, Subject, Verdict
from wangge.planning.matching.weighing import Terms, terms_of, weigh

__all__ = ["compare", "match_rows", "plain_name"]

APART = Judged(Verdict.DIFFERENT, "", 0.0)
NOBODY = Found()
TWO_OF_THE_NAME = "several_of_the_name"
TWO_SCORE = 0.5


def compare(first: Subject, second: Subject, terms: Terms | None = None) -> Judged:
    """Judge whether two rows are one person; without the terms of their lists every name is rather rare."""
    return judge(first, second) or weigh(first, second, terms or Terms()) or APART


def match_rows(known: Sequence[Subject], rows: Iterable[Subject]) -> list[Found]:
    """Return for each row, in order, whom it was found to be among the known people and the rows before it.

    A row that must be asked about is not somebody for later rows. Nothing depends on anything but the arguments.
    """
    listed = list(rows)
    terms = terms_of(known, listed)
    if placeholders := terms.placeholders():
        known, listed = _without(known, placeholders), _without(listed, placeholders)
    search = _Search(terms, slips_of(known, listed))
    for at, one in enumerate(known):
        search.pool.add(at, one)
    found: list[Found] = []
    for at, one in enumerate(listed, start=len(known)):
        result = search.find(one)
        found.append(replace(result, also=also) if (also := search.waiting_like(one)) else result)
        if result.same is not None:
            search.pool.add(result.same, _joined(search.pool.people[result.same], one))
        else:
            (search.waiting if result.asks else search.pool).add(at, one)
    return found


def _without(people: Sequence[Subject], days: Collection[date]) -> list[Subject]:
    """Return people without a day of birth that stands for an unknown one."""
    return [replace(one, birth=None) if one.birth in days else one for one in people]


@dataclass(slots=True)
class _Search:
    """The people seen so far, the rows that wait for an answer, and how common what they say is in both lists."""

    terms: Terms
    slips: InitVar[frozenset[str]]
    pool: Pool = field(init=False)
    waiting: Pool = field(init=False)

    def __post_init__(self, slips: frozenset[str]) -> None:
        self.pool, self.waiting = Pool(slips), Pool(slips)

    def find(self, one: Subject) -> Found:
        """Return whom a row is found to be."""
        if one.number:
            name = plain_name(one.name)
            for at in self.pool.with_number(one.number):
                written = plain_name(self.pool.people[at].name)
                if name == written or not (name and written):
                    return Found(same=at, reason=SAME_NUMBER.reason, score=SAME_NUMBER.score)
        near = self.pool.near(one)
        judged = [(judge(self.pool.people[at], one), at) for at in near]
        ruled = _settled([(told, at) for told, at in judged if told is not None and told != OTHER_NUMBER])
        if ruled is not None:
            return ruled
        weighed = [(weigh(self.pool.people[at], one, self.terms), at) for told, at in judged if told is None]
        return _settled([(told, at) for told, at in weighed if told is not None]) or NOBODY

    def waiting_like(self, one: Subject) -> tuple[tuple[int, str], ...]:
        """Return the rows that wait and that a row may be by the rules, with why."""
        if not self.waiting.people:
            return ()
        judged = [(judge(self.waiting.people[at], one), at) for at in self.waiting.near(one)]
        return tuple((at, told.reason) for told, at in judged if told is not None and told != OTHER_NUMBER)


def _settled(judged: Sequence[tuple[Judged, int]]) -> Found | None:
    """Return what several judgements come to, None when there are none.

    Somebody at this door may have the name while the number is another's, or two at the door may have it: that is for
    a person to look at.
    """
    likeliest = sorted(judged, key=lambda one: (-one[0].score, one[1]))
    same = [one for one in likeliest if one[0].verdict == Verdict.SAME]
    asks = [one for one in likeliest if one[0].verdict == Verdict.ASK]
    if same and not any(told == OTHER_NAME for told, _ in asks):
        told, at = same[0]
        if len(same) == 1:
            return Found(same=at, reason=told.reason, score=1.0)
        return Found(reason=TWO_OF_THE_NAME, asks=tuple(at for _, at in same), score=TWO_SCORE)
    if asks:
        return Found(reason=asks[0][0].reason, asks=tuple(at for _, at in asks), score=asks[0][0].score)
    return None


def _joined(first: Subject, second: Subject) -> Subject:
    """Return the first with what only the second tells, and the telephones of both."""
    return replace(
        first,
        name=first.name or second.name,
        number=first.number or second.number,
        doubtful="" if second.number else first.doubtful or second.doubtful,
        partial=first.partial or second.partial,
        birth=first.birth or second.birth,
        sex=first.sex or second.sex,
        door=first.door or second.door,
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
    )
