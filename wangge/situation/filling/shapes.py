"""What a filling looks like before it is drawn: questions with their names on the page, values, choices and faults."""

from dataclasses import dataclass

# How many choices are still shown as buttons of their own; more than these become one list to open.
BUTTONS_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a question as it is drawn; ``place`` is its place in an order that is asked for."""

    value: str
    label: str
    id: str
    chosen: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question as it is drawn. ``form`` is how: text, long, number, date, time, datetime, one, list, many, order,
    tick, note or told.

    ``fault`` is the code of what is wrong with the answer, ``fault_words`` what the questionnaire itself says about
    it. ``shown`` is false while the answers given so far do not ask for it. ``alive`` says that its words or choices
    depend on other answers.
    """

    name: str
    html_name: str
    id: str
    type: str
    form: str
    label: str
    hint: str = ""
    required: bool = False
    unknown: bool = False
    is_unknown: bool = False
    value: str = ""
    options: tuple[Option, ...] = ()
    other: str | None = None
    low: str = ""
    high: str = ""
    fault: str = ""
    fault_words: str = ""
    shown: bool = True
    alive: bool = False
    part: str = "field"

    @property
    def grouped(self) -> bool:
        """Whether it is drawn as several controls below one heading."""
        return self.form in ("one", "many", "order")

    @property
    def described(self) -> str:
        """The id of what is said below the question, empty when nothing is."""
        return f"{self.id}-say" if self.fault or self.hint or self.high else ""

    @property
    def decimal(self) -> bool:
        """Whether the number may have decimals."""
        return self.type == "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions below a heading of their own."""

    name: str
    id: str
    label: str
    parts: "tuple[Part, ...]"
    shown: bool = True
    part: str = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The questions of a repeat for one member, or one time. ``added`` rows can be taken out again by ``drop``."""

    key: str
    heading: str
    parts: "tuple[Part, ...]"
    new_name: Field | None = None
    drop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Questions that are asked once for every member, or as often as somebody adds; ``add`` is the button's value."""

    name: str
    id: str
    label: str
    rows: tuple[Row, ...]
    of_members: bool
    rows_name: str
    row_keys: str
    add: str = ""
    fault: str = ""
    shown: bool = True
    part: str = "repeat"


Part = Field | Group | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One answer that cannot stay as it is: where it is, and the question's words."""

    id: str
    label: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingSeen:
    """A questionnaire as it is filled in, ready for ``shared/filling.html``.

    ``seen_name`` and ``seen`` are the hidden field that says which questions were shown; ``more`` tells that questions
    follow which nobody has seen yet.
    """

    id: str
    language: str
    title: str
    notice: str
    parts: tuple[Part, ...]
    seen_name: str
    seen: str
    wrong: tuple[Wrong, ...] = ()
    more: bool = False
