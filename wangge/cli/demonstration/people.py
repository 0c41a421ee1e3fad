"""Invented families: ages and household sizes like the country's, numbers that belong to nobody.

Telephone prefixes are ones that no operator held in the ministry's numbering table of March 2023; identity numbers
carry sequence numbers 900-999. A match with a living person would be chance.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wangge.kernel.identity import check_digit

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
)
MEN = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆松林峰建国志远立新文海德福"
WOMEN = "芳娜敏静丽艳娟霞秀英玲桂兰洁梅雪慧颖琳燕红云莉婷萍倩雯月华凤淑珍玉春晓"
PREFIXES = ("154", "163", "164", "168", "169", "179", "194")
COUNTY = "371323"
SIZES = ((1, 13), (2, 24), (3, 24), (4, 19), (5, 12), (6, 5), (7, 3))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    name: str
    sex: str
    birth: date
    number: str
    phones: tuple[str, ...]
    relation: str


@dataclass(slots=True)
class Inventor:
    """Draws families from one seed, so that every demonstration is the same."""

    random: Random
    today: date
    used: set[str] = field(default_factory=set)

    def sizes(self, households: int, residents: int) -> list[int]:
        """Return household sizes that add up to exactly so many residents."""
        values, weights = zip(*SIZES, strict=True)
        sizes = self.random.choices(values, weights, k=households)
        while (rest := residents - sum(sizes)) != 0:
            at = self.random.randrange(households)
            if rest > 0 and sizes[at] < 7:
                sizes[at] += 1
            elif rest < 0 and sizes[at] > 1:
                sizes[at] -= 1
        return sizes

    def family(self, size: int) -> list[Person]:
        """Return a family: a head, a spouse, children, parents of one of them."""
        surname = self.random.choice(SURNAMES)
        old = size <= 2 and self.random.random() < 0.45
        age = self.random.randint(62, 88) if old else self.random.randint(27, 58)
        people = [self._person(surname, "M" if self.random.random() < 0.7 else "F", age, "head")]
        if size > 1:
            other = "F" if people[0].sex == "M" else "M"
            people.append(self._person("", other, max(22, age + self.random.randint(-4, 3)), "spouse"))
        while len(people) < size:
            people.append(self._relative(surname, age, len(people)))
        return people

    def _relative(self, surname: str, age: int, number: int) -> Person:
        sex = self.random.choice("MF")
        if number <= 3 and age < 62 and self.random.random() < 0.75:
            return self._person(surname, sex, max(0, age - self.random.randint(23, 33)), "child")
        if age >= 62:
            return self._person(surname, sex, max(18, age - self.random.randint(24, 32)), "child")
        return self._person(surname if sex == "M" else "", sex, min(94, age + self.random.randint(22, 30)), "parent")

    def _person(self, surname: str, sex: str, age: int, relation: str) -> Person:
        given = "".join(self.random.choices(MEN if sex == "M" else WOMEN, k=1 if self.random.random() < 0.3 else 2))
        birth, identity = self._number(self.today - timedelta(days=365 * age + self.random.randint(30, 360)), sex)
        phones = (self._phone(),) if 12 <= age <= 84 and self.random.random() < 0.93 else ()
        name = (surname or self.random.choice(SURNAMES)) + given
        return Person(name, sex, birth, identity, phones, relation)

    def _number(self, birth: date, sex: str) -> tuple[date, str]:
        """Return an identity number nobody else here has, with its day of birth: earlier where that day is used up."""
        first = 901 if sex == "M" else 900
        while True:
            bodies = [f"{COUNTY}{birth:%Y%m%d}{number}" for number in range(first, 1000, 2)]
            free = [body for body in bodies if body not in self.used]
            if free:
                body = self.random.choice(free)
                self.used.add(body)
                return birth, body + check_digit(body)
            birth -= timedelta(days=1)

    def _phone(self) -> str:
        return self.random.choice(PREFIXES) + f"{self.random.randrange(10**8):08d}"
