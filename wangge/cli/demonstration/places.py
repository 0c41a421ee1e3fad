"""The invented township: its villages, grids, buildings, and the people who work there."""

from collections.abc import Iterator
from dataclasses import dataclass

from wangge.cli import starting
from wangge.cli.links import link_for

TOWNSHIP = "371323999"
TOWNSHIP_NAME = "云溪镇"
COMMUNITY = "翠湖社区"
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


@dataclass(frozen=True, slots=True)
class Estate:
    """Buildings of one form: how many, units (0 for none), floors, doors a floor."""

    buildings: int
    units: int
    floors: int
    doors: int

    def keys(self, first: int) -> Iterator[tuple[str, str, str]]:
        """Yield (building, unit, room) of every door; buildings are numbered from ``first``."""
        for number in range(first, first + self.buildings):
            for unit in range(1, self.units + 1) if self.units else (0,):
                for floor in range(1, self.floors + 1):
                    for door in range(1, self.doors + 1):
                        yield str(number), str(unit), f"{floor}{door:02d}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid of the community: its buildings, how many households and residents live there, and its workers."""

    name: str
    estates: tuple[Estate, ...]
    households: int
    residents: int
    workers: tuple[tuple[str, str], ...]


GRIDS = (
    Grid(
        "第1网格",
        (Estate(10, 3, 6, 2), Estate(4, 2, 11, 3), Estate(2, 0, 6, 2)),
        591,
        1984,
        (("zhou.lan", "周岚"), ("fang.yu", "方雨"), ("song.ping", "宋平"), ("luo.cheng", "罗成")),
    ),
    Grid("第2网格", (Estate(8, 3, 6, 2),), 262, 861, (("xu.wenjing", "许文静"), ("gao.xiuying", "高秀英"))),
    Grid("第3网格", (Estate(3, 2, 11, 4),), 240, 802, (("deng.kai", "邓凯"), ("tang.li", "唐丽"))),
)
# The logins of a simulated town (wangge simulate) that stand for the same roles.
SIMULATED = {
    "county_lead": "county1", "town_lead": "town1", "community_lead": "lead1", "clerk": "clerk1",
    "grid_worker": "grid1", "auditor": "audit1",
}  # fmt: skip
VILLAGE_GROUPS, VILLAGE_HOUSES = 5, 25
LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS = 84, 122
PERSONS_A_HOUSEHOLD = 3.34


def fresh_links() -> Iterator[tuple[str, str]]:
    """Yield (role, one-time link) for each role of the demonstration, or of a simulated town."""
    from wangge.access import queries

    today = starting.stamp().day
    administrator = queries.first_administrator(on=today)
    logins = [(role, login) for role, (login, _, _) in PEOPLE.items()]
    for role, login in (*logins, *SIMULATED.items()):
        viewer = queries.viewer_by_login(login, on=today)
        if viewer is not None and administrator is not None:
            yield role, link_for(administrator, viewer.account_id)[0]
