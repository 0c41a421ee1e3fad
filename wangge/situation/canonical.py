"""What the tables of an area say, in one order and without what differs from one installation to the next.

Ids become the places and people they stand for; salts, keys, seals and the clock of the server are left out. For the
server itself, which compares two installations by it; it is shown to nobody.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

Fact = tuple[Any, ...]
PAGE = 5000


def number_of_lines() -> int:
    """Return how many lines the journal has."""
    from wangge.journal.models import Line

    return Line.objects.count()


def last_line() -> int:
    """Return the row id of the last line of the journal, 0 without one."""
    from wangge.journal.models import Line

    return Line.objects.order_by("-id").values_list("id", flat=True).first() or 0


def is_bare(root: int) -> bool:
    """Tell whether nothing lies below an area and nobody lives anywhere."""
    from wangge.people.models import Household
    from wangge.places.models import Area

    return not (Household.objects.exists() or Area.objects.filter(parent=root).exists())


def digest_of_area(root: str, after: int) -> str:
    """Return SHA-256 (hex) over all facts of the area ``root`` in canonical order, lines of the journal after a row id.

    Two installations with the same people, places, visits, counts and lines have the same digest on any database.
    """
    told = _Told(root)
    facts: list[bytes] = []
    encode = msgspec.json.Encoder(order="sorted").encode
    for table in (told.areas, told.residents, told.homes, told.flags, told.duties, told.visits, told.doors,
        told.rounds, told.responses, told.contradictions,
    ):  # fmt: skip
        facts += [encode((table.__name__, *fact)) for fact in table()]
    facts += [encode(("tally", *fact)) for fact in told.counts()]
    facts += [encode(("line", *fact)) for fact in told.lines(after)]
    facts.sort()
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(fact + b"\n")
    return digest.hexdigest()


class _Told:
    """Tells facts table by table, each row by names instead of ids."""

    def __init__(self, root: str) -> None:
        from wangge.access.models import Account

        self.root = root
        self.places = _names_of_places(root)
        self.logins = {row.id: "" if row.first else row.login for row in Account.objects.all()}
        self.numbers = {row.number: self.logins[row.id] for row in Account.objects.all()}
        self.people: dict[Any, str] = {}
        self.households: dict[Any, str] = {}

    def place(self, path: str) -> str:
        """Return the name of the place that a path ends in."""
        return self.places.get(path, "")

    def areas(self) -> Iterator[Fact]:
        """Tell every place."""
        for name in self.places.values():
            yield (name,)

    def residents(self) -> Iterator[Fact]:
        """Tell every resident, and remember by which name each and their household are told of."""
        from wangge.people.commands.writing import NUMBER, PHONE
        from wangge.people.models import Phone, Resident
        from wangge.privacy import vault

        phones: dict[Any, list[str]] = {}
        for owner, sealed in Phone.objects.order_by("resident", "position").values_list("resident", "sealed"):
            phones.setdefault(owner, []).append(vault.unseal(PHONE, bytes(sealed)))
        members: dict[Any, list[str]] = {}
        columns = ("id", "household", "path", "name", "sex", "birth_on", "id_sealed", "relation", "presence", "state")
        for id_, home, path, name, sex, birth, sealed, *rest in Resident.objects.values_list(*columns):
            number = vault.unseal(NUMBER, bytes(sealed)) if sealed else ""
            said = f"{name} {number or birth or ''} {sex}"
            self.people[id_] = said
            members.setdefault(home, []).append(said)
            yield said, self.place(path), str(birth), phones.get(id_, []), *rest
        self.households = {home: " + ".join(sorted(some)) for home, some in members.items()}

    def homes(self) -> Iterator[Fact]:
        """Tell every household."""
        from wangge.people.models import Household

        for id_, path, grid, state in Household.objects.values_list("id", "path", "grid_path", "state"):
            yield self.households.get(id_, ""), self.place(path), self.place(grid), state

    def flags(self) -> Iterator[Fact]:
        """Tell every flag."""
        from wangge.people.models import PriorityFlag

        columns = ("resident", "grid_path", "reason", "from_on", "until_on", "origin", "came_on", "ended_at")
        for who, path, *rest in PriorityFlag.objects.values_list(*columns):
            yield self.people.get(who, ""), self.place(path), *map(str, rest)

    def duties(self) -> Iterator[Fact]:
        """Tell every duty but that of the first account."""
        from wangge.access.models import Duty

        columns = ("account", "path", "role", "from_on", "to_on", "source")
        for account, path, *rest in Duty.objects.exclude(account__first=True).values_list(*columns):
            yield self.logins[account], self.place(path), *map(str, rest)

    def visits(self) -> Iterator[Fact]:
        """Tell every visit with whom it met."""
        from wangge.surveys.models import DoorVisit, Sighting

        met: dict[Any, list[str]] = {}
        for visit, who in Sighting.objects.values_list("visit", "resident"):
            met.setdefault(visit, []).append(self.people.get(who, ""))
        columns = (
            "id", "household", "worker", "path", "day", "at", "received_at", "state", "remarks", "revisit_at",
            "claim_clamped", "voided_at", "void_reason",
        )  # fmt: skip
        for id_, home, worker, path, day, *rest in DoorVisit.objects.values_list(*columns):
            where = self.households.get(home, ""), self.logins[worker], self.place(path), str(day)
            yield *where, sorted(met.get(id_, [])), *map(_plain, rest)

    def doors(self) -> Iterator[Fact]:
        """Tell what stands for each door on each day."""
        from wangge.surveys.models import DoorDay

        for home, day, state, at, path in DoorDay.objects.values_list("household", "day", "state", "at", "grid_path"):
            yield self.households.get(home, ""), str(day), state, _plain(at), self.place(path)

    def rounds(self) -> Iterator[Fact]:
        """Tell what stands at each door in each round."""
        from wangge.surveys.models import RoundCount, RoundDoor

        columns = ("round__name", "household", "state", "at", "grid_path")
        for name, home, state, at, path in RoundDoor.objects.values_list(*columns):
            yield name, self.households.get(home, ""), state, _plain(at), self.place(path)
        for name, path, state, doors in RoundCount.objects.values_list("round__name", "path", "state", "doors"):
            if doors:
                yield name, self.place(path), state, doors

    def responses(self) -> Iterator[Fact]:
        """Tell what was answered."""
        from wangge.surveys.answered import answers_of
        from wangge.surveys.models import Response

        for row in Response.objects.select_related("questionnaire").iterator(PAGE):
            asked = row.questionnaire.code, row.questionnaire.version
            about = self.households.get(row.household_id, ""), self.people.get(row.resident_id, "")
            yield (
                *asked,
                *about,
                self.place(row.path),
                row.source,
                _plain(row.at),
                _plain(row.voided_at),
                answers_of(row),
            )

    def contradictions(self) -> Iterator[Fact]:
        """Tell which answers contradict each other."""
        from wangge.surveys.models import Contradiction

        columns = ("household", "subject", "question", "found_at", "settled_at")
        for home, subject, question, *times in Contradiction.objects.values_list(*columns):
            yield self.households.get(home, ""), self.people.get(subject, ""), question, *map(_plain, times)

    def counts(self) -> Iterator[Fact]:
        """Tell what is counted."""
        from wangge.journal.models import Stock, Tally

        for counter, day, path, value in Tally.objects.values_list("counter", "day", "path", "value"):
            if path.startswith(self.root):
                yield counter, str(day), self.place(path), value
        for counter, path, value in Stock.objects.values_list("counter", "path", "value"):
            yield counter, self.place(path), value

    def lines(self, after: int) -> Iterator[Fact]:
        """Tell the lines of the journal by kind, actor, place, hour and what they count."""
        from wangge.journal.models import Line

        columns = ("id", "kind", "actor", "path", "hour", "received_hour", "tallies")
        for id_, kind, actor, path, hour, received, tallies in _paged(
            lambda last: Line.objects.filter(id__gt=last).order_by("id").values_list(*columns)[:PAGE], after
        ):
            del id_
            counted = [(counter, self.place(at), *rest) for counter, at, *rest in msgspec.json.decode(tallies)]
            yield kind, self.numbers.get(actor, ""), self.place(path), hour, received, sorted(counted)


def _names_of_places(root: str) -> dict[str, str]:
    """Return by path how each place below the root is told: the names from there down."""
    from wangge.kernel.paths import upper
    from wangge.places.models import Area

    names = {root: ""}
    rows = Area.objects.filter(path__gt=root, path__lt=upper(root)).order_by("rank").values_list
    for path, level, kind, name, code in rows("path", "level", "kind", "name", "code"):
        above = path[: path[:-1].rfind(".") + 1]
        names[path] = f"{names[above]}/{level}{kind}:{name}" + (f" {code}" if level == "grid" else "")
    return names


def _paged(page: Callable[[int], Iterable[Fact]], last: int) -> Iterator[Fact]:
    """Yield rows page by page; the first column is the key that pages go on from."""
    while rows := list(page(last)):
        yield from rows
        last = rows[-1][0]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
