import pytest

from tools.house import tables
from tools.house.source import ROOT
from tools.house.tables import Key


def key(room: str, target: str, back: str | None = "+") -> Key:
    return Key(f"wangge/{room}/models.py", 9, room, "Thing.other", target, back)


@pytest.mark.parametrize(
    ("room", "target"), [("people", "places"), ("surveys", "people"), ("access", "journal"), ("people", "people")]
)
def test_a_key_may_point_down_or_stay_at_home(room: str, target: str) -> None:
    assert not list(tables.keys_upward([key(room, target)]))


@pytest.mark.parametrize(
    ("room", "target"),
    [
        ("places", "people"),
        ("surveys", "checkpoints"),
        ("people", "workforce"),
        ("cases", "health"),
        ("agenda", "gateways"),
        ("people", ""),
        ("attic", "people"),
    ],
)
def test_a_key_up_sideways_between_rooms_or_to_strangers_is_found(room: str, target: str) -> None:
    (fault,) = tables.keys_upward([key(room, target)])
    assert fault.line == 9


def test_a_key_that_can_be_followed_backwards_is_found() -> None:
    assert not list(tables.ways_back([key("people", "places")]))
    assert len(list(tables.ways_back([key("people", "places", None), key("people", "places", "residents")]))) == 2


def test_a_generic_relation_is_always_a_fault() -> None:
    assert len(list(tables.generic_relations([key("people", "")]))) == 1


def test_the_registry_of_this_house_is_read_with_all_its_keys() -> None:
    keys, generic = tables.keys_of(tables.our_models())
    duty = next(one for one in keys if one.column == "Duty.area")
    assert (duty.path, duty.room, duty.target_room, duty.related_name) == (
        "wangge/access/models.py",
        "access",
        "places",
        "+",
    )
    assert generic == []
    assert len(keys) >= 8


def test_a_model_must_be_named_in_a_table_of_the_glossary() -> None:
    nouns = tables.nouns_of(
        "`Prose` is not enough\n\n| 中文 | code | note |\n|---|---|---|\n| 住户 | `Household` | |\n"
    )
    assert nouns == {"Household"}
    place = ("wangge/people/models.py", 5)
    assert not list(tables.unnamed({"Household": place}, nouns))
    (fault,) = tables.unnamed({"Prose": place}, nouns)
    assert (fault.path, fault.line) == place


def test_the_glossary_of_this_house_has_tables() -> None:
    assert "Area" in tables.nouns_of((ROOT / "docs" / "glossary.md").read_text("utf-8"))
