"""What is drawn of areas: shapes, points, plans of estates, and files of shapes on their way in."""

from django.db import models

from wangge.places.models.areas import Area
from wangge.places.shapes.points import PointKind


class AreaPlan(models.Model):
    """A sheet to draw on: the office's own picture of an estate, kept sealed, or a blank one without ``sealed``.

    Whatever is drawn on it counts in its dots, ``width`` by ``height``, from the upper left corner.
    """

    uid = models.UUIDField(unique=True)
    area = models.OneToOneField(Area, models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    media = models.CharField(max_length=4, blank=True, default="")
    sealed = models.BinaryField(null=True)
    changed_at = models.DateTimeField()


class AreaShape(models.Model):
    """The outline of an area: on a plan, or on the ground in degrees of longitude and latitude.

    ``polygons`` holds all corners, ``drawn`` those that can be seen; ``x`` and ``y`` lie inside its largest part, where
    it is ``wide`` and ``high``.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    plan = models.ForeignKey(AreaPlan, models.CASCADE, null=True, related_name="+")
    polygons = models.JSONField()
    drawn = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    x = models.FloatField()
    y = models.FloatField()
    wide = models.FloatField()
    high = models.FloatField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=models.Q(plan=None), name="shape_ground"),
            models.UniqueConstraint(fields=["area", "plan"], name="shape_plan"),
        ]


class MapPoint(models.Model):
    """A gate, a closed road or an office on the map of an area: a place, never a person."""

    uid = models.UUIDField(unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    plan = models.ForeignKey(AreaPlan, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in PointKind])
    name = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True, default="")
    x = models.FloatField()
    y = models.FloatField()
    changed_at = models.DateTimeField()


class ShapeFile(models.Model):
    """A file of shapes that was read for an area, until what it holds has found its place or is thrown away.

    ``features`` are those that are not placed yet, ``faults`` those that cannot be drawn.
    """

    uid = models.UUIDField(unique=True)
    area = models.OneToOneField(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    features = models.JSONField()
    faults = models.JSONField()
    account = models.UUIDField()
    uploaded_at = models.DateTimeField()
