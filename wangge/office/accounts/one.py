"""One account: what it may do where, and shutting it out."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access import commands, queries
from wangge.access.queries import AccountPage
from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.words import label, say

MANAGE = "account.manage"
MOST_OVER = 20


def shown(request: Desk, account_id: UUID) -> AccountPage:
    """Return an account of the viewer's areas; the same 404 for any other and for none."""
    stamp = request.stamp()
    found = queries.account_page(viewer=request.viewer, account=account_id, at=stamp.at, on=stamp.day)
    if found is None:
        raise Http404
    return found


@page(MANAGE)
def account(request: Desk, account_id: UUID) -> HttpResponse:
    """Show one account with its duties."""
    one = shown(request, account_id)
    given = [(label("access.role", duty.role), duty) for duty in one.duties if not duty.dealt]
    context = {
        "one": one,
        "duties": [(role, duty) for role, duty in given if not duty.over],
        "over": [(role, duty) for role, duty in given if duty.over][:MOST_OVER],
        "buildings": sum(duty.dealt and not duty.over for duty in one.duties),
    }
    return render(request, "office/accounts/account.html", context)


@page(MANAGE, methods=("GET", "POST"))
def deactivate(request: Desk, account_id: UUID) -> HttpResponse:
    """Ask, and shut an account out."""
    one = shown(request, account_id)
    return ask(
        request, one,
        question=_("Shut %(name)s out?") % {"name": one.name},
        explained=_("It is signed out everywhere within a second. Its duties stay, and you can let it in again."),
        act=_("Shut out"),
        do=lambda: commands.set_active(
            stamp=request.stamp(), actor=request.viewer, account=account_id, active=False
        ),
    )  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def reactivate(request: Desk, account_id: UUID) -> HttpResponse:
    """Ask, and let an account in again."""
    one = shown(request, account_id)
    return ask(
        request, one,
        question=_("Let %(name)s in again?") % {"name": one.name},
        explained=_("It gets back what it may do today. Open sign-in links stay void: make a new one."),
        act=_("Let in"),
        do=lambda: commands.set_active(stamp=request.stamp(), actor=request.viewer, account=account_id, active=True),
    )  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def drop_factor(request: Desk, account_id: UUID) -> HttpResponse:
    """Ask, and take away the second factor of somebody who lost the phone."""
    one = shown(request, account_id)
    return ask(
        request, one,
        question=_("Take the second factor of %(name)s away?") % {"name": one.name},
        explained=_(
            "Only when you have seen or spoken to the person: whoever signs in next sets up a new one. "
            "It is signed out everywhere."
        ),
        act=_("Take away"),
        do=lambda: commands.drop_factor(stamp=request.stamp(), actor=request.viewer, account=account_id),
    )  # fmt: skip


def ask(
    request: Desk, one: AccountPage, *, question: str, explained: str, act: str, do: Callable[[], object]
) -> HttpResponse:
    """Ask a question about an account on a page of its own; do it when the answer is sent, and say why if refused."""
    back, refusal = reverse("account_one", args=[one.id]), ""
    if request.method == "POST":
        try:
            do()
        except Refused as refused:
            if hides_existence(refused) or refused.code == "access.second_factor_needed":
                raise
            refusal = say(refused)
        else:
            return go(request, back, say="saved")
    context = {
        "question": question, "explained": explained, "act": act, "back": back, "refusal": refusal,
        "key": str(uuid4()), "keep": _("Keep as it is"),
    }  # fmt: skip
    return render(request, "office/accounts/ask.html", context, status=422 if refusal else 200)
