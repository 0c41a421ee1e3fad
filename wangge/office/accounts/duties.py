"""Giving an account a duty, and ending one."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access import commands
from wangge.access.rules import Role
from wangge.kernel.refused import Refused
from wangge.office.accounts.forms import DutyForm, EndForm
from wangge.office.accounts.lists import form_page
from wangge.office.accounts.one import shown
from wangge.office.viewing import Desk, chosen_area, go, hides_existence, page
from wangge.words import label, say

MANAGE = "account.manage"


@page(MANAGE, methods=("GET", "POST"))
def add(request: Desk, account_id: UUID) -> HttpResponse:
    """Give an account a further duty."""
    one = shown(request, account_id)
    here = chosen_area(request, MANAGE)
    first = {"from_on": request.stamp().day, "area": here.pk, "role": Role.GRID_WORKER.value}
    form = DutyForm(request.POST or None, viewer=request.viewer, here=here, initial=first)
    back = reverse("account_one", args=[account_id])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.grant_duty(
                stamp=request.stamp(),
                actor=request.viewer,
                account=account_id,
                role=Role(given["role"]),
                area=int(given["area"]),
                from_on=given["from_on"],
                to_on=form.to_on(),
            )
        except Refused as refused:
            _stays(form, refused)
        else:
            return go(request, back, say="saved")
    return form_page(request, here, form, _("Give %(name)s a duty") % {"name": one.name}, back)


@page(MANAGE, methods=("GET", "POST"))
def end(request: Desk, account_id: UUID, duty_id: int) -> HttpResponse:
    """End a duty now or with a last day."""
    one = shown(request, account_id)
    duty = next((duty for duty in one.duties if duty.id == duty_id and not duty.over), None)
    if duty is None:
        raise Http404
    here = chosen_area(request, MANAGE)
    form = EndForm(request.POST or None)
    back = reverse("account_one", args=[account_id])
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["last_on"]
        on = last + timedelta(days=1) if last else None
        try:
            commands.end_duty(stamp=request.stamp(), actor=request.viewer, duty=duty_id, on=on)
        except Refused as refused:
            _stays(form, refused)
        else:
            return go(request, back, say="saved")
    facts = {"name": one.name, "role": label("access.role", duty.role), "area": duty.area_name}
    return form_page(request, here, form, _("End the duty of %(name)s: %(role)s · %(area)s") % facts, back)


def _stays(form: DutyForm | EndForm, refused: Refused) -> None:
    """Say in the form why not; what must not tell whether something exists elsewhere is raised again."""
    if hides_existence(refused) or refused.code == "access.second_factor_needed":
        raise refused
    form.add_error(None, say(refused))
