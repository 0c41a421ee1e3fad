"""The kinds of thing that stand in addresses, one of each in every area of the world where such a thing can lie.

``THINGS`` maps a kind to a function that makes them and returns the id by relation. A new kind is one more entry.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from tests.authz.answers import asked
from tests.authz.asked import questionnaires
from tests.places.drawn import png
from wangge.access.models import Duty
from wangge.access.rules import Role
from wangge.flows import maps
from wangge.flows.handed_down_list.staging import Wanted, bring_list
from wangge.flows.import_roster.models import ImportAsk, ImportProfile
from wangge.flows.import_roster.profiles import save_profile
from wangge.flows.import_roster.staging import stage_file
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import Departure, NewFlag, NewHousehold, NewResident, NewStay
from wangge.places import commands as places
from wangge.places.commands import WantedPoint
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, DoorKey, Level
from wangge.places.shapes.points import PointKind
from wangge.situation.cutoffs.commands import declare_zero, take_snapshot
from wangge.situation.cutoffs.rules import DEFAULT_SET as DAILY
from wangge.situation.forms.making import request_export
from wangge.surveys.codes import door_code
from wangge.surveys.commands import campaigns, close_round, record_visits, start_round
from wangge.surveys.models import ListEntry, Questionnaire
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.campaigns import CampaignHead, NewTeam, TeamRole

if TYPE_CHECKING:
    from tests.authz.world import World

NO_ROW, NO_ID = 999_999_999, UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
# Two names under one number: the second row must be asked about.
ROSTER = (
    "住址,姓名,与户主关系,身份证号\n"
    "21-1-101,周民,户主,43112619390123997X\n"
    "21-1-102,周敏,户主,43112619390123997X\n"
)  # fmt: skip
Ids = dict[str, object]
Making = Callable[["World"], Ids]


def _areas(world: "World") -> Ids:
    return {**{relation: area.id for relation, area in world.areas.items()}, "missing": NO_ROW}


def _homes(world: "World") -> Ids:
    """Put a household behind a door and one without a door into each area where people live; return the first."""
    kinds = ("household", "resident", "building", "door", "guest", "twins", "departed")
    found: dict[str, Ids] = {kind: {} for kind in kinds}
    for relation, area in world.lived_in.items():
        key = DoorKey("12" if relation == "below" else "3", "1", "101")
        door = places.ensure_dwellings(stamp=world.stamp(), actor=world.admin, area=area.id, keys=[key])[str(key)]
        above = Area.objects.get(id=door).path.rstrip(".").split(".")
        found["building"][relation] = Area.objects.get(id__in=above, level=Level.BUILDING).id
        found["door"][relation] = door
        found["household"][relation], (found["resident"][relation],) = _household(world, door, "张三")
        _, (guest, first, second, departed) = _household(world, area.id, "李四", "王五", "王五", "赵六")
        found["guest"][relation], found["twins"][relation] = guest, (first, second)
        found["departed"][relation] = departed
        gone = [Departure(departed, world.stamp().day)]
        people.leave_register(stamp=world.stamp(), actor=world.admin, departures=gone)
    for kind, by_relation in found.items():
        by_relation["missing"] = NO_ROW if kind in ("building", "door") else NO_ID
    world.things |= found
    return found["household"]


def _household(world: "World", area: int, *names: str) -> tuple[UUID, tuple[UUID, ...]]:
    members = tuple(
        NewResident(id=uuid7(), name=name, sex="M", is_head=not place, relation="unknown" if place else "head")
        for place, name in enumerate(names)
    )
    home = NewHousehold(id=uuid7(), area=area, members=members)
    people.add_households(stamp=world.stamp(), actor=world.admin, households=[home])
    return home.id, tuple(member.id for member in members)


def _made_before(kind: str) -> Making:
    """Return what hands out one kind of what was made with the households."""
    return lambda world: world.things[kind]


def _accounts(world: "World") -> Ids:
    made: Ids = {
        relation: world.account(f"worker-{relation}", Role.GRID_WORKER, area) for relation, area in world.areas.items()
    }
    return {**made, "missing": NO_ID}


def _duties(world: "World") -> Ids:
    made: Ids = {relation: Duty.objects.get(account=world.id("account", relation)).id for relation in world.areas}
    return {**made, "missing": NO_ROW}


def _flags(world: "World") -> Ids:
    found: Ids = {"missing": NO_ID}
    for relation in world.lived_in:
        day = world.stamp().day
        flag = NewFlag(
            id=uuid7(),
            resident=world.id("resident", relation),
            reason="returnee",
            from_on=day,
            until_on=day + timedelta(days=14),
        )
        people.raise_flags(stamp=world.stamp(), actor=world.admin, flags=[flag])
        found[relation] = flag.id
    return found


def _visits(world: "World") -> Ids:
    found: Ids = {"missing": NO_ID}
    for relation in world.lived_in:
        now = world.stamp()
        visit = VisitSeen(id=uuid7(), household=world.id("household", relation), state=DoorState.DONE, at=now.at)
        record_visits(stamp=now, actor=world.admin, visits=[visit])
        found[relation] = visit.id
    return found


def _stays(world: "World") -> Ids:
    found: Ids = {"missing": NO_ID}
    for relation in world.lived_in:
        guest, host = world.id("guest", relation), world.id("household", relation)
        stay = NewStay(id=uuid7(), resident=guest, household=host, from_on=world.stamp().day)
        people.begin_stay(stamp=world.stamp(), actor=world.admin, stay=stay)
        found[relation] = stay.id
    return found


def _joinings(world: "World") -> Ids:
    found: Ids = {"missing": NO_ID}
    for relation in world.lived_in:
        pair = world.things["twins"][relation]
        assert isinstance(pair, tuple)
        joined = people.join_residents(stamp=world.stamp(), actor=world.admin, kept=pair[0], gone=pair[1])
        found[relation] = joined.joining
    return found


def _imports(world: "World") -> Ids:
    """Look at a roster in each area, without bringing it in."""
    found: Ids = {"missing": NO_ID}
    for relation, area in world.lived_in.items():
        found[relation] = stage_file(
            stamp=world.stamp(), actor=world.admin, area=area.id, name="名册.csv", content=ROSTER.encode()
        )
    return found


def _profiles(world: "World") -> Ids:
    """Remember the columns of the roster that was looked at in each area."""
    found: Ids = {"missing": NO_ID}
    for relation in world.lived_in:
        imported = world.id("import", relation)
        save_profile(stamp=world.stamp(), actor=world.admin, imported=imported, name=relation)
        found[relation] = ImportProfile.objects.get(name=relation).id
    return found


def _asks(world: "World") -> Ids:
    made: Ids = {
        relation: ImportAsk.objects.get(imported=world.id("import", relation)).id for relation in world.lived_in
    }
    return {**made, "missing": NO_ID}


def _snapshots(world: "World") -> Ids:
    """Take a snapshot of each area."""
    found: Ids = {"missing": NO_ID}
    for relation, area in world.areas.items():
        found[relation] = take_snapshot(stamp=world.stamp(), actor=world.admin, profile=DAILY, area=area.id)
    return found


def _zeros(world: "World") -> Ids:
    """Let each community have had nothing to report yesterday."""
    found: Ids = {"missing": NO_ID}
    for relation, area in world.lived_in.items():
        if area.rank == COMMUNITY_RANK:
            now = world.stamp()
            yesterday = now.day - timedelta(days=1)
            found[relation] = declare_zero(stamp=now, actor=world.admin, profile=DAILY, area=area.id, on=yesterday)
    return found


def _exports(world: "World") -> Ids:
    """Take a form out of each area; nobody of the world made it."""
    found: Ids = {"missing": NO_ID}
    for relation, area in world.areas.items():
        found[relation] = request_export(
            stamp=world.stamp(), actor=world.admin, area=area.id, profile="sanya-01", purpose="演练"
        )
    return found


HANDED_DOWN = "姓名,身份证号,住址\n周民,43112619390123997X,21-1-101\n"


def _lists(world: "World") -> Ids:
    """Hand two lists out in each area, one of them to be withdrawn."""
    found: dict[str, Ids] = {kind: {"missing": NO_ID} for kind in ("list", "other list", "list row")}
    for relation, area in world.areas.items():
        for kind in ("list", "other list"):
            now = world.stamp()
            wanted = Wanted(name=kind, source="县指挥部", deadline=now.at + timedelta(days=1))
            content = f"{HANDED_DOWN}{kind},,\n".encode()
            handed = bring_list(
                stamp=now, actor=world.admin, area=area.id, file_name="l.csv", content=content, wanted=wanted
            )
            found[kind][relation] = handed
            found["list row"][relation] = ListEntry.objects.get(list=handed, row=3).id
    world.things |= found
    return found["list"]


SHAPES = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "?"}, "geometry":
{"type": "Polygon", "coordinates": [[[109, 24], [110, 24], [110, 25], [109, 24]]]}}]}"""


