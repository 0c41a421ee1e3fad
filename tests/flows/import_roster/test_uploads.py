"""Files as they are sent: kept sealed for a while, read apart within limits, read by one reader, given back."""

import io
import random
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import NOON
from tests.flows.import_roster.support import FAMILY, HEAD, TWO_NAMES, ZHOU, World, village
from tests.places.world import worker
from wangge.access.rules import Role
from wangge.agenda.models import Due
from wangge.agenda.workers import run_due
from wangge.flows.import_roster import applying
from wangge.flows.import_roster.apart import read_apart
from wangge.flows.import_roster.file import read_file
from wangge.flows.import_roster.finishing import finish_interrupted
from wangge.flows.import_roster.given import Job
from wangge.flows.import_roster.giving_back import given_back
from wangge.flows.import_roster.models import Import, ImportRow, ImportSheet, ImportUpload
from wangge.flows.import_roster.reading import read_sheets
from wangge.flows.import_roster.staging import read_upload
from wangge.flows.import_roster.uploading import Sent, claim_upload, discard_import, set_columns, take_upload
from wangge.kernel.refused import Refused
from wangge.people.models import Resident
from wangge.privacy.holdings import erase

pytestmark = pytest.mark.django_db(transaction=True)
JOB = Job(date(2020, 2, 10))
NUMBERS = f"{HEAD}1-1-101,周民,户主,,,{ZHOU},16963934191,独居\n"


def book(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False}) as one:
        sheet = one.add_worksheet("住户")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return made.getvalue()


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return made.getvalue()


