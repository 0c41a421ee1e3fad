"""Self-declaration campaigns: what is asked of whom, the code of each door, and the teams that go where nobody did."""

from django.db import models
from django.db.models import F, Q

from wangge.journal.columns import PathField
from wangge.surveys.models.questionnaires import SOURCES
from wangge.surveys.rules.campaigns import NAME_MOST, Try

PATH = 120


class Campaign(models.Model):
    """Households are asked to declare by themselves, from a day up to but without another.

    ``telephone`` stands on every page and slip of it. ``final`` keeps the numbers it was closed with.
    """

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    name = models.CharField(max_length=NAME_MOST)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    questionnaire = models.ForeignKey("surveys.Questionnaire", models.PROTECT, related_name="+")
    telephone = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField()
    started_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    closed_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    final = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="campaign_ends_after_start"),
            models.UniqueConstraint(fields=["area", "name"], name="campaign_name_once"),
        ]
        indexes = [models.Index(fields=["path", "closed_at"], name="campaign_path")]


class CampaignDoor(models.Model):
    """A household of a campaign that was given a code or has declared.

    The code itself is nowhere: it follows from the index key, campaign, household and ``turn``, which grows when a
    lost sheet is replaced; ``digest`` is a keyed index of the code that holds now. ``sheet`` is the filling that
    stands, ``sent`` how many there were, ``receipt`` what its sender was given.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    turn = models.PositiveSmallIntegerField(default=0)
    digest = models.BinaryField(max_length=16, unique=True)
    printed_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=8, choices=[(one, one) for one in SOURCES], blank=True, default="")
    sheet = models.UUIDField(null=True)
    receipt = models.CharField(max_length=8, blank=True, default="")
    sent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "household"], name="campaign_door_once")]


class CampaignTeam(models.Model):
    """A team of three that goes to the doors of a list in an evening or at a weekend; ``members`` are [role, name].

    ``account`` is whose desk or telephone shows the list, where that is somebody's.
    """

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    number = models.PositiveSmallIntegerField()
    members = models.JSONField()
    account = models.ForeignKey("access.Account", models.SET_NULL, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    made_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="campaign_team_ends_after_start"),
            models.UniqueConstraint(fields=["campaign", "number"], name="campaign_team_number_once"),
        ]


class TeamDoor(models.Model):
    """A door on a team's list, in walking order, and what the team found there while nothing was declared."""

    team = models.ForeignKey(CampaignTeam, models.CASCADE, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    found = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Try], blank=True, default="")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "household"], name="team_door_once")]
        indexes = [models.Index(fields=["household"], name="team_door_household")]


class CodeTry(models.Model):
    """A code that was wrong: when, and a keyed index of where it came from that nobody can turn back.

    Rows are of use for an hour; they go with the next wrong code after that, and with the daily chores.
    """

    client = models.BinaryField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="code_try_at"),
            models.Index(fields=["client", "at"], name="code_try_client"),
        ]
