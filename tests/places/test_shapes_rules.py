"""Shapes without a database: measuring, thinning, reading files, finding whose they are, pictures of plans."""

import math

import pytest

from tests.places.drawn import collection, exif, feature, jpeg, part, png, segment, square
from wangge.kernel.refused import Refused
from wangge.places.shapes.geojson import Feature, read_features
from wangge.places.shapes.geometry import (
    Shape,
    Spot,
    area_of,
    box_of,
    centre_of,
    corners,
    room_at,
    stretches,
    thinned,
)
from wangge.places.shapes.matching import Candidate, match, plain
from wangge.places.shapes.pictures import clean_picture
from wangge.places.shapes.points import GROUND, extent_of_plan, read_rings, shape_of, write_rings

SQUARE: list[Spot] = [(0, 0), (10, 0), (10, 10), (0, 10)]
PLAN = extent_of_plan(1200, 840)


def test_a_centre_lies_inside_even_where_the_shape_bends_around_its_centre_of_gravity() -> None:
    assert centre_of([[SQUARE]]) == (5, 5)
    bent: Shape = [[[(0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10)]]]
    x, y = centre_of(bent)
    assert any(left <= x <= right for left, right in stretches(bent[0], y))


def test_a_centre_of_a_shape_far_from_the_origin_keeps_its_digits() -> None:
    far: Shape = [[[(109.4123456 + x / 1e5, 24.3123456 + y / 1e5) for x, y in SQUARE]]]
    assert centre_of(far) == pytest.approx((109.4123956, 24.3123956), abs=1e-9)


def test_a_hole_takes_room_from_a_number() -> None:
    hole: list[Spot] = [(4, 0.5), (6, 0.5), (6, 9.5), (4, 9.5)]
    assert room_at([[SQUARE]], (5, 5)) == (10, 10)
    assert room_at([[SQUARE, hole]], (2, 5)) == (4, 10)
    assert room_at([[SQUARE]], (50, 5)) == (0, 0)


def test_thinning_keeps_a_shape_within_a_step_of_detail() -> None:
    circle: list[Spot] = [(math.cos(n / 5000 * math.tau), math.sin(n / 5000 * math.tau)) for n in range(5000)]
    thin = thinned([[circle]])
    assert len(thin[0][0]) < 200
    assert area_of(thin[0][0]) == pytest.approx(math.pi, rel=0.005)
    assert thinned([[SQUARE]]) == [[SQUARE]]


def test_holes_too_small_to_be_seen_go() -> None:
    speck: list[Spot] = [(5, 5), (5.001, 5), (5.001, 5.001)]
    assert thinned([[SQUARE, speck]]) == [[SQUARE]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no json", "places.shapes_unreadable"),
        (b"[" * 5000, "places.shapes_unreadable"),
        (b"[]", "places.shapes_no_collection"),
        (b'{"type": "Topology"}', "places.shapes_no_collection"),
        (b'{"type": "FeatureCollection", "features": {}}', "places.shapes_no_collection"),
        (collection(), "places.shapes_none"),
        (
            collection(feature([square(0, 0)]), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}),
            "places.shapes_projected",
        ),
        (collection(*[{}] * 5001), "places.shapes_too_many"),
    ],
)
def test_what_is_no_collection_of_shapes_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as said:
        read_features(content)
    assert said.value.code == code


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (feature([square(500000, 3000000)]), "not_degrees"),
        (feature([square(24.3, 109.4)]), "not_degrees"),
        (feature([[[0, 0], [1, 1], [0, 0]]]), "too_few_corners"),
        (feature([[[0, 0], [1, "1"], [2, 2]]]), "bad_coordinate"),
        (feature([[[0, 0], [1, True], [2, 2]]]), "bad_coordinate"),
        (feature([0, 0], "Point"), "not_polygon"),
        (feature([]), "no_geometry"),
        ({"type": "Feature", "properties": None, "geometry": None}, "no_geometry"),
        ("nothing", "no_geometry"),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named_and_the_others_are_read(broken: object, fault: str) -> None:
    read = read_features(collection(feature([square(109, 24)], name="一"), broken))
    assert [one.number for one in read.features] == [1]
    assert [(one.number, one.code) for one in read.faults] == [(2, fault)]


def test_outlines_of_several_parts_heights_holes_and_closing_corners_are_read() -> None:
    parts = [[square(109, 24)], [square(111, 24, 3), square(112, 25)]]
    three = [[[109, 24, 80.5], [110, 24, 80.5], [110, 25, 80.5]]]
    read = read_features(b"\xef\xbb\xbf" + collection(feature(parts, "MultiPolygon", 名称=" 甲村 "), feature(three)))
    assert [len(polygon) for polygon in read.features[0].shape] == [1, 2]
    assert read.features[0].name == "甲村"
    assert read.features[1].shape == [[[(109.0, 24.0), (110.0, 24.0), (110.0, 25.0)]]]


def candidate(id_: int, name: str, code: str = "", *above: str, external: str = "") -> Candidate:
    return Candidate(id_, name, code, external, above)


