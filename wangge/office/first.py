"""The page with which work begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wangge.office.viewing import Desk, home_area, page

# Where each kind of work begins: the verb, the page, what its address asks for.
FIRST_PAGES = (
    ("board.read", "board", ""),
    ("visit.record", "doors", "?worker=me&state=open"),
    ("register.read", "register", ""),
)


@page()
def home(request: Desk) -> HttpResponse:
    """Go to the page where this account's work begins, or say that nothing has been assigned to it."""
    for verb, name, query in FIRST_PAGES:
        if request.viewer.reaches(verb):
            here = home_area(request.viewer, verb)
            return redirect(reverse(name, args=[here.id]) + query)
    return render(request, "office/desk/nothing.html")
