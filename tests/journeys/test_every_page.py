"""What holds for every page, whoever wrote it: all pages that links lead to are opened in a real browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.browsing import Browsing, Size, Window, broken_rules, runs_over
from tests.journeys.finding import Found, Walk, name_of

LANGUAGES = ("zh-hans", "zh-hant", "en")
# Three English words in a row on a Chinese page are a text that nobody translated; commands to type stay as they are.
ENGLISH = re.compile(r"\b(?!wangge )(?:[A-Za-z]*[a-z] ){2,}[A-Za-z]*[a-z]\b")
# A wall and paper have type of their own size.
FIXED = ("wall", "print")
VISIBLE_TEXT = "() => document.body.innerText"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was wrong with all pages, looked at in one way."""

    untranslated: list[str] = field(default_factory=list)
    inaccessible: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


# Window, language and colours of the two rounds in which every page is looked at closely.
ROUNDS: dict[Size, dict[str, Any]] = {
    "desk": {"language": "zh-hans", "color_scheme": "light"},
    "phone": {"language": "zh-hant", "color_scheme": "dark"},
}


def by_role(pages: list[Found]) -> dict[str, list[Found]]:
    """Return the pages under the role that found them, so that one window serves many."""
    roles: dict[str, list[Found]] = {}
    for found in pages:
        roles.setdefault(found.role, []).append(found)
    return roles


def visit(
    browsing: Browsing, pages: list[Found], size: Size, look: Callable[[Window, Found], None], **how: Any
) -> None:
    """Open every page in a window of that kind and look at it."""
    for role, found in by_role(pages).items():
        with browsing.window(role, size, **how) as window:
            for page in found:
                window.go(page.address)
                look(window, page)


@pytest.fixture(scope="module", params=["desk", "phone"])
def seen(request: pytest.FixtureRequest, browsing: Browsing, pages: list[Found]) -> Seen:
    """Look at every page once in the round of that window."""
    size: Size = request.param
    found = Seen()

    def look(window: Window, page: Found) -> None:
        window.shoot(page.name)
        words = ENGLISH.findall(window.page.evaluate(VISIBLE_TEXT))
        found.untranslated.extend(f"{page.name}: {word}" for word in words)
        found.too_wide.extend(runs_over(window.page))
        found.inaccessible.extend(broken_rules(window.page))
        found.faults.extend(window.faults)
        window.faults.clear()

    visit(browsing, pages, size, look, **ROUNDS[size])
    return found


def test_every_link_leads_to_a_page(walked: Walk) -> None:
    assert not walked.dead, "\n".join(walked.dead)


def test_every_page_loads_without_a_fault_and_asks_no_other_host(seen: Seen) -> None:
    assert not seen.faults, "\n".join(seen.faults)


def test_every_page_passes_axe(seen: Seen) -> None:
    assert not seen.inaccessible, f"{len(seen.inaccessible)} faults:\n" + "\n".join(seen.inaccessible)


def test_every_page_fits_its_window(seen: Seen) -> None:
    assert not seen.too_wide, "\n".join(seen.too_wide)


def test_no_chinese_page_speaks_english(seen: Seen) -> None:
    assert not seen.untranslated, "\n".join(seen.untranslated)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_fits_with_large_type_and_in_english(browsing: Browsing, pages: list[Found], size: Size) -> None:
    broken: list[str] = []

    def look(window: Window, page: Found) -> None:
        window.shoot(f"{page.name}-large-en")
        whole = window.page.locator("html")
        if whole.get_attribute("data-face") not in FIXED and whole.get_attribute("data-size") != "large":
            broken.append(f"{page.name} stays small")
        broken.extend(runs_over(window.page))

    visit(browsing, pages, size, look, language="en", large=True)
    assert not broken, "\n".join(broken)


def test_every_page_works_without_javascript(browsing: Browsing, pages: list[Found]) -> None:
    def look(window: Window, page: Found) -> None:
        assert window.page.locator("h1").first.is_visible(), page.address

    visit(browsing, pages, "desk", look, java_script_enabled=False)


def test_large_type_and_language_change_without_javascript(browsing: Browsing) -> None:
    with browsing.window("community_lead", language="", java_script_enabled=False) as window:
        window.go("/")
        window.page.locator("form[action='/large-type'].wide-only button").click()
        assert window.page.locator("html").get_attribute("data-size") == "large"
        window.page.locator("details.wide-only summary").click()
        window.page.locator("details.wide-only button[value=en]").click()
        assert window.page.locator("html").get_attribute("lang") == "en"


def test_the_language_changes_on_every_page_of_the_menu_and_the_page_stays(browsing: Browsing) -> None:
    with browsing.window("community_lead", language="") as window:
        window.go("/")
        for href in window.menu():
            window.go(href)
            spoken = {_switch(window, language) for language in LANGUAGES}
            assert window.page.url == href
            assert len(spoken) == len(LANGUAGES), f"{name_of(href)} says the same in two languages"


def _switch(window: Window, language: str) -> str:
    """Choose a language in the top line; return what the menu and the heading say then."""
    window.page.locator("details.wide-only summary").click()
    window.page.locator(f"details.wide-only button[value={language}]").click()
    window.page.locator(f"html[lang='{language}' i]").wait_for(state="attached")
    return window.page.locator("#menu").inner_text() + window.page.locator("h1").first.inner_text()
