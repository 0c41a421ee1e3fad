"""Pages of a real Chromium, and what they must never do: fail, ask another host, run over, or lock people out."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, StorageState

Size = Literal["desk", "phone"]
SIZES: dict[Size, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
TIMEOUT_MS = 10_000
MENU = "#menu a:not(.brand)"
SHOTS = os.environ.get("WANGGE_SHOTS", "")
# Chromium and htmx say in the console what the status of an answer already says.
ANSWER_STATUS = re.compile(r"^Failed to load resource: the server responded|Status Error Code \d+")
# A page that is left while it loads something is no fault of the page.
LEFT = "net::ERR_ABORTED"
WIDER_THAN_WINDOW = """() => {
  const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
  if (wide <= room) return "";
  const out = [...document.body.querySelectorAll("*")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width && box.right > room + 1 && getComputedStyle(node).position !== "fixed";
  });
  const last = out[out.length - 1];
  return `${wide} px wide in a window of ${room}: ${last ? last.outerHTML.slice(0, 160) : ""}`;
}"""


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@dataclass
class Window:
    """One browser profile with one page, and what went wrong in it."""

    page: Page
    url: str
    expected: frozenset[int]
    faults: list[str] = field(default_factory=list)

    def note(self, kind: str, text: str) -> None:
        """Remember a fault with the page it happened on."""
        self.faults.append(f"{self.page.url}: {kind}: {text}")

    def go(self, address: str) -> None:
        """Open an address of the town."""
        self.page.goto(address if address.startswith("http") else self.url + address)

    def menu(self) -> list[str]:
        """Return the addresses that the menu of this page offers."""
        found: list[str] = self.page.eval_on_selector_all(MENU, "links => links.map(link => link.href)")
        return found

    def shoot(self, name: str) -> None:
        """Save a picture of the whole page when WANGGE_SHOTS names a folder."""
        if SHOTS:
            folder = Path(SHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            width = (self.page.viewport_size or {"width": 0})["width"]
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


@dataclass(frozen=True, slots=True)
class Browsing:
    """Opens windows of one browser at one town, signed in by what each role's link left behind."""

    browser: Browser
    url: str
    states: dict[str, StorageState]

    @contextmanager
    def window(
        self,
        role: str = "",
        size: Size = "desk",
        *,
        language: str = "zh-hans",
        large: bool = False,
        expected: frozenset[int] = frozenset(),
        **options: Any,
    ) -> Iterator[Window]:
        """Open a window; at its end it must be without faults. Answers with a status in ``expected`` are none."""
        given = {"storage_state": self.states[role]} if role else {}
        context = self.browser.new_context(
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **SIZES[size], **given, **options}
        )
        context.set_default_timeout(TIMEOUT_MS)
        self._choose(context, language, large)
        window = Window(context.new_page(), self.url, expected)
        _listen(window)
        try:
            yield window
            assert not window.faults, "\n".join(window.faults)
        finally:
            with suppress(Exception):
                context.close()

    def _choose(self, context: BrowserContext, language: str, large: bool) -> None:
        if language:
            context.add_cookies([{"name": "wangge_language", "value": language, "url": self.url}])
        if large:
            context.add_cookies([{"name": "wangge_size", "value": "large", "url": self.url}])


def _listen(window: Window) -> None:
    """Note script errors, console errors, failed answers and whatever asks another host."""

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not ANSWER_STATUS.search(message.text):
            window.note("console", message.text)

    def asked(request: Request) -> None:
        if not re.match(re.escape(window.url) + r"(/|$)|data:|blob:|about:", request.url):
            window.note("asks another host", request.url)

    def answered(response: Response) -> None:
        if response.status >= 400 and response.status not in window.expected:
            window.note("answer", f"{response.status} for {response.request.method} {response.url}")

    def failed(request: Request) -> None:
        if request.failure != LEFT:
            window.note("no answer", f"{request.url} {request.failure}")

    window.page.on("pageerror", lambda error: window.note("script error", str(error)))
    window.page.on("console", said)
    window.page.on("request", asked)
    window.page.on("response", answered)
    window.page.on("requestfailed", failed)


def broken_rules(page: Page) -> list[str]:
    """Return every rule of axe that the page breaks, with the place."""
    page.evaluate(_axe())
    outcome = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{page.url}: {broken['id']} ({broken['impact']}): {broken['help']}: {node['html'][:160]}"
        for broken in outcome["violations"]
        for node in broken["nodes"][:3]
    ]


def runs_over(page: Page) -> list[str]:
    """Return what makes the page wider than its window, so that people would have to push it sideways."""
    wide = page.evaluate(WIDER_THAN_WINDOW)
    return [f"{page.url}: {wide}"] if wide else []
