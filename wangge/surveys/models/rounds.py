"""Survey rounds: every door of an area once, within some days; what stands at each; what two visits disagree about."""

from django.db import models
from django.db.models import F, Q

from wangge.journal.columns import PathField
from wangge.surveys.models.visits import STATES
from wangge.surveys.rules import Knock

PATH = 120


class SurveyRound(models.Model):
    """A sweep of an area: what for, on what basis, with which questions, from a day up to but without another.

    Due are the households with a door that live in the area now. ``before`` is the round that this one repeats.
    ``final`` keeps the numbers it was closed with; they are never computed again.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    questionnaire = models.ForeignKey("surveys.Questionnaire", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    deadline = models.DateTimeField()
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    close_note = models.CharField(max_length=200, blank=True, default="")
    final = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="round_ends_after_start"),
        ]
        indexes = [models.Index(fields=["path", "closed_at"], name="round_path")]


class RoundDoor(models.Model):
    """The visit that stands for a household's door in a round; a door nobody has been to has no row.

    ``path`` and ``grid_path`` follow the household while the round is open; ``at`` is the instant that counts.
    ``members`` is a short hash of who lived there when the visit came, to be compared with another round.
    """

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    visit = models.ForeignKey("surveys.DoorVisit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=STATES)
    at = models.DateTimeField()
    revisit_at = models.DateTimeField(null=True)
    members = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "household"], name="round_door_once")]
        indexes = [
            models.Index(fields=["round", "path"], name="round_door_path"),
            models.Index(fields=["round", "at"], name="round_door_at"),
            models.Index(
                fields=["round", "revisit_at"], name="round_door_again", condition=Q(revisit_at__isnull=False)
            ),
        ]

    def knock(self) -> Knock:
        """Hand this row's values to the rules."""
        return Knock(visit=self.visit_id, at=self.at, state=self.state, path=self.grid_path)


class RoundCount(models.Model):
    """How many doors of a grid stand in a state in a round, kept by the command that changes them."""

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="+")
    path = PathField(max_length=PATH)
    state = models.CharField(max_length=16, choices=STATES)
    doors = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "path", "state"], name="round_count_once")]


class RoundHour(models.Model):
    """How many doors of a community were done in an hour (since 1970) of a round: the pace, for chart and forecast."""

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="+")
    path = PathField(max_length=PATH)
    hour = models.PositiveIntegerField()
    done = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "path", "hour"], name="round_hour_once")]


class SpotCheck(models.Model):
    """A door that a second person looks at again: who, what they found, and on how many answers they agree."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    visit = models.ForeignKey("surveys.DoorVisit", models.CASCADE, related_name="+")
    checker = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    drawn_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=STATES, blank=True, default="")
    compared = models.PositiveSmallIntegerField(default=0)
    equal = models.PositiveSmallIntegerField(default=0)
    agrees = models.BooleanField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "household"], name="spot_check_once")]
        indexes = [models.Index(fields=["round", "path"], name="spot_check_path")]


class Contradiction(models.Model):
    """Two answers to one question about one subject that cannot both be: open until somebody settles it with a reason.

    ``subject`` is the resident's id, or the household's where the question is about the household. ``first`` is None
    where it is the register that says otherwise, ``chosen`` None where both held at their time.
    """

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(SurveyRound, models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    subject = models.UUIDField()
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    question = models.CharField(max_length=130)
    first = models.ForeignKey("surveys.Response", models.CASCADE, null=True, related_name="+")
    second = models.ForeignKey("surveys.Response", models.CASCADE, related_name="+")
    found_at = models.DateTimeField()
    chosen = models.ForeignKey("surveys.Response", models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")
    settled_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "question"], condition=Q(settled_at=None), name="contradiction_open_once"
            )
        ]
        indexes = [models.Index(fields=["path", "settled_at"], name="contradiction_path")]
