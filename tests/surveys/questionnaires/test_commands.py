"""Versions of questionnaires: who may change them, drafts, publishing, withdrawing, the same once more."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.people.world import World, fresh, holds, refused, settle
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.kernel.ids import uuid7
from wangge.surveys.commands.questionnaires import (
    Kept,
    discard_draft,
    keep_form,
    keep_shipped,
    publish_questionnaire,
    save_draft,
    withdraw_questionnaire,
)
from wangge.surveys.models import Questionnaire
from wangge.surveys.queries.questionnaires import (
    definition_of,
    questionnaire_named,
    questionnaire_page,
    questionnaires,
    versions,
)
from wangge.surveys.rules.questionnaires import Report
from wangge.surveys.shipped import shipped

pytestmark = pytest.mark.django_db
ASKED = {"name": "well", "type": "text", "label": {"en": "How are you?"}}


def written(*questions: dict[str, Any], title: str = "Well-being") -> dict[str, Any]:
    return {"languages": ["en"], "title": {"en": title}, "questions": list(questions or (ASKED,))}


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def lead(world: World) -> Viewer:
    return replace(world.clerk, grants=(Grant(Role.COMMUNITY_LEAD, world.house.east.path),))


def save(world: World, actor: Viewer, code: str = "well", **more: Any) -> Kept:
    given: dict[str, Any] = {"area": world.house.east.id, "definition": written(), "seen": ""} | more
    return save_draft(stamp=fresh(), actor=actor, code=code, **given)


def bring(world: World, actor: Viewer, code: str = "well", **more: Any) -> Kept:
    given: dict[str, Any] = {"area": world.house.east.id, "definition": written(), "reports": []} | more
    return keep_form(stamp=fresh(), actor=actor, code=code, **given)


def test_only_whoever_manages_questionnaires_there_may_change_one(world: World, lead: Viewer) -> None:
    far = replace(lead, grants=(Grant(Role.COMMUNITY_LEAD, world.west.path),))
    for actor in (world.clerk, far):
        with refused("access.forbidden"):
            save(world, actor)
    with refused("access.forbidden"):
        save(world, lead, area=10**9)
    with refused("questionnaires.code_unfit"):
        save(world, lead, code="well being")
    with refused("questionnaires.unreadable"):
        save(world, lead, definition={"questions": 3})
    kept = save(world, lead)
    assert (kept.code, kept.version, kept.state) == ("well", 1, "draft")
    for actor in (world.clerk, far):
        with refused("questionnaires.unknown"):
            publish_questionnaire(stamp=fresh(), actor=actor, questionnaire=kept.id)
    with refused("questionnaires.unknown"):
        publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=uuid7())
    with refused("questionnaires.code_taken"):
        save(world, world.house.admin, area=world.west.id)
    unsure = replace(lead, confirmed=False)
    with refused("access.second_factor_needed"):
        publish_questionnaire(stamp=fresh(), actor=unsure, questionnaire=kept.id)
    holds()


def test_two_writers_of_one_draft_notice_each_other(world: World, lead: Viewer) -> None:
    first = save(world, lead)
    with refused("questionnaires.changed_meanwhile"):
        save(world, lead)
    second = save(world, lead, seen=first.digest, definition=written(title="Better"))
    assert second.id == first.id
    with refused("questionnaires.changed_meanwhile"):
        save(world, lead, seen=first.digest)
    assert Questionnaire.objects.get().title == {"en": "Better"}


def test_the_same_key_twice_is_one_draft(world: World, lead: Viewer) -> None:
    once = fresh()
    given: dict[str, Any] = {"area": world.house.east.id, "code": "well", "definition": written(), "seen": ""}
    assert save_draft(stamp=once, actor=lead, **given) == save_draft(stamp=once, actor=lead, **given)
    assert Questionnaire.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ({**ASKED, "relevant": "${gone} = 1"}, "reference_unknown"),
        ({**ASKED, "label": {"en": "您的宗教信仰"}}, "never_asked"),
        ({**ASKED, "klass": "health"}, "purpose_own"),
    ],
)
def test_a_draft_that_asks_what_cannot_or_may_not_be_asked_is_not_published(
    world: World, lead: Viewer, question: dict[str, Any], fault: str
) -> None:
    kept = save(world, lead, definition=written(question))
    with refused("questionnaires.not_publishable", number=1, fault=fault, question="well"):
        publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=kept.id)
    save(world, lead, seen=kept.digest)
    assert publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=kept.id) == 1
    holds()


def test_a_published_version_stays_as_it_is_and_editing_makes_the_next(world: World, lead: Viewer) -> None:
    first = save(world, lead)
    publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=first.id)
    with refused("questionnaires.no_draft"):
        publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=first.id)
    with refused("questionnaires.no_draft"):
        discard_draft(stamp=fresh(), actor=lead, questionnaire=first.id)
    second = save(world, lead, definition=written(title="Better"))
    with refused("questionnaires.not_published"):
        withdraw_questionnaire(stamp=fresh(), actor=lead, questionnaire=second.id)
    assert (second.version, second.state) == (2, "draft")
    found = [(one.version, one.state, one.title["en"]) for one in versions(viewer=lead, code="well")]
    assert found == [(2, "draft", "Better"), (1, "published", "Well-being")]
    discard_draft(stamp=fresh(), actor=lead, questionnaire=second.id)
    withdraw_questionnaire(stamp=fresh(), actor=lead, questionnaire=first.id)
    assert [(one.version, one.state) for one in versions(viewer=lead, code="well")] == [(1, "withdrawn")]
    holds()


def test_the_same_form_again_is_the_same_version_and_another_the_next(world: World, lead: Viewer) -> None:
    first = bring(world, lead, publish=True)
    assert (first.version, first.state) == (1, "published")
    assert bring(world, lead, publish=True) == first
    bad = written({**ASKED, "label": {"en": "民族"}})
    second = bring(world, lead, publish=True, definition=bad, reports=[Report(code="never_asked", row=2)])
    assert (second.version, second.state) == (2, "draft")
    assert questionnaire_page(viewer=lead, questionnaire=second.id).reports == (Report(code="never_asked", row=2),)
    third = bring(world, lead, publish=True, definition=written(title="Better"))
    assert (third.id, third.version, third.state) == (second.id, 2, "published")
    withdraw_questionnaire(stamp=fresh(), actor=lead, questionnaire=third.id)
    assert bring(world, lead, publish=True, definition=written(title="Better")).version == 3


def test_an_import_does_not_wipe_out_a_draft_that_somebody_writes(world: World, lead: Viewer) -> None:
    draft = save(world, lead)
    with refused("questionnaires.draft_open", version=1):
        bring(world, lead, definition=written(title="Other"))
    assert bring(world, lead, publish=True) == replace(draft, state="published")


def test_every_installation_keeps_the_shipped_ones_published_once(world: World) -> None:
    root = world.house.town
    assert keep_shipped(stamp=fresh(), actor=world.house.admin, area=root.id) == 4
    assert keep_shipped(stamp=fresh(), actor=world.house.admin, area=root.id) == 0
    for row in Questionnaire.objects.all():
        assert (row.state, row.origin, row.version, row.made_by_id) == ("published", "shipped", 1, None)
        assert definition_of(row.id) == shipped()[row.code]
    holds()


def test_what_was_made_above_is_read_below_but_no_draft_of_it(world: World, lead: Viewer) -> None:
    keep_shipped(stamp=fresh(), actor=world.house.admin, area=world.house.town.id)
    draft = save(world, world.house.admin, code="shop-reopening", area=world.house.town.id)
    own = save(world, lead)
    far = replace(lead, grants=(Grant(Role.COMMUNITY_LEAD, world.west.path),))
    worker = replace(lead, grants=(Grant(Role.GRID_WORKER, world.house.east.path),))
    assert questionnaires(viewer=worker) == []
    for stranger in (worker, far):
        with refused("questionnaires.unknown"):
            questionnaire_page(viewer=stranger, questionnaire=own.id)
    with refused("questionnaires.unknown"):
        questionnaire_page(viewer=lead, questionnaire=draft.id)
    with refused("questionnaires.unknown"):
        definition_of(uuid7())
    found = {line.code: (line.version, line.state, line.mine) for line in questionnaires(viewer=lead)}
    assert found == {
        "household-survey": (1, "published", False), "self-declaration": (1, "published", False),
        "shop-reopening": (1, "published", False), "worries-and-needs": (1, "published", False),
        "well": (1, "draft", True),
    }  # fmt: skip
    assert [line.code for line in questionnaires(viewer=lead, subject="place")] == ["shop-reopening"]
    assert [line.code for line in questionnaires(viewer=lead, text="well-being")] == ["well"]
    assert [line.code for line in questionnaires(viewer=lead, states=("draft",))] == ["well"]
    assert len(questionnaires(viewer=world.house.admin, every_version=True)) == 6
    seen = questionnaire_page(viewer=lead, questionnaire=own.id)
    assert (seen.faults, [one.code for one in seen.advice], seen.digest) == ((), ["notice_missing"], own.digest)


def test_a_code_means_its_published_version_until_another_is_asked_for(world: World, lead: Viewer) -> None:
    first = save(world, lead)
    assert questionnaire_named(viewer=lead, name="well") == first.id
    publish_questionnaire(stamp=fresh(), actor=lead, questionnaire=first.id)
    second = save(world, lead, definition=written(title="Better"))
    assert questionnaire_named(viewer=lead, name="well") == first.id
    assert questionnaire_named(viewer=lead, name="well", version=2) == second.id
    assert questionnaire_named(viewer=lead, name=str(second.id)) == second.id
    for name, version in (("will", None), ("well", 3), (str(UUID(int=1)), None)):
        with refused("questionnaires.unknown"):
            questionnaire_named(viewer=lead, name=name, version=version)


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_however_many_there_are(
    world: World, lead: Viewer, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(1 + more):
        save(world, lead, code=f"well-{number}")
    with django_assert_num_queries(1):
        assert len(questionnaires(viewer=lead, path=world.house.east.path)) == 1 + more
    with django_assert_num_queries(1):
        assert len(versions(viewer=lead, code="well-0")) == 1
