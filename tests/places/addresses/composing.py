"""Addresses composed from known parts, in the ways in which offices write them: what the parts are is known beforehand.

Nothing here comes from the reader: numerals, words and places are the composer's own.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from opencc import OpenCC

from wangge.places.addresses import Door

ESTATES = (
    "五一花园", "三里屯小区", "四季青新村", "金色年华", "九龙湖国际社区", "百步亭花园", "万达华府", "幸福里",
    "江南水乡", "御景一品",
    "东方红小区", "滨江壹品", "十里江湾", "龙湖春江悦茗", "绿城桃花源", "电力公司家属院", "中铁诺德", "老干部局宿舍",
    "康乐新村", "七彩城",
)  # fmt: skip
STREETS = (
    "人民路", "五四大街", "三八路", "建设二路", "北京西路", "二七大道", "九曲巷", "解放东路", "长江南路三段",
    "环城北路", "百花街",
)  # fmt: skip
DIVISIONS = (
    "湖北省十堰市郧西县城关镇", "三门峡市湖滨区", "九江市八里湖新区", "广西柳州市城中区", "河南省南阳市",
    "北京市朝阳区望京街道",
    "上海市普陀区长寿路街道", "六安市金安区三里街街道", "五指山市", "内蒙古自治区赤峰市红山区", "十堰市茅箭区五堰街道",
)  # fmt: skip
VILLAGES = ("前进村", "三合村", "七里坪村", "红星村委会", "大柳树村", "九道河村", "双桥村")
HAMLETS = (
    "王家屯", "陈家坳", "上河坝", "刘庄", "大王庄", "赵家沟", "李家湾", "杨家岭", "石门寨", "黄泥塘", "柳树营",
    "马家洼", "后山坪",
    "三岔冲", "五里堡", "枣树峪",
)  # fmt: skip
REMARKS = (
    "（租户）", "（空置）", "(出租)", "【自住】", "（户主在外地）", "（3人）", " 空置", "(待核实)", "，自住",
    "（王某某家）", "〔租〕", " 出租屋",
)  # fmt: skip
LABELS = ("家庭住址：", "地址:", "现住址: ", "居住地址 ")
WORDS_BEHIND = ("对面", "旁边", " 王小明", "楼下小卖部", "张", "隔壁")

_FIGURES = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_TO_TRADITIONAL = OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Sample:
    """A spelling, the door it names, and whether it names one for certain."""

    text: str
    door: Door
    whole: bool = True


def counted(number: int) -> str:
    """Return a number below 100 as people say it: 12 is 十二."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return ten + (_FIGURES[ones] if ones or not tens else "")


def spelled(digits: str) -> str:
    """Return figures one by one: 501 is 五零一."""
    return "".join(_FIGURES[int(sign)] for sign in digits)


