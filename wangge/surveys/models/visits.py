"""Door visits and the state of each door on each day."""

from django.db import models

from wangge.journal.columns import PathField
from wangge.surveys.rules import DoorState, Knock

STATES = [(state.value, state.value) for state in DoorState]


class DoorVisit(models.Model):
    """One knock at one door: insert-only; a mistake is voided, never deleted.

    ``path`` and ``grid_path`` are those of the door at the time; ``day`` is the local day it counts on; ``claimed_on``
    the local day on which it was, where that is too long ago to count on it: it still belongs to a round of then.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey("people.Household", models.PROTECT, related_name="+")
    worker = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    path = PathField(max_length=200)
    grid_path = PathField(max_length=200)
    day = models.DateField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=STATES)
    persons_seen = models.PositiveSmallIntegerField(default=0)
    remarks = models.CharField(max_length=500, blank=True, default="")
    revisit_at = models.DateTimeField(null=True)
    claim_clamped = models.BooleanField(default=False)
    claimed_on = models.DateField(null=True)
    channel = models.CharField(max_length=8)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["household", "at"], name="visit_household_at"),
            models.Index(fields=["day", "path"], name="visit_day_path"),
            models.Index(fields=["claimed_on"], name="visit_claimed_on", condition=models.Q(claimed_on__isnull=False)),
        ]

    def knock(self) -> Knock:
        """Hand this row's values to the rules."""
        return Knock(visit=self.id, at=self.at, state=self.state, path=self.grid_path)


class Sighting(models.Model):
    """A resident met at a visit."""

    visit = models.ForeignKey(DoorVisit, models.CASCADE, related_name="+")
    resident = models.ForeignKey("people.Resident", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "resident"], name="sighting_once")]
        indexes = [models.Index(fields=["resident", "at"], name="sighting_resident_at")]


class DoorDay(models.Model):
    """The visit that stands for a door on a local day; ``grid_path`` is where its counters stand."""

    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    day = models.DateField()
    visit = models.ForeignKey(DoorVisit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=STATES)
    at = models.DateTimeField()
    revisit_at = models.DateTimeField(null=True)
    grid_path = PathField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "day"], name="door_day_once")]
        indexes = [models.Index(fields=["day", "grid_path"], name="door_day_grid")]

    def knock(self) -> Knock:
        """Hand this row's values to the rules."""
        return Knock(visit=self.visit_id, at=self.at, state=self.state, path=self.grid_path)


class QuarterCount(models.Model):
    """How a counter of the running day changed in a grid within a quarter of an hour, by what came in; kept two days.

    ``quarter`` counts quarters of an hour since 1970. ``whole`` marks the sums of communities, which larger areas read.
    """

    whole = models.BooleanField()
    quarter = models.PositiveIntegerField()
    path = PathField(max_length=200)
    counter = models.CharField(max_length=40)
    value = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["whole", "quarter", "path", "counter"], name="quarter_count_once")
        ]
