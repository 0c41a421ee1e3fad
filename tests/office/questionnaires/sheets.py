"""Questionnaires to look at and edit, and the fields of a page as a browser would send them."""

from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from tests.people.world import fresh
from tests.situation.forms.town import Town
from wangge.access.viewing import Viewer
from wangge.surveys.commands.questionnaires import Kept, publish_questionnaire, save_draft
from wangge.surveys.models import Questionnaire
from wangge.surveys.rules.questionnaires import Definition, read_definition

YES_NO = [{"value": "yes", "label": {"en": "Yes"}}, {"value": "no", "label": {"en": "No"}}]
HOME = {"name": "home", "type": "select_one", "choices": "yes_no", "label": {"en": "Is somebody at home?"}}
COUNT = {
    "name": "count", "type": "integer", "label": {"en": "How many live here?"}, "relevant": "${home} = 'yes'",
    "constraint": ". >= 1 and . <= 20",
}  # fmt: skip
FEVER = {
    "name": "fever", "type": "select_one", "choices": "yes_no", "label": {"en": "Fever of ${member_name}?"},
    "klass": "health", "purpose": "symptoms", "retention": "reading",
}  # fmt: skip
MEMBERS = {
    "name": "members", "type": "repeat", "repeat": "members", "label": {"en": "Everybody"}, "questions": [FEVER],
}  # fmt: skip


def written(*questions: dict[str, Any], title: str = "Needs") -> dict[str, Any]:
    """Return a questionnaire that can be published."""
    return {
        "languages": ["en", "zh-hans"],
        "title": {"en": title},
        "notice": {"en": "We ask for the community."},
        "choices": {"yes_no": YES_NO},
        "questions": list(questions or (HOME, COUNT, MEMBERS)),
    }


def draft(
    here: Town, definition: dict[str, Any] | None = None, code: str = "needs", actor: Viewer | None = None
) -> Kept:
    """Write a draft in the community."""
    given = definition or written()
    return save_draft(stamp=fresh(), actor=actor or here.lead, area=here.area, code=code, definition=given)


def published(here: Town, definition: dict[str, Any] | None = None, code: str = "needs") -> UUID:
    """Publish a questionnaire in the community."""
    kept = draft(here, definition, code)
    publish_questionnaire(stamp=fresh(), actor=here.lead, questionnaire=kept.id)
    return kept.id


def definition_of(identity: UUID) -> Definition:
    """Return what a version says now."""
    return read_definition(Questionnaire.objects.get(id=identity).definition)


class _Fields(HTMLParser):
    """Collects the fields of every form of a page, as a browser would send them without a button."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.area, self.select, self.option = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self.area = name
            self.found.setdefault(name, [""])
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.found):
            self.found[self.select] = [given.get("value", "")]
        elif tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.found.setdefault(name, []).append(given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] = [self.found[self.area][0] + data]


def fields(page: str, form: str = "") -> dict[str, list[str]]:
    """Return the fields of a page, or of its form with this id."""
    part = page[page.index(f'id="{form}"') :] if form else page
    parser = _Fields()
    parser.feed(part[: part.index("</form>")] if form else part)
    parser.found.pop("csrfmiddlewaretoken", None)
    return parser.found
