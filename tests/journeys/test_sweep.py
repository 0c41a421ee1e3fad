"""A survey round from its order to its end: a leader, two workers on phones, a clerk with paper."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

from tests.journeys.browsing import Browsing, Window, broken_rules, runs_over
from tests.journeys.finding import name_of
from tests.journeys.serving import Town

NAME = "第二轮逐户排查"
RICE_AT_THE_DOOR, RICE_ON_PAPER = "20", "3"
OTHER_WORKER = "fang.yu"
GRID, COMMUNITY = "第1网格", "翠湖社区"
LATE = "23:59"
# The demonstration's own workers go on meanwhile: doors are done by more than those of this test.
OWN_DOORS = 2


def open_entry(window: Window, name: str) -> None:
    window.go(next(href for href in window.menu() if name_of(href) == name))


def number(shown: Locator) -> int:
    return int(re.sub(r"\D", "", shown.inner_text().splitlines()[0]))


def sound_page(window: Window, name: str) -> None:
    window.shoot(name)
    assert broken_rules(window.page) == []
    assert runs_over(window.page) == []


def start_round(window: Window) -> str:
    """Order a round of today and tomorrow over the community, and return its address."""
    page = window.page
    window.go("/")
    open_entry(window, "sweeps")
    page.locator("main a[href$='/sweeps/add']").first.click()
    page.locator("#id_name").fill(NAME)
    page.locator("#id_questionnaire").select_option(index=household_survey(page))
    sound_page(window, "sweep_ordered")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/sweeps/[0-9a-f-]{36}$"))
    return page.url


def household_survey(page: Page) -> int:
    words = page.locator("#id_questionnaire option").all_inner_texts()
    return next(at for at, one in enumerate(words) if "入户" in one or "household" in one.lower())


def deal(window: Window) -> None:
    """Give the doors that are open to everybody who works there."""
    window.page.locator("main a[href$='/deal']").click()
    window.page.locator("main form button.primary").click()
    window.page.locator(".toast").wait_for()


def doors_open(window: Window, address: str) -> int:
    window.go(address)
    return number(window.page.locator(".hero .big"))


def answer_everything(page: Page, rice: str) -> None:
    """Say of everybody that they live here, and how long the rice lasts."""
    for chip in page.locator("fieldset.filling-row label[for$='-presence-0']").all():
        chip.click()
    page.locator("#a-rice_days").fill(rice)


def first_door(window: Window, round_: str, query: str) -> str:
    """Open the form for a visit at the first door listed, and return what the door is called."""
    window.go(f"{round_}/doors?{query}")
    window.page.locator("main td.act a").first.tap()
    window.page.wait_for_url("**/visit?*")
    return window.page.locator("h1").first.inner_text().strip()


def found(page: Page, state: str) -> None:
    page.locator("label.chip", has=page.locator(f"input[name=state][value={state}]")).tap()


def done_with_answers(window: Window, round_: str) -> str:
    """Find somebody at home, ask everything, and return the door."""
    page = window.page
    door = first_door(window, round_, "state=open&worker=me")
    found(page, "done")
    page.locator("label.chip", has=page.locator("input[name=seen]")).first.tap()
    page.locator("main form button.primary").tap()
    page.wait_for_url("**/fill?*")
    answer_everything(page, RICE_AT_THE_DOOR)
    sound_page(window, "sweep_asked")
    page.locator(".fill-acts button.primary").tap()
    page.wait_for_url("**/doors?*")
    return door


def nobody_home(window: Window, round_: str) -> str:
    """Find nobody at home, promise to come again, and return the door."""
    page = window.page
    door = first_door(window, round_, "state=open&worker=me")
    found(page, "nobody_home")
    page.locator("#id_again").fill(LATE)
    page.locator("main form button.primary").tap()
    page.wait_for_url("**/doors?*")
    return door


def on_paper(door: str) -> re.Pattern[str]:
    """Return what a door is called inside its building, from building, stairwell and room."""
    *_, unit, room = door.split("-")
    return re.compile(rf"^{unit}单元{room}$" if door.count("-") == 2 else rf"^{room}室?$")


def print_building(window: Window, round_: str, door: str) -> str:
    """Print the pages of a door's building and return the code of the page with the door."""
    page = window.page
    window.go(f"{round_}/paper")
    building = re.match(r"\d+", door)
    assert building is not None
    label = page.locator("#id_area option", has_text=re.compile(rf"{GRID}\D*\b{building[0]}\s*(号楼|栋|幢)?$"))
    page.locator("#id_area").select_option(value=label.first.get_attribute("value"))
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/paper/[0-9a-f-]{36}$"))
    sheet = page.locator("section.a4", has=page.locator("td strong", has_text=on_paper(door)))
    return sheet.locator(".pfoot strong").first.inner_text().strip()


