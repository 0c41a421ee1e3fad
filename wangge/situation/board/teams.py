"""Teams compared by open doors, read only while a leader has switched that on."""

from datetime import date
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from wangge.journal.models import Stock, Tally
from wangge.kernel.paths import parent, upper
from wangge.people.rules.codes import DOORS
from wangge.places.models import Area
from wangge.situation.board.shapes import Patch, TeamLine
from wangge.surveys.rules import DOORS_DONE

SHOWN = 20


def teams(*, path: str, day: date) -> tuple[TeamLine, ...]:
    """Return the grids of an area with most open doors of today; those level share a place. Two statements."""
    done: Any = Tally.objects.filter(counter=DOORS_DONE, day=day, path=OuterRef("path")).values("value")
    rows = Stock.objects.filter(counter=DOORS, path__gte=path, path__lt=upper(path), value__gt=0)
    rows = rows.annotate(left=F("value") - Coalesce(Subquery(done[:1], output_field=IntegerField()), Value(0)))
    counted = list(rows.order_by("-left", "path").values_list("path", "value", "left")[:SHOWN])
    wanted = {where for where, _, _ in counted} | {parent(where) for where, _, _ in counted}
    areas = {row.path: row for row in Area.objects.filter(path__in=wanted)}
    lines: list[TeamLine] = []
    for number, (where, due, left) in enumerate(counted, start=1):
        row = areas[where]
        place = lines[-1].place if lines and lines[-1].open == left else number
        patch = Patch(row.id, row.code, row.name, row.path, row.level, row.kind)
        above = areas[parent(where)].name if parent(where) in areas and where != path else ""
        lines.append(TeamLine(place, patch, above, due, left))
    return tuple(lines)
