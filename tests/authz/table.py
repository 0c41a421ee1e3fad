"""The reviewed table of who gets what: ``routes.yaml``, and the routes that there are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.authz.world import INACTIVE, NOBODY, RELATIONS

FILE = Path(__file__).with_name("routes.yaml")
OPEN, SIGNED_IN = "open", "signed-in"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KEYS = frozenset(
    {"route", "methods", "needs", "also", "names", "query", "data", "GET", "POST", "where", "gives", "headers"}
)
TO_SIGN_IN = 302
NOT_SAVED = 403


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table, about the URL name ``route``.

    ``needs`` is a verb, ``signed-in`` or ``open``; ``also`` a further verb, without which a thing is not found;
    ``names`` and ``query`` say which kind of thing stands in the address; ``data`` is what a POST sends; ``done`` the
    status by method for whoever may; ``where`` by relation, where it is not the pattern; ``gives`` by role.
    """

    name: str
    route: str
    methods: tuple[str, ...]
    needs: str
    also: str
    names: Mapping[str, str]
    query: Mapping[str, str]
    data: Mapping[str, Any]
    done: Mapping[str, int]
    where: Mapping[str, int | Mapping[str, int]]
    gives: Mapping[str, int | Mapping[str, int]]
    headers: bool

    @property
    def kinds(self) -> set[str]:
        """The kinds of thing in its address."""
        return {kind.partition("@")[0] for kind in (*self.names.values(), *self.query.values())}

    @property
    def relations(self) -> tuple[str, ...]:
        """Where its things may lie; an address without a thing is the same from everywhere."""
        return RELATIONS if self.names or self.query else ("own",)

    def expected(self, who: str, relation: str, method: str, may: Mapping[str, list[str]]) -> int:
        """Return the status that somebody gets."""
        if method not in self.methods:
            return 405
        return self._given(who, method) or self._barred(who, method, may) or self._by_place(relation, method)

    def _barred(self, who: str, method: str, may: Mapping[str, list[str]]) -> int:
        """Return the status of whoever may not, wherever the thing lies; 0 for whoever may."""
        if self.needs != OPEN and who in (NOBODY, INACTIVE):
            return TO_SIGN_IN if method == "GET" else NOT_SAVED
        if self.needs not in (OPEN, SIGNED_IN) and who not in may[self.needs]:
            return 403
        return 404 if self.also and who not in may[self.also] else 0

    def _by_place(self, relation: str, method: str) -> int:
        """Return the status of whoever may, by where the thing lies."""
        inside = len(self.relations) == 1 or relation in ("own", "below")
        given = self.where.get(relation, 0)
        said = given if isinstance(given, int) else given.get(method, 0)
        return said or (self.done[method] if inside else 404)

    def _given(self, who: str, method: str) -> int:
        """Return what the line gives to somebody by name, or to everybody who is signed in; 0 when it says nothing."""
        group = "" if who in (NOBODY, INACTIVE) else SIGNED_IN
        for name in (who, group):
            given = self.gives.get(name, 0)
            if found := given if isinstance(given, int) else given.get(method, 0):
                return found
        return 0


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def verbs() -> dict[str, list[str]]:
    """Return the reviewed roles of each verb."""
    found: dict[str, list[str]] = _document()["may"]
    return found


def second_factor_verbs() -> list[str]:
    """Return the reviewed verbs that need a second proof of who it is."""
    found: list[str] = _document()["second_factor"]
    return found


@cache
def table() -> dict[str, Route]:
    """Return the reviewed table by URL name; ``ValueError`` for a key it does not know."""
    return {name: _route(name, row) for name, row in _document()["routes"].items()}


def _route(name: str, row: dict[str, Any]) -> Route:
    if strange := set(row) - KEYS:
        raise ValueError(f"routes.yaml: {name}: unknown key {sorted(strange)[0]}; known are {', '.join(sorted(KEYS))}")
    methods = tuple(row["methods"])
    if "POST" in methods and "POST" not in row:
        raise ValueError(f"routes.yaml: {name}: say which status a POST gives to whoever may (422, 303 ...)")
    return Route(
        name=name,
        route=row.get("route", name),
        methods=methods,
        needs=row["needs"],
        also=row.get("also", ""),
        names=row.get("names", {}),
        query=row.get("query", {}),
        data=row.get("data", {}),
        done={"GET": row.get("GET", 200), "POST": row.get("POST", 0)},
        where=row.get("where", {}),
        gives=row.get("gives", {}),
        headers=row.get("headers", True),
    )


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, pattern) of every route that ``wangge.urls`` leads to."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, here)
        else:
            yield one.name or "", here


def arguments(pattern: str) -> set[str]:
    """Return the names of the arguments in a pattern."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
