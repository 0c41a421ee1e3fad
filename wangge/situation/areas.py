"""Finding areas by their names."""

from collections.abc import Iterable

from wangge.kernel.paths import upper
from wangge.places.models import Area


def paths_named(inside: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the paths of the areas of these names below an area."""
    rows = Area.objects.filter(path__gte=inside, path__lt=upper(inside), name__in=list(names), retired_at=None)
    return tuple(rows.values_list("path", flat=True))