@dataclass(slots=True)
class Composer:
    """Composes spellings; the same seed gives the same ones."""

    chance: random.Random

    def sample(self) -> Sample:
        """Return one address of some kind."""
        kinds: list[tuple[Callable[[], Sample], int]] = [
            (self.with_stairwell, 10), (self.without_stairwell, 5), (self.lane, 3), (self.village, 6),
            (self.hamlet, 2), (self.english, 2), (self.special, 3), (self.open, 3),
        ]  # fmt: skip
        make = self.chance.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        return make()

    def number(self, number: int, chinese: bool) -> str:
        return counted(number) if chinese else str(number)

    def building(self) -> str:
        return self.chance.choice([str(self.chance.randint(1, 60))] * 6 + ["A", "B", "C2", "G3", "8A"])

    def room(self, floors: int = 33) -> tuple[str, str]:
        floor = self.chance.randint(1, floors)
        return str(floor), f"{floor}{self.chance.randint(1, 6):02d}"

    def with_stairwell(self) -> Sample:
        pick = self.chance.choice
        building, (floor, room) = self.building(), self.room()
        stairwell = pick([str(self.chance.randint(1, 6))] * 5 + ["12", "A", "B"])
        door = Door(building=building, stairwell=stairwell, room=room)
        if self.chance.random() < 0.3 and building.isdigit() and stairwell.isdigit():
            b, u, r = counted(int(building)), counted(int(stairwell)), pick((spelled(room), room))
            text = pick((f"{b}栋{u}单元{r}", f"第{b}栋第{u}单元{r}室", f"{b}号楼{u}单元{r}号", f"{b}幢{u}门{r}室",
                         f"{b}号楼{u}单元{counted(int(floor))}楼{r}", f"{b}座{u}单元{r}户"))  # fmt: skip
            return self.dressed(text, door)
        b, u = building, stairwell
        text = pick((
            f"{b}栋{u}单元{room}", f"{b}幢{u}单元{room}室", f"{b}号楼{u}单元{room}", f"{b}#楼{u}单元{room}",
            f"{b}#{u}-{room}", f"{b}号楼{u}-{room}", f"{b}-{u}-{room}", f"{b}栋-{u}单元-{room}", f"{b}/{u}/{room}",
            f"{b} {u} {room}", f"{b}座{u}梯{room}", f"第{b}栋{u}单元{floor}层{room}室", f"{b}栋{u}单元{floor}楼{room}",
            f"{b}号楼{u}单元{floor}-{room}", f"{b}栋{u}门{room}号", f"{b}楼{u}单元{room}号",
            f"{b} 栋 {u} 单元 {room} 室",
            f"{b}—{u}—{room}", f"{b}.{u}.{room}", f"{b}栋{u}单元{room}号房", f"{b}号楼{u}号单元{room}",
            f"{b}栋{u}单元-{room}",
            f"{b}栋({u}单元){room}", f"{b}栋{u}单元{floor}层{int(room[-2:])}号",
        ))  # fmt: skip
        return self.dressed(text, door)

    def without_stairwell(self) -> Sample:
        pick = self.chance.choice
        building, (floor, room) = self.building(), self.room()
        if self.chance.random() < 0.2:
            room = pick((f"{room}A", f"{floor}B{room[-2:]}", f"{room}-1"))
        door, b = Door(building=building, room=room), building
        forms = [f"{b}栋{room}", f"{b}座{room}室", f"{b}号楼{room}", f"{b}#{room}", f"{b}幢{room}房", f"{b}栋-{room}"]
        if room.isdigit():
            forms += [f"{b}栋{floor}楼{room}", f"{b}座{floor}层{room}室", f"{b}栋{spelled(room)}", f"{b}-0-{room}"]
        return self.dressed(pick(forms), door)

    def lane(self) -> Sample:
        pick, chance = self.chance.choice, self.chance
        lane, house, (_, room) = str(chance.randint(2, 1900)), str(chance.randint(1, 90)), self.room(18)
        text = pick((f"{lane}弄{house}号{room}室", f"{lane}弄{house}号{room}", f"{lane}弄{house}-{room}",
                     f"{lane}弄{house}号楼{room}室",
                     f"{spelled(lane)}弄{counted(int(house))}号{spelled(room)}室"))  # fmt: skip
        text = pick(("", pick(STREETS), pick(DIVISIONS) + pick(STREETS))) + text
        return Sample(self.written(text), Door(lane=lane, building=house, room=room))

    def village(self) -> Sample:
        pick, group, house = self.chance.choice, self.chance.randint(1, 20), self.chance.randint(1, 99)
        g, h = self.number(group, self.chance.random() < 0.4), self.number(house, self.chance.random() < 0.3)
        within = pick(("",) * 6 + ("-1", "附1"))
        word = pick(("组", "队", "社", "村民小组", "小组"))
        text = f"{pick(('', '第'))}{g}{word}{h}{pick(('号', '户'))}"
        if within:
            text = f"{group}{word}{house}-1号" if within == "-1" else f"{group}{word}{house}号附1号"
        before = pick(("", pick(VILLAGES), pick(DIVISIONS) + pick(VILLAGES)))
        return Sample(self.written(before + text), Door(group=str(group), building=f"{house}{within}"))

    def hamlet(self) -> Sample:
        pick, house, name = self.chance.choice, self.chance.randint(1, 99), self.chance.choice(HAMLETS)
        before = pick(("", pick(VILLAGES), pick(DIVISIONS) + pick(VILLAGES)))
        text = f"{before}{name}{pick((str(house), counted(house)))}{pick(('号', '户'))}"
        return Sample(self.written(text), Door(group=name, building=str(house)))

    def english(self) -> Sample:
        pick, building, (floor, room) = self.chance.choice, self.building(), self.room()
        unit = str(self.chance.randint(1, 6))
        if self.chance.random() < 0.5:
            text = pick((f"Building {building} Unit {unit} Room {room}", f"Bldg {building}, {unit}-{room}",
                         f"Room {room}, Unit {unit}, Building {building}",
                         f"No. {building} Building, Unit {unit}, Room {room}"))  # fmt: skip
            return Sample(text, Door(building=building, stairwell=unit, room=room))
        text = pick((f"Flat {room}, Block {building}", f"Rm {room}, {floor}/F, Tower {building}",
                     f"block {building} apt. {room}", f"Building {building} Room {room}"))  # fmt: skip
        return Sample(text, Door(building=building, room=room))

    def special(self) -> Sample:
        """Return shops, cellars, villas, sides and directions, parts of estates."""
        pick, b, n = self.chance.choice, str(self.chance.randint(1, 40)), self.chance.randint(1, 30)
        floor, room = self.room(11)
        text, door = pick((
            (f"{b}栋商铺{n}", Door(building=b, room=f"S{n}")), (f"{b}号楼底商{n}号", Door(building=b, room=f"S{n}")),
            (f"{b}幢{n}号门面", Door(building=b, room=f"S{n}")), (f"{b}栋S{n}", Door(building=b, room=f"S{n}")),
            (f"{b}栋2单元负一楼", Door(building=b, stairwell="2", room="-1")),
            (f"{b}栋2单元-1层", Door(building=b, stairwell="2", room="-1")),
            (f"{b}栋负一层B1-03", Door(building=b, room="B103")), (f"{b}栋别墅", Door(building=b, room="1")),
            (f"{b}号楼东单元{floor}楼西户", Door(building=b, stairwell="东", room=f"{floor}西户")),
            (f"{b}号楼1单元{floor}层东户", Door(building=b, stairwell="1", room=f"{floor}东户")),
            (f"二期{b}栋1单元{room}", Door(quarter="2期", building=b, stairwell="1", room=room)),
            (f"A区{b}栋{room}", Door(quarter="A区", building=b, room=room)),
            (f"甲栋{room}", Door(building="甲", room=room)), (f"{b}栋乙单元{room}", Door("", "", "", b, "乙", room)),
        ))  # fmt: skip
        return self.dressed(text, door)

    def open(self) -> Sample:
        """Return what must be asked; the parts that are told are to be read all the same."""
        pick, b, (floor, room) = self.chance.choice, str(self.chance.randint(1, 40)), self.room(18)
        text, door = pick((
            (f"{b}栋", Door(building=b)), (f"{b}栋3单元", Door(building=b, stairwell="3")),
            (f"{b}-{room}", Door(building=b, room=room)), (f"2单元{room}", Door(stairwell="2", room=room)),
            (f"{b}栋2单元{floor}楼", Door(building=b, stairwell="2")), (f"{b}2{room}", Door()),
            (f"{b}栋2单元{room}、{int(room) + 1}", Door(building=b, stairwell="2", room=room)),
            (f"{b}栋2单元{room}{pick(WORDS_BEHIND)}", Door(building=b, stairwell="2", room=room)),
            (pick(ESTATES), Door()), ("同上", Door()), ("无", Door()), ("2020-02-11", Door()), ("13900000000", Door()),
        ))  # fmt: skip
        return Sample(self.written(text), door, whole=False)

    def dressed(self, text: str, door: Door) -> Sample:
        """Return the address with places before it and remarks behind it."""
        pick, chance = self.chance.choice, self.chance
        spaced = " " if text[0] in "第" or chance.random() < 0.15 else ""
        street = f"{pick(STREETS)}{chance.randint(1, 300)}号"
        if chance.random() < 0.6:
            text = pick(ESTATES) + spaced + text
            text = pick(("", "", street, pick(DIVISIONS), pick(DIVISIONS) + street)) + text
        if chance.random() < 0.15:
            text += pick(REMARKS)
        if chance.random() < 0.06:
            text = pick(LABELS) + text
        return Sample(self.written(text), door)

    def written(self, text: str) -> str:
        """Return the text in narrow, wide or traditional signs."""
        chance = self.chance.random()
        if chance < 0.08:
            return text.translate(_WIDE)
        if chance < 0.18:
            return str(_TO_TRADITIONAL.convert(text))
        return text.lower() if chance < 0.22 else text


def samples(count: int, seed: int) -> list[Sample]:
    """Return that many composed addresses."""
    composer = Composer(random.Random(seed))
    return [composer.sample() for _ in range(count)]
