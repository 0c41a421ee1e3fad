"""Codes on paper, tries, names that were typed: decisions without a database."""

from uuid import UUID

import pytest

from wangge.surveys.rules.campaigns import (
    ATTACK,
    SIGNS,
    NameProposal,
    NewTeam,
    TeamRole,
    code_of,
    is_barred,
    plain_code,
    propose_names,
    receipt_of,
    says_nothing,
    spaced,
    team_fault,
)

FIRST, SECOND, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
SOUNDS = {"张伟": "zhang wei", "张玮": "zhang wei", "李娜": "li na", "王芳": "wang fang"}


@pytest.mark.parametrize(
    "text", ["abcdefghjk", "ABC DEFG HJK", "ａｂｃ－ｄｅｆｇ－ｈｊｋ", " a b c d e f g h j k ", "ABC-DEFG-HJK。"]
)
def test_a_code_is_read_in_any_case_width_and_grouping(text: str) -> None:
    assert plain_code(text) == "ABCDEFGHJK"


@pytest.mark.parametrize(
    "text", ["", "ABCDEFGHJ", "ABCDEFGHJKA", "ABCDEFGHJ1", "ABCDEFGHIJ", "申报", "'; drop table --"]
)
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert plain_code(text) == ""


def test_a_code_has_ten_letters_that_are_not_mistaken_for_each_other() -> None:
    found = {code_of(bytes([n]) * 16) for n in range(256)}
    assert len(found) == 256
    assert all(len(one) == 10 and set(one) <= set(SIGNS) for one in found)
    assert not set("ILOSUZ0123456789") & set(SIGNS)
    assert spaced("ABCDEFGHJK") == "ABC DEFG HJK"
    assert plain_code(spaced(code_of(b"x" * 16))) == code_of(b"x" * 16)
    assert len(receipt_of(b"x" * 16)) == 8


@pytest.mark.parametrize(
    ("own", "everybody", "barred"),
    [(0, 0, False), (9, 9, False), (10, 10, True), (2, ATTACK, False), (3, ATTACK, True), (3, ATTACK - 1, False)],
)
def test_ten_wrong_codes_bar_a_client_and_three_while_somebody_guesses_widely(
    own: int, everybody: int, barred: bool
) -> None:
    assert is_barred(own, everybody) is barred


def test_a_typed_name_is_proposed_for_the_resident_of_that_name_before_one_that_sounds_alike() -> None:
    members = [(FIRST, "张伟"), (SECOND, "张玮"), (THIRD, "李娜")]
    found = propose_names(["张 玮", "张伟", "王芳"], members, lambda name: SOUNDS.get(name, ""))
    assert found == [
        NameProposal("张 玮", SECOND, True), NameProposal("张伟", FIRST, True), NameProposal("王芳", None, False),
    ]  # fmt: skip


def test_nobody_is_proposed_where_two_could_be_meant_and_nobody_twice() -> None:
    two = [(FIRST, "张伟"), (SECOND, "张伟")]
    assert [one.resident for one in propose_names(["张伟"], two, SOUNDS.get)] == [None]  # type: ignore[arg-type]
    one = [(FIRST, "张伟")]
    found = propose_names(["张玮", "张伟", ""], one, lambda name: SOUNDS.get(name, ""))
    assert [(each.resident, each.exact) for each in found] == [(None, False), (FIRST, True), (None, False)]
    alike = propose_names(["张玮"], one, lambda name: SOUNDS.get(name, ""))
    assert alike == [NameProposal("张玮", FIRST, False)]


def test_a_team_is_three_with_a_name_for_each_role() -> None:
    three = tuple((role, "某人") for role in TeamRole)
    assert team_fault([]) == "campaigns.team_missing"
    assert team_fault([NewTeam(FIRST, three[:2])]) == "campaigns.team_incomplete"
    assert team_fault([NewTeam(FIRST, (*three[:2], (TeamRole.POLICE, " ")))]) == "campaigns.team_incomplete"
    assert team_fault([NewTeam(FIRST, (*three[:2], (TeamRole.POLICE, "长" * 61)))]) == "campaigns.name_too_long"
    assert team_fault([NewTeam(FIRST, three)]) == ""


@pytest.mark.parametrize(
    ("answers", "nothing"),
    [
        ({}, True),
        ({"needs": ""}, True),
        ({"people": [{"resident": "1"}, {"resident": "2"}]}, True),
        ({"people": [{"resident": "1", "fever": "no"}]}, False),
        ({"people": [{"resident": None, "name": "张伟"}]}, False),
        ({"places": ["shop"]}, False),
        ({"number": 0}, False),
    ],
)
def test_a_row_of_somebody_without_an_answer_says_nothing(answers: dict[str, object], nothing: bool) -> None:
    assert says_nothing(answers) is nothing
