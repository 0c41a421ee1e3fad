"""Questionnaires as versioned data, and what was answered."""

import builtins

from django.db import models
from django.db.models import Q

from wangge.journal.columns import PathField

PATH = 120
STATES = ("draft", "published", "withdrawn")
ORIGINS = ("shipped", "xlsform", "editor")
SOURCES = ("door", "desk", "paper", "self", "behalf", "call", "check", "import")


class Questionnaire(models.Model):
    """One version of a questionnaire; ``definition`` is what ``rules.questionnaires`` reads, ``digest`` its SHA-256.

    A published version is never changed: an edit makes a draft of the next one. It may be used in its area and below.
    ``title`` maps a language to words; ``reports`` are what the import of a form had to say.
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    title = models.JSONField(default=dict)
    definition = models.JSONField()
    digest = models.BinaryField(max_length=32)
    state = models.CharField(max_length=10, choices=[(one, one) for one in STATES])
    origin = models.CharField(max_length=8, choices=[(one, one) for one in ORIGINS])
    reports = models.JSONField(default=builtins.list)
    made_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="questionnaire_one_draft"),
        ]
        indexes = [models.Index(fields=["path", "state"], name="questionnaire_path")]


class Response(models.Model):
    """The answers of one household, or of one of its residents, at one time: insert-only; a mistake is voided.

    ``sheet`` is shared by the rows of one filling. ``answers`` holds what is not sensitive, ``sealed`` the rest.
    ``path`` and ``grid_path`` are those of the door at the time, ``day`` the local day it counts on. ``helper`` is who
    wrote for somebody who could not; ``read_aloud`` that the notice was.
    """

    id = models.UUIDField(primary_key=True)
    sheet = models.UUIDField()
    round = models.ForeignKey("surveys.SurveyRound", models.PROTECT, null=True, related_name="+")
    campaign = models.UUIDField(null=True)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    household = models.ForeignKey("people.Household", models.CASCADE, related_name="+")
    resident = models.ForeignKey("people.Resident", models.CASCADE, null=True, related_name="+")
    visit = models.ForeignKey("surveys.DoorVisit", models.SET_NULL, null=True, related_name="+")
    observer = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    helper = models.CharField(max_length=60, blank=True, default="")
    source = models.CharField(max_length=8, choices=[(one, one) for one in SOURCES])
    channel = models.CharField(max_length=8)
    path = PathField(max_length=200)
    grid_path = PathField(max_length=200)
    day = models.DateField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    claim_clamped = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    read_aloud = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("access.Account", models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["household", "at"], name="response_household"),
            models.Index(fields=["resident", "at"], name="response_resident", condition=Q(resident__isnull=False)),
            models.Index(fields=["round", "path"], name="response_round", condition=Q(round__isnull=False)),
            models.Index(fields=["campaign", "path"], name="response_campaign", condition=Q(campaign__isnull=False)),
            models.Index(fields=["sheet"], name="response_sheet"),
        ]
