"""One demonstration and one Chromium for the whole run; a signed-in window for whoever asks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.journeys.browsing import Browsing
from tests.journeys.finding import Found, Walk, walk
from tests.journeys.serving import Town, serving
from tools.browser import FLAGS, ready, remedy

ROLES = ("town_lead", "community_lead", "clerk", "grid_worker", "auditor")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once."""
    program = ready()
    if program is None:
        pytest.fail("no Chromium here; type: " + remedy())
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps a loop running in this thread, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Serve one demonstration for the whole run."""
    with serving(Path(tmp_path_factory.mktemp("town"))) as served:
        yield served


@pytest.fixture(scope="session")
def browsing(chromium: Browser, town: Town) -> Browsing:
    """Sign every role in by its one-time link, and open windows with what that left behind."""
    states: dict[str, StorageState] = {}
    for role in ROLES:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(town.links[role])
        page.locator("main form button").click()
        page.wait_for_url(f"{town.url}/**")
        states[role] = context.storage_state()
        context.close()
    return Browsing(chromium, town.url, states)


@pytest.fixture(scope="session")
def walked(browsing: Browsing, town: Town) -> Walk:
    """Follow the links of every role."""
    whole = Walk([], [])
    for role in ("community_lead", "clerk", "grid_worker", "town_lead", "auditor"):
        with browsing.window(role) as window:
            part = walk(role, window.page.context.request, town.url, {one.name for one in whole.pages})
        whole.pages.extend(part.pages)
        whole.dead.extend(part.dead)
    return whole


@pytest.fixture(scope="session")
def pages(walked: Walk) -> list[Found]:
    """Return one address for every page that the links of some role lead to."""
    return walked.pages
