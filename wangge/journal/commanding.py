"""Commands: every write is one, in one transaction, and happens once."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, get_type_hints

import msgspec
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.crypto import salted_hmac

from wangge.journal import statements
from wangge.journal.rules import canonical
from wangge.journal.statements import FirstAnswer
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

P = ParamSpec("P")
R = TypeVar("R")

MOST_CHANCES = 4
COLLISIONS = frozenset({"40P01", "40001"})
"""PostgreSQL's codes for a deadlock and for transactions that cannot both be: the loser may try again."""

COMMANDS: dict[str, Callable[..., Any]] = {}
_running: ContextVar[str] = ContextVar("running command", default="")


def command(fn: Callable[P, R]) -> Callable[P, R]:
    """Make ``fn(*, stamp, actor, ...)`` a command: one transaction, one receipt, the same answer when sent again.

    The same (source, key) with the same arguments returns the first answer or raises the first refusal; with other
    arguments it is ``journal.key_reused``. A refusal undoes the effect and is remembered; any other exception leaves
    nothing. Inside a running command it joins that one. Answers are JSON-safe by msgspec and carry no secrets.
    """
    name = f"{fn.__module__.removeprefix('wangge.').split('.commands')[0]}.{fn.__name__}"
    answer_type: Any = msgspec.UNSET

    @wraps(fn)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal answer_type
        if _running.get():
            return fn(*args, **kwargs)
        if answer_type is msgspec.UNSET:
            answer_type = get_type_hints(fn)["return"]
        token = _running.set(name)
        try:
            return _once(name, answer_type, kwargs, lambda: fn(*args, **kwargs))
        finally:
            _running.reset(token)

    COMMANDS[name] = run
    return run


def _once(name: str, answer_type: Any, kwargs: dict[str, Any], act: Callable[[], R]) -> R:
    """Carry the command out unless its receipt is there, and again when it only ran into somebody else's.

    Two requests with one key may run at once: the later one to keep its receipt loses, is undone, and gets the
    answer of the other. A deadlock undoes one of its two, which then simply comes after the other.
    """
    for _ in range(MOST_CHANCES - 1):
        try:
            return _attempt(name, answer_type, kwargs, act)
        except IntegrityError:
            if statements.read_receipt(kwargs["stamp"].source, kwargs["stamp"].key) is None:
                raise
        except OperationalError as problem:
            state = getattr(problem.__cause__, "sqlstate", None)
            if state not in COLLISIONS or connection.in_atomic_block:
                raise
    return _attempt(name, answer_type, kwargs, act)


def _attempt(name: str, answer_type: Any, kwargs: dict[str, Any], act: Callable[[], R]) -> R:
    """Carry the command out unless its receipt is there, and keep the receipt in the same transaction."""
    stamp: Stamp = kwargs["stamp"]
    digest = _digest(name, {key: value for key, value in kwargs.items() if key not in ("stamp", "actor")})
    refusal: Refused | None = None
    result: Any = None
    with transaction.atomic():
        first = statements.read_receipt(stamp.source, stamp.key)
        if first is not None:
            result, refusal = _first_answer(stamp.key, first, digest, answer_type)
        else:
            try:
                with transaction.atomic():
                    result = act()
            except Refused as said:
                refusal = said
            answer = {"code": refusal.code, "facts": refusal.facts} if refusal else result
            kept = FirstAnswer(digest, refusal is not None, canonical(answer))
            statements.insert_receipt(stamp.source, stamp.key, name, kept, stamp.received_at)
    if refusal is not None:
        raise refusal
    return result  # type: ignore[no-any-return]


def _digest(name: str, arguments: dict[str, Any]) -> bytes:
    """Return the keyed hash of a command and its arguments."""
    return salted_hmac("wangge.receipt", canonical([name, arguments]), algorithm="sha256").digest()


def _first_answer(key: str, first: FirstAnswer, digest: bytes, answer_type: Any) -> tuple[Any, Refused | None]:
    """Return the answer or the refusal that the receipt keeps."""
    if first.digest != digest:
        return None, Refused("journal.key_reused", key=key)
    if first.refused:
        said = msgspec.json.decode(first.answer)
        return None, Refused(said["code"], **said["facts"])
    return msgspec.json.decode(first.answer, type=answer_type), None
