"""An invented list from above: people of the register, some of them written wrongly, and some whom nobody knows."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from wangge.cli import starting
from wangge.cli.simulation.people import Inventor

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

HEAD = ("序号", "姓名", "身份证号", "电话", "现住址", "来自地区", "离开疫区时间", "是否离开")
KNOWN, UNKNOWN, ANSWERED = 34, 8, 14
SOURCES = ("湖北武汉", "湖北黄冈", "湖北孝感", "湖南长沙")


def hand_down(actor: "Viewer", inventor: Inventor, area: int) -> None:
    """Hand a list out in an area, and let a part of it be answered."""
    from wangge.flows.handed_down_list.staging import Wanted, bring_list
    from wangge.kernel.ids import uuid7
    from wangge.kernel.periods import day_start
    from wangge.places.queries import area as area_of
    from wangge.surveys.commands import record_findings
    from wangge.surveys.queries.lists import all_entries
    from wangge.surveys.rules.lists import FindingSeen, Outcome

    home = area_of(area)
    assert home is not None
    stamp = starting.stamp()
    wanted = Wanted(
        name="重点地区返回人员（第三批）",
        source="县疫情联防联控工作组",
        basis="青防指〔2027〕5号（演示）",
        deadline=day_start(stamp.day + timedelta(days=2), stamp.zone) - timedelta(hours=8),
        risk_areas=("湖北",),
    )
    written = io.StringIO()
    csv.writer(written).writerows((HEAD, *_rows(actor, inventor, home.path)))
    content = written.getvalue().encode()
    handed = bring_list(stamp=stamp, actor=actor, area=area, file_name="第三批.csv", content=content, wanted=wanted)
    sure = (one for one in all_entries(viewer=actor, handed=handed) if one.proposal in set(Outcome))
    found = [
        FindingSeen(uuid7(), entry.id, Outcome(entry.proposal), starting.stamp().at) for entry in islice(sure, ANSWERED)
    ]
    record_findings(stamp=starting.stamp(), actor=actor, findings=found)


def _rows(actor: "Viewer", inventor: Inventor, path: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the list."""
    from wangge.people.queries import export

    random = inventor.random
    homes = list(islice(export(viewer=actor, path=path), 0, 1500, 40))
    people = [(home.door or "", one) for home in homes for one in home.members[:1]][:KNOWN]
    number = 0
    for door, one in people:
        number += 1
        phone = one.phones[0] if one.phones and random.random() < 0.8 else "16900000000"
        yield str(number), one.name or "", one.id_number or "", phone, door, *_journey(inventor)
    for person in (inventor.family(1)[0] for _ in range(UNKNOWN)):
        number += 1
        phone = person.phones[0] if person.phones else ""
        yield str(number), person.name, person.number, phone, random.choice(people)[0], *_journey(inventor)


def _journey(inventor: Inventor) -> tuple[str, str, str]:
    """Return from where somebody came, when they left there, and whether they have gone on."""
    random = inventor.random
    left = inventor.today - timedelta(days=random.randint(2, 18))
    return random.choice(SOURCES), left.isoformat(), "是" if random.random() < 0.15 else "否"
