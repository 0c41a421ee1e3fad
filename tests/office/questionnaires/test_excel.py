"""Excel forms at the desk: brought in as drafts with what was reported, taken out for other programs."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.office.entering import enter
from tests.office.questionnaires.sheets import published
from tests.situation.forms.town import Town, town
from wangge.surveys.models import Questionnaire

pytestmark = pytest.mark.django_db
FORMS = Path(__file__).parents[2] / "data" / "xlsforms"


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def client(here: Town) -> Client:
    return enter(here.world.house.admin, here.lead)


def sent(client: Client, here: Town, content: bytes, name: str, **more: str) -> tuple[int, str, str]:
    """Send a file to the page that takes Excel forms; return status, page and where it leads."""
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("questionnaire_import", args=[here.area]), {"file": file, **more})
    return answer.status_code, answer.content.decode(), answer.get("Location", "")


def test_what_is_no_form_is_refused_with_words_beside_the_file(here: Town, client: Client) -> None:
    before = Questionnaire.objects.count()
    for content, name in ((b"", "empty.xlsx"), (b"no workbook", "letter.xlsx")):
        status, page, _there = sent(client, here, content, name)
        assert status == 422
        assert 'class="fault"' in page
    assert Questionnaire.objects.count() == before


def test_a_form_becomes_a_draft_and_the_page_says_what_was_not_kept(here: Town, client: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (("type", "name", "label"), ("text", "why", "Why?"), ("geopoint", "place", "Where are you?")):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    status, _page, there = sent(client, here, content.getvalue(), "brought.xlsx", code="brought")
    assert status == 303
    made = Questionnaire.objects.get(code="brought")
    assert (made.state, made.origin) == ("draft", "xlsform")
    assert there == reverse("questionnaire", args=[made.id])
    page = client.get(there).content.decode()
    assert "not kept as" in page
    assert "geopoint records where somebody is." in page
    assert '<td class="num">3</td>' in page


def test_the_same_form_again_is_the_same_draft(here: Town, client: Client) -> None:
    content = (FORMS / "group.xlsx").read_bytes()
    first, again = (sent(client, here, content, "group.xlsx", code="grouped")[2] for _ in range(2))
    assert first == again
    assert Questionnaire.objects.filter(code="grouped").count() == 1


def test_a_version_is_taken_out_as_an_excel_form(here: Town, client: Client) -> None:
    answer = client.get(reverse("questionnaire_workbook", args=[published(here)]))
    assert answer["Content-Disposition"] == 'attachment; filename="needs-1.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    assert {"survey", "choices", "settings"} <= set(book.sheetnames)
    assert "home" in [cell.value for row in book["survey"].iter_rows() for cell in row]
