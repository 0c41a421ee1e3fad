"""A day at work, one role at a time: what each does most often, in the way they do it."""

import re
import time

from playwright.sync_api import Page

from tests.journeys.browsing import Browsing, Window
from tests.journeys.finding import name_of
from wangge.kernel.identity import check_digit

MINUTE = 60
# Visits that the demonstration's own workers may record between two looks at the board.
PLAYED_MEANWHILE = 12
DOOR = "99-1-101"
OF_THE_GRID = "fang.yu"
# Name, number without its check digit, telephone, and how far down the list the relation to the head stands.
FAMILY = (
    ("欧阳建国", "42282719550312901", "15400000001", 0),
    ("司马秀英", "42282719570821902", "15400000002", 2),
    ("欧阳志远", "42282719820504903", "15400000003", 3),
    ("诸葛春燕", "42282719840917904", "", 3),
    ("欧阳小帆", "42282720140206905", "", 5),
)


def open_entry(window: Window, name: str) -> None:
    """Go to the page that the menu offers under this URL name."""
    window.go(next(href for href in window.menu() if name_of(href) == name))


def type_family(page: Page) -> None:
    """Fill the family's form by keyboard only: type what the focused field asks for, Enter goes on."""
    for nth, (name, number, phone, downs) in enumerate(FAMILY):
        said = {"name": name, "number": number + check_digit(number), "phones": phone}
        while True:
            field = page.evaluate("document.activeElement.name || ''")
            row, _, key = field.rpartition("-")
            if row and row != f"m{nth}":
                break
            if key in said:
                page.keyboard.type(said[key])
            for _ in range(downs if key == "relation" else 0):
                page.keyboard.press("ArrowDown")
            if field == "door":
                page.keyboard.type(DOOR)
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.name || ''") != field, f"Enter does not leave {field}"


def test_a_clerk_registers_a_family_of_five_by_keyboard_in_under_a_minute(browsing: Browsing) -> None:
    with browsing.window("clerk") as window:
        window.go("/")
        open_entry(window, "register")
        page = window.page
        begun = time.monotonic()
        page.keyboard.press("n")
        page.wait_for_url(re.compile(r"/households/add"))
        page.locator("input[name=door]:focus").wait_for()
        type_family(page)
        window.shoot("family-typed")
        while not page.locator("button.primary:focus").count():
            page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/households/[0-9a-f-]{36}$"))
        assert time.monotonic() - begun < MINUTE
        window.shoot("family-saved")
        shown = page.locator("main").inner_text()
        assert all(name in shown for name, *_ in FAMILY)
        assert not any(number in shown for _, number, *_ in FAMILY), "numbers are not masked"
        page.keyboard.press("/")
        page.keyboard.type("oyjg")
        page.locator("#hits a", has_text="欧阳建国").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/households/[0-9a-f-]{36}$"))


def test_a_worker_records_a_visit_on_a_phone(browsing: Browsing) -> None:
    with browsing.window("grid_worker", "phone") as window:
        page = window.page
        window.go("/")
        page.locator("#menu-opener").tap()
        page.locator("#menu a[href$='/doors']").tap()
        page.locator("main a.chip[href*='state=open']").tap()
        page.wait_for_url("**state=open*")
        record = page.locator("main a[href*='/visit?']").first
        household = str(record.get_attribute("href")).split("/")[2]
        record.tap()
        page.wait_for_url("**/visit?*")
        door = page.locator("h1").first.inner_text()
        page.locator("label.chip", has=page.locator("input[value=done]")).tap()
        page.locator("label.chip", has=page.locator("input[name=seen]")).first.tap()
        window.shoot("visit-filled")
        page.locator("main form button.primary").tap()
        toast = page.locator(".toast")
        toast.wait_for()
        assert door in toast.inner_text()
        window.shoot("visit-recorded")
        assert not page.locator(f"main a[href*='{household}/visit']").count(), "a door that is done is still open"


def test_a_lead_gives_the_buildings_of_a_grid_to_fewer_workers_and_back(browsing: Browsing) -> None:
    with browsing.window("community_lead") as window:
        page = window.page
        window.go("/")
        open_entry(window, "board")
        page.locator("main a[href^='/board/']", has_text="第1网格").first.click()
        page.locator("main a[href$='/duties']").first.click()
        box = page.locator("label.check", has_text=OF_THE_GRID).locator("input[name=workers]")
        left_out = str(box.get_attribute("value"))
        for ticks, others in ((False, 0), (True, 1)):
            page.locator(f"input[name=workers][value='{left_out}']").set_checked(ticks)
            page.locator("form[action$='/deal'] button").click()
            page.locator(".toast").wait_for()
            given = page.locator(f"select option[selected][value='{left_out}']").count()
            assert given >= others if ticks else given == 0
            assert page.locator("#hands option[value='']").count() == 0, "a building is nobody's after dealing"


def test_the_number_on_the_board_opens_the_list_that_makes_it(browsing: Browsing) -> None:
    with browsing.window("community_lead") as window:
        page = window.page
        window.go("/")
        open_entry(window, "board")
        number = page.locator(".hero .big a")
        told = int(re.sub(r"\D", "", number.inner_text().splitlines()[0]))
        number.click()
        assert name_of(page.url) == "sweep_doors"
        listed = int(re.sub(r"\D", "", page.locator("main .chip[aria-current] b").inner_text()))
        assert abs(told - listed) <= PLAYED_MEANWHILE
