"""Pages of paper that were printed for a round, so that what is written on them is keyed by code and row."""

from django.db import models

from wangge.journal.columns import PathField

PATH = 120
CODE = 8


class PaperSheet(models.Model):
    """One printed page of doors: ``rows`` are the households in the order of its row numbers, from 1.

    ``code`` stands on the page, as text and as a square to be scanned; ``batch`` is shared by pages printed at once,
    ``forms`` says that a questionnaire for each household was printed along. Rows stay as they were printed, whoever
    moves afterwards.
    """

    id = models.UUIDField(primary_key=True)
    batch = models.UUIDField()
    code = models.CharField(max_length=CODE, unique=True)
    round = models.ForeignKey("surveys.SurveyRound", models.CASCADE, related_name="+")
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    title = models.CharField(max_length=120)
    page = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    forms = models.BooleanField(default=False)
    printed_by = models.ForeignKey("access.Account", models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["batch", "page"], name="paper_batch"),
            models.Index(fields=["round", "path"], name="paper_round"),
        ]
