"""Every fault of a table that the build is to find, each with a model that has it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.test.utils import isolate_apps

from wangge.journal.kinds import Kind
from wangge.privacy import fields, holdings
from wangge.privacy.checks import check_house, check_kinds, check_model
from wangge.privacy.fields import PersonalField, TableFields
from wangge.privacy.holdings import Holding, register_holding

LABEL = "privacy.Trial"
GOOD = PersonalField(klass="contact", purpose="register", retention="response", roles=frozenset({"clerk"}))


@pytest.fixture(autouse=True)
def _registries() -> Iterator[None]:
    tables, held = dict(fields._tables), dict(holdings._holdings)
    yield
    for registry, before in ((fields._tables, tables), (holdings._holdings, held)):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


def model(*columns: str) -> type[models.Model]:
    """Return a model of those columns, known to nobody else."""
    with isolate_apps("wangge.privacy"):
        body: dict[str, Any] = {name: models.CharField(max_length=9) for name in columns}
        body |= {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "privacy"})}
        made: type[models.Model] = type("Trial", (models.Model,), body)
        return made


def table(personal: Sequence[str] = (), plain: Sequence[str] = ("id",), field: PersonalField = GOOD) -> TableFields:
    return TableFields(LABEL, dict.fromkeys(personal, field), frozenset(plain))


def hold(subject_column: str = "subject", retention: str = "response") -> None:
    def describe(subject: UUID) -> list[dict[str, object]]:
        return []

    def erase(subject: UUID) -> int:
        return 0

    register_holding(Holding(LABEL, subject_column, retention, describe=describe, erase=erase))


def faults(made: type[models.Model], declared: TableFields | None) -> list[str]:
    return [str(fault.id).removeprefix("privacy.") for fault in check_model(made, declared)]


def test_a_table_that_is_declared_and_held_has_no_fault() -> None:
    hold()
    assert faults(model("subject", "phone"), table(["phone"], ["id", "subject"])) == []


def test_a_table_without_personal_columns_needs_no_holding() -> None:
    assert faults(model("code"), table(plain=["id", "code"])) == []


@pytest.mark.parametrize("column", ["religion", "party_member", "gps_point", "face_print", "cell_tower", "colour_code"])
def test_a_column_that_asks_what_we_never_ask_is_e001(column: str) -> None:
    assert faults(model(column), table(plain=["id", column])) == ["E001"]


@pytest.mark.parametrize("column", ["tracker", "surface", "parts", "colour", "tower"])
def test_a_column_that_only_looks_like_one_is_none(column: str) -> None:
    assert faults(model(column), table(plain=["id", column])) == []


def test_a_table_that_nobody_declared_is_e002() -> None:
    assert faults(model("code"), None) == ["E002"]


def test_a_column_that_nobody_declared_is_e003() -> None:
    assert faults(model("code"), table()) == ["E003"]


def test_a_declaration_of_no_column_is_e004() -> None:
    assert faults(model(), table(plain=["id", "code"])) == ["E004"]


def test_a_column_declared_both_ways_is_e005() -> None:
    hold("code")
    assert faults(model("code"), table(["code"], ["id", "code"])) == ["E005"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"klass": "gossip"}, "unknown class 'gossip'"),
        ({"retention": "forever"}, "unknown retention 'forever'"),
        ({"merge": "loudest"}, "unknown merge rule 'loudest'"),
        ({"mask": "thin"}, "unknown mask 'thin'"),
        ({"purpose": ""}, "a purpose is missing"),
    ],
)
def test_a_wrong_word_about_a_personal_column_is_e006(wrong: dict[str, str], why: str) -> None:
    hold("phone")
    words: dict[str, Any] = {"klass": "contact", "purpose": "register", "retention": "response", "merge": "soft"}
    field = PersonalField(roles=frozenset(), **{**words, **wrong})
    found = check_model(model("phone"), table(["phone"], ["id"], field))
    assert [fault.id for fault in found] == ["privacy.E006"]
    assert why in found[0].msg


def test_personal_columns_without_a_holding_are_e007() -> None:
    assert faults(model("phone"), table(["phone"])) == ["E007"]


@pytest.mark.parametrize(("subject", "retention"), [("nobody", "response"), ("phone", "forever")])
def test_a_holding_by_no_column_or_for_an_unknown_time_is_e008(subject: str, retention: str) -> None:
    hold(subject, retention)
    assert faults(model("phone"), table(["phone"])) == ["E008"]


def test_a_declaration_or_a_holding_of_no_table_is_e009() -> None:
    assert check_house(None) == []
    fields.register_fields("privacy.Nowhere", personal={}, plain=())
    hold()
    found = {(str(fault.id), str(fault.obj)) for fault in check_house(None)}
    assert found == {("privacy.E009", "privacy.Nowhere"), ("privacy.E009", LABEL)}


def test_an_undeclared_table_shows_nobody_anything() -> None:
    assert fields.visible_fields("privacy.Nowhere", "administrator") == frozenset()
    with pytest.raises(KeyError):
        fields.mask_of("privacy.Nowhere", "name")


def test_a_role_sees_plain_columns_and_its_own_personal_ones() -> None:
    fields.register_fields("privacy.Somewhere", personal={"phone": GOOD}, plain=("id",))
    assert fields.visible_fields("privacy.Somewhere", "clerk") == {"id", "phone"}
    assert fields.visible_fields("PRIVACY.somewhere", "guard") == {"id"}
    assert (fields.mask_of("privacy.Somewhere", "phone"), fields.mask_of("privacy.Somewhere", "id")) == ("hidden", "")


def test_a_kind_of_line_that_is_kept_for_a_time_nobody_knows_is_found() -> None:
    found = list(check_kinds([Kind("trial.good", retention="response"), Kind("trial.bad", retention="for ever")]))
    assert [(fault.obj, fault.id) for fault in found] == [("trial.bad", "privacy.E010")]