def send(world: World, content: bytes) -> object:
    sent = Sent(area=world.village.id, name="名册.xlsx", content=content)
    return take_upload(stamp=world.now(), actor=world.admin, sent=sent)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=bytes(210 * 1024 * 1024)), "file_unpacks_too_big"),
        (packed(xl__workbook_xml=b"<x/>", xl__vbaProject_bin=b"x"), "file_has_macros"),
        (b"%PDF-1.7\n" + bytes(400), "not_a_table"),
        (b"PK\x03\x04" + bytes(400), "not_a_table"),
        (b" \n ", "file_empty"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_apart(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_apart(content, JOB)


def test_a_file_that_needs_too_much_memory_ends_its_reader_only() -> None:
    # 136 MB of one cell unpack within the limits of the archive (a picture makes it as large as its text would be), and
    # do not fit into the reader with what it makes of them
    text = b"<row><c t='inlineStr'><is><t>" + b"&#20154;" * 17_000_000 + b"</t></is></c></row>"
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>" + text
    rows = book([["姓名", "住址"]])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rows)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            whole = sheet + b"</sheetData></worksheet>" if name == "xl/worksheets/sheet1.xml" else old.read(name)
            new.writestr(name, whole)
        new.writestr("xl/media/image1.png", random.Random(1).randbytes(2_000_000))
    assert len(made.getvalue()) < 5 * 1024 * 1024
    with pytest.raises(Refused) as refused:
        read_apart(made.getvalue(), JOB)
    assert refused.value.code in ("imports.file_too_hard", "imports.headings_missing")


def test_what_is_read_apart_is_what_is_read_here() -> None:
    content = village() + b"\n" * 210_000
    given = read_apart(content, JOB)
    assert given.read == read_file(content, JOB.as_of)
    assert (len(given.cells), given.cells.part(0)[0][:1]) == (375, b"[")


def test_a_file_is_kept_sealed_until_it_is_brought_in(world: World) -> None:
    staged = world.stage(NUMBERS)
    (kept,) = ImportUpload.objects.all()
    held = bytes(kept.sealed) + bytes(kept.samples or b"")
    held += b"".join(bytes(one.cells or b"") for one in rows_with_cells())
    assert not any(word.encode() in held for word in ("周民", ZHOU, "16963934191", "独居", "姓名"))
    applying.apply(stamp=world.now(), actor=world.admin, imported=staged)
    assert not ImportUpload.objects.exists()


def rows_with_cells() -> list[ImportRow]:
    return list(ImportRow.objects.exclude(cells=None))


def test_a_file_that_is_thrown_away_leaves_nothing(world: World) -> None:
    staged = world.stage(NUMBERS)
    discard_import(stamp=world.now(), actor=world.admin, imported=staged)
    assert [table.objects.count() for table in (Import, ImportUpload, ImportSheet, ImportRow)] == [0, 0, 0, 0]


def test_a_file_that_is_left_alone_goes_after_a_day_and_its_cells_after_a_week(world: World) -> None:
    staged = world.stage(NUMBERS)
    run_due(NOON + timedelta(hours=23))
    assert ImportUpload.objects.exists()
    run_due(NOON + timedelta(days=1, hours=1))
    assert not ImportUpload.objects.exists()
    with pytest.raises(Refused, match="upload_gone"):
        set_columns(stamp=world.now(), actor=world.admin, imported=staged, chosen=[(None, "A", "door")])
    applying.apply(stamp=world.now(), actor=world.admin, imported=staged)
    assert given_back(viewer=world.admin, imported=staged, say=lambda _group, code: code)
    run_due(NOON + timedelta(days=7, hours=1))
    assert (rows_with_cells(), ImportSheet.objects.count()) == ([], 0)
    with pytest.raises(Refused, match="cells_gone"):
        given_back(viewer=world.admin, imported=staged, say=lambda _group, code: code)
    assert not Due.objects.filter(kind="imports.forget", done_at=None).exists()


def test_somebody_who_is_erased_goes_from_the_file_and_from_what_can_be_given_back(world: World) -> None:
    world.bring(NUMBERS)
    world.stage(NUMBERS)
    erase(Resident.objects.get().id, at=NOON)
    assert (ImportUpload.objects.count(), ImportSheet.objects.count(), rows_with_cells()) == (0, 0, [])


def test_a_large_file_waits_for_the_worker_and_is_read_once(world: World) -> None:
    imported = send(world, village() + b"\n" * 210_000)
    assert world.look(imported).state == "reading"  # type: ignore[arg-type]
    assert finish_interrupted(stamp=world.now()) == [imported]
    seen = world.look(imported)  # type: ignore[arg-type]
    assert (seen.state, seen.counts.created, Resident.objects.count()) == ("staged", 375, 0)
    assert finish_interrupted(stamp=world.now()) == []


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(world: World) -> None:
    imported = send(world, b"a,b\n" + b"1,2\n" * 60_000)
    assert finish_interrupted(stamp=world.now()) == []
    seen = world.look(imported)  # type: ignore[arg-type]
    assert (seen.state, seen.refusal["code"]) == ("refused", "imports.headings_missing")
    assert not ImportUpload.objects.exists()


def test_two_readers_do_not_read_one_file_and_a_dead_one_is_followed(world: World) -> None:
    imported = send(world, village() + b"\n" * 210_000)
    claim_upload(stamp=world.now(), actor=world.admin, imported=imported)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not_staged"):
        read_upload(stamp=world.now(), actor=world.admin, imported=imported)  # type: ignore[arg-type]
    assert finish_interrupted(stamp=world.now()) == []
    world.minutes += 11
    assert finish_interrupted(stamp=world.now()) == [imported]
    assert world.look(imported).counts.created == 375  # type: ignore[arg-type]


def test_columns_set_right_are_read_so(world: World) -> None:
    staged = world.stage("门口,谁,说明\n1-1-101,周民,16963934191\n".replace("门口", "住址").replace("谁", "姓名"))
    chosen = [(None, "A", "door"), (None, "B", "name"), (None, "C", "phones")]
    set_columns(stamp=world.now(), actor=world.admin, imported=staged, chosen=chosen)
    read_upload(stamp=world.now(), actor=world.admin, imported=staged)
    applying.apply(stamp=world.now(), actor=world.admin, imported=staged)
    assert world.register() == {"1-1-101": [("周民", ("16963934191",))]}


def test_a_column_that_is_not_there_cannot_be_set(world: World) -> None:
    staged = world.stage(FAMILY)
    with pytest.raises(Refused, match="column_unknown"):
        set_columns(stamp=world.now(), actor=world.admin, imported=staged, chosen=[(None, "ZZ", "name")])


def test_the_sheet_is_given_back_with_result_and_reason_and_nothing_under_forbidden_headings(
    world: World, tmp_path: Path
) -> None:
    rows = [
        ["名册"],
        ["住址", "姓名", "民族", "身份证号"],
        ["1-1-101", "周民", "汉族", ZHOU],
        ["1-1-102", "=1+1", "x", ""],
    ]
    seen = world.bring(book(rows))
    made = given_back(viewer=world.admin, imported=seen.id, say=lambda group, code: f"{group.split('.')[1]} {code}")
    (sheet,) = read_sheets(made)
    cells = [[str(one or "") for one in row.cells] for row in sheet.rows]
    assert cells[1] == ["住址", "姓名", "民族", "身份证号", "given_back result", "given_back reason"]
    assert cells[2] == ["1-1-101", "周民", "", ZHOU, "outcome created", ""]
    assert cells[3][:5] == ["1-1-102", "=1+1", "", "", "outcome rejected"]
    assert "report" in cells[3][5]
    assert "汉族" not in repr(cells)


def test_only_who_may_import_there_gets_the_sheet_back(world: World) -> None:
    seen = world.bring(TWO_NAMES)
    clerk = worker(world.admin, "clerk", Role.CLERK, world.other)
    with pytest.raises(Refused, match="import_unknown"):
        given_back(viewer=clerk, imported=seen.id, say=lambda _group, code: code)
