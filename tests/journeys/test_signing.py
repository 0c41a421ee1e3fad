"""Getting in, getting out, and what each role finds."""

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import ROLES
from tests.journeys.finding import links_of, menu_names, name_of
from tests.journeys.serving import Town


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_in_its_menu_what_it_may_do_and_nothing_else(browsing: Browsing, role: str) -> None:
    with browsing.window(role) as window:
        window.go("/")
        offered = links_of(window.page.content()).menu
        assert {name_of(href) for href in offered} == menu_names(role)
        for href in offered:
            window.go(href)
            assert window.page.locator("h1").first.inner_text().strip()
            assert window.page.locator("#menu a[aria-current=page]").count() == 1, f"{href} is not marked in the menu"


def test_a_link_that_was_used_says_so_and_signs_nobody_in(browsing: Browsing, town: Town) -> None:
    with browsing.window(expected=frozenset({410})) as window:
        window.go(town.links["clerk"])
        window.page.locator("main form button").click()
        assert window.page.locator("main [role=alert]").inner_text().strip()
        window.go("/")
        assert "/sign-in" in window.page.url


def test_whoever_is_signed_out_is_asked_to_sign_in_first(browsing: Browsing, town: Town) -> None:
    with browsing.window() as window:
        window.go("/search")
        assert window.page.url == f"{town.url}/sign-in?next=%2Fsearch"
        assert window.page.locator("main input[name=next]").get_attribute("value") == "/search"


def test_signing_out_ends_the_session(browsing: Browsing, town: Town) -> None:
    link = town.wangge("sign-in-link", "ma.yuan")["url"]
    with browsing.window() as window:
        window.go(link)
        window.page.locator("main form button").click()
        window.page.locator("header summary").last.click()
        window.page.locator("form[action='/sign-out'] button").click()
        window.page.wait_for_url("**/sign-in")
        window.page.go_back()
        window.page.wait_for_url("**/sign-in?next=*")
