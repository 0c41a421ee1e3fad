from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest

from tests.situation.forms.originals import SHIPPED, original
from wangge.people.rules.codes import FLAG_REASONS
from wangge.places.rules import DoorKey
from wangge.situation.cutoffs.indicators import shipped as indicators
from wangge.situation.forms.rules.changes import Change, changes
from wangge.situation.forms.rules.exports import day_fault, mark_of, mark_words, rows_fault
from wangge.situation.forms.rules.layout import Box, head_boxes, line_boxes
from wangge.situation.forms.rules.profiles import Body, Column, body_faults, read_body, stored_body
from wangge.situation.forms.rules.readable import (
    BuildingRow,
    CountRow,
    HouseholdRow,
    PersonRow,
    Somebody,
    age_on,
    door_words,
)
from wangge.situation.forms.rules.values import cells, choices_of, kind_of, width_of
from wangge.situation.forms.shipped import shipped

TODAY = date(2020, 2, 10)
HOME = HouseholdRow(
    id=UUID(int=1), township="云溪镇", community="东社区", grid="001", building="3栋", door=DoorKey("3", "2", "501"),
    people=2, head=Somebody(UUID(int=2), "张三", "420300194901010015", ("13800001234",)),
)  # fmt: skip
WOMAN = PersonRow(
    who=Somebody(UUID(int=3), "=王五", "", ("13800001234", "0600-1234567")), home=HOME, sex="F",
    birth_on=date(1960, 2, 11), relation="spouse",
)  # fmt: skip


def faults(body: Body) -> list[tuple[str, int, str]]:
    found = body_faults(body, indicators=indicators().keys(), flags=FLAG_REASONS.keys())
    return [(one.code, one.column, one.what) for one in found]


def one_column(**said: object) -> Body:
    column = Column(**({"header": ("姓名",), "source": "resident.name"} | said))  # type: ignore[arg-type]
    return Body(grain="person", title="表", columns=(column,))


@pytest.mark.parametrize(
    ("said", "code", "what"),
    [
        ({"source": "resident.faith"}, "forms.field_unknown", "resident.faith"),
        ({"source": "building.people"}, "forms.field_other_grain", "building.people"),
        ({"source": "formula.python"}, "forms.field_unknown", "formula.python"),
        ({"source": "formula.join"}, "forms.parts_missing", ""),
        ({"source": "formula.join", "parts": ("resident.name", "x")}, "forms.field_unknown", "x"),
        ({"header": ("",)}, "forms.heading_missing", ""),
        ({"header": ("人", "姓名")}, "forms.heading_deep", "1"),
        ({"mask": "half"}, "forms.mask_unknown", "half"),
        ({"width": 300}, "forms.width_unfit", "80"),
    ],
)
def test_a_column_that_cannot_be_is_named(said: dict[str, object], code: str, what: str) -> None:
    assert faults(one_column(**said)) == [(code, 1, what)]


def test_what_is_wrong_with_the_whole_is_named() -> None:
    assert faults(Body(grain="letter", title="")) == [
        ("forms.grain_unknown", 0, "letter"), ("forms.title_missing", 0, ""), ("forms.columns_missing", 0, ""),
    ]  # fmt: skip
    twice = Column(header=("姓名",), source="resident.name")
    assert faults(Body(grain="person", title="表", columns=(twice, twice))) == [("forms.heading_twice", 0, "姓名")]
    counted = Column(header=("数",), source="count.stock", indicator="unknown")
    assert faults(Body(grain="count", title="表", columns=(counted,))) == [("forms.indicator_unknown", 1, "unknown")]
    assert faults(one_column()) == []


def test_a_profile_that_is_none_is_not_read() -> None:
    with pytest.raises(msgspec.ValidationError):
        read_body({"grain": "person", "title": ["表"]})
    body = one_column(codes={"M": "男"}, width=12)
    assert read_body(stored_body(body)) == body


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_forms_stand_as_printed_with_every_column_there_or_left_out_with_a_reason(code: str) -> None:
    form, one = original(code), shipped()[code]
    assert faults(one.body) == []
    assert (one.name, one.body.title, one.body.grain) == (form["name"], form["title"], form["grain"])
    there = [list(column.header) for column in one.body.columns]
    gone = {column.header: column.why for column in one.body.left_out}
    assert there == [column["header"] for column in form["columns"] if tuple(column["header"]) not in gone]
    assert len(there) + len(gone) == len(form["columns"])
    for column in form["columns"]:
        if "dropped" in column:
            assert gone[tuple(column["header"])] in {"location", "sensitive", "police", "not_needed"}
    assert list(one.body.footer) == form["footer"]


def test_nothing_that_is_never_taken_is_a_field() -> None:
    for one in shipped().values():
        forbidden = {column.header[-1] for column in one.body.left_out if column.why in ("location", "sensitive")}
        assert not forbidden & {column.header[-1] for column in one.body.columns}
    assert {"民族", "宗教信仰", "政治面貌"} <= {
        left.header[0] for left in shipped()["grid-platform-people"].body.left_out
    }


def test_headings_that_neighbours_share_are_merged_and_short_ones_reach_down() -> None:
    columns = [
        Column(header=path, source="formula.constant")
        for path in (("甲", "增减"), ("甲", "存量"), ("乙", "增减"), ("备注",))
    ]
    assert head_boxes(columns, 2) == [
        Box(0, 0, 1, 2, "甲"), Box(1, 0, 1, 1, "增减"), Box(1, 1, 1, 1, "存量"),
        Box(0, 2, 1, 1, "乙"), Box(1, 2, 1, 1, "增减"), Box(0, 3, 2, 1, "备注"),
    ]  # fmt: skip


