"""Export profiles by version, and the exports that were made under them."""

from django.db import models
from django.db.models import Q

from wangge.journal.columns import PathField
from wangge.situation.forms.rules.exports import ExportState, FileKind
from wangge.situation.forms.rules.profiles import Body, State, read_body

PATH = 120


class ExportProfile(models.Model):
    """One version of a form as an area asks for it: it holds there and everywhere below, and is fixed once published.

    ``revision`` counts how often a draft was saved, so that two writers notice each other.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    body = models.JSONField()
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in State])
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "version"], name="export_profile_version"),
            models.UniqueConstraint(fields=["area", "code"], condition=Q(state="draft"), name="export_profile_draft"),
            models.UniqueConstraint(
                fields=["area", "code"], condition=Q(state="published"), name="export_profile_used"
            ),
        ]
        indexes = [models.Index(fields=["path", "code"], name="export_profile_path")]

    def terms(self) -> Body:
        """Hand what this version says to the rules."""
        return read_body(self.body)


class Export(models.Model):
    """One form that was taken out, or is being made: by whom, what for, of how many people, until when it is kept.

    ``profile`` and ``version`` say under which form, ``mark`` what stands in each of its rows; ``sealed`` is the file,
    encrypted, deleted when ``until_at`` has come; ``done`` of ``rows`` are through.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    account = models.UUIDField()
    made_by = models.BigIntegerField()
    profile = models.CharField(max_length=40)
    profile_name = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    mark = models.CharField(max_length=12)
    purpose = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(one.value, one.value) for one in FileKind])
    masked = models.BooleanField(default=False)
    on = models.DateField()
    people = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in ExportState])
    failed = models.CharField(max_length=60, blank=True, default="")
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["path", "made_at"], name="export_path_made"),
            models.Index(fields=["account", "made_at"], name="export_account_made"),
            models.Index(fields=["mark"], name="export_mark"),
            models.Index(fields=["state", "made_at"], name="export_state_made"),
        ]
