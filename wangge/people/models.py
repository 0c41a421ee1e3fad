"""The register: households at doors, their residents, phones, flags, guests, and what was joined."""

from django.db import models
from django.db.models import F, Q

from wangge.journal.columns import PathField
from wangge.people.rules.codes import HouseholdState, Presence, Relation, ResidentState, Sex
from wangge.people.rules.terms import FlagTerms, HouseholdTerms, ResidentTerms

PATH = 120


class Household(models.Model):
    """Those who live behind one door, or together without one (a boat, a site hut, an address that cannot be read).

    ``path`` is the dwelling's, or that of the area where a household without dwelling counts; ``address`` is how its
    place was written. A merged household points to the one that is left.
    """

    id = models.UUIDField(primary_key=True)
    dwelling = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    address = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in HouseholdState], default="open")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    clocks = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(~Q(state="open"), closed_at__isnull=False),
                name="household_closed_has_instant",
            ),
        ]
        indexes = [models.Index(fields=["path", "closed_at"], name="household_path")]

    def terms(self) -> HouseholdTerms:
        """Hand this row's values to the rules."""
        return HouseholdTerms(self.id, self.path, self.grid_path, self.state, self.dwelling_id is not None)


class Resident(models.Model):
    """A person in the register. Names and pinyin are clear text with prefix indexes; the number of the document is
    sealed, with keyed indexes of the whole and of the last four.

    ``pinyin`` is without blanks, ``other_initials`` those of a surname's rarer reading. ``id_doubt`` says why a number
    is not to be relied on. ``state_on`` is the day since which the state holds.
    """

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    name = PathField(max_length=60, blank=True, default="")
    pinyin = PathField(max_length=200, blank=True, default="")
    initials = PathField(max_length=30, blank=True, default="")
    other_initials = PathField(max_length=30, blank=True, default="")
    sex = models.CharField(max_length=1, choices=[(one.value, one.value) for one in Sex], blank=True, default="")
    birth_on = models.DateField(null=True)
    id_kind = models.CharField(max_length=24, blank=True, default="")
    id_doubt = models.CharField(max_length=24, blank=True, default="")
    id_sealed = models.BinaryField(null=True)
    id_index = models.BinaryField(max_length=16, null=True)
    id_last4 = models.BinaryField(max_length=16, null=True)
    relation = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Relation], default="unknown")
    is_head = models.BooleanField(default=False)
    guardian = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    presence = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Presence])
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ResidentState], default="living")
    state_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    clocks = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(is_head=True, state="living"), name="resident_one_head"
            ),
            models.CheckConstraint(condition=Q(guardian=None) | ~Q(guardian=F("id")), name="resident_not_own_guardian"),
        ]
        indexes = [
            models.Index(fields=["name", "path"], name="resident_name"),
            models.Index(fields=["pinyin", "path"], name="resident_pinyin"),
            models.Index(fields=["initials", "path"], name="resident_initials"),
            models.Index(
                fields=["other_initials", "path"], name="resident_other_initials", condition=~Q(other_initials="")
            ),
            models.Index(fields=["path"], name="resident_path"),
            models.Index(fields=["id_index"], name="resident_id_index"),
            models.Index(fields=["id_last4"], name="resident_id_last4"),
        ]

    def terms(self) -> ResidentTerms:
        """Hand this row's values to the rules."""
        return ResidentTerms(
            id=self.id,
            household=self.household_id,
            name=self.name,
            sex=self.sex,
            birth_on=self.birth_on,
            has_number=self.id_index is not None,
            id_kind=self.id_kind,
            id_doubt=self.id_doubt,
            relation=self.relation,
            is_head=self.is_head,
            guardian=self.guardian_id,
            presence=self.presence,
            state=self.state,
        )


class Phone(models.Model):
    """A telephone number of a resident, the most used first; several residents may share one."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    index = models.BinaryField(max_length=16)
    last4 = models.BinaryField(max_length=16)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "index"], name="phone_once")]
        indexes = [
            models.Index(fields=["index"], name="phone_index"),
            models.Index(fields=["last4"], name="phone_last4"),
        ]


class PriorityFlag(models.Model):
    """Why somebody needs attention, always with an end; it stands until it is ended or its last day has passed.

    ``until_on`` is the first day on which it no longer holds; ``basis`` is the document or order it rests on.
    ``origin`` is the division code of the province or prefecture where a returnee or visitor came from, never finer;
    ``came_on`` the day of arrival.
    """

    id = models.UUIDField(primary_key=True)
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    reason = models.CharField(max_length=24)
    note = models.CharField(max_length=300, blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")
    origin = models.CharField(max_length=12, blank=True, default="")
    came_on = models.DateField(null=True)
    from_on = models.DateField()
    until_on = models.DateField()
    review_on = models.DateField(null=True)
    raised_by = models.BigIntegerField()
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="flag_ends_after_start"),
            models.UniqueConstraint(
                fields=["resident", "reason"],
                condition=Q(ended_at=None) & ~Q(reason="other"),
                name="flag_stands_once",
            ),
        ]
        indexes = [
            models.Index(fields=["resident", "ended_at"], name="flag_resident"),
            models.Index(fields=["reason", "path"], name="flag_reason_path"),
            models.Index(fields=["until_on"], name="flag_until"),
        ]

    def terms(self) -> FlagTerms:
        """Hand this row's values to the rules."""
        return FlagTerms(self.id, self.resident_id, self.reason, self.from_on, self.until_on, self.ended_at is not None)


class Stay(models.Model):
    """A registered resident who sleeps at another household's door for a while; path and grid are the host's."""

    id = models.UUIDField(primary_key=True)
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    path = PathField(max_length=PATH)
    grid_path = PathField(max_length=PATH)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="stay_ends_after_start"
            ),
            models.UniqueConstraint(fields=["resident"], condition=Q(ended_on=None), name="stay_once"),
        ]
        indexes = [
            models.Index(fields=["household", "ended_on"], name="stay_household"),
            models.Index(fields=["path"], name="stay_path"),
        ]


class Joining(models.Model):
    """Two rows that were found to be one, with a sealed picture of both, so that it can be undone to the byte.

    ``after`` is a keyed digest of what the joining left: a difference means somebody has changed it since.
    """

    id = models.UUIDField(primary_key=True)
    what = models.CharField(max_length=12)
    kept = models.UUIDField()
    gone = models.UUIDField()
    path = PathField(max_length=PATH)
    before = models.BinaryField()
    after = models.BinaryField()
    joined_at = models.DateTimeField()
    joined_by = models.BigIntegerField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kept"], name="joining_kept"),
            models.Index(fields=["gone"], name="joining_gone"),
            models.Index(fields=["path"], name="joining_path"),
        ]
