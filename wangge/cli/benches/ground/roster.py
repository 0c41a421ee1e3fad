"""An invented roster of any size as an office would send it: a title, headings in two rows, families below heads."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wangge.cli.simulation.census import MEN, WOMEN
from wangge.cli.simulation.census import SURNAMES as SHARES

GROUPS = (("住址", 3), ("基本情况", 5), ("联系方式", 1), ("其他", 2))
HEADINGS = (
    "楼号", "单元", "房号", "姓名", "与户主关系", "性别", "出生日期", "身份证号", "联系电话", "民族", "备注",
)  # fmt: skip
HOMES_A_BUILDING = 96
SURNAMES = tuple(name for name, _ in SHARES)
DISTRICT = 371323
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def workbook(people: int, seed: int = 5, district: int = DISTRICT) -> bytes:
    """Return an .xlsx with about so many people: one sheet, a title, two rows of headings."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("住户")
        sheet.write_string(0, 0, "社区住户登记表")
        at = 0
        for name, width in GROUPS:
            if width > 1:
                sheet.merge_range(1, at, 1, at + width - 1, name)
            else:
                sheet.write_string(1, at, name)
            at += width
        sheet.write_row(2, 0, HEADINGS)
        for number, row in enumerate(rows(people, seed, district), start=3):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def rows(people: int, seed: int = 5, district: int = DISTRICT) -> Iterator[tuple[str, ...]]:
    """Yield a row a person, in the order of doors; only a head's row names the door."""
    inventor = _Inventor(Random(seed), district)  # noqa: S311  (nothing secret)
    made = home = 0
    while made < people:
        size = min(people - made, inventor.random.choice((1, 2, 2, 3, 3, 4, 5)))
        yield from inventor.family(home, size)
        made, home = made + size, home + 1


@dataclass(slots=True)
class _Inventor:
    """Draws people; every number and telephone is drawn once."""

    random: Random
    district: int
    serials: dict[date, int] = field(default_factory=dict)
    phone: int = 0

    def family(self, home: int, size: int) -> Iterator[tuple[str, ...]]:
        building, place = divmod(home, HOMES_A_BUILDING)
        unit, door = divmod(place, HOMES_A_BUILDING // 4)
        written = (f"{building + 1}号楼", f"{unit + 1}单元", f"{door // 2 + 1}{door % 2 + 1:02d}室")
        surname = self.random.choice(SURNAMES)
        for member in range(size):
            own = self._person(surname if member != 1 else self.random.choice(SURNAMES), member)
            yield (*(written if member == 0 else ("", "", "")), *own)

    def _person(self, surname: str, member: int) -> tuple[str, ...]:
        man = self.random.random() < 0.5 if member != 1 else False
        given = MEN if man else WOMEN
        name = surname + "".join(self.random.choices(given, k=self.random.choice((1, 2, 2))))
        years = self.random.randint(25, 80) if member < 2 else self.random.randint(0, 40)
        born = date(2019 - years, 1, 1) + timedelta(days=self.random.randrange(365))
        relation = ("户主", "配偶", "儿子" if man else "女儿", "儿子" if man else "女儿", "儿子" if man else "女儿")[
            member
        ]
        phone = self._phone() if member < 2 or self.random.random() < 0.3 else ""
        return (
            name, relation, "男" if man else "女", born.isoformat(), self._number(born, man), phone, "汉族",
            "独居" if self.random.random() < 0.02 else "",
        )  # fmt: skip

    def _phone(self) -> str:
        self.phone += 1
        return f"1{39_00_000_000 + self.phone * 7919 % 1_00_00_000:010d}"

    def _number(self, born: date, man: bool) -> str:
        serial = self.serials[born] = self.serials.get(born, 0) + 1
        district = self.district + 2 * (serial // 499)  # one district has 499 of each sex a day
        body = f"{district}{born:%Y%m%d}{serial % 499 * 2 + man:03d}"
        check = "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11]
        return body + check
