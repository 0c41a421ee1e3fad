"""The rosters among the test data as the matcher is given them: cells from the files, doors from their truth."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlrd

from wangge.kernel.identity import Verdict, clean_number, read_identity
from wangge.kernel.names import read_name
from wangge.planning.matching import Subject

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
COLUMNS = {
    "人口信息": {"name": "D", "sex": "F", "birth": "G", "number": "H", "phones": "L"},
    "补充登记": {"name": "D", "number": "F", "phones": "E"},
    "组": {"name": "B", "sex": "D", "number": "E", "phones": "F"},
    "returnees": {"name": "C", "sex": "D", "number": "F", "phones": "G"},
}
SEXES = {"男": "M", "女": "F"}
Place = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of people in the order of the file, each with its place, and what is true of pairs of them."""

    places: list[Place]
    subjects: list[Subject]
    truth: dict[str, Any]


def roster(name: str) -> Roster:
    """Return a roster whose truth file lists persons with their rows."""
    truth = json.loads((ROSTERS / f"{name}.truth.json").read_text("utf-8"))
    cells = _cells(name)
    doors: dict[Place, str] = {}
    for one in truth["persons"]:
        own = one["household"] or f"? {one['pid']}"
        for at, (sheet, row) in enumerate(one["rows"]):
            doors[sheet, row] = one["other_households"][0] if at and one.get("other_households") else own
    order = list(cells)
    places = sorted(doors, key=lambda place: (order.index(place[0]), place[1]))
    return Roster(places, [_subject(cells[sheet][row], sheet or "", doors[sheet, row]) for sheet, row in places], truth)


def returnees() -> tuple[list[Subject], list[dict[str, Any]]]:
    """Return the people of the list handed down, without doors, and what is true of each."""
    truth = json.loads((ROSTERS / "returnees_273.truth.json").read_text("utf-8"))
    (cells,) = list(_cells("returnees_273").values())[:1]
    return [_subject(cells[one["row"]], "returnees", "") for one in truth["rows"]], truth["rows"]


def _cells(name: str) -> dict[str | None, dict[int, list[Any]]]:
    """Return the cells of a workbook by sheet and row."""
    if (file := ROSTERS / f"{name}.xlsx").exists():
        book = openpyxl.load_workbook(file, read_only=True)
        return {one.title: dict(enumerate(map(list, one.values), start=1)) for one in book}
    old = xlrd.open_workbook(str(ROSTERS / f"{name}.xls"))
    return {one.name: {at + 1: list(one.row_values(at)) for at in range(one.nrows)} for one in old.sheets()}


def _subject(cells: list[Any], sheet: str, door: str) -> Subject:
    columns = COLUMNS.get(sheet, COLUMNS["组"])
    said = {name: cells[ord(letter) - ord("A")] for name, letter in columns.items()}
    number = _number(said["number"])
    good = read_identity(number.get("number", ""))
    return Subject(
        name=read_name(str(said["name"] or "")).normal,
        birth=good.birth_on or _birth(said.get("birth")),
        sex=good.sex or SEXES.get(str(said.get("sex")), ""),
        door=door,
        phones=frozenset(re.findall(r"\d{11}", re.sub(r"(?<=\d)[- ](?=\d)", "", _text(said["phones"])))),
        **number,
    )


def _number(cell: Any) -> dict[str, str]:
    if isinstance(cell, float):
        return {"partial": f"{cell:.14e}".replace(".", "")[:15]}
    found = read_identity(_text(cell))
    if found.verdict in (Verdict.VALID, Verdict.OLD):
        return {"number": found.normal}
    return {"doubtful": clean_number(_text(cell))} if found.verdict == Verdict.WARN_CHECK_DIGIT else {}


def _birth(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    parts = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", _text(cell))
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell or "")
