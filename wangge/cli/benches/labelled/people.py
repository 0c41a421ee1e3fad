"""Invented households: sizes, ages and surnames near the national shares, with twins and namesakes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from wangge.kernel.identity import check_digit

TODAY = date(2020, 2, 10)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符"
)
SHARES = [max(7.2 / (1 + at * 0.14), 0.08) for at in range(len(SURNAMES))]
GIVEN = {
    "M": "伟强军勇磊涛斌波辉刚健明亮超鹏杰峰浩宇俊凯鑫龙飞建国志海文平华林永德福庆祥荣贵富昌忠义仁信兴旺子轩豪泽睿辰",
    "F": "芳娜敏静丽艳娟霞秀英玉兰红梅桂珍萍燕玲慧琴雪云莉琳洁倩颖婷妍欣怡佳雨涵梦瑶诗语晓月美凤翠莲淑华春香菊芬芝",
}
SIZES = {1: 15, 2: 24, 3: 27, 4: 18, 5: 9, 6: 5, 7: 2}
COUNTIES = ("431003", "431002", "431023", "430626", "420106", "510104")
PREFIXES = ("154", "163", "164", "168", "169", "179", "194")
TWINS = 0.03
"""How often a child after the first is its twin."""
ROOMS = 4
FLOORS = 12
BUILDINGS = 16


@dataclass(slots=True)
class Person:
    """Somebody who was invented; ``twin`` is the place of the twin in the list, ``phone`` may be a parent's."""

    name: str
    sex: str
    birth: date
    number: str
    door: str
    phone: str
    twin: int | None = None


@dataclass(slots=True)
class Town:
    """Households are invented one after another until there are enough people."""

    random: Random
    people: list[Person] = field(default_factory=list)
    doors: int = 0
    numbers: set[str] = field(default_factory=set)

    def fill(self, people: int) -> list[Person]:
        """Invent households until there are so many people, and return them."""
        sizes, shares = list(SIZES), list(accumulate(SIZES.values()))
        while len(self.people) < people:
            (size,) = self.random.choices(sizes, cum_weights=shares)
            self._household(size)
        return self.people[:people]

    def door(self) -> str:
        """Return the next door: community, building, stairwell, room."""
        at, self.doors = self.doors, self.doors + 1
        floor, room = divmod(at % (ROOMS * FLOORS), ROOMS)
        building = at // (ROOMS * FLOORS)
        return f"{building // BUILDINGS + 1}|{building % BUILDINGS + 1}-1-{floor + 1}0{room + 1}"

    def phone(self) -> str:
        """Return a telephone with a prefix that no operator held."""
        return f"{self.random.choice(PREFIXES)}{self.random.randrange(10**8):08d}"

    def surname(self) -> str:
        """Return a surname, the common ones more often."""
        return self.random.choices(SURNAMES, SHARES)[0]

    def _household(self, size: int) -> None:
        door, phone, first = self.door(), self.phone(), len(self.people)
        for role, age in _ages(self.random, size):
            parent = self.people[first] if len(self.people) > first else None
            own = role != "child" or age >= 16
            surname = parent.name[0] if role == "child" and parent else self.surname()
            twin = self._twin(role, first)
            birth = twin.birth if twin else TODAY - timedelta(days=age * 365 + self.random.randrange(365))
            sex = {"head": "M", "spouse": "F"}.get(role) or self.random.choice("MF")
            if role == "head" and self.random.random() < 0.25:
                sex = "F"
            name = self._twin_name(twin, sex) if twin else surname + self.given(sex)
            telephone = self.phone() if own and self.random.random() < 0.9 else phone
            self.people.append(Person(name, sex, birth, self._number(birth, sex), door, telephone))
            if twin:
                here = len(self.people) - 1
                self.people[here].twin, self.people[here - 1].twin = here - 1, here

    def given(self, sex: str) -> str:
        """Return a given name of one or two signs."""
        signs = GIVEN[sex]
        return self.random.choice(signs) + (self.random.choice(signs) if self.random.random() < 0.75 else "")

    def _twin(self, role: str, first: int) -> Person | None:
        """Return the child before as the twin of this one, now and then."""
        last = self.people[-1] if len(self.people) > first else None
        child = last is not None and last.twin is None and role == "child" and last.birth > date(1990, 1, 1)
        return last if child and last and last.door == self.people[first].door and self._often(TWINS) else None

    def _twin_name(self, twin: Person, sex: str) -> str:
        """Return a name that shares a sign with the twin's."""
        stem = twin.name[:2] if len(twin.name) > 2 else twin.name[:1]
        last = self.random.choice([sign for sign in GIVEN[sex] if sign not in twin.name])
        return stem + last

    def _number(self, birth: date, sex: str) -> str:
        while True:
            order = self.random.randrange(900, 1000) // 2 * 2 + (sex == "M")
            digits = f"{self.random.choice(COUNTIES)}{birth:%Y%m%d}{order:03d}"
            if digits not in self.numbers:
                self.numbers.add(digits)
                return digits + check_digit(digits)

    def _often(self, share: float) -> bool:
        return self.random.random() < share


def _ages(random: Random, size: int) -> Iterator[tuple[str, int]]:
    """Yield who lives in a household of a size, and how old: a head, a spouse, children, old people."""
    head = random.choices(range(22, 90), [3 if 25 <= age < 60 else 1 for age in range(22, 90)])[0]
    yield "head", head
    if size == 1:
        return
    yield "spouse", max(20, head + random.randrange(-6, 4))
    for _ in range(size - 2):
        if random.random() < 0.85 or head > 65:
            yield "child", max(0, head - random.randrange(22, 36))
        else:
            yield "old", head + random.randrange(22, 32)