def test_lines_beside_each_other_share_the_width() -> None:
    assert line_boxes(("填报人：", "审核人：", "签发人："), 9, 7) == [
        Box(9, 0, 1, 2, "填报人："), Box(9, 2, 1, 2, "审核人："), Box(9, 4, 1, 3, "签发人："),
    ]  # fmt: skip
    (whole,) = line_boxes(("一", "二"), 9, 1)
    assert (whole.columns, whole.text.split()) == (1, ["一", "二"])
    assert line_boxes((), 9, 7) == []


def test_cells_are_read_masked_and_worded_by_column() -> None:
    def shown(masked: bool = False, **said: object) -> object:
        column = Column(header=("x",), **said)  # type: ignore[arg-type]
        return cells([column], WOMAN, number=7, on=TODAY, masked=masked)[0]

    assert shown(source="resident.name") == "=王五"
    assert shown(source="resident.name", mask="name") == "=**"
    assert shown(source="resident.sex") == "女"
    assert shown(source="resident.sex", codes={"F": "2"}) == "2"
    assert shown(masked=True, source="resident.sex", codes={"F": "2"}) == "***"
    assert shown(source="resident.age") == 59
    assert shown(source="resident.birth_date") == date(1960, 2, 11)
    assert shown(masked=True, source="resident.birth_date") == "***"
    assert shown(source="resident.phone") == "13800001234；0600-1234567"
    assert shown(masked=True, source="resident.phone") == "138****1234；****4567"
    assert shown(source="household.head_identity_number", mask="id") == "****0015"
    assert shown(source="resident.address") == "东社区3栋2单元501"
    assert shown(source="formula.row_number") == 7
    assert shown(source="formula.constant", text="本地") == "本地"
    assert shown(source="formula.join", text="-", parts=("building.name", "household.room")) == "3栋-501"
    assert shown(source="formula.filled", parts=("resident.identity_number", "resident.phone")) == 1


def test_nought_is_a_number_and_not_asked_is_a_word() -> None:
    row = CountRow(area="东社区", on=TODAY, figures={("count.stock", "a"): 0, ("count.change", "a"): None})
    stock = Column(header=("存量",), source="count.stock", indicator="a")
    change = Column(header=("增减",), source="count.change", indicator="a")
    assert cells([stock, change], row, number=1, on=TODAY) == [0, "无上期"]
    unknown = Column(header=("增减",), source="count.change", indicator="b")
    assert cells([unknown], row, number=1, on=TODAY) == ["未排查"]


def test_ages_doors_and_widths() -> None:
    assert [age_on(date(2000, 2, 29), on) for on in (date(2020, 2, 28), date(2020, 2, 29))] == [19, 20]
    assert age_on(None, TODAY) is age_on(date(2021, 1, 1), TODAY) is None
    doors = (DoorKey("3", "0", "501"), DoorKey("4", "", "12", group=True), None)
    assert [door_words(one) for one in doors] == ["3栋501", "4组12号", ""]
    number = Column(header=("公民身份号码",), source="resident.identity_number")
    assert (width_of(number), kind_of(number)) == (20, "text")
    assert width_of(Column(header=("甲" * 30,), source="formula.row_number")) == 20
    assert width_of(Column(header=("甲",), source="resident.name", width=33)) == 33
    assert choices_of(Column(header=("性别",), source="resident.sex")) == ("男", "女")
    assert choices_of(Column(header=("性别",), source="resident.sex", mask="hidden")) == ()
    assert kind_of(Column(header=("出生",), source="resident.birth_date")) == "day"
    building = BuildingRow(id=1, name="3栋", storeys=None)
    assert cells([Column(header=("层数",), source="building.storeys")], building, number=1, on=TODAY) == [None]


def test_what_a_later_version_does_differently_is_said_by_heading() -> None:
    def column(name: str, **said: object) -> Column:
        return Column(header=(name,), source="resident.name", **said)  # type: ignore[arg-type]

    old = Body(grain="person", title="旧", columns=(column("甲"), column("乙"), column("丙")))
    new = Body(grain="person", title="新", columns=(column("乙", mask="name"), column("甲"), column("丁")))
    assert changes(old, new) == [
        Change("changed", "", "title", "旧", "新"),
        Change("removed", "丙"),
        Change("added", "丁", "source", "", "resident.name"),
        Change("moved", "乙", "place", "2", "1"),
        Change("changed", "乙", "mask", "", "name"),
        Change("moved", "甲", "place", "1", "2"),
    ]
    assert changes(old, old) == []


def test_a_form_of_people_is_made_for_today_and_one_of_numbers_for_any_day_that_has_begun() -> None:
    people, counts = one_column(), Body(grain="count", title="表")
    yesterday, tomorrow = date(2020, 2, 9), date(2020, 2, 11)
    assert day_fault(people, tomorrow, TODAY) == day_fault(counts, tomorrow, TODAY) == "forms.day_in_future"
    assert day_fault(people, yesterday, TODAY) == "forms.day_over"
    assert day_fault(people, TODAY, TODAY) == day_fault(counts, yesterday, TODAY) == ""
    assert rows_fault("pdf", 1_001, 1_000) == "forms.paper_too_long"
    assert rows_fault("xlsx", 200_001, 1_000) == "forms.too_many_rows"
    assert rows_fault("xlsx", 1_001, 1_000) == ""


def test_marks_say_who_when_and_what_for() -> None:
    at = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
    assert mark_of(UUID("0190b7f0-0000-7000-8000-0000abcdef12")) == "WABCDEF12"
    assert (
        mark_words("李华", "li.hua", at, "Asia/Shanghai", "给  镇卫生院")
        == "李华（li.hua） 2020-02-10 12:00 用途：给 镇卫生院"
    )
