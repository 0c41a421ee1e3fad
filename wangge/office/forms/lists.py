"""The list of forms that hold in an area, and the list of what was taken out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wangge.access.exporting import VERB
from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE, Column, listing
from wangge.office.rights.sheets import CSV, TYPES, csv_lines
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places.models import Area
from wangge.privacy.looks import list_digest, log_list
from wangge.situation.forms import keeping, queries
from wangge.situation.forms.keeping import ExportLine
from wangge.situation.forms.queries import MANAGE, ProfileSeen
from wangge.words import label

EXPORT_LOOKS = {
    "waiting": "wait", "making": "wait", "ready": "done", "handed": "done", "failed": "stop", "gone": "gone",
}  # fmt: skip
STATE_LOOKS = {"shipped": "none", "draft": "wait", "published": "done", "retired": "gone"}
COLUMNS: tuple[Column[ProfileSeen], ...] = (
    Column(key="name", label=gettext_lazy("Form"), by=lambda one: (one.name, one.code)),
    Column(key="code", label=gettext_lazy("Code"), by=lambda one: one.code),
    Column(key="grain", label=gettext_lazy("Rows about"), by=lambda one: one.body.grain),
    Column(key="audience", label=gettext_lazy("Who asks for it"), by=lambda one: (one.body.audience, one.code)),
    Column(key="state", label=gettext_lazy("State"), by=lambda one: (one.state, one.code)),
    Column(key="version", label=pgettext_lazy("form", "Version"), by=lambda one: (one.version, one.code), number=True),
)
MOST_CSV = 5_000


@page(VERB)
def forms(request: Desk, area_id: int) -> HttpResponse:
    """List the forms that hold in an area; each leads to its preview."""
    here = area_or_404(request.viewer, VERB, area_id)
    lines = queries.profiles(viewer=request.viewer, area=here)
    text = request.GET.get("q", "").strip()[:60]
    found = [one for one in lines if _matches(one, text)]
    rows = listing(request.GET, found, COLUMNS, sort="code")
    context = {
        "area": here,
        "rows": rows,
        "lines": [
            (one, label("forms.grain", one.body.grain), STATE_LOOKS[one.state], label("forms.state", one.state))
            for one in rows.rows
        ],
        "text": text,
        "may_manage": request.viewer.holds_at(MANAGE, here.path),
    }
    return render(request, "office/forms/list.html", context)


def _matches(one: ProfileSeen, text: str) -> bool:
    return not text or any(text.casefold() in said.casefold() for said in (one.name, one.code, one.body.audience))


@page(VERB)
def exports(request: Desk, area_id: int) -> HttpResponse:
    """List what was taken out of an area: by whom, what for, of how many people, until when it is kept."""
    here = area_or_404(request.viewer, VERB, area_id)
    text = request.GET.get("q", "").strip()[:60]
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    lines, total = keeping.exports(viewer=request.viewer, path=here.path, text=text, offset=offset, limit=PAGE_SIZE)
    _saw(request, here, [line.id for line in lines])
    context = {
        "area": here,
        "rows": paged(request.GET, total, lines),
        "lines": [(one, EXPORT_LOOKS[one.state], label("forms.export_state", one.state)) for one in lines],
        "text": text,
    }
    return render(request, "office/forms/exports.html", context)


@page(VERB)
def exports_csv(request: Desk, area_id: int) -> HttpResponse:
    """Hand out the list of what was taken out, as text."""
    here = area_or_404(request.viewer, VERB, area_id)
    lines, _total = keeping.exports(viewer=request.viewer, path=here.path, limit=MOST_CSV)
    _saw(request, here, [line.id for line in lines])
    head = [
        _("Mark"), _("Form"), _("Version"), _("Area"), pgettext("export", "Who"),
        pgettext("export", "What for"), _("File"), pgettext("export", "People"), _("When"),
        _("State"),
    ]  # fmt: skip
    answer = HttpResponse("".join(csv_lines(head, (_cells(one) for one in lines))), content_type=TYPES[CSV])
    answer["Content-Disposition"] = f'attachment; filename="exports-{here.code or here.pk}.csv"'
    return answer


def _cells(one: ExportLine) -> list[str]:
    return [
        one.mark, one.profile_name, str(one.version), one.area_name, one.maker, one.purpose, one.kind, str(one.people),
        f"{local_day(one.made_at, zone()).isoformat()} {wording.hour(one.made_at, zone())}",
        label("forms.export_state", one.state),
    ]  # fmt: skip


def _saw(request: Desk, here: Area, ids: list[UUID]) -> None:
    """Write that the list was looked at: it says who takes what out."""
    log_list(
        at=request.stamp().at,
        viewer_number=request.viewer.number,
        what="exports",
        path=here.path,
        count=len(ids),
        digest=list_digest(ids),
        purpose="audit",
        channel="desk",
    )
