"""What an import holds outside the register: the file's rows as they were read, sealed, and what must be asked."""

from django.db import models

from wangge.flows.import_roster.states import Action, ImportState, Outcome, RowState


class Import(models.Model):
    """One file on its way into the register; ``done`` of ``total`` rows are through.

    ``account`` is who brought it, and for whom it is finished after a crash. ``mapping``, ``dropped`` and
    ``reports`` tell about headings and places of the file, never what stands in its cells.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    account = models.UUIDField()
    file_name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    profile = models.CharField(max_length=40)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ImportState])
    mapping = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    reports = models.JSONField(default=list)
    chunks = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    staged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area", "staged_at"], name="import_area_staged")]


class ImportRow(models.Model):
    """A row of the file: what was read (sealed), what is to be done with it, what became of it.

    ``chunk`` is the transaction it goes in with; ``founds`` marks rows with which a household began. ``fingerprint``
    is a keyed index of what the row says, so that the same row is known again. ``codes`` are [column, code] reports;
    ``before`` holds, sealed, the values that the row replaced.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=100, null=True)
    row = models.PositiveIntegerField()
    chunk = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    fingerprint = models.BinaryField(max_length=16, null=True)
    action = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Action])
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in RowState], default="staged")
    household = models.UUIDField(null=True)
    resident = models.UUIDField(null=True)
    founds = models.BooleanField(default=False)
    codes = models.JSONField(default=list)
    before = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["imported", "chunk"], name="import_row_chunk"),
            models.Index(fields=["fingerprint"], name="import_row_fingerprint"),
            models.Index(fields=["resident"], name="import_row_resident"),
        ]


class ImportAsk(models.Model):
    """A question that a person must answer before its rows go in.

    ``waiting`` are ids of rows; ``rows`` the [sheet, row] in question, the waiting first; ``candidates`` whom they may
    be: {"sheet", "row", "resident", "household"}, the last of which may be null.
    """

    id = models.UUIDField(primary_key=True)
    imported = models.ForeignKey(Import, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=24)
    waiting = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    score = models.FloatField()
    answer = models.CharField(max_length=12, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["imported", "answer", "position"], name="import_ask_open")]
