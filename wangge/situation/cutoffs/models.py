"""What was counted when a report was due: snapshots that are never changed, zero reports, times, edited indicators."""

from django.db import models

from wangge.journal.columns import PathField
from wangge.situation.cutoffs.rules import TEXT_MOST, Indicator, read_source

PATH = 120


class IndicatorVersion(models.Model):
    """An indicator as a county defines it from a moment on; the latest version stands before what is shipped."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=TEXT_MOST, blank=True, default="")
    unit = models.CharField(max_length=16)
    kind = models.CharField(max_length=8)
    sets = models.JSONField(default=list)
    source = models.JSONField(null=True)
    use = models.CharField(max_length=TEXT_MOST)
    owner = models.CharField(max_length=TEXT_MOST)
    active = models.BooleanField(default=True)
    edited_at = models.DateTimeField()
    edited_by = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="indicator_version_once")]

    def terms(self) -> Indicator:
        """Hand this row's values to the rules."""
        return Indicator(
            code=self.code,
            unit=self.unit,
            kind=self.kind,
            sets=tuple(self.sets),
            source=read_source(self.source) if self.source else None,
            use=self.use,
            owner=self.owner,
            name=self.name,
            version=self.version,
            active=self.active,
        )


class Snapshot(models.Model):
    """What a set of indicators stood at in an area when a report was due; it is kept for ever and names nobody.

    ``seq`` is the last sealed line that is in the numbers and ``open_lines`` the ids of those in them that waited for
    the sealer; ``late`` is what came after the cut-off before this one though it had happened by then; ``silent`` the
    communities that had said nothing; ``versions`` which version of each indicator counted.
    """

    id = models.UUIDField(primary_key=True)
    profile = models.CharField(max_length=40)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    on = models.DateField()
    cutoff_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField()
    seq = models.BigIntegerField()
    open_lines = models.JSONField(default=list)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    versions = models.JSONField(default=dict)
    late = models.JSONField(default=dict)
    silent = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "profile", "cutoff_at"], name="snapshot_once"),
        ]
        indexes = [models.Index(fields=["path", "on"], name="snapshot_path_day")]


class SnapshotRow(models.Model):
    """The numbers of one area in a snapshot, its own area or one below; an indicator not there was not asked."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="+")
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    numbers = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    late = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "area"], name="snapshot_row_once")]


class ZeroReport(models.Model):
    """That a community said on a day that it has nothing to report; it can be taken back until it was counted."""

    id = models.UUIDField(primary_key=True)
    profile = models.CharField(max_length=40)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    on = models.DateField()
    declared_at = models.DateTimeField()
    declared_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "profile", "on"], condition=models.Q(withdrawn_at=None), name="zero_report_once"
            )
        ]
        indexes = [models.Index(fields=["on", "path"], name="zero_report_day")]


class CutoffTimes(models.Model):
    """At which local hours the server takes snapshots of an area by itself, and of which sets."""

    area = models.OneToOneField("places.Area", models.PROTECT, related_name="+")
    times = models.JSONField(default=list)
    profiles = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.BigIntegerField()
