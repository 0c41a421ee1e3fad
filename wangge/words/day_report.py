"""The words of the day on one page: made of a board, in the language that is active."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wangge.kernel.periods import zone_of
from wangge.places.queries import installation
from wangge.situation.board import DUE, OPEN, Board, Child
from wangge.situation.board.figures import flags
from wangge.situation.day_report import LISTS_MOST, NAMES_MOST, ROWS_MOST, DayReport, Figure
from wangge.surveys.rules.rounds import Numbers
from wangge.words import label

MEANS = ("doors_due", "doors_done", "doors_open", "persons_seen", "person_times", "silent")
GAPS_MEAN = ("unowned", "births_missing")
Row = tuple[float, float, tuple[str, ...]]
Counts = tuple[int, int, int, int, int]


def day_report(board: Board, *, zone: str) -> DayReport:
    """Return what stands on the page of a day; while a round was open on it, its doors lead."""
    opened = installation()
    swept = board.sweep
    counts = _of_round(swept.numbers) if swept else _of_day(board.counters)
    due, done, left, again, refused = counts
    return DayReport(
        script="TC" if get_language() == "zh-hant" else "SC",
        language=get_language() or "zh",
        authority=" · ".join(one for one in ((opened.authority, opened.legal_basis) if opened else ()) if one),
        title=_("%(name)s, daily report of %(day)s") % {"name": board.area.name, "day": board.day.isoformat()},
        under=_("As of %(when)s, up to line %(seq)s of the journal") % {
            "when": _instant(board.at, zone), "seq": f"{board.seq:,}",
        },
        round=_round(board, zone),
        lead=Figure(_("doors open"), f"{left:,}"),
        figures=(
            Figure(_("Due"), f"{due:,}"),
            Figure(_("Done"), f"{done:,}"),
            Figure(_("Come again"), f"{again:,}"),
            Figure(_("Refused"), f"{refused:,}"),
            Figure(_("Visits today") if swept else _("Visits"), f"{board.counters['visits']:,}"),
            Figure(_("Seen today") if swept else _("Persons seen"), f"{board.counters['persons_seen']:,}"),
        ),
        done=_share(done, due),
        again=_share(again, due),
        refused=_share(refused, due),
        heads=(_("Area"), _("Due"), _("Done"), _("Open"), _("Come again"), _("Refused"), _("Residents")),
        rows=_rows(board.children, of_sweep=swept is not None),
        lists=_lists(board),
        gaps=_gaps(board),
        trend_title=_("Doors done on the last 14 days"),
        trend=_trend(board),
        signed=(_("Filled in by"), _("Checked by"), _("Issued by")),
        means_title=_("What each number counts"),
        means=tuple(
            (label("boards.number", code), label("boards.means", code))
            for code in (*MEANS, *(GAPS_MEAN if board.gaps else ()))
        ),
        page=_("Page %(at)s of %(pages)s") % {"at": 1, "pages": 1},
        mark=opened.response if opened else "",
    )  # fmt: skip


def _of_day(counters: dict[str, int]) -> Counts:
    return (
        counters[DUE], counters["doors_done"], counters[OPEN], counters["doors_again"], counters["doors_refused"],
    )  # fmt: skip


def _of_round(found: Numbers) -> Counts:
    return found.due, found.done, found.open, found.revisit, found.refused


def _share(part: int, whole: int) -> float:
    return round(100 * min(max(part, 0), whole) / whole, 2) if whole else 0.0


def _instant(at: datetime, zone: str) -> str:
    return f"{at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"


def _round(board: Board, zone: str) -> str:
    """Return the sentence about the open round, empty without one."""
    swept = board.sweep
    if swept is None:
        return ""
    facts = {
        "name": swept.head.name, "day": swept.day_of(board.day), "days": swept.days,
        "deadline": _instant(swept.head.deadline, zone),
    }  # fmt: skip
    said = _("%(name)s: day %(day)s of %(days)s, due %(deadline)s") % facts
    if swept.forecast:
        ends = {"first": _instant(swept.forecast.from_at, zone), "last": _instant(swept.forecast.to_at, zone)}
        said += pgettext("between sentences", "; ") + _("expected to end between %(first)s and %(last)s") % ends
    return said


def _rows(children: Sequence[Child], *, of_sweep: bool) -> tuple[Row, ...]:
    """Return the areas below, those with most open doors first; what has no room is added up in one row."""
    counted = [
        (child.area.name, _of_round(child.swept) if of_sweep and child.swept else _of_day(child.counters),
         child.counters["residents"])
        for child in children
    ]  # fmt: skip
    counted.sort(key=lambda one: -one[1][2])
    shown, rest = counted[:ROWS_MOST], counted[ROWS_MOST:]
    if rest:
        sums = tuple(sum(one[1][n] for one in rest) for n in range(5))
        due, done, left, again, refused = sums
        name = _("%(n)s other areas") % {"n": len(rest)}
        shown.append((name, (due, done, left, again, refused), sum(one[2] for one in rest)))
    return tuple(_row(*one) for one in shown)


def _row(name: str, counts: Counts, residents: int) -> Row:
    due, done, _left, again, _refused = counts
    return _share(done, due), _share(again, due), (name, *(f"{one:,}" for one in (*counts, residents)))


def _lists(board: Board) -> tuple[tuple[str, str], ...]:
    """Return what is told by name: silent grids, late lists, priority groups."""
    found = []
    names = [patch.name for patch in board.silent[:NAMES_MOST]]
    more = board.silent_count - len(names)
    if more > 0:
        names.append(_("and %(n)s more") % {"n": f"{more:,}"})
    found.append((label("boards.number", "silent"), _(", ").join(names) if names else _("none")))
    if board.gaps and board.gaps.overdue:
        late = [f"{one.name} ({one.rows:,})" for one in board.gaps.overdue[:LISTS_MOST]]
        if len(board.gaps.overdue) > LISTS_MOST:
            late.append(_("and %(n)s more") % {"n": len(board.gaps.overdue) - LISTS_MOST})
        found.append((_("Lists past their deadline"), _(", ").join(late)))
    groups = [f"{label('people.flag', reason)} {number:,}" for reason, number in flags(board)]
    if groups:
        found.append((label("boards.number", "flags"), _(", ").join(groups)))
    return tuple(found)


def _gaps(board: Board) -> tuple[Figure, ...]:
    gaps = board.gaps
    if gaps is None:
        return ()
    numbers = {"unowned": gaps.unowned, "births_missing": gaps.births, "doorless": gaps.doorless}
    if gaps.contradictions is not None:
        numbers["contradictions_open"] = gaps.contradictions
    return tuple(Figure(label("boards.number", code), f"{number:,}") for code, number in numbers.items())


def _trend(board: Board) -> tuple[tuple[str, float, str], ...]:
    """Return doors done day by day, nothing where nothing was done."""
    most = max((one.done for one in board.trend), default=0)
    if most <= 0:
        return ()
    return tuple((f"{one.day.month}-{one.day.day}", _share(one.done, most), f"{one.done:,}") for one in board.trend)
