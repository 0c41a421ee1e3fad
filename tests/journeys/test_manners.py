"""Keyboard, small screens, double clicks, going back, other people's places, a session that ran out."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from tests.journeys.browsing import Browsing, Window, broken_rules, runs_over
from tests.journeys.finding import name_of
from tests.journeys.serving import Town

TOWNSHIP = "371323999"
NOWHERE = 99_999_999
HOUSEHOLD = re.compile(r"/households/([0-9a-f-]{36})")


def area_ids(town: Town) -> dict[str, int]:
    """Return the ids of the areas below the township by name: the last step of a path is the area's own id."""
    below = town.wangge("area", "list", "--area", TOWNSHIP)["areas"]
    return {area["name"]: int(area["path"].rstrip(".").split(".")[-1]) for area in below}


def focused(window: Window) -> str:
    """Return the id of what has the focus."""
    found: str = window.page.evaluate("document.activeElement.id")
    return found


def test_the_first_tab_reaches_a_link_that_skips_to_the_content(browsing: Browsing) -> None:
    with browsing.window("clerk") as window:
        window.go("/")
        window.page.keyboard.press("Tab")
        assert "skip" in window.page.evaluate("document.activeElement.className")
        window.page.keyboard.press("Enter")
        assert focused(window) == "content"


def test_the_map_of_the_keyboard_opens_by_key_and_closes_again(browsing: Browsing) -> None:
    with browsing.window("clerk") as window:
        window.go("/")
        window.page.keyboard.press("?")
        window.page.locator("#dialog[open] #ask-title").wait_for()
        assert not broken_rules(window.page)
        window.page.keyboard.press("Escape")
        window.page.locator("#dialog").wait_for(state="hidden")


def test_keys_reach_the_search_and_rest_while_somebody_types(browsing: Browsing) -> None:
    with browsing.window("clerk") as window:
        window.go("/")
        window.page.keyboard.press("/")
        assert focused(window) == "q"
        window.page.keyboard.type("g?")
        assert window.page.locator("#q").input_value() == "g?"
        assert not window.page.locator("#switcher .pop").count()
        assert not window.page.locator("#dialog[open]").count()


def test_the_area_is_changed_by_keyboard_and_the_page_stays_the_same(browsing: Browsing) -> None:
    with browsing.window("town_lead") as window:
        window.go("/")
        board = next(href for href in window.menu() if name_of(href) == "board")
        window.go(board)
        window.page.keyboard.press("g")
        window.page.locator("#area-filter:focus").wait_for()
        assert not broken_rules(window.page)
        window.page.keyboard.type("翠湖")
        window.page.keyboard.press("ArrowDown")
        window.page.keyboard.press("Enter")
        window.page.wait_for_url(lambda there: there != board)
        assert "翠湖" in window.page.locator("#where").inner_text()
        assert name_of(window.page.url) == "board"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_a_phone_the_menu_opens_and_leads_on(browsing: Browsing, script: bool) -> None:
    with browsing.window("clerk", "phone", java_script_enabled=script) as window:
        window.go("/")
        window.page.locator("#menu-opener").click()
        entry = window.page.locator("#menu a:not(.brand)").last
        entry.wait_for(state="visible")
        there = entry.get_attribute("href")
        assert not runs_over(window.page)
        entry.click()
        window.page.wait_for_url(f"**{there}")


def _new_area(window: Window, community: int, name: str) -> None:
    """Fill the form for a new grid, and stay on it."""
    window.go(f"/areas/{community}/add")
    window.page.locator("main select[name=level]").select_option("grid")
    window.page.locator("main input[name=name]").fill(name)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_double_click_on_save_makes_one_thing(browsing: Browsing, town: Town, script: bool) -> None:
    name = f"连点{'有' if script else '无'}网格"
    community = area_ids(town)["翠湖社区"]
    with browsing.window("community_lead", java_script_enabled=script) as window:
        _new_area(window, community, name)
        window.page.locator("main form button.primary").dblclick()
        window.page.wait_for_url(re.compile(rf"/areas/{community}/?$"))
        window.page.wait_for_load_state()
    assert _named(town, community, name) == 1


def _named(town: Town, community: int, name: str) -> int:
    """Count the areas of that name right below the community."""
    codes = {area["name"]: area["code"] for area in town.wangge("area", "list", "--area", TOWNSHIP)["areas"]}
    below = town.wangge("area", "list", "--area", codes["翠湖社区"])["areas"]
    return sum(area["name"] == name for area in below)


