"""Tables are found wherever an office puts them: below titles, under headings of several rows, without any."""

import pytest

from tests.flows.import_roster.books import HEADINGS, QIAN, TODAY, WU, ZHOU, book, names, people, read, said
from wangge.flows.import_roster.columns import Chosen, field_of, is_forbidden
from wangge.flows.import_roster.file import ReadFile, read_file
from wangge.kernel.refused import Refused

MEN = "43112619390123997X", "431126193703259064", "431126194702179411"


def fields(found: ReadFile) -> dict[str, str | None]:
    return {one.column: one.field for one in found.columns}


def test_titles_above_and_blank_rows_between_do_not_hide_the_headings() -> None:
    rows = (("石塘村居民登记表（2020年2月）",), ("填报单位：石塘村委会    填报人：李明",), (), HEADINGS, ZHOU, WU)
    assert names(read(book(("名册", rows)))) == ["周民", "吴梅"]


def test_headings_of_two_rows_with_merged_cells_are_read_as_one() -> None:
    rows = (
        ("序号", "住址", "户主情况", "", "居民基本情况", "", "", "联系方式"),
        ("", "", "姓名", "户主电话", "姓名", "身份证号码", "性别", ""),
        (1, "1-1-101", "周民", "16963934191", "周民", MEN[0], "男", "16963934192"),
    )

    def merge(_made: object, sheet: object) -> None:
        sheet.merge_range(0, 2, 0, 3, "户主情况")  # type: ignore[attr-defined]
        sheet.merge_range(0, 4, 0, 6, "居民基本情况")  # type: ignore[attr-defined]
        sheet.merge_range(0, 7, 1, 7, "联系方式")  # type: ignore[attr-defined]

    found = read(book(("名册", rows), change=merge))
    assert fields(found) == {
        "A": "order", "B": "door", "C": "head", "D": None, "E": "name", "F": "number", "G": "sex", "H": "phones",
    }  # fmt: skip
    (one,) = people(found)
    assert (one.name, one.head_name, one.phones) == ("周民", "周民", ("16963934192",))


def test_a_text_file_keeps_headings_of_two_rows_without_merged_cells() -> None:
    text = f"住址,基本信息,,,联系电话\n,姓名,性别,身份证号,\n1-1-101,周民,男,{MEN[0]},16963934191\n"
    found = read(text)
    assert fields(found) == {"A": "door", "B": "name", "C": "sex", "D": "number", "E": "phones"}
    assert names(found) == ["周民"]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_with_any_sign_between_the_cells_in_any_encoding(sign: str, encoding: str) -> None:
    lines = ["石塘村花名册", sign.join(("住址", "姓名", "身份证号")), sign.join(("1-1-101", "周民", MEN[0]))]
    assert names(read("\r\n".join(lines).encode(encoding))) == ["周民"]


def test_a_hint_of_the_spreadsheet_about_the_sign_is_followed() -> None:
    assert names(read("sep=;\n住址;姓名;电话\n1-1-101;周民;16963934191,16963934192\n")) == ["周民"]


def test_a_sheet_without_headings_is_read_by_what_stands_in_it_and_that_is_said() -> None:
    rows = [("1栋1单元101", "周民", MEN[0], 16963934191), ("1栋1单元102", "吴梅", MEN[1], 16963934192),
            ("1栋1单元201", "董宝华", MEN[2], 16963934193)]  # fmt: skip
    found = read(book(("Sheet1", rows)))
    assert fields(found) == {"A": "door", "B": "name", "C": "number", "D": "phones"}
    assert said(found) == [("Sheet1", None, None, "headings_by_content")]
    assert [one.confidence for one in found.columns] == [0.6] * 4


def test_a_column_with_an_unknown_heading_is_taken_when_document_numbers_stand_in_it() -> None:
    rows = [("编码", "姓名", "住址"), *((number, "周民", "1-1-101") for number in MEN)]
    assert fields(read(book(("名册", rows))))["A"] == "number"


def test_a_heading_is_not_believed_when_everything_below_it_is_something_else() -> None:
    rows = [("住址", "姓名", "电话"), *(("1-1-101", "周民", number) for number in MEN)]
    found = read(book(("名册", rows)))
    assert fields(found)["C"] == "number"
    assert [one.number for one in people(found)] == list(MEN)


def test_what_is_never_read_is_known_by_its_contents_too() -> None:
    rows = [("住址", "姓名", "类别"), *(("1-1-101", "周民", word) for word in ("汉族", "土家族", "壮", "汉"))]
    found = read(book(("名册", rows)))
    assert [one.header for one in found.dropped] == ["类别"]
    assert ("名册", 1, "C", "forbidden_column") in said(found)


def test_somebody_may_choose_another_field_or_none_but_not_a_forbidden_one() -> None:
    content = book(("名册", (("住址", "姓名", "民族", "甲", "电话"), ("1-1-101", "周民", "汉", MEN[0], "16963934191"))))
    assert people(read(content))[0].number == ""
    chosen: Chosen = {("名册", "D"): "number", ("名册", "E"): None, ("名册", "C"): "remark"}
    (one,) = people(read_file(content, TODAY, chosen=chosen))
    assert (one.number, one.phones, one.remark) == (MEN[0], (), "")