def _maps(world: "World") -> Ids:
    """Give each area a plan with a point on it and a file of shapes that waits; return the area."""
    points: Ids = {"missing": NO_ID}
    for relation, area in world.areas.items():
        plan = maps.set_plan(stamp=world.stamp(), actor=world.admin, area=area.id, content=png())
        maps.upload_shapes(stamp=world.stamp(), actor=world.admin, area=area.id, name="s.geojson", content=SHAPES)
        gate = WantedPoint(uid=None, area=area.id, plan=plan, kind=PointKind.GATE, name=relation, note="", x=1.0, y=1.0)
        points[relation] = maps.set_point(stamp=world.stamp(), actor=world.admin, point=gate)
    world.things["map point"] = points
    return _areas(world)


QUESTIONS = {
    "format": 1, "subject": "household", "languages": ["zh-hans"], "title": {"zh-hans": "申报"},
    "notice": {"zh-hans": "为了防疫"}, "choices": {},
    "questions": [{"name": "needs", "type": "text", "label": {"zh-hans": "需要什么"}}],
}  # fmt: skip


def _campaigns(world: "World") -> Ids:
    """Let the households of each area be asked to declare: a campaign that runs and one that is closed."""
    found: dict[str, Ids] = {kind: {"missing": NO_ID} for kind in ("campaign", "closed campaign")}
    now, top = world.stamp(), world.areas["own"].path.partition(".")[0] + "."
    asked = Questionnaire.objects.create(
        id=uuid7(), code="walk", version=1, area=Area.objects.get(path=top), path=top, title=QUESTIONS["title"],
        definition=QUESTIONS, digest=b"w" * 32, state="published", origin="shipped", made_at=now.at, changed_at=now.at,
    )  # fmt: skip
    for relation, area in world.areas.items():
        for kind, by_relation in found.items():
            head = CampaignHead(
                id=uuid7(), area=area.id, name=kind, purpose="防控", basis="防指〔2020〕1号", questionnaire=asked.id,
                telephone="6555 0120", from_on=now.day, until_on=now.day + timedelta(days=7),
            )  # fmt: skip
            started = campaigns.start_campaign(stamp=world.stamp(), actor=world.admin, head=head)
            by_relation[relation] = started.campaign
        world.things |= found
        closed = world.id("closed campaign", relation)
        campaigns.close_campaign(stamp=world.stamp(), actor=world.admin, campaign=closed)
    return found["campaign"]


