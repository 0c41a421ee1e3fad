"""What is due when."""

from django.db import models
from django.db.models import Q


class Due(models.Model):
    """One piece of work that falls due at an instant and is done once.

    ``leased_until`` keeps other workers away while one is at it, and afterwards until the next try. ``once`` makes a
    second plan with the same name the same work. ``failed`` is the code of a failure that will not be tried again.
    """

    kind = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    subject = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    once = models.CharField(max_length=120, null=True, unique=True)  # NULL so that many may have none
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=80, default="")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["due_at", "id"], name="due_open", condition=Q(done_at__isnull=True, failed="")),
            models.Index(fields=["subject"], name="due_subject", condition=Q(subject__isnull=False)),
            models.Index(fields=["done_at"], name="due_done", condition=Q(done_at__isnull=False)),
        ]
