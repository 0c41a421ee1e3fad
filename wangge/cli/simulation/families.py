"""Who lives together: shapes of households, drawn so that sizes and ages come out as the census found them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

BAND = 5
OLDEST = 99
BOYS = 0.53
"""The share of boys among children."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in a household: to its head, by sex, and how many full years old."""

    relation: str
    sex: str
    age: int


def live_together(shape: str, age: int, random: Random) -> list[Role]:
    """Return the members of a household of one of the ``SHAPES`` whose head is of that age, the head first."""
    return SHAPES[shape](age, random)


def _alone(age: int, random: Random) -> list[Role]:
    women = 0.63 if age >= 60 else 0.42
    return [Role("head", "F" if random.random() < women else "M", age)]


def _couple(age: int, random: Random) -> list[Role]:
    sex = "M" if random.random() < 0.78 else "F"
    other = age - random.randint(-1, 4) if sex == "M" else age + random.randint(-1, 4)
    return [Role("head", sex, age), Role("spouse", "MF"[sex == "M"], min(OLDEST, max(20, other)))]


def _child(age: int, random: Random) -> Role:
    return Role("child", _sex(random), max(0, age - random.randint(23, 34)))


def _parent(age: int, random: Random, women: float = 0.6) -> Role:
    return Role("parent", "F" if random.random() < women else "M", min(OLDEST, age + random.randint(22, 31)))


def _sex(random: Random) -> str:
    return "M" if random.random() < BOYS else "F"


def _both_parents(age: int, random: Random) -> list[Role]:
    mother = _parent(age, random, women=1)
    return [mother, Role("parent", "M", min(OLDEST, mother.age + random.randint(0, 3)))]


def _parent_and_child(age: int, random: Random) -> list[Role]:
    return [Role("head", "F" if random.random() < 0.6 else "M", age), _child(age, random)]


def _grandchild(age: int, random: Random) -> list[Role]:
    return [*_couple(age, random), Role("grandchild", _sex(random), max(0, age - random.randint(47, 60)))]


def _sharers(age: int, random: Random) -> list[Role]:
    """Two who share a rented room."""
    sex = _sex(random)
    return [Role("head", sex, age), Role("non_relative", sex, max(17, age + random.randint(-5, 5)))]


SHAPES: Mapping[str, Callable[[int, Random], list[Role]]] = {
    "alone": _alone,
    "couple": _couple,
    "parent_child": _parent_and_child,
    "sharers": _sharers,
    "couple_child": lambda age, random: [*_couple(age, random), _child(age, random)],
    "couple_parent": lambda age, random: [*_couple(age, random), _parent(age, random)],
    "grandchild": _grandchild,
    "two_children": lambda age, random: [*_couple(age, random), _child(age, random), _child(age, random)],
    "child_parent": lambda age, random: [*_couple(age, random), _child(age, random), _parent(age, random)],
    "two_children_parent": lambda age, random: [
        *_couple(age, random), _child(age, random), _child(age, random), _parent(age, random),
    ],
    "child_parents": lambda age, random: [*_couple(age, random), _child(age, random), *_both_parents(age, random)],
    "two_children_parents": lambda age, random: [
        *_couple(age, random), _child(age, random), _child(age, random), *_both_parents(age, random),
    ],
    "three_children_parents": lambda age, random: [
        *_couple(age, random), *(_child(age, random) for _ in range(3)), *_both_parents(age, random),
    ],
}  # fmt: skip
"""How each shape of household is drawn from the age of its head."""
SIZE_OF = {
    "alone": 1, "couple": 2, "parent_child": 2, "sharers": 2, "couple_child": 3, "couple_parent": 3, "grandchild": 3,
    "two_children": 4, "child_parent": 4, "two_children_parent": 5, "child_parents": 5, "two_children_parents": 6,
    "three_children_parents": 7,
}  # fmt: skip
MOST = max(SIZE_OF.values())
