"""The journal's tables: permanent envelopes, erasable facts, receipts, tallies."""

from django.db import models

from wangge.journal.columns import PathField


class ActorNumber(models.Model):
    """The number under which an account stands in the journal; its key is erased when the response closes."""

    number = models.BigAutoField(primary_key=True)
    account = models.UUIDField(unique=True, null=True)


class Block(models.Model):
    """A run of sealed lines, chained to the block before."""

    number = models.BigIntegerField(primary_key=True)
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField(unique=True)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)


class Line(models.Model):
    """The permanent envelope of one thing that happened; it names no person, household or dwelling."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField(null=True, unique=True)
    txid = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=48)
    actor = models.BigIntegerField()
    path = PathField(max_length=120)
    hour = models.BigIntegerField()
    received_hour = models.BigIntegerField()
    tallies = models.TextField()
    facts_digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["txid", "id"], name="line_unsealed", condition=models.Q(seq=None)),
        ]


class LineFacts(models.Model):
    """What a line says exactly: codes, ids, numbers, times; deleted by retention and erasure."""

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="+")
    salt = models.BinaryField(max_length=16)
    facts = models.TextField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    retention = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "line"], name="facts_subject", condition=models.Q(subject__isnull=False)),
            models.Index(fields=["retention", "received_at"], name="facts_retention"),
        ]


class Receipt(models.Model):
    """The first answer to a command: the same key with the same bytes gets it again."""

    source = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    digest = models.BinaryField(max_length=32)
    command = models.CharField(max_length=64)
    refused = models.BooleanField(default=False)
    answer = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="receipt_once")]
        indexes = [models.Index(fields=["received_at"], name="receipt_age")]


class Tally(models.Model):
    """How much a counter grew in a grid on a local day.

    ``unproven`` is the part of it that stood with facts which have been erased: no line shows it any more. ``rowless``
    is the part whose rows have been erased from the tables of the rooms: no count of them finds it any more.
    """

    path = PathField(max_length=120)
    day = models.DateField()
    counter = models.CharField(max_length=40)
    value = models.BigIntegerField()
    unproven = models.BigIntegerField(db_default=0)
    rowless = models.BigIntegerField(db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "day", "path"], name="tally_once")]


class Stock(models.Model):
    """How much of a counter there is in a grid now."""

    path = PathField(max_length=120)
    counter = models.CharField(max_length=40)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "path"], name="stock_once")]


class PersonDay(models.Model):
    """That a person was counted under a counter on a day, so that it is counted once; erased with the person.

    ``path`` is the grid in which it was: there it is taken back, wherever that is said.
    """

    person = models.UUIDField()
    day = models.DateField()
    counter = models.CharField(max_length=40)
    path = PathField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day", "counter"], name="person_day_once")]
