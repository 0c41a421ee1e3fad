"""``wangge simulate``: a town to try things on, the same for the same seed, never among real people."""

from pathlib import Path

from tests.cli.calling import Installation, installation

WORDS = ("simulate", "--residents", "160", "--days", "2", "--seed", "7", "--json")


def test_invented_people_are_never_put_among_what_is_there(opened: Installation) -> None:
    opened.call("area", "add", "--parent", "420322", "--level", "township", "--name", "试镇")
    assert opened.call(*WORDS).refused == "simulate.not_empty"


def test_days_that_have_not_been_are_not_played(empty: Installation) -> None:
    answer = empty.call("simulate", "--residents", "50", "--from", "2999-01-01", "--json")
    assert answer.code == 2
    assert "before today" in answer.err
    assert not Path(empty.environment["WANGGE_DATA"]).exists()


def test_a_town_is_opened_filled_and_lived_in_and_its_journal_holds(empty: Installation) -> None:
    answer = empty.call(*WORDS)
    assert answer.code == 0, answer.err
    made = answer.object
    assert {"residents", "households", "areas", "lines", "digest"} <= made.keys()
    assert made["residents"] == 160
    assert made["visits"] > made["households"] >= made["answers"] > made["households"] / 2
    assert len(bytes.fromhex(made["digest"])) == 32
    assert "160 of 160 residents have moved in" in answer.err

    checked = empty.call("journal", "verify", "--json").object
    assert (checked["bad"], checked["tallies"]["wrong"], checked["lines"]) == ([], [], made["lines"])
    board = empty.call("board", "--area", "990191901", "--on", "2020-02-02", "--json").object
    assert board["counters"]["residents"]["value"] == 160
    assert 0 < board["counters"]["doors_done"]["value"] < made["households"] / 2
    swept = empty.call("survey", "status", "模拟镇 2020-02-01–02-02", "--json").object
    assert (swept["due"], swept["done"] + swept["open"]) == (made["households"], made["households"])
    assert made["households"] * 0.7 < swept["done"] <= made["households"]
    assert empty.call("sign-in-link", "grid1", "--json").code == 0
    assert empty.call(*WORDS).refused == "simulate.not_empty"


def test_the_same_seed_has_the_same_digest_elsewhere_and_another_seed_another(tmp_path: Path) -> None:
    digests = []
    for at, seed in enumerate(("7", "7", "8")):
        with installation(tmp_path / str(at)) as one:
            made = one.call("simulate", "--residents", "60", "--days", "1", "--seed", seed, "--json")
            assert made.code == 0, made.err
            digests.append(made.object["digest"])
    assert digests[0] == digests[1] != digests[2]


def test_an_open_response_without_anything_in_it_is_filled_below_its_area(empty: Installation) -> None:
    assert empty.init().code == 0
    made = empty.call("simulate", "--residents", "150", "--days", "1", "--json").object
    assert (made["residents"], made["shape"]) == (150, "city")
    board = empty.call("board", "--area", "420322", "--on", "2020-02-01", "--json").object
    assert board["counters"]["residents"]["value"] == 150
