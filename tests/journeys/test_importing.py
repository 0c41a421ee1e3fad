"""A clerk brings a sheet in: columns set right and remembered, questions answered by key, an answer taken back."""

import re

import pytest

from tests.journeys.browsing import Browsing, Size, Window, broken_rules, runs_over

NUMBER = "43112619390123997X"
NUMBERS = {"desk": NUMBER, "phone": "431126193703259064"}
SHEET = (
    "房屋,姓名,与户主关系,身份证号,民族,电话一,说明文字\n"
    f"9号楼1单元101室,周民,户主,{NUMBER},汉族,13900000001,16963934191\n"
    f"9号楼1单元102室,周敏,户主,{NUMBER},汉族,13900000002,\n"
    "9号楼1单元103室,钱小七,户主,,汉族,,\n"
)


def sound_page(window: Window, name: str) -> None:
    window.shoot(name)
    assert broken_rules(window.page) == []
    assert runs_over(window.page) == []


def pressed(window: Window, key: str) -> None:
    """Press a key that sends a form, and wait for what comes of it."""
    with window.page.expect_navigation():
        window.page.keyboard.press(key)


def uploaded(window: Window, name: str, text: str) -> str:
    """Bring a file as far as its page, and return the page's address."""
    page = window.page
    window.go("/")
    address = page.locator("a[href$='/imports']").first.get_attribute("href")
    window.go(f"{address}/add")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.locator("main form button.btn.primary").click()
    page.wait_for_url(re.compile("/imports/[0-9a-f-]{36}"))
    return page.url


@pytest.mark.parametrize(("size", "language"), [("desk", "en"), ("phone", "zh-hans")])
def test_a_clerk_brings_a_sheet_in_and_answers_its_questions(browsing: Browsing, size: Size, language: str) -> None:
    text = SHEET.replace("9号楼", "9号楼" if size == "desk" else "8号楼").replace(NUMBER, NUMBERS[size])
    with browsing.window("clerk", size, language=language) as window:
        window.go("/")
        page = window.page
        here = uploaded(window, f"名册-{size}.csv", text)
        sound_page(window, "import_columns")
        page.locator("#columns select").last.select_option("phones")
        page.locator("#columns form").first.locator("button").click()
        page.wait_for_load_state()
        assert page.locator("#columns select").last.input_value() == "phones"
        page.locator("#profile-name").fill(f"街道表{size}")
        page.locator("#columns form").nth(1).locator("button").click()
        page.wait_for_load_state()
        assert "1" in page.locator("#columns .head").inner_text()
        page.locator(".title form button.primary").click()
        page.wait_for_selector(f"a[href$='{here.split('/')[-1]}/asks']", timeout=60_000)
        page.goto(f"{here}/asks")
        sound_page(window, "import_asks")
        if page.locator(".answers").count():  # a matcher that is sure asks nothing
            pressed(window, "l")
            pressed(window, "d")
            page.wait_for_selector(".empty")
            sound_page(window, "import_asks_done")
            pressed(window, "b")
            page.wait_for_selector(".answers")
            page.go_back()
            page.goto(f"{here}/asks")
            pressed(window, "1")
            page.wait_for_selector(".empty")
        page.goto(here)
        sound_page(window, "import_applied")
        assert window.faults == []
        again = uploaded(window, "名册二.csv", text.replace("钱小七", "钱小八"))
        assert page.locator("#columns select").last.input_value() == "phones"
        page.goto(again)
        page.get_by_role("link", name=re.compile("Remembered profiles|记住的表头")).click()
        page.wait_for_load_state()
        sound_page(window, "import_profiles")
