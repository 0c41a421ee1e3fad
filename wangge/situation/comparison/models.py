"""The switch: since when, until when and why teams and workers of an area are compared."""

from django.db import models
from django.db.models import Q

from wangge.journal.columns import PathField

REASON_MOST = 200


class Comparison(models.Model):
    """That open work is compared in an area and below, up to but without a day; ended before by a person, or not."""

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=120)
    reason = models.CharField(max_length=REASON_MOST)
    until_on = models.DateField()
    begun_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(ended_at=None), name="comparison_one_standing")
        ]
        indexes = [models.Index(fields=["path", "until_on"], name="comparison_path")]
