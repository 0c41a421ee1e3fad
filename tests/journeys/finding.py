"""Which pages there are: what the menu offers, and one address for every URL name that links lead to."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

from wangge.access.rules import VERBS, Role
from wangge.office.menu import ACCOUNT, entries

MOST_PAGES = 150


@dataclass(frozen=True, slots=True)
class Found:
    """A page: its URL name, its address, the role whose links led there."""

    name: str
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Where links lead: the pages, and addresses that did not answer with one."""

    pages: list[Found]
    dead: list[str]


class _Links(HTMLParser):
    """Collects the addresses of links, those of the main menu apart."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.menu: list[str] = []
        self._inside_menu = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "nav":
            self._inside_menu = given.get("id") == "menu"
        href = given.get("href")
        if tag == "a" and href:
            self.hrefs.append(href)
            if self._inside_menu and given.get("class") != "brand":
                self.menu.append(href)

    def handle_endtag(self, tag: str) -> None:
        if tag == "nav":
            self._inside_menu = False


def links_of(html: str) -> _Links:
    """Return the links of a page."""
    links = _Links()
    links.feed(html)
    return links


def name_of(address: str) -> str:
    """Return the URL name of an address, empty when it is none of ours."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def menu_names(role: str) -> set[str]:
    """Return the URL names that the menu must offer to a role."""
    may = VERBS[Role(role)]
    return {one.name for one in entries() if one.heading != ACCOUNT and (one.verb is None or one.verb in may)}


def walk(role: str, asked: APIRequestContext, town: str, known: Iterable[str] = ()) -> Walk:
    """Follow the links of a role from its first page, to one address of each URL name not yet known."""
    seen = set(known)
    walked = Walk([], [])
    waiting = [f"{town}/"]
    while waiting and len(walked.pages) < MOST_PAGES:
        address = waiting.pop(0)
        name = name_of(address)
        if name in seen and address != f"{town}/":
            continue
        answer = asked.get(address)
        if answer.status != 200:
            walked.dead.append(f"{role} is led to {address}, which answers {answer.status}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            walked.pages.extend([Found(name, address, role)] if name not in seen else [])
            here = [urldefrag(urljoin(address, href)).url for href in links_of(answer.text()).hrefs]
            waiting += [one for one in here if one.startswith(town) and name_of(one) not in seen]
        seen.add(name)
    return walked
