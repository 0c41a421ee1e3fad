"""A real sheet from the file to the register: asked, answered, brought again; nothing forbidden is left anywhere."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.flows.import_roster.support import World, sound
from tests.flows.import_roster.truth import ROSTERS, truth
from wangge.flows.import_places import import_buildings
from wangge.flows.import_roster.answering import answer_ask
from wangge.flows.import_roster.giving_back import given_back
from wangge.flows.import_roster.preview import Preview
from wangge.people.models import Household, Resident

pytestmark = pytest.mark.django_db


def answer_all(world: World, seen: Preview) -> None:
    """Answer every question as the truth about the sheet has it; a question that is no longer open is passed over."""
    pairs = truth("urban_591")["pairs"]
    same = {frozenset((tuple(one["a"]), tuple(one["b"]))) for one in pairs if one["truth"] == "same"}
    for ask in seen.asks:
        (waiting, *_) = ask.rows
        places = [(one["sheet"], one["row"]) for one in ask.candidates]
        answer = "same" if any(frozenset((waiting, place)) in same for place in places) else "different"
        answer_ask(stamp=world.now(), actor=world.admin, imported=seen.id, ask=ask.id, answer=answer)


def everything() -> Iterator[str]:
    """Yield every row of every table as text; what is sealed stays sealed."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            yield repr([bytes(value) if isinstance(value, memoryview) else value for value in row])


def test_a_community_comes_in_whole_and_a_second_time_nothing_is_new(world: World) -> None:
    plan = (ROSTERS / "urban_591.buildings.csv").read_bytes()
    import_buildings(stamp=world.now(), actor=world.admin, area=world.village.id, content=plan)
    content = (ROSTERS / "urban_591.xlsx").read_bytes()
    seen = world.bring(content)
    assert (Household.objects.count(), Resident.objects.count(), seen.counts.asked) == (591, 1981, 15)
    answer_all(world, seen)
    assert (Household.objects.count(), Resident.objects.count()) == (591, 1984)
    marks = truth("urban_591")["forbidden_marks"]
    assert not [mark for row in everything() for mark in marks if mark in row]
    back = given_back(viewer=world.admin, imported=seen.id, say=lambda _group, code: code)
    with zipfile.ZipFile(io.BytesIO(back)) as book:
        parts = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    assert "民族" in parts
    assert not [mark for mark in marks if mark in parts]
    again = world.bring(content)
    assert (again.counts.created, again.counts.asked, again.asks) == (0, 0, ())
    assert Resident.objects.count() == 1984
    assert sound()
