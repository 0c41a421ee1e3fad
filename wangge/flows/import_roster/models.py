"""What an import holds outside the register: the file's rows as they were read, sealed, and what must be asked."""

from django.db import models

from wangge.flows.import_roster.states import Action, ImportState, Outcome, RowState


class Import(models.Model):
    """One file on its way into the register; ``done`` of ``total`` rows are through.

    ``account`` is who brought it, and for whom it is finished after a crash. ``mapping``, ``dropped`` and
    ``reports`` tell about headings and places of the file, never what stands in its cells. ``chosen`` are columns that
    somebody set right: [sheet, letter, field or null]. ``refusal`` says why the file could not be read. Nobody else
    reads it before ``held_until``; ``attempt`` counts the readings.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    account = models.UUIDField()
    file_name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    profile = models.CharField(max_length=40)
    profile_version = models.PositiveIntegerField(default=0)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ImportState])
    mapping = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    reports = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    refusal = models.JSONField(default=dict)
    attempt = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    chunks = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    staged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area", "staged_at"], name="import_area_staged")]


class ImportUpload(models.Model):
    """The file itself, sealed; it goes when it is brought in or thrown away, and after a day at the latest.

    ``samples`` holds, sealed, a few masked cells of each column for whoever sets the columns right.
    """

    imported = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="+")
    sealed = models.BinaryField()
    samples = models.BinaryField(null=True)
    stored_at = models.DateTimeField()


class ImportSheet(models.Model):
    """What a sheet holds beside its rows of people, sealed: titles, headings, notes; columns never read are empty."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=100, null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "position"], name="import_sheet_position")]


class ImportProfile(models.Model):
    """How the columns of a kind of sheet are taken, remembered for an area and what lies in it.

    ``aliases`` are plain heading > field, or null for a column that is not taken. The highest version of a name that
    is not retired holds.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    aliases = models.JSONField(default=dict)
    account = models.UUIDField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name", "version"], name="import_profile_version")]


class ImportRow(models.Model):
    """A row of the file: what was read (sealed), what is to be done with it, what became of it.

    ``chunk`` is the transaction it goes in with; ``founds`` marks rows with which a household began. ``fingerprint``
    is a keyed index of what the row says, so that the same row is known again; ``whom`` one of who is meant, so that
    somebody who was asked about is not asked about again. ``codes`` are [column, code] reports; ``before`` holds,
    sealed, the rows of the register that the row changed, ``after`` a keyed digest of what it left; ``cells`` what
    stood in the row, sealed, to be given back.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)  # the index below begins so
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
    after = models.BinaryField(max_length=16, null=True)
    whom = models.BinaryField(max_length=16, null=True)
    cells = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["whom"], name="import_row_whom", condition=models.Q(whom__isnull=False)),
            models.Index(fields=["imported", "chunk"], name="import_row_chunk"),
            models.Index(fields=["fingerprint"], name="import_row_fingerprint"),
            models.Index(fields=["resident"], name="import_row_resident"),
        ]


class ImportAsk(models.Model):
    """A question that a person must answer before its rows go in.

    ``waiting`` are ids of rows; ``rows`` the [sheet, row] in question, the waiting first; ``candidates`` whom they may
    be: {"sheet", "row", "resident", "household"}, the last of which may be null. ``later`` counts how often it was put
    off; ``undo`` holds what the rows were before the answer: [id, action, household, resident].
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
    answered_by = models.UUIDField(null=True)
    later = models.PositiveIntegerField(default=0)
    undo = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["imported", "answer", "later", "position"], name="import_ask_open")]
