"""The table itself: it names every route there is, no other, and the roles of every verb."""

import pytest

from tests.authz import table
from tests.authz.things import THINGS
from wangge.access.rules import SECOND_FACTOR_VERBS, VERBS, Role


def test_every_route_is_in_the_reviewed_table() -> None:
    unknown = {name or pattern for name, pattern in table.routes()} - {row.route for row in table.table().values()}
    assert not unknown, "review these routes and add them to tests/authz/routes.yaml"


def test_every_line_of_the_table_is_a_route() -> None:
    gone = {row.route for row in table.table().values()} - {name for name, _ in table.routes()}
    assert not gone, "these routes are no more; take them out of tests/authz/routes.yaml"


def test_every_argument_of_a_route_is_a_kind_of_thing_in_the_table() -> None:
    patterns = dict(table.routes())
    for row in table.table().values():
        asked = table.arguments(patterns[row.route])
        assert asked == set(row.names), f"{row.name}: names in routes.yaml must be its arguments"
        assert row.kinds <= THINGS.keys(), f"{row.name}: add what it names to THINGS in tests/authz/things.py"


def test_the_reviewed_roles_of_every_verb_are_those_of_the_rules() -> None:
    ruled = {
        verb: sorted(role.value for role in Role if verb in VERBS[role]) for verb in frozenset().union(*VERBS.values())
    }
    assert {verb: sorted(roles) for verb, roles in table.verbs().items()} == ruled


def test_the_reviewed_verbs_with_a_second_factor_are_those_of_the_rules() -> None:
    assert set(table.second_factor_verbs()) == SECOND_FACTOR_VERBS


def test_a_line_with_a_misspelt_key_or_without_the_outcome_of_a_post_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown key"):
        table._route("trial", {"methods": ["GET"], "needs": "open", "nmaes": {}})
    with pytest.raises(ValueError, match="POST gives"):
        table._route("trial", {"methods": ["POST"], "needs": "open"})


@pytest.mark.parametrize(
    ("who", "relation", "method", "status"),
    [
        ("nobody", "own", "GET", 302),
        ("inactive", "own", "GET", 302),
        ("former", "own", "GET", 403),
        ("guard", "own", "GET", 403),
        ("clerk", "own", "GET", 200),
        ("clerk", "below", "POST", 422),
        ("clerk", "sibling", "GET", 404),
        ("clerk", "missing", "POST", 404),
        ("doctor", "own", "GET", 404),
        ("clerk", "own", "DELETE", 405),
    ],
)
def test_the_pattern_of_a_line_with_a_verb_is_followed(who: str, relation: str, method: str, status: int) -> None:
    row = {
        "methods": ["GET", "POST"], "needs": "register.read", "also": "register.write", "names": {"area_id": "area"},
        "POST": 422,
    }  # fmt: skip
    may = {"register.read": ["clerk", "doctor"], "register.write": ["clerk"]}
    assert table._route("trial", row).expected(who, relation, method, may) == status