def key_row(window: Window, code: str, door: str) -> None:
    """Key what a page says about a door: done, with other words about the rice."""
    page = window.page
    window.go("/keying")
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/keying/.+/\d+"))
    page.locator(".rows-list a", has=page.locator(".grow", has_text=on_paper(door))).click()
    page.locator(".rows-list li.now .grow", has_text=on_paper(door)).wait_for()
    page.locator("label.chip", has=page.locator("input[name=state][value=done]")).click()
    page.locator("#id_at").fill(datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H%M"))
    answer_everything(page, RICE_ON_PAPER)
    window.shoot("sweep_keyed")
    here = page.url
    # from the last question to its "don't know", to the button, and saved
    for _ in range(3):
        page.keyboard.press("Enter")
    page.wait_for_url(lambda there: there != here)


def settle(window: Window, round_: str, door: str) -> None:
    """Open what contradicts at a door and say that the paper holds."""
    page = window.page
    open_entry(window, "contradictions")
    window.go(f"{page.url.split('?')[0]}?round={round_.rpartition('/')[2]}")
    page.locator("tr[data-row] a.strong", has_text=re.compile(f"^{re.escape(door)}$")).first.click()
    page.locator(".said-side", has_text=RICE_ON_PAPER).first.click()
    page.locator("#id_reason").fill("纸上写的是当天")
    sound_page(window, "sweep_contradiction")
    page.locator("form.settle button.tall").click()
    page.locator(".toast").wait_for()


def test_a_round_is_ordered_walked_keyed_settled_and_closed(browsing: Browsing, town: Town) -> None:
    with browsing.window("community_lead") as leader:
        round_ = start_round(leader)
        deal(leader)
        before = doors_open(leader, round_)
        with browsing.window("grid_worker", "phone") as worker:
            done = done_with_answers(worker, round_)
            promised = nobody_home(worker, round_)
        assert done != promised
        assert doors_open(leader, round_) <= before - 1
        with browsing.window("clerk") as clerk:
            clerk.go("/")
            code = print_building(clerk, round_, done)
            key_row(clerk, code, done)
            settle(clerk, round_, done)
        with browsing.window(size="phone") as other:
            other.go(town.wangge("sign-in-link", OTHER_WORKER)["url"])
            other.page.locator("main form button").tap()
            other.page.wait_for_url(lambda there: "/sign-in" not in there)
            assert first_door(other, round_, f"state=again&q={promised}") == promised
            found(other.page, "done")
            other.page.locator("main form button.primary").tap()
            other.page.wait_for_url("**/fill?*")
        assert doors_open(leader, round_) <= before - OWN_DOORS
        look_at_the_board(leader)
        close(leader, round_)


def look_at_the_board(window: Window) -> None:
    """See the round on the board, and from there on the wall."""
    page = window.page
    open_entry(window, "board")
    assert NAME in page.locator(".title").inner_text()
    told = number(page.locator(".hero .big"))
    with page.context.expect_page() as opened:
        page.locator("main a[href$='/wall']").click()
    wall = opened.value
    wall.locator("#wall").wait_for()
    assert str(told)[:1] in wall.locator("main").inner_text()
    wall.close()


def close(window: Window, round_: str) -> None:
    """Close the round and see that nothing of it can be recorded any more."""
    page = window.page
    window.go(f"{round_}/close")
    page.locator("#ask-form button").click()
    page.wait_for_url(round_)
    assert page.locator("main form[action$='/reopen']").count() == 1
    window.shoot("sweep_closed")
    window.go(f"{round_}/doors")
    assert page.locator("main td.act").count() == 0
