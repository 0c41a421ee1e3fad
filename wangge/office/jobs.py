"""A long job as its component (``office/parts/job.html``) shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How far a job is, and where the page asks again; ``total`` is 0 as long as nobody has counted."""

    title: str
    value: int
    total: int
    unit: str
    address: str
    left: str = ""
    steps: tuple[object, ...] = ()
    over: bool = False
