"""A leader brings an Excel form in, edits and tries it, publishes it and takes it out again."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from tests.journeys.browsing import Browsing, Size, Window, broken_rules, runs_over

ROWS = (
    ("type", "name", "label", "relevant"),
    ("select_one yes_no", "ill", "Is somebody ill?", ""),
    ("integer", "how_many", "How many?", "${ill} = 'yes'"),
    ("geopoint", "place", "Where are you?", ""),
)
CHOICES = (("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))


def form() -> bytes:
    book = Workbook()
    for title, rows in (("survey", ROWS), ("choices", CHOICES)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def sound_page(window: Window, name: str) -> None:
    window.shoot(name)
    assert broken_rules(window.page) == []
    assert runs_over(window.page) == []


@pytest.mark.parametrize(("size", "scripts"), [("desk", True), ("phone", False)])
def test_a_form_is_brought_in_edited_tried_published_and_taken_out(
    browsing: Browsing, size: Size, scripts: bool
) -> None:
    code = f"ill-{size}"
    options = {} if scripts else {"java_script_enabled": False}
    with browsing.window("town_lead", size, language="en", expected=frozenset({422}), **options) as window:
        page = window.page
        window.go("/")
        window.go(page.locator("a[href*='/questionnaires/']").first.get_attribute("href") or "")
        page.locator("a[href$='/import']").first.click()
        page.locator("input[type=file]").set_input_files(
            {"name": "ill.xlsx", "mimeType": "application/octet-stream", "buffer": form()}
        )
        page.locator("#id_code").fill(code)
        page.locator("main form button.primary").click()
        page.wait_for_url(re.compile("/questionnaire/[0-9a-f-]{36}$"))
        here = page.url
        assert "not kept as it was" in page.locator("main").inner_text()
        page.goto(f"{here}/edit/question/how_many")
        page.locator("#label-en").fill("How many people?")
        page.locator(".acts button[value=save]").click()
        page.wait_for_url(re.compile("/edit(#|$)"))
        assert "How many people?" in page.locator(".asked-list").inner_text()
        if scripts:
            sound_page(window, "questionnaire_edit")
        page.goto(f"{here}/try")
        page.locator("label[for=a-ill-0]").click()
        if not scripts:
            page.locator(".filling-next").click()
        page.locator("#a-how_many").fill("some")
        page.locator("button[value=check]").click()
        page.locator(".filling-wrong").wait_for()
        page.locator("#a-how_many").fill("2")
        page.locator("button[value=check]").click()
        page.locator("#kept").wait_for()
        if scripts:
            sound_page(window, "questionnaire_tried")
        page.goto(f"{here}/publish")
        page.locator("main form button.primary").click()
        page.wait_for_url(here)
        assert "Published" in page.locator(".title").inner_text()
        with page.expect_download() as taken:
            page.goto(here)
            page.locator("details.drop summary").last.click()
            page.locator("a[href$='/workbook']").click()
        book = load_workbook(BytesIO(taken.value.path().read_bytes()))
        assert {"survey", "choices"} <= set(book.sheetnames)
