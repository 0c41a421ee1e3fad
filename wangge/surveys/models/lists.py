"""Lists that are handed down: the list, its rows, and what was found about each."""

import builtins

from django.db import models
from django.db.models import Q

from wangge.journal.columns import PathField
from wangge.surveys.rules.lists import ListState, Match, Outcome

PATH = 120
OUTCOMES = [(one.value, one.value) for one in Outcome]


class HandedDownList(models.Model):
    """Names sent from above, on what basis, and until when they must be answered.

    ``layout`` is the sheet around its rows, sealed, so that the answer goes back as the same sheet. ``reports`` and
    ``dropped`` tell about places of the sheet and headings, never what stands in its cells.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=120)
    basis = models.CharField(max_length=200, blank=True, default="")
    deadline = models.DateTimeField()
    as_of = models.DateField()
    period_days = models.PositiveSmallIntegerField()
    risk_areas = models.JSONField(default=list)
    file_name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    layout = models.BinaryField(null=True)
    dropped = models.JSONField(default=list)
    reports = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ListState])
    account = models.UUIDField()
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path", "deadline"], name="list_path_deadline")]


class ListEntry(models.Model):
    """A row of a list: one person who is asked about, and the one outcome that stands.

    ``sealed`` is what was read, ``original`` the cells as they came; ``person`` is a keyed index of number and name by
    which the same person is known in another list. ``codes`` are [column, code] reports. It is dealt to ``path``.
    """

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(HandedDownList, models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=100, blank=True, default="")
    row = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    original = models.BinaryField(null=True)
    person = models.BinaryField(max_length=16, null=True)
    resident = models.UUIDField(null=True)
    match = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Match])
    differs = models.JSONField(default=builtins.list)
    proposal = models.CharField(max_length=20)
    codes = models.JSONField(default=builtins.list)
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True, default="")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "sheet", "row"], name="list_row_once")]
        indexes = [
            models.Index(fields=["path", "outcome"], name="list_entry_path"),
            models.Index(fields=["resident"], name="list_entry_resident", condition=Q(resident__isnull=False)),
            models.Index(fields=["person"], name="list_entry_person", condition=Q(person__isnull=False)),
        ]


class ListFinding(models.Model):
    """What somebody found about a row: insert-only; the latest stands, the others are its history.

    ``path`` is that of the row at the time, ``day`` the local day it counts on; ``along`` is the finding about another
    row of the same person that answered this one too.
    """

    id = models.UUIDField(primary_key=True)
    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    words = models.CharField(max_length=120, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    grid_path = PathField(max_length=PATH)
    day = models.DateField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=8)
    along = models.UUIDField(null=True)
    stands = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(stands=True), name="list_finding_stands_once")
        ]
        indexes = [models.Index(fields=["entry", "at"], name="list_finding_entry")]
