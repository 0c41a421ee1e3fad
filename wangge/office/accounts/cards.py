"""Sign-in links shown once, and cards with them for several accounts, to be printed."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wangge.access import commands, queries, tokens
from wangge.access.commands import LinkWanted
from wangge.access.queries import AccountLine
from wangge.access.rules import CARDS_MOST
from wangge.kernel.refused import Refused
from wangge.office.accounts.lists import show
from wangge.office.accounts.one import shown
from wangge.office.signing.drawing import qr
from wangge.office.viewing import Desk, hides_existence, page
from wangge.words import label, say

MANAGE = "account.manage"
ON_A_SHEET = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One card as it is printed."""

    login: str
    name: str
    roles: tuple[str, ...]
    address: str
    drawn: SafeString
    until: datetime


@page(MANAGE, methods=("GET", "POST"))
def cards(request: Desk) -> HttpResponse:
    """Make sign-in cards for the accounts ticked, as A4 sheets; the same form sent again shows the same cards."""
    if request.method != "POST":
        return redirect("accounts")
    ids = [UUID(one) for one in request.POST.getlist("account")[: CARDS_MOST + 1] if _is_uuid(one)]
    key = request.stamp().key
    wanted = [LinkWanted(id_, tokens.token_digest(_token(request, key, id_))) for id_ in dict.fromkeys(ids)]
    try:
        made = commands.make_cards(stamp=request.stamp(), actor=request.viewer, links=wanted)
    except Refused as refused:
        if hides_existence(refused) or refused.code == "access.second_factor_needed":
            raise
        return show(request, refused=say(refused), ticked=frozenset(ids))
    lines = {
        line.id: line
        for line in queries.account_lines(
            viewer=request.viewer, on=request.stamp().day, ids=[link.account for link in made]
        )
    }
    drawn = [_card(request, lines[link.account], _token(request, key, link.account), link.expires_at) for link in made]
    return render(request, "office/accounts/cards.html", {
        "sheets": [drawn[start : start + ON_A_SHEET] for start in range(0, len(drawn), ON_A_SHEET)],
        "only_here": only_here(request),
        "back": reverse("accounts"),
    })  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def link(request: Desk, account_id: UUID) -> HttpResponse:
    """Ask, and make a sign-in link that is shown on this answer only."""
    one = shown(request, account_id)
    context = {
        "question": _("Make a sign-in link for %(name)s?") % {"name": one.name},
        "explained": _("It lets in whoever opens it, once, within a day. Hand it to the person and nobody else."),
        "act": _("Make the link"),
        "keep": _("Keep as it is"),
        "back": reverse("account_one", args=[account_id]),
        "key": str(uuid4()),
        "refusal": "",
    }
    if request.method == "POST":
        token = _token(request, request.stamp().key, account_id)
        try:
            until = commands.make_link(
                stamp=request.stamp(), actor=request.viewer, account=account_id, digest=tokens.token_digest(token)
            )
        except Refused as refused:
            if hides_existence(refused) or refused.code == "access.second_factor_needed":
                raise
            context["refusal"] = say(refused)
        else:
            address = _address(request, token)
            made = {
                "one": one, "address": address, "until": until, "only_here": only_here(request),
                "qr": qr(address, _("QR code of the sign-in link"), size=200),
            }  # fmt: skip
            return render(request, "office/accounts/link.html", made)
    return render(request, "office/accounts/ask.html", context, status=422 if context["refusal"] else 200)


def _token(request: Desk, key: str, account: UUID) -> str:
    """Return the token for an account that belongs to the form's key and to whoever sent it."""
    return tokens.token_of(f"{request.viewer.account_id}\0{key}", account)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("sign_in_by_link", args=[token]))


def _card(request: Desk, line: AccountLine, token: str, until: datetime) -> Card:
    address = _address(request, token)
    return Card(
        login=line.login,
        name=line.name,
        roles=tuple(f"{label('access.role', duty.role)} · {duty.area_name}" for duty in line.roles[:3]),
        address=address,
        drawn=qr(address, _("QR code of the sign-in link")),
        until=until,
    )


def only_here(request: HttpRequest) -> bool:
    """Tell whether addresses made now work on this computer only, because the page was opened under its own name."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
