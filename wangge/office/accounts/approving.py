"""Approvals: a second person's yes to one act of somebody else, told as a code."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render

from wangge.access import commands, queries, tokens
from wangge.kernel.refused import Refused
from wangge.office.accounts.forms import ApprovalForm
from wangge.office.viewing import Desk, chosen_area, page
from wangge.words import say

GIVE = "approval.give"


@page(GIVE, methods=("GET", "POST"))
def approvals(request: Desk) -> HttpResponse:
    """Give an approval, shown once as a code, and list those given before."""
    here = chosen_area(request, GIVE)
    form = ApprovalForm(request.POST or None, viewer=request.viewer, here=here, initial={"area": here.pk})
    code, given = "", {}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        code = tokens.approval_code_of(request.stamp().key, request.viewer.account_id)
        try:
            commands.give_approval(
                stamp=request.stamp(),
                actor=request.viewer,
                digest=tokens.approval_digest(code),
                purpose=given["purpose"],
                area=int(given["area"]),
            )
        except Refused as refused:
            form.add_error(None, say(refused))
            code = ""
    context = {
        "area": here,
        "form": ApprovalForm(viewer=request.viewer, here=here, initial={"area": here.pk}) if code else form,
        "code": f"{code[:4]}-{code[4:]}" if code else "",
        "purpose": given.get("purpose", ""),
        "given": queries.approvals_by(viewer=request.viewer),
        "key": str(uuid4()),
    }
    return render(request, "office/accounts/approvals.html", context, status=422 if form.errors else 200)
