"""What had to be said about a file is drawn together by kind, what is worth a look first."""

from wangge.flows.import_roster.rows import Report
from wangge.office.imports.mapping import leads
from wangge.office.imports.reported import SHOWN, remarks


def test_remarks_of_one_kind_are_one_line_with_their_places() -> None:
    reports = [Report("一组", row, "E", "id_missing") for row in range(3, 12)]
    reports += [Report("二组", 5, "G", "date_ambiguous"), Report("三组", None, None, "hidden_sheet_skipped")]
    found = remarks(reports)
    assert [(one.number, one.look) for one in found] == [(1, True), (1, False), (9, False)]
    assert [one.first for one in found] == ["二组  G5", "三组", "一组  E3  E4  E5  E6  E7  E8"]
    assert found[2].others == "一组  E9  E10  E11"
    assert len(found[2].first.split()) == SHOWN + 1


def test_sheets_with_the_same_columns_are_set_right_once() -> None:
    def column(sheet: str, letter: str, field: str | None = "name") -> dict[str, str | None]:
        return {"sheet": sheet, "column": letter, "header": "姓名", "field": field}

    mapping = [column("一组", "A"), column("一组", "B"), column("二组", "A"), column("二组", "B"), column("三组", "A")]
    assert leads(mapping) == [0, 1, 0, 1, 4]
    assert leads([*mapping[:3], column("二组", "B", None)]) == [0, 1, 2, 3]
