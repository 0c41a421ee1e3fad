"""An invented township to look around in."""

from collections.abc import Iterator

from wangge.cli import starting
from wangge.cli.links import link_for

TOWNSHIP = "371323999"
TOWNSHIP_NAME = "云溪镇"
COMMUNITY = "翠湖社区"
GRIDS = ("第1网格", "第2网格", "第3网格")
VILLAGES = (
    "石桥村", "上塘村", "柳林村", "杨家湾村", "北渡村", "大岭村", "新民村", "河口村", "松坪村", "双井村",
    "桃源村", "龙泉村",
)  # fmt: skip
# Login and name of one account a role; the areas are the township's, the community's or its first grid's.
PEOPLE = {
    "town_lead": ("chen.lixin", "陈立新", "town"),
    "community_lead": ("he.min", "何敏", "community"),
    "clerk": ("shen.jie", "沈洁", "community"),
    "grid_worker": ("zhou.lan", "周岚", "grid"),
    "auditor": ("ma.yuan", "马远", "town"),
}


def open_demonstration() -> None:
    """Open the demonstration: a township with a community, its grids, twelve villages, and an account for each role."""
    from wangge.access import commands, queries
    from wangge.access.rules import Role
    from wangge.cli.opening import open_response
    from wangge.flows.areas import add_areas
    from wangge.places.commands import NewArea
    from wangge.places.queries import installation
    from wangge.places.rules import Level

    open_response(
        {
            "zone": starting.ZONE, "response": "云溪镇疫情联防联控（演示）", "authority": "云溪镇疫情联防联控工作组",
            "basis": "青防指〔2027〕3号（演示）", "area_code": TOWNSHIP, "area_name": TOWNSHIP_NAME,
            "language": "zh-hans", "admin": "admin", "demonstration": True,
        }
    )  # fmt: skip
    opened = installation()
    administrator = queries.first_administrator(on=starting.stamp().day)
    assert opened is not None
    assert administrator is not None
    areas = {"town": opened.area_id}
    new = [NewArea(level=Level.COMMUNITY, name=COMMUNITY)]
    new += [NewArea(level=Level.VILLAGE, name=name) for name in VILLAGES]
    made = add_areas(stamp=starting.stamp(), actor=administrator, parent=opened.area_id, areas=new)
    areas["community"] = made[0].id
    grids = [NewArea(level=Level.GRID, name=name) for name in GRIDS]
    areas["grid"] = add_areas(stamp=starting.stamp(), actor=administrator, parent=made[0].id, areas=grids)[0].id
    for role, (login, name, where) in PEOPLE.items():
        commands.add_account(
            stamp=starting.stamp(), actor=administrator, login=login, name=name, role=Role(role), area=areas[where]
        )


def fresh_links() -> Iterator[tuple[str, str]]:
    """Yield (role, one-time link) for each role of the demonstration."""
    from wangge.access import queries

    today = starting.stamp().day
    administrator = queries.first_administrator(on=today)
    for role, (login, _name, _where) in PEOPLE.items():
        viewer = queries.viewer_by_login(login, on=today)
        if viewer is not None and administrator is not None:
            yield role, link_for(administrator, viewer.account_id)[0]
