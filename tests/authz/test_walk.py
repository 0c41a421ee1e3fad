"""The walk: every route x everybody x where its thing lies x method, against the reviewed table."""

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.authz import table, world
from tests.authz.table import METHODS, Route
from tests.authz.world import NOBODY, WHO, World
from wangge.access.queries import forget_viewers
from wangge.places.models import Installation
from wangge.places.queries import forget_installation

pytestmark = pytest.mark.django_db
ROUTES = sorted(name for name, row in table.table().items() if row.route in dict(table.routes()))


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: "pytest.FixtureRequest") -> Iterator[World]:
    """Build the world once for all routes, and leave nothing of it."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        from wangge.privacy import vault

        vault.make_keys()
        forget_installation()
        forget_viewers()
        yield world.build()
        transaction.set_rollback(True)


def address(route: Route, county: World, relation: str) -> str | None:
    """Return the address of a route for the thing in a relation; None when no such thing lies there."""
    names = {name: _thing(county, kind, relation) for name, kind in route.names.items()}
    query = {name: _thing(county, kind, relation) for name, kind in route.query.items()}
    if None in names.values() or None in query.values():
        return None
    there = reverse(route.route, kwargs=names)
    return f"{there}?{urlencode(query)}" if query else there


def _thing(county: World, kind: str, relation: str) -> object | None:
    """Return a thing in a relation; ``kind@relation`` is always the one of that relation."""
    kind, _, fixed = kind.partition("@")
    return county.thing(kind, fixed or relation)


def ask(client: Client, method: str, there: str, route: Route) -> HttpResponse:
    """Send one request, undo what a form did, and return the answer."""
    if method != "POST":
        return client.generic(method, there)  # type: ignore[return-value]
    with transaction.atomic():
        answer = client.post(there, {"key": str(uuid4()), **route.data})
        transaction.set_rollback(True)
    if answer.status_code in (200, 303):
        forget_viewers()
    return answer  # type: ignore[return-value]


# One browser takes everybody's cookies in turn: a new one would load every middleware again.
BROWSER, FORGER = Client(), Client(enforce_csrf_checks=True)


def browser(county: World, who: str, client: Client = BROWSER) -> Client:
    """Return a browser with the cookies that somebody had when the world was built."""
    client.cookies = county.clients[who].cookies.copy()  # type: ignore[assignment]
    return client


WALK = [(name, method) for name in ROUTES for method in table.table()[name].methods]


@pytest.mark.parametrize(("name", "method"), WALK)
def test_everybody_gets_what_the_table_says(name: str, method: str, county: World) -> None:
    route, may = table.table()[name], table.verbs()
    wrong = []
    for relation in route.relations:
        there = address(route, county, relation)
        if there is None:
            continue
        for who in WHO:
            answer = ask(browser(county, who), method, there, route)
            expected = route.expected(who, relation, method, may)
            if answer.status_code != expected:
                wrong.append(f"{method} {there} as {who} ({relation}): {answer.status_code}, not {expected}")
            elif 300 <= expected < 400 and who == NOBODY and route.needs != table.OPEN:
                assert answer["Location"].startswith("/sign-in"), (there, answer["Location"])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ROUTES)
def test_other_methods_are_not_answered(name: str, county: World) -> None:
    route = table.table()[name]
    there = address(route, county, "own")
    assert there is not None
    for method in set(METHODS) - set(route.methods):
        for who in (NOBODY, "administrator"):
            assert ask(browser(county, who), method, there, route).status_code == 405, (method, who)
    if "GET" in route.methods:
        status = ask(browser(county, "administrator"), "HEAD", there, route).status_code
        assert status == route.expected("administrator", "own", "GET", table.verbs())


@pytest.mark.parametrize("name", [name for name in ROUTES if "POST" in table.table()[name].methods])
def test_a_forged_form_is_refused(name: str, county: World) -> None:
    route = table.table()[name]
    there = address(route, county, "own")
    assert there is not None
    for who in ("administrator", NOBODY):
        assert ask(browser(county, who, FORGER), "POST", there, route).status_code == 403, who


@pytest.mark.parametrize("name", [name for name in ROUTES if table.table()[name].headers])
def test_no_page_is_kept_by_browsers_and_every_page_has_a_content_policy(name: str, county: World) -> None:
    route = table.table()[name]
    method = "GET" if "GET" in route.methods else "POST"
    for relation in route.relations:
        there = address(route, county, relation)
        if there is None:
            continue
        for who in ("administrator", "guard", NOBODY):
            answer = ask(browser(county, who), method, there, route)
            # a redirect is not kept unless it says so
            kept = "no-store" not in answer.get("Cache-Control", "")
            assert not kept or answer.status_code in (302, 303), (there, who)
            policy = answer.get("Content-Security-Policy", "")
            assert "default-src 'self'" in policy, (there, who)
            assert "unsafe" not in policy, (there, who)
            assert answer["X-Frame-Options"] == "DENY", (there, who)
            assert answer["X-Content-Type-Options"] == "nosniff", (there, who)


@pytest.fixture
def _earnest() -> Iterator[None]:
    """Let the installation be no demonstration, so that it asks for second factors."""
    Installation.objects.update(demonstration=False)
    forget_installation()
    forget_viewers()
    yield
    forget_installation()
    forget_viewers()


@pytest.mark.usefixtures("_earnest")
@pytest.mark.parametrize("name", [name for name in ROUTES if table.table()[name].needs in table.second_factor_verbs()])
def test_without_second_factor_command_export_and_administration_lead_to_the_page_that_asks_for_it(
    name: str, county: World
) -> None:
    route = table.table()[name]
    there = address(route, county, "own")
    assert there is not None
    for method in route.methods:
        answer = ask(browser(county, "administrator"), method, there, route)
        assert (answer.status_code, answer.get("Location", "")[:8]) == (302, "/confirm"), method
        answer = ask(browser(county, "volunteer"), method, there, route)
        assert answer.status_code == 403, method
