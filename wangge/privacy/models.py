"""The access log, and the list of those who were erased."""

from django.db import models


class Look(models.Model):
    """One subject shown unmasked to one account."""

    at = models.DateTimeField()
    viewer_number = models.BigIntegerField()
    subject = models.UUIDField()
    fields = models.CharField(max_length=400)
    purpose = models.CharField(max_length=40)
    channel = models.CharField(max_length=16)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["subject", "at"], name="look_subject"),
            models.Index(fields=["viewer_number", "at"], name="look_viewer"),
            models.Index(fields=["at"], name="look_at"),
        ]


class ListLook(models.Model):
    """One masked list shown to one account: how many it named, and a digest of whom."""

    at = models.DateTimeField()
    viewer_number = models.BigIntegerField()
    what = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    count = models.IntegerField()
    digest = models.CharField(max_length=32)
    purpose = models.CharField(max_length=40)
    channel = models.CharField(max_length=16)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["viewer_number", "at"], name="list_look_viewer"),
            models.Index(fields=["at"], name="list_look_at"),
        ]


class Tombstone(models.Model):
    """A subject that was erased: every restore of an older backup erases it again."""

    subject = models.UUIDField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
