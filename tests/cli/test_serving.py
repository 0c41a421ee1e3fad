import json
import os
import signal
import socket
import threading
import time
from http.client import HTTPException
from urllib.parse import urlsplit
from uuid import uuid4

from tests.cli.calling import Browser, Installation, kill_with_children


def test_it_says_that_it_is_ready_and_which_it_is(served: Installation) -> None:
    answer = served.get("/healthz")
    told = json.loads(answer.text)
    assert (answer.status, told["ready"]) == (200, True)
    assert set(told) == {"ready", "database", "version", "epoch"}
    assert told["database"] == ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")


def test_a_sign_in_link_lets_in_once_and_only_whoever_presses_the_button(served: Installation) -> None:
    link = urlsplit(served.call("sign-in-link", "admin", "--json").object["url"]).path
    for _ in range(2):
        assert served.get(link).status == 200, "looking at it uses nothing up"
    first, second = Browser(served.port), Browser(served.port)
    assert first.post(link).status in (302, 303)
    assert first.get("/keys").status == 200
    refused = second.post(link)
    assert (refused.status, second.get("/keys").status) == (410, 302)


def test_commands_run_while_it_serves(served: Installation) -> None:
    made = served.call("area", "add", "--parent", "420322", "--level", "township", "--name", "远镇", "--json")
    assert made.code == 0, made.err
    assert served.call("journal", "verify", "--json").code == 0


def test_a_port_that_is_taken_is_refused(served: Installation) -> None:
    answer = served.call("up", "--port", str(served.port))
    assert answer.code == 1
    assert "cli.port_taken" in answer.err
    assert str(served.port) in answer.err


def test_it_ends_within_ten_seconds_of_being_asked_and_starts_again_within_ten(empty: Installation) -> None:
    assert empty.init().code == 0
    for sign in (signal.SIGTERM, signal.SIGINT):
        began = time.monotonic()
        with empty.serving() as server:
            assert time.monotonic() - began < 10
            server.send_signal(sign)
            asked = time.monotonic()
            assert server.wait(15) == 0
            assert time.monotonic() - asked < 10
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", empty.port)) != 0, "nothing serves any more"


def test_a_server_killed_in_the_middle_of_work_loses_nothing_that_it_acknowledged(empty: Installation) -> None:
    # a demonstration asks for no second factor
    assert empty.init("--demonstration").code == 0
    near = ["--parent", "420322", "--level", "township", "--name", "近镇", "--code", "420322901", "--json"]
    made = empty.call("area", "add", *near).object
    acknowledged: list[str] = []
    with empty.serving() as server:
        link = empty.call("sign-in-link", "admin", "--json").object["url"]
        browser = Browser(empty.port)
        assert browser.post(urlsplit(link).path).status in (302, 303)
        home = made["path"].rstrip(".").rpartition(".")[2]
        worker = threading.Thread(target=_add_without_end, args=(browser, home, acknowledged))
        worker.start()
        while len(acknowledged) < 5 and worker.is_alive():
            time.sleep(0.01)
        kill_with_children(server.pid)
        worker.join(30)
        server.wait(10)
    assert len(acknowledged) >= 5
    with empty.serving():
        listed = empty.call("area", "list", "--area", made["code"], "--json").object["areas"]
        assert {row["name"] for row in listed} >= set(acknowledged)
        assert len(listed) <= len(acknowledged) + 1, "at most the one that was on its way"
        checked = empty.call("journal", "verify", "--json")
        assert (checked.code, checked.object["bad"], checked.object["tallies"]["wrong"]) == (0, [], [])


def _add_without_end(browser: Browser, home: str, acknowledged: list[str]) -> None:
    """Add one village after the other until the server is gone; note only what it has said to be done."""
    try:
        for number in range(1000):
            name = f"村{number}"
            form = {"level": "village", "name": name, "code": "", "key": str(uuid4())}
            if browser.post(f"/areas/{home}/add", **form).status != 303:
                return
            acknowledged.append(name)
    except (OSError, HTTPException, AssertionError):
        return
