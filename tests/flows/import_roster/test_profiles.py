"""Profiles: how columns were taken is remembered in versions, used by itself, renamed and retired."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.flows.import_roster.support import World
from tests.places.world import worker
from wangge.access.rules import Role
from wangge.cli.importing import import_
from wangge.flows.import_roster.models import ImportProfile
from wangge.flows.import_roster.profiles import profiles, rename_profile, retire_profile, save_profile
from wangge.flows.import_roster.staging import read_upload, stage_file
from wangge.flows.import_roster.uploading import set_columns
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = "住址,姓名,联络\n1-1-101,周民,16963934191\n"
CHOSEN = [(None, "A", "door"), (None, "B", "name"), (None, "C", "phones")]


def remembered(world: World, name: str = "街道表") -> int:
    staged = world.stage(SHEET)
    set_columns(stamp=world.now(), actor=world.admin, imported=staged, chosen=CHOSEN)
    read_upload(stamp=world.now(), actor=world.admin, imported=staged)
    return save_profile(stamp=world.now(), actor=world.admin, imported=staged, name=name)


def taken(world: World, text: str = SHEET) -> tuple[str, int, object]:
    seen = world.look(world.stage(text))
    return seen.profile, seen.profile_version, seen.mapping[2]["field"]


def test_a_sheet_with_the_same_headings_is_read_by_the_profile_and_says_so(world: World) -> None:
    assert taken(world) == ("roster", 0, None)
    assert remembered(world) == 1
    assert taken(world, SHEET.replace("周民", "吴梅")) == ("街道表", 1, "phones")
    assert taken(world, "住址,姓名,其它\n1-1-101,周民,1\n")[:2] == ("roster", 0)


def test_saving_again_makes_the_next_version_and_retiring_it_brings_the_one_before_back(world: World) -> None:
    assert [remembered(world), remembered(world)] == [1, 2]
    lines = profiles(viewer=world.admin, area=world.village)
    assert [(one.version, one.holds) for one in lines] == [(2, True), (1, False)]
    retire_profile(stamp=world.now(), actor=world.admin, profile=lines[0].id)
    assert taken(world)[:2] == ("街道表", 1)
    retire_profile(stamp=world.now(), actor=world.admin, profile=lines[0].id, back=True)
    assert taken(world)[:2] == ("街道表", 2)


def test_a_profile_is_renamed_with_all_its_versions_but_not_into_another(world: World) -> None:
    remembered(world)
    remembered(world)
    remembered(world, "另一张")
    one = ImportProfile.objects.get(name="街道表", version=1)
    for name, code in (("另一张", "name_taken"), ("  ", "name_missing"), ("roster", "name_missing")):
        with pytest.raises(Refused, match=code):
            rename_profile(stamp=world.now(), actor=world.admin, profile=one.id, name=name)
    rename_profile(stamp=world.now(), actor=world.admin, profile=one.id, name="街道 总表")
    assert sorted(ImportProfile.objects.values_list("name", "version")) == [
        ("另一张", 1), ("街道 总表", 1), ("街道 总表", 2),
    ]  # fmt: skip


def test_another_village_neither_sees_nor_uses_nor_changes_a_profile(world: World) -> None:
    remembered(world)
    clerk = worker(world.admin, "clerk", Role.CLERK, world.other)
    one = ImportProfile.objects.get()
    assert profiles(viewer=clerk, area=world.village) == []
    with pytest.raises(Refused, match="profile_unknown"):
        retire_profile(stamp=world.now(), actor=clerk, profile=one.id)
    staged = world.stage(SHEET, actor=clerk, area=world.other)
    assert world.look(staged).profile == "roster"


def test_a_profile_is_named_at_the_command_line_and_an_unknown_one_refused(world: World, tmp_path: Path) -> None:
    remembered(world)
    file = tmp_path / "a.csv"
    file.write_text("住址,姓名,联络,杂项\n1-1-101,周民,16963934191,x\n")
    words = ["roster", str(file), "--area", str(world.village.code), "--dry-run", "--json", "--profile"]
    done = CliRunner().invoke(import_, [*words, "街道表"])
    seen = json.loads(done.stdout)
    assert (done.exit_code, seen["profile"], seen["mapping"][2]["field"]) == (
        0, {"name": "街道表", "version": 1}, "phones",
    )  # fmt: skip
    refused = CliRunner().invoke(import_, [*words, "鱼"])
    assert (refused.exit_code, json.loads(refused.stdout)["refused"]["code"]) == (1, "imports.profile_unknown")


def test_nothing_to_remember_is_refused(world: World) -> None:
    staged = stage_file(
        stamp=world.now(), actor=world.admin, area=world.village.id, name="a.csv", content=SHEET.encode()
    )
    with pytest.raises(Refused, match="profile_name_missing"):
        save_profile(stamp=world.now(), actor=world.admin, imported=staged, name=" ")
