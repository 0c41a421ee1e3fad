"""Accounts, their duties in areas, and the links by which they sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from wangge.access.rules import Role, normal_login
from wangge.journal.columns import PathField
from wangge.kernel.ids import uuid7


class AccountRows(BaseUserManager["Account"]):
    """Finds accounts by their login as people type it."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a login in any case or width."""
        return self.get(login=normal_login(username or ""))


class Account(AbstractBaseUser):
    """Somebody who may sign in; there is none by default. What it may do stands in its duties, never here.

    ``session_epoch`` grows when every session begun before must end: with a new password, a changed second factor.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True, default="")
    number = models.BigIntegerField(unique=True)
    first = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    last_login = None

    objects: ClassVar[AccountRows] = AccountRows()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the login in the form in which it is compared."""
        self.login = normal_login(self.login)
        super().save(*args, **kwargs)


class Duty(models.Model):
    """A role that an account has in an area from a day up to, but without, another."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "ended_at"], name="duty_account"),
            models.Index(fields=["path", "role"], name="duty_path"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gt=models.F("from_on")), name="duty_ends_after_start"
            )
        ]


class SignInLink(models.Model):
    """A link by which an account signs in once; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    made_by = models.BigIntegerField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """The second proof of who signs in: the sealed secret of an app that shows one-time codes.

    ``last_step`` is the time step of the last code that was taken, so that none counts twice; wrong ones are counted
    in ``failures`` up to ``failed_at``.
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="+")
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    set_up_at = models.DateTimeField()


class RecoveryCode(models.Model):
    """A code on paper that stands in for the app once; only its keyed hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=16)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]


class Approval(models.Model):
    """A second person's yes to one act of somebody else, for this purpose, area and day, once.

    Only a keyed hash of the code is kept, since a code short enough to be told has little entropy.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.BinaryField(max_length=16, unique=True)
    giver = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    purpose = models.CharField(max_length=200)
    area = models.ForeignKey("places.Area", models.PROTECT, related_name="+")
    path = PathField(max_length=120)
    day = models.DateField()
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["giver", "given_at"], name="approval_giver")]


class AccessEpoch(models.Model):
    """One number that grows with every change of who may do what; every process rereads it each second."""

    only = models.BooleanField(primary_key=True, default=True)
    number = models.BigIntegerField(default=0)
