"""What a truth file says, held against what was read and planned: differences in words, none when all is well."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from wangge.flows.import_roster.contents import fingerprints_of
from wangge.flows.import_roster.file import ReadFile, read_file
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Picture, Plan, PlannedRow
from wangge.flows.import_roster.states import Action, Outcome

ROSTERS = Path(__file__).parent.parent.parent / "data" / "rosters"
TODAY = date(2020, 2, 10)
Place = tuple[str | None, int | None]


def truth(name: str) -> dict[str, Any]:
    """Return the truth about a roster."""
    found: dict[str, Any] = json.loads((ROSTERS / f"{name}.truth.json").read_text("utf-8"))
    return found


def buildings(name: str) -> Picture:
    """Return a register without people that knows the buildings of a community."""
    with (ROSTERS / f"{name}.buildings.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    units = {row["楼号"]: int(row["单元数"]) for row in rows}
    return Picture(
        with_units=frozenset(one for one, number in units.items() if number),
        without_units=frozenset(one for one, number in units.items() if not number),
    )


def planned(file: str, picture: Picture | None = None) -> tuple[ReadFile, Plan]:
    """Return a roster as it is read and planned into a register where nobody lives yet."""
    read = read_file((ROSTERS / file).read_bytes(), TODAY)
    people = [row.person for row in read.rows]
    return read, make_plan(read, fingerprints_of(people), picture or Picture())


def reported(read: ReadFile, plan: Plan) -> Counter[tuple[str, str | None, int | None]]:
    """Count the reports by code, sheet and row."""
    found = Counter((one.code, one.sheet, one.row if one.code != "forbidden_column" else None) for one in read.reports)
    found.update((code, row.sheet, row.row) for row in plan.rows for _, code in row.codes)
    return found


def differences(said: dict[str, Any], read: ReadFile, plan: Plan) -> Iterator[str]:
    """Yield what differs from the truth: reports, persons, households, questions."""
    yield from _reports(said, read, plan)
    yield from _people(said, plan)
    yield from _households(said, plan)
    yield from _asks(said, plan)


def _reports(said: dict[str, Any], read: ReadFile, plan: Plan) -> Iterator[str]:
    wanted = Counter((one["code"], one["sheet"], one.get("row")) for one in said["reports"])
    found = reported(read, plan)
    yield from (f"not reported: {one}" for one in sorted((wanted - found).elements(), key=str))
    yield from (f"reported without need: {one}" for one in sorted((found - wanted).elements(), key=str))
    places = {(one.code, one.sheet, one.row, one.column) for one in read.reports}
    places |= {(code, row.sheet, row.row, column) for row in plan.rows for column, code in row.codes}
    columns = {
        (one["code"], one["sheet"], one.get("row"), one["col"])
        for one in said["reports"]
        if one.get("row") and "col" in one
    }
    yield from (f"reported at another column: {one}" for one in sorted(columns - places, key=str))


def people(plan: Plan) -> dict[Place, PlannedRow]:
    """Return the row that became a person, by every row that is about the person and waits for nobody."""
    return {(row.sheet, row.row): _first(plan, row) for row in plan.rows if row.person is not None}


def _first(plan: Plan, row: PlannedRow) -> PlannedRow:
    return plan.rows[row.folded] if row.folded is not None else row


def _people(said: dict[str, Any], plan: Plan) -> Iterator[str]:
    by_place = people(plan)
    for one in said["persons"]:
        asked = {tuple(place) for place in one.get("ask_rows", ())}
        places = [tuple(place) for place in one["rows"] if tuple(place) not in asked]
        rows = {id(by_place[place]): by_place[place] for place in places if place in by_place}
        if len(rows) != 1 or any(place not in by_place for place in places):
            yield f"{one['pid']} {one['name']} is {len(rows)} people: {places}"
            continue
        (row,) = rows.values()
        person = row.person
        assert person is not None
        number = person.number if not person.number_doubt else ""
        got = (person.name, person.sex, str(person.birth or ""), number, sorted(person.phones))
        want = (one["name"] or "", one["sex"] or "", one["birth"] or "", one["id_number"] or "", sorted(one["phones"]))
        if got != want:
            yield f"{one['pid']} at {places[0]}: {got} and not {want}"
        if row.outcome == Outcome.ASKED and (row.sheet, row.row) not in _waiting(said):
            yield f"{one['pid']} at {places[0]} is asked about"


def _waiting(said: dict[str, Any]) -> set[Place]:
    return {tuple(one["b"]) for one in said["pairs"] if one["decision"] == "ask"}


def _households(said: dict[str, Any], plan: Plan) -> Iterator[str]:
    by_place = people(plan)
    members: dict[str, list[PlannedRow]] = {}
    of: dict[str, PlannedRow] = {}
    for one in said["persons"]:
        asked = {tuple(place) for place in one.get("ask_rows", ())}
        place = next(tuple(place) for place in one["rows"] if tuple(place) not in asked)
        if place in by_place:
            of[one["pid"]] = by_place[place]
            members.setdefault(one["household"] or one["block"], []).append(by_place[place])
    made = {row.household for row in plan.rows if row.action == Action.NEW and row.outcome == Outcome.CREATED}
    if len(made) != said["counts"]["households"]:
        yield f"{len(made)} households and not {said['counts']['households']}"
    for home in said["households"]:
        key = home["key"] or home.get("block")
        rows = members.get(key, [])
        if len({row.household for row in rows}) != 1 or len(rows) != home["size"]:
            yield f"{key}: {len(rows)} of {home['size']} in {len({row.household for row in rows})} households"
        doors = {row.person.door for row in rows if row.person}
        if home["key"] and doors - {home["key"]}:
            yield f"{key}: doors {doors}"
        heads = [row for row in rows if row.person and row.person.is_head]
        head = of.get(home["head"]) if home["head"] else None
        if heads != ([head] if head else []):
            yield f"{key}: heads {[row.row for row in heads]}, truth {head.row if head else None}"


def _asks(said: dict[str, Any], plan: Plan) -> Iterator[str]:
    wanted = {frozenset((tuple(one["a"]), tuple(one["b"]))) for one in said["pairs"] if one["decision"] == "ask"}
    found = {
        frozenset(((plan.rows[at].sheet, plan.rows[at].row), (one["sheet"], one["row"])))
        for ask in plan.asks
        for at in ask.waiting
        for one in ask.candidates
    }
    yield from (f"not asked: {sorted(one)}" for one in sorted(wanted - found, key=str))
    yield from (f"asked without need: {sorted(one, key=str)}" for one in sorted(found - wanted, key=str))
