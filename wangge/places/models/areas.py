"""The installation and its tree of areas, from the province to the dwelling."""

from django.db import models

from wangge.journal.columns import PathField
from wangge.places.rules import DoorKey, Level


class Area(models.Model):
    """A place that people name. ``path`` holds the ids from the root down, ``grid_path`` where its tallies stand.

    A building keeps units, floors and doors a floor; a dwelling its unit, floor, room and ``door`` key.
    """

    uid = models.UUIDField(unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = PathField(max_length=120, unique=True)
    grid_path = PathField(max_length=120, blank=True, default="")
    level = models.CharField(max_length=12, choices=[(level.value, level.value) for level in Level])
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, blank=True, default="")
    code = models.CharField(max_length=40, unique=True, null=True)
    external_code = models.CharField(max_length=60, blank=True, default="")
    hidden = models.BooleanField(default=False)
    order = models.IntegerField(default=0)
    units = models.PositiveSmallIntegerField(null=True)
    floors = models.PositiveSmallIntegerField(null=True)
    doors_per_floor = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=12, blank=True, default="")
    floor = models.SmallIntegerField(null=True)
    room = models.CharField(max_length=20, blank=True, default="")
    door = models.CharField(max_length=60, blank=True, default="")
    opened_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["parent", "order", "id"], name="area_children"),
            models.Index(fields=["rank", "path"], name="area_rank_path"),
            models.Index(fields=["door", "path"], name="area_door", condition=~models.Q(door="")),
        ]

    def key(self) -> DoorKey:
        """Hand a dwelling's door to the rules."""
        building, _, rest = self.door.partition("/" if "/" in self.door else "-")
        if "/" in self.door:
            return DoorKey(building, "", rest, group=True)
        unit, _, room = rest.partition("-")
        return DoorKey(building, unit, room)


class Installation(models.Model):
    """The one response that this installation serves: who is authorised, on what basis, where, since when."""

    uid = models.UUIDField(unique=True)
    epoch = models.UUIDField()
    authority = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=200)
    response = models.CharField(max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    demonstration = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    only = models.BooleanField(default=True, unique=True)