def test_reload_and_back_after_saving_neither_save_again_nor_fail(browsing: Browsing, town: Town) -> None:
    community = area_ids(town)["翠湖社区"]
    with browsing.window("community_lead") as window:
        _new_area(window, community, "回退网格")
        window.page.locator("main form button.primary").click()
        window.page.locator(".toast").wait_for()
        window.page.reload()
        assert not window.page.locator(".toast").count(), "what was said once is said again"
        window.page.go_back()
        assert window.page.locator("main form input[name=name]").is_visible()
        window.page.go_forward()
        assert window.page.locator("h1").first.is_visible()
    assert _named(town, community, "回退网格") == 1


def _addresses(converter: type, value: object) -> Iterator[str]:
    """Yield every address of the desk that takes exactly one such id."""
    patterns = [pattern for root in get_resolver().url_patterns for pattern in getattr(root, "url_patterns", [root])]
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        taken = list(pattern.pattern.converters.items())
        if len(taken) == 1 and isinstance(taken[0][1], converter):
            yield "/" + re.sub(r"<\w+:\w+>", str(value), str(pattern.pattern))


def _seen(window: Window, address: str) -> tuple[int, str]:
    """Return the status and text of what the address gives, without the address itself and one-time tokens."""
    answer = window.page.context.request.get(window.url + address, max_redirects=0)
    text = re.sub(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}|\d{2,}", "", answer.text())
    return answer.status, text


def test_another_communitys_area_looks_like_one_that_does_not_exist(browsing: Browsing, town: Town) -> None:
    other = area_ids(town)["石桥村"]
    with browsing.window("clerk") as window:
        addresses = list(_addresses(IntConverter, other))
        assert addresses
        for address in addresses:
            nowhere = address.replace(str(other), str(NOWHERE))
            assert _seen(window, address)[0] in (403, 404, 405), address
            assert _seen(window, address) == _seen(window, nowhere), address


def test_another_communitys_household_looks_like_one_that_does_not_exist(browsing: Browsing, town: Town) -> None:
    with browsing.window("town_lead") as window:
        listed = window.page.context.request.get(f"{town.url}/areas/{area_ids(town)['石桥村']}/doors").text()
        other = HOUSEHOLD.findall(listed)[0]
        assert _seen(window, f"/households/{other}/visit")[0] == 200
    with browsing.window("clerk") as window:
        addresses = [one for one in _addresses(UUIDConverter, other) if one.startswith("/households/")]
        assert addresses
        for address in addresses:
            nowhere = address.replace(other, str(uuid4()))
            assert _seen(window, address)[0] in (404, 405), address
            assert _seen(window, address) == _seen(window, nowhere), address


def test_what_was_typed_when_the_session_ran_out_is_saved_after_signing_in_again(
    browsing: Browsing, town: Town
) -> None:
    community = area_ids(town)["翠湖社区"]
    with browsing.window("community_lead", expected=frozenset({401, 403})) as window:
        _new_area(window, community, "过期网格")
        window.page.context.clear_cookies(name="wangge_session")
        window.page.locator("main form button.primary").click()
        window.page.locator("#lost").wait_for(state="visible")
        assert window.page.locator("main input[name=name]").input_value() == "过期网格"
        assert _named(town, community, "过期网格") == 0
        other = window.page.context.new_page()
        other.goto(town.wangge("sign-in-link", "he.min")["url"])
        other.locator("main form button").click()
        other.wait_for_url(f"{town.url}/**")
        window.page.locator("main form button.primary").click()
        window.page.locator(".toast").wait_for()
    assert _named(town, community, "过期网格") == 1


def test_without_script_a_session_that_ran_out_says_that_nothing_was_saved(browsing: Browsing, town: Town) -> None:
    community = area_ids(town)["翠湖社区"]
    with browsing.window("community_lead", java_script_enabled=False, expected=frozenset({401, 403})) as window:
        _new_area(window, community, "过期网格二")
        window.page.context.clear_cookies(name="wangge_session")
        window.page.locator("main form button.primary").click()
        window.page.locator("[role=alert]:visible, [role=status]:visible, [data-error]").first.wait_for()
    assert _named(town, community, "过期网格二") == 0
