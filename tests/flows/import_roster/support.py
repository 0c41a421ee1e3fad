"""A village into which rosters come."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from tests.conftest import NOON, stamp
from tests.places.world import add, county, open_county
from wangge.access.viewing import Viewer
from wangge.flows.import_roster import applying
from wangge.flows.import_roster.answering import answer_ask
from wangge.flows.import_roster.preview import Preview, preview
from wangge.flows.import_roster.staging import stage_file
from wangge.flows.import_roster.undoing import Undone, undo
from wangge.journal.verifying import verify
from wangge.kernel.stamps import Stamp
from wangge.people.queries import export
from wangge.places.models import Area
from wangge.places.rules import Level

ROSTERS = Path(__file__).parent.parent.parent / "data" / "rosters"
HEAD = "住址,姓名,与户主关系,性别,出生日期,身份证号,电话,备注\n"
ZHOU, WU = "43112619390123997X", "431126193703259064"
TWO_NAMES = f"{HEAD}1-1-101,周民,户主,,,{ZHOU},16963934191,\n1-1-102,周敏,户主,,,{ZHOU},16963934192,\n"

STRANGERS = f"{HEAD}1-1-101,吴梅,户主,,,{WU},,\n1-1-101,吴小,子,,,,,\n1-1-101,吴小,子,,,,16963934192,\n"

FAMILY = f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,\n1-1-101,吴梅,妻,,,{WU},,\n1-1-102,钱七,户主,,,,,\n"

HAN = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸", "")


class World:
    """A village with nobody in it yet, and a clock that goes on with every use."""

    def __init__(self) -> None:
        self.admin = open_county()
        self.village, self.other = add(county(), Level.VILLAGE, "石塘村", "柳溪村")
        self.minutes = 0

    def now(self) -> Stamp:
        self.minutes += 1
        return stamp(f"import {self.minutes}", at=NOON + timedelta(minutes=self.minutes))

    def stage(self, content: str | bytes, *, actor: Viewer | None = None, area: Area | None = None) -> UUID:
        data = content if isinstance(content, bytes) else content.encode()
        home = (area or self.village).id
        return stage_file(stamp=self.now(), actor=actor or self.admin, area=home, name="名册.csv", content=data)

    def bring(self, content: str | bytes, area: Area | None = None) -> Preview:
        imported = self.stage(content, area=area)
        applying.apply(stamp=self.now(), actor=self.admin, imported=imported)
        return self.look(imported)

    def look(self, imported: UUID) -> Preview:
        return preview(viewer=self.admin, imported=imported)

    def undo(self, imported: UUID) -> Undone:
        return undo(stamp=self.now(), actor=self.admin, imported=imported)

    def answer(self, seen: Preview, answer: str) -> list[str]:
        (ask,) = seen.asks
        done = answer_ask(stamp=self.now(), actor=self.admin, imported=seen.id, ask=ask.id, answer=answer)
        return [outcome for _, _, outcome in done.rows]

    def register(self) -> dict[str | None, list[tuple[str | None, tuple[str, ...]]]]:
        found = export(viewer=self.admin, path=self.village.path)
        return {home.door: sorted((one.name, one.phones) for one in home.members) for home in found}


def village() -> bytes:
    return (ROSTERS / "village_174.csv").read_bytes()


def sound() -> bool:
    document = verify().document()
    return not document["bad"] and not document["tallies"]["wrong"]


def long_file(people_: int = 1200) -> str:
    rows = (f"{n // 3 + 1}-1-101,人{'甲乙丙'[n % 3]},{'户主' if n % 3 == 0 else '子'},,,,," for n in range(people_))
    return HEAD + "\n".join(rows) + "\n"
