"""Drawing areas: outlines, files of outlines, plans, points; who may, once only, with a line."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.places.drawn import collection, feature, jpeg, png, square
from tests.places.world import add, county, fresh, open_county, worker
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.flows import maps as flow
from wangge.journal.models import LineFacts
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.places import queries
from wangge.places.commands import WantedPoint, merge_areas
from wangge.places.models import Area, AreaPlan, AreaShape, MapPoint, ShapeFile
from wangge.places.rules import Level
from wangge.places.shapes.points import PointKind

pytestmark = pytest.mark.django_db(transaction=True)
RING = [(100.0, 100.0), (200.0, 100.0), (200.0, 180.0), (100.0, 180.0)]


@pytest.fixture
def admin() -> Viewer:
    return open_county()


def villages() -> list[Area]:
    town = add(county(), Level.TOWNSHIP, "新镇")[0]
    return [town, *add(town, Level.VILLAGE, "甲村", "乙村")]


def refusal(act: object, **facts: object) -> str:
    assert callable(act)
    with pytest.raises(Refused) as said:
        act(stamp=fresh(), **facts)
    return said.value.code


def test_only_who_keeps_the_map_of_an_area_draws_in_it(admin: Viewer) -> None:
    _, first, second = villages()
    clerk = worker(admin, "clerk", Role.CLERK, first)
    hand = worker(admin, "hand", Role.GRID_WORKER, first)
    ring = {"plan": None, "rings": [[(109.0, 24.0), (109.1, 24.0), (109.1, 24.1)]]}
    assert refusal(flow.set_shape, actor=hand, area=first.id, **ring) == "access.forbidden"
    assert refusal(flow.set_shape, actor=clerk, area=second.id, **ring) == "access.forbidden"
    assert refusal(flow.set_shape, actor=clerk, area=999_999, **ring) == "access.forbidden"
    assert refusal(flow.set_plan, actor=hand, area=first.id, content=b"") == "access.forbidden"
    assert refusal(flow.upload_shapes, actor=hand, area=first.id, name="a", content=b"{}") == "access.forbidden"
    flow.set_shape(stamp=fresh(), actor=clerk, area=first.id, **ring)  # type: ignore[arg-type]
    assert queries.outlines([first.id, second.id]).keys() == {first.id}


def test_an_outline_takes_the_place_of_the_one_before_and_the_same_key_draws_once(admin: Viewer) -> None:
    _, first, _ = villages()
    stamp, rings = fresh(), [[(109.0, 24.0), (109.1, 24.0), (109.1, 24.1)]]
    for _ in range(2):
        flow.set_shape(stamp=stamp, actor=admin, area=first.id, plan=None, rings=rings)
    flow.set_shape(stamp=fresh(), actor=admin, area=first.id, plan=None, rings=[[(1, 1), (2, 1), (2, 2)]])
    assert AreaShape.objects.count() == 1
    assert queries.outline(first.id) == [[[(1, 1), (2, 1), (2, 2)]]]
    assert flow.remove_shape(stamp=fresh(), actor=admin, area=first.id, plan=None)
    assert not flow.remove_shape(stamp=fresh(), actor=admin, area=first.id, plan=None)
    assert LineFacts.objects.filter(line__kind="places.shape_set").count() == 2
    assert LineFacts.objects.filter(line__kind="places.shape_removed").count() == 1


def upload(admin: Viewer, town: Area, *features: object) -> UUID:
    return flow.upload_shapes(
        stamp=fresh(), actor=admin, area=town.id, name="村界.geojson", content=collection(*features)
    )


def test_nothing_of_a_file_is_lost_or_drawn_before_somebody_has_looked(admin: Viewer) -> None:
    town, first, second = villages()
    file = upload(
        admin, town,
        feature([square(109, 24)], name="甲村"), feature([square(110, 24)], name="甲村"),
        feature([square(112, 24)], name="丙村"), feature([0, 0], "Point", name="井"),
    )  # fmt: skip
    assert not AreaShape.objects.exists()
    placed = fresh()
    for _ in range(2):
        chosen = [(1, first.id), (2, first.id)]
        assert flow.place_shapes(stamp=placed, actor=admin, file=file, chosen=chosen) == 1
    assert len(queries.outline(first.id)) == 2
    waiting = queries.staged(file)
    assert waiting is not None
    assert [(one.number, one.name) for one in waiting.features] == [(3, "丙村")]
    assert [(one.number, one.name, one.code) for one in waiting.faults] == [(4, "井", "not_polygon")]
    assert flow.place_shapes(stamp=fresh(), actor=admin, file=file, chosen=[(3, second.id)]) == 1
    assert refusal(flow.place_shapes, actor=admin, file=file, chosen=[]) == "places.shape_file_unknown"
    assert not ShapeFile.objects.exists()


def test_a_shape_is_never_given_to_an_area_outside_the_one_of_its_file(admin: Viewer) -> None:
    _, first, second = villages()
    file = upload(admin, first, feature([square(109, 24)]))
    assert refusal(flow.place_shapes, actor=admin, file=file, chosen=[(1, second.id)]) == "places.shape_elsewhere"
    assert queries.staged_of(first.id) is not None
    other = worker(admin, "other", Role.CLERK, second)
    assert refusal(flow.place_shapes, actor=other, file=file, chosen=[(1, first.id)]) == "access.forbidden"
    assert refusal(flow.discard_shapes, actor=other, file=file) == "access.forbidden"
    assert flow.discard_shapes(stamp=fresh(), actor=admin, file=file)


def test_a_plan_is_kept_sealed_and_what_is_drawn_on_it_follows_a_larger_picture(admin: Viewer) -> None:
    _, first, second = villages()
    content = png(400, 300)
    plan = flow.set_plan(stamp=fresh(), actor=admin, area=first.id, content=content)
    sheet = queries.plan_of(first.id)
    assert sheet is not None
    assert queries.picture_of(sheet) == content
    assert content[8:40] not in bytes(AreaPlan.objects.get().sealed or b"")
    assert refusal(flow.set_shape, actor=admin, area=second.id, plan=plan, rings=[RING]) == "places.plan_unknown"
    grid = add(first, Level.GRID, "第1网格")[0]
    flow.set_shape(stamp=fresh(), actor=admin, area=grid.id, plan=plan, rings=[RING])
    flow.set_point(stamp=fresh(), actor=admin, point=gate(first, plan=plan, x=400, y=300))
    flow.set_plan(stamp=fresh(), actor=admin, area=first.id, content=jpeg(width=800, height=600))
    drawn = queries.outlines([grid.id], plan)[grid.id]
    assert drawn.shape == [[[(200, 200), (400, 200), (400, 360), (200, 360)]]]
    assert drawn.centre == (300, 280)
    (point,) = queries.points_inside(first.path, plan)
    assert (point.x, point.y) == (800, 600)
    assert flow.remove_plan(stamp=fresh(), actor=admin, area=first.id)
    assert not AreaShape.objects.exists()
    assert not MapPoint.objects.exists()


def gate(area: Area, *, plan: int | None = None, x: float = 109.5, y: float = 24.3) -> WantedPoint:
    return WantedPoint(uid=None, area=area.id, plan=plan, kind=PointKind.GATE, name="东门", note="7:00-22:00", x=x, y=y)


def test_a_point_has_a_name_lies_on_its_sheet_and_is_changed_where_it_is(admin: Viewer) -> None:
    _, first, second = villages()
    wanted = gate(first)
    nameless, beyond = replace(wanted, name=" "), replace(wanted, y=91.0)
    assert refusal(flow.set_point, actor=admin, point=nameless) == "places.point_name_missing"
    assert refusal(flow.set_point, actor=admin, point=beyond) == "places.corner_outside"
    stamp = fresh()
    uid = flow.set_point(stamp=stamp, actor=admin, point=wanted)
    assert flow.set_point(stamp=stamp, actor=admin, point=wanted) == uid
    other = worker(admin, "other", Role.CLERK, second)
    moved = replace(wanted, uid=uid, area=second.id, name="西门")
    assert refusal(flow.set_point, actor=other, point=moved) == "access.forbidden"
    flow.set_point(stamp=fresh(), actor=admin, point=replace(moved, kind=PointKind.CLOSED_ROAD))
    found = queries.point(uid)
    assert found is not None
    assert (found.area, found.kind, found.name) == (first.id, "closed_road", "西门")
    assert refusal(flow.remove_point, actor=other, point=uid) == "access.forbidden"
    assert refusal(flow.remove_point, actor=admin, point=uuid7()) == "places.point_unknown"
    assert flow.remove_point(stamp=fresh(), actor=admin, point=uid)
    facts = LineFacts.objects.filter(line__kind__startswith="places.point").values_list("facts", flat=True)
    assert len(facts) == 3
    assert "门" not in json.dumps(list(facts), ensure_ascii=False)


def test_distances_are_in_metres_on_the_ground_and_never_mixed_with_a_plan(admin: Viewer) -> None:
    _, first, second = villages()
    plan = flow.set_plan(stamp=fresh(), actor=admin, area=second.id, content=b"")
    flow.set_shape(stamp=fresh(), actor=admin, area=second.id, plan=plan, rings=[RING])
    assert queries.centres([first.path, second.path]) == {second.path: (150, 140)}
    for area, west in ((first, 109.0), (second, 109.1)):
        ring = [(west, 60.0), (west + 0.01, 60.0), (west + 0.01, 60.01), (west, 60.01)]
        flow.set_shape(stamp=fresh(), actor=admin, area=area.id, plan=None, rings=[ring])
    found = queries.centres([first.path, second.path])
    assert found[second.path][0] - found[first.path][0] == pytest.approx(5566, rel=0.01)
    assert queries.centres([]) == {}


def test_a_merged_area_keeps_its_own_outline_and_no_other(admin: Viewer) -> None:
    _, first, second = villages()
    for area, west in ((first, 109.0), (second, 110.0)):
        ring = [(west, 24.0), (west + 1, 24.0), (west + 1, 25.0)]
        flow.set_shape(stamp=fresh(), actor=admin, area=area.id, plan=None, rings=[ring])
    merge_areas(stamp=fresh(), actor=admin, kept=first.id, gone=second.id)
    assert queries.outline(first.id)[0][0][0] == (109.0, 24.0)


def test_reading_outlines_costs_the_same_for_one_and_for_three(
    admin: Viewer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town, first, second = villages()
    for number, area in enumerate((town, first, second), start=1):
        flow.set_shape(stamp=fresh(), actor=admin, area=area.id, plan=None, rings=[[(1, 1), (2, 1), (2, number + 1)]])
        flow.set_point(stamp=fresh(), actor=admin, point=gate(area))
        with django_assert_num_queries(3):
            assert len(queries.outlines([town.id, first.id, second.id])) == number
            assert len(queries.points_inside(town.path)) == number
            assert len(queries.candidates_inside(town.path)) == 3