def test_headings_that_were_learnt_are_known() -> None:
    content = book(("名册", (("户籍地门号", "大名", "甲"), ("1-1-101", "周民", MEN[0]))))
    with pytest.raises(Refused, match="headings_missing"):
        read(content)
    learnt = {"户籍地门号": "door", "大名": "name", "甲": "number"}
    (one,) = people(read_file(content, TODAY, aliases=learnt))
    assert (one.name, one.door, one.number) == ("周民", "1-1-101", MEN[0])


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("监护人电话", None), ("紧急联系人电话", None), ("户籍地址", None), ("工作单位", None), ("手机号码1", "phones"),
        ("*姓名（必填）", "name"), ("身份证号(18位)", "number"), ("与户主\n关系", "relation"), ("现居住地址", "door"),
    ],
)  # fmt: skip
def test_a_heading_about_somebody_else_is_not_taken_for_the_persons(header: str, field: str | None) -> None:
    assert field_of(header)[0] == field


@pytest.mark.parametrize(
    "header", ["民 族", "政治面貌", "宗教信仰", "是否党员", "手机基站位置", "Religion", "信仰情况"]
)
def test_headings_of_what_is_never_asked_are_known(header: str) -> None:
    assert is_forbidden(header)


@pytest.mark.parametrize(
    ("sheet", "title", "door"),
    [
        ("三组", "", "3/12"), ("第3小组", "", "3/12"), ("石塘村三组", "", "3/12"),
        ("Sheet1", "石塘村三组村民名册", "3/12"),
        ("Sheet1", "三组、四组名册", ""), ("2020年", "", ""),
    ],
)  # fmt: skip
def test_the_name_or_title_of_a_sheet_tells_the_villagers_group(sheet: str, title: str, door: str) -> None:
    found = read(book((sheet, ((title,), ("户号", "姓名", "身份证号"), (12, "周民", MEN[0])))))
    assert people(found)[0].door == door


def test_the_name_of_a_sheet_tells_the_building() -> None:
    found = read(book(("5号楼", (("单元", "房号", "姓名"), ("2", "301", "周民")))))
    assert people(found)[0].door == "5-2-301"


def test_a_list_of_heads_has_a_row_a_household() -> None:
    (one,) = people(read(f"组别,户号,户主姓名,户主身份证号,户主电话,人口数\n一组,3,周民,{MEN[0]},16963934191,4\n"))
    assert (one.door, one.name, one.is_head, one.size, one.phones) == ("1/3", "周民", True, 4, ("16963934191",))


def test_totals_are_left_out_and_held_against_the_rows() -> None:
    rows = (HEADINGS, ZHOU, WU, ("1号楼小计 1户 2人",), QIAN, ("2号楼小计", "1户", "2人"), ("总计", "2户", "3人"))
    totals = [one for one in said(read(book(("名册", rows)))) if "total" in one[3]]
    assert totals == [
        ("名册", 4, "A", "total_row_skipped"),
        ("名册", 6, "A", "total_row_skipped"),
        ("名册", 6, "C", "total_mismatch"),
        ("名册", 7, "A", "total_row_skipped"),
    ]


def test_a_sheet_that_only_sums_up_is_held_against_the_others() -> None:
    group = ("一组", (("户号", "姓名"), (1, "周民"), ("", "吴梅")))
    summary = ("汇总", (("组别", "户数", "人数"), ("1组", 1, 3)))
    found = said(read(book(group, summary)))
    assert ("汇总", 2, "C", "total_mismatch") in found
    assert ("汇总", None, None, "sheet_no_data") in found


def test_a_row_with_the_whole_family_is_read_as_all_of_them() -> None:
    text = (
        "楼栋,单元,房号,户主姓名,户主身份证号,户主电话,家庭成员1姓名,家庭成员1关系,家庭成员1身份证号,家庭成员2姓名,家庭成员2关系,家庭成员2身份证号\n"
        f"3,2,501,周民,{MEN[0]},16963934191,吴梅,妻,{MEN[1]},周小,子,\n3,2,502,董宝华,{MEN[2]},,,,,,,\n"
    )
    found = people(read(text))
    assert [(one.row, one.name, one.door, one.relation, one.number) for one in found] == [
        (2, "周民", "3-2-501", "head", MEN[0]),
        (2, "吴梅", "3-2-501", "spouse", MEN[1]),
        (2, "周小", "3-2-501", "child", ""),
        (3, "董宝华", "3-2-502", "head", MEN[2]),
    ]
    assert len({one.block for one in found}) == 2


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    text = (
        "序号,住址,姓名,电话,序号,住址,姓名,电话\n1,3-2-501,周民,16963934191,3,3-2-503,董宝华,\n2,3-2-502,吴梅,,,,,\n"
    )
    assert [(one.name, one.door) for one in people(read(text))] == [
        ("周民", "3-2-501"), ("董宝华", "3-2-503"), ("吴梅", "3-2-502"),
    ]  # fmt: skip


def test_headings_in_traditional_characters_are_known() -> None:
    found = read(f"住址,姓名,與戶主關係,性別,身份證號碼,聯絡電話\n3棟2單元501室,周民,戶主,男,{MEN[0]},16963934191\n")
    (one,) = people(found)
    assert (one.door, one.relation, one.sex, one.number, one.phones) == (
        "3-2-501", "head", "M", MEN[0], ("16963934191",),
    )  # fmt: skip