def _codes(world: "World") -> Ids:
    """Give the household of one's own area its code; to whoever has none, the door answers alike."""
    campaign, home = world.id("campaign", "own"), world.id("household", "own")
    area = world.areas["own"].id
    campaigns.make_codes(stamp=world.stamp(), actor=world.admin, campaign=campaign, area=area)
    return {"own": door_code(campaign, home, 0)}


def _teams(world: "World") -> Ids:
    """Send a team to the household of each area."""
    found: Ids = {"missing": NO_ID}
    for relation, area in world.lived_in.items():
        now = world.stamp()
        team = NewTeam(uuid7(), tuple((role, "某人") for role in TeamRole))
        (sent,) = campaigns.send_teams(
            stamp=now, actor=world.admin, campaign=world.id("campaign", relation), area=area.id, teams=[team],
            doors=[[world.id("household", relation)]], from_at=now.at, until_at=now.at + timedelta(hours=2),
        )  # fmt: skip
        found[relation] = sent.team
    return found


def _rounds(world: "World") -> Ids:
    """Start in each area a round, one that repeats it, and one that is closed again."""
    found: dict[str, Ids] = {kind: {"missing": NO_ID} for kind in ("round", "closed round")}
    for relation, area in world.areas.items():
        before = None
        for kind in ("first round", "round", "closed round"):
            now = world.stamp()
            started = start_round(
                stamp=now, actor=world.admin, area=area.id, name=f"{kind} {relation}", purpose="演练", basis="演练",
                from_on=now.day, until_on=now.day + timedelta(days=1), before=before,
            )  # fmt: skip
            before = started.round
            if kind in found:
                found[kind][relation] = started.round
        close_round(stamp=world.stamp(), actor=world.admin, round=world_id(found["closed round"][relation]))
    world.things |= found
    return found["round"]


def world_id(id_: object) -> UUID:
    """Return an id as what it is."""
    assert isinstance(id_, UUID)
    return id_


THINGS: Mapping[str, Making] = {
    "area": _areas,
    "household": _homes,
    "resident": _made_before("resident"),
    "departed": _made_before("departed"),
    "building": _made_before("building"),
    "door": _made_before("door"),
    "account": _accounts,
    "duty": _duties,
    "flag": _flags,
    "visit": _visits,
    "stay": _stays,
    "joining": _joinings,
    "import": _imports,
    "ask": _asks,
    "snapshot": _snapshots,
    "zero": _zeros,
    "indicator": lambda world: dict.fromkeys((*world.areas, "missing"), "returnee.from_wuhan"),
    "export": _exports,
    # a form that comes with Wangge holds everywhere
    "form": lambda world: {**dict.fromkeys(world.areas, "sanya-01"), "missing": "no-such-form"},
    "round": _rounds,
    "closed round": _made_before("closed round"),
    "list": _lists,
    "other list": _made_before("other list"),
    "list row": _made_before("list row"),
    "import_profile": _profiles,
    "mapped": _maps,
    "map point": _made_before("map point"),
    "campaign": _campaigns,
    "closed campaign": _made_before("closed campaign"),
    "campaign code": _codes,
    "campaign team": _teams,
    "receipt": lambda _: {"own": "ABCDEFGH"},
    "questionnaire": questionnaires,
    "draft questionnaire": _made_before("draft questionnaire"),
    "asked round": asked,
    "answers": _made_before("answers"),
    "contradiction": _made_before("contradiction"),
    "check": _made_before("check"),
    "paper": _made_before("paper"),
    "sheet code": _made_before("sheet code"),
    "row number": lambda world: dict.fromkeys((*world.lived_in, "missing"), 1),
    # every draft of the walk asks this
    "question": lambda world: {**dict.fromkeys(world.areas, "count"), "missing": "nothing"},
    # not a thing in an area, but a word such as a token
    "word": lambda _: {"own": "unknown"},
}
