"""Messages on their way out of the house."""

from django.db import models
from django.db.models import Q


class OutgoingMessage(models.Model):
    """One message to one target, written once per ``key``.

    ``not_sent`` says the truth of this installation: a file was laid down, nobody was reached. The body carries
    counts and links, no names; the target is sealed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=20)
    target_sealed = models.BinaryField()
    target_index = models.BinaryField(max_length=16)
    subject = models.UUIDField(null=True)
    body = models.TextField()
    parts = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    release_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    not_sent = models.BooleanField(default=True)
    dropped_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed = models.CharField(max_length=80, default="")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["release_at", "id"], name="message_waiting", condition=Q(state="waiting")),
            models.Index(fields=["target_index", "release_at"], name="message_target"),
            models.Index(fields=["subject"], name="message_subject", condition=Q(subject__isnull=False)),
            models.Index(fields=["made_at"], name="message_made"),
        ]