VILLAGES = [
    candidate(1, "翠湖社区", "420322100001", "城关镇"),
    candidate(2, "3号楼", "42032210000100001", "翠湖苑", "翠湖社区"),
    candidate(3, "3栋", "42032210000100002", "青山苑", "翠湖社区"),
    candidate(4, "第1网格", "420322100001001", "翠湖社区", external="WG-7001"),
]


@pytest.mark.parametrize(
    ("words", "state", "found"),
    [
        ({"code": "420322100001"}, "matched", [1]),
        ({"fid": 17, "zone": "420322100001001"}, "matched", [4]),
        ({"编码": "WG-7001"}, "matched", [4]),
        ({"name": "翠湖 社区"}, "matched", [1]),
        ({"name": "3栋"}, "several", [2, 3]),
        ({"name": "3号楼", "estate": "青山苑"}, "matched", [3]),
        ({"name": "丙村"}, "unknown", []),
        ({}, "unknown", []),
        ({"floors": 3}, "several", [2, 3]),
    ],
)
def test_a_shape_finds_its_area_by_code_name_and_the_name_above(
    words: dict[str, object], state: str, found: list[int]
) -> None:
    read = read_features(collection(feature([square(109, 24)], **words)))
    (one,) = match(read.features, VILLAGES)
    assert (one.state, [area.id for area in one.areas]) == (state, found)


def test_buildings_are_compared_without_width_blanks_and_endings() -> None:
    assert plain("３ 号楼") == plain("3栋") == "3"
    assert plain("栋") == "栋"


def test_a_typed_outline_is_read_with_any_comma_and_written_back() -> None:
    rings = read_rings("109.1, 24.1\n109.2，24.1\n109.2 24.2\n\n\n1;2\n3、4\n5, 6")
    assert rings == [[(109.1, 24.1), (109.2, 24.1), (109.2, 24.2)], [(1, 2), (3, 4), (5, 6)]]
    assert write_rings([rings], 6) == "109.1, 24.1\n109.2, 24.1\n109.2, 24.2\n\n1, 2\n3, 4\n5, 6"
    with pytest.raises(Refused) as said:
        read_rings("1, 2\n3")
    assert (said.value.code, said.value.facts) == ("places.corner_unreadable", {"line": 2})


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        ([], "places.shape_empty"),
        ([[(0, 0), (10, 0)]], "places.corners_few"),
        ([[(0, 0), (10, 0), (20, 0)]], "places.corners_few"),
        ([[(0, 0), (10, 0), (10, 841)]], "places.corner_outside"),
        ([[(0, 0), (math.nan, 0), (10, 10)]], "places.corner_outside"),
        ([[(n % 1200, 400 + 300 * math.sin(n)) for n in range(2001)]], "places.shape_too_fine"),
    ],
)
def test_an_outline_that_encloses_nothing_is_refused(rings: list[list[Spot]], code: str) -> None:
    with pytest.raises(Refused) as said:
        shape_of(rings, PLAN)
    assert said.value.code == code


def test_a_ring_inside_another_is_a_hole_and_one_beside_it_a_part() -> None:
    inner: list[Spot] = [(4, 4), (6, 4), (6, 6), (4, 6)]
    beside: list[Spot] = [(20, 0), (30, 0), (30, 10)]
    shape = shape_of([inner, SQUARE, beside], GROUND)
    assert [len(polygon) for polygon in shape] == [2, 1]
    assert box_of(corners(shape)).east == 30


def test_what_a_picture_says_beside_itself_is_gone() -> None:
    told = png(extra=part(b"tEXt", b"Author\0Li Hua") + part(b"eXIf", b"GPS"))
    picture = clean_picture(told + b"<script>")
    assert (picture.media, picture.width, picture.height) == ("png", 4, 3)
    assert picture.content == png()
    photo = clean_picture(jpeg(segment(0xE0, b"JFIF\0"), segment(0xFE, b"Li Hua"), segment(0xED, b"where")) + b"tail")
    assert (photo.media, photo.width, photo.height) == ("jpeg", 40, 30)
    assert photo.content == jpeg()


def test_a_photograph_stays_the_way_up_it_was_held() -> None:
    photo = clean_picture(jpeg(exif(6)))
    assert (photo.width, photo.height) == (30, 40)
    assert b"\x88\x25" not in photo.content
    assert clean_picture(photo.content) == photo


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"GIF89a", "places.picture_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "places.picture_kind"),
        (png()[:-6], "places.picture_broken"),
        (png().replace(b"IDAT", b"IDAU"), "places.picture_broken"),
        (png(width=0), "places.picture_broken"),
        (jpeg()[:-2], "places.picture_broken"),
        (jpeg(frame=0xC3), "places.picture_broken"),
        (b"\xff\xd8\xff", "places.picture_broken"),
        (png(width=12_001, height=1), "places.picture_too_wide"),
        (png(width=1) + b"\0" * 8 * 1024 * 1024, "places.picture_too_big"),
    ],
)
def test_what_is_no_sound_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as said:
        clean_picture(content)
    assert said.value.code == code


def test_a_feature_keeps_only_words_that_may_name_an_area() -> None:
    read = read_features(collection(feature([square(1, 1)], name="甲", height=3.5, list=[1], nothing=None, yes=True)))
    assert read.features == (Feature(1, "甲", "", ("甲",), read.features[0].shape),)
