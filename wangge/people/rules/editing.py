"""Two people who edit one field: what is written, what is beaten, what waits for somebody to decide."""

from collections.abc import Mapping
from dataclasses import dataclass

PROTECTED = frozenset({"name", "sex", "birth_on", "id_number", "id_kind", "guardian"})
"""Fields that say who somebody is: an edit that did not see the present value waits for a person to decide."""

SOFT = frozenset({"phones", "relation", "is_head", "presence", "note", "address"})
"""Fields in which the later clock wins."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of each field of an edit; ``clocks`` are the clocks afterwards, of edited fields only."""

    applied: tuple[str, ...]
    superseded: tuple[str, ...]
    conflicts: tuple[str, ...]
    clocks: dict[str, str]


def merge_edit(
    *,
    wanted: Mapping[str, object],
    current: Mapping[str, object],
    clocks: Mapping[str, str],
    base: Mapping[str, str],
    clock: str,
) -> Edit:
    """Decide an edit field by field.

    ``clocks`` holds the clock of each field edited since it was made, ``base`` the clock the writer saw (both without
    an entry for a field never edited), ``clock`` that of this edit. Soft: the larger clock wins, whatever the order of
    arrival. Protected: when the writer saw another value than stands, and wants a third, nothing is written.
    """
    applied, superseded, conflicts = [], [], []
    after = dict(clocks)
    for field, value in wanted.items():
        stands, later = clocks.get(field, ""), clock > clocks.get(field, "")
        if value == current[field]:
            if later and field in clocks:
                after[field] = clock
        elif field in PROTECTED and base.get(field, "") != stands:
            conflicts.append(field)
        elif field in PROTECTED or later:
            applied.append(field)
            after[field] = max(clock, stands)
        else:
            superseded.append(field)
    return Edit(tuple(applied), tuple(superseded), tuple(conflicts), after)
