import pytest

from tests.people.world import fresh, holds, refused
from tests.situation.forms.town import Town, town
from wangge.access.rules import Role
from wangge.situation.forms import queries
from wangge.situation.forms.commands import discard_draft, publish_profile, retire_profile, save_draft
from wangge.situation.forms.models import ExportProfile
from wangge.situation.forms.rules.profiles import stored_body
from wangge.situation.forms.shipped import shipped

pytestmark = pytest.mark.django_db
BODY = {"grain": "person", "title": "名册", "columns": [{"header": ["姓名"], "source": "resident.name"}]}


@pytest.fixture
def here() -> Town:
    return town()


def save(here: Town, code: str = "names", **given: object) -> int:
    said = {"actor": here.lead, "area": here.area, "name": "名册", "body": BODY} | given
    return save_draft(stamp=fresh(), code=code, **said)  # type: ignore[arg-type]


def test_only_whoever_manages_forms_there_may_change_one(here: Town) -> None:
    for login, role, area in (
        ("worker", Role.GRID_WORKER, here.world.house.east),
        ("far", Role.COMMUNITY_LEAD, here.world.west),
    ):
        with refused("access.forbidden"):
            save(here, actor=here.world.house.add(login, role, area))
    with refused("access.forbidden"):
        save(here, actor=here.clerk)
    with refused("forms.code_unfit"):
        save(here, "Namen!")
    with refused("forms.name_missing"):
        save(here, name=" ")
    with refused("forms.body_unreadable"):
        save(here, body={"grain": "person"})
    assert save(here) == 1
    holds()


def test_two_writers_of_one_draft_notice_each_other(here: Town) -> None:
    assert save(here) == 1
    assert save(here, revision=1, name="名册二") == 2
    with refused("forms.changed_meanwhile"):
        save(here, revision=1, name="名册三")
    with refused("forms.changed_meanwhile"):
        save(here)
    assert ExportProfile.objects.get().name == "名册二"


def test_a_form_with_an_unknown_field_is_refused_with_column_and_remedy_when_it_is_published(here: Town) -> None:
    with refused("forms.no_draft"):
        publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    bad = BODY | {"columns": [*BODY["columns"], {"header": ["信仰"], "source": "resident.faith"}]}
    save(here, body=bad)
    with refused("forms.field_unknown", column=2, heading="信仰", what="resident.faith"):
        publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    save(here, revision=1)
    assert publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="names") == 1


def test_a_published_version_stays_as_it_is_and_editing_makes_the_next(here: Town) -> None:
    save(here)
    publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    save(here, body=BODY | {"title": "新名册"})
    publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    found = queries.versions(viewer=here.lead, area=here.world.house.east, code="names")
    assert [(one.version, one.state, one.body.title) for one in found] == [
        (2, "published", "新名册"), (1, "retired", "名册"),
    ]  # fmt: skip
    holds()


def test_an_areas_own_version_stands_before_the_shipped_one_there_and_below_and_nowhere_else(here: Town) -> None:
    body = stored_body(shipped()["sanya-01"].body) | {"title": "本社区表"}
    save(here, "sanya-01", body=body)
    house, admin = here.world.house, here.world.house.admin

    def title(area: object) -> tuple[str, int]:
        one = queries.profile(viewer=admin, area=area, code="sanya-01")  # type: ignore[arg-type]
        return one.body.title, one.version

    assert title(house.east) == ("人员疫情表", 1), "a draft is not in use"
    publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code="sanya-01")
    assert title(house.east) == title(here.world.grids[0]) == ("本社区表", 2)
    assert title(house.town) == title(house.west) == ("人员疫情表", 1)
    retire_profile(stamp=fresh(), actor=here.lead, area=here.area, code="sanya-01")
    assert title(house.east) == ("人员疫情表", 1)
    with refused("forms.not_own"):
        retire_profile(stamp=fresh(), actor=here.lead, area=here.area, code="sanya-01")


def test_a_draft_can_be_thrown_away(here: Town) -> None:
    save(here)
    discard_draft(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    with refused("forms.no_draft"):
        discard_draft(stamp=fresh(), actor=here.lead, area=here.area, code="names")
    assert not ExportProfile.objects.exists()


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_forms_costs_one_statement(here: Town, more: int, django_assert_num_queries: object) -> None:
    save(here)
    for number in range(more):
        save(here, f"names-{number}")
        publish_profile(stamp=fresh(), actor=here.lead, area=here.area, code=f"names-{number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        lines = queries.profiles(viewer=here.lead, area=here.world.house.east)
    assert len(lines) == len(shipped()) + 1 + more
    (own,) = [line for line in lines if line.code == "names"]
    assert (own.state, own.draft) == ("draft", True)
    with refused("access.forbidden"):
        queries.profiles(viewer=here.lead, area=here.world.house.town)
